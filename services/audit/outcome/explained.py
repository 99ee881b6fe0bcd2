"""An explanation as it is told: to scripts whole and exact, to people as indented lines."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from services.audit.domain.explaining import Explained, Rule, Said, Step, Value, walked
from services.audit.outcome.shapes import FindingTold, Told
from shared.events.base import Utc
from shared.wita import long_moment

WIDTH: Final = 100
NARROWEST: Final = 40
AGAIN: Final = "(lihat di atas)"


class SaidTold(Told):
    """A fact: where it stands in the history, who said it, and when."""

    sequence: int
    event_id: str
    subject: str
    fact: str
    by: str
    at: Utc


class RuleTold(Told):
    """`of` is an edition, a table of taxes or a competition; `sources` those that it cites."""

    what: str
    of: str
    digest: str
    sources: tuple[str, ...]


class StepTold(Told):
    """`values` are exact: whole numbers, or decimals as text. `title` is for people.

    A step on which several others rest is told with its own reasons once; later it
    `is_told_before` and has none.
    """

    kind: str
    title: str
    about: str
    facts: tuple[SaidTold, ...]
    values: dict[str, str | int]
    rule: RuleTold | None
    because: tuple["StepTold", ...]
    is_told_before: bool = False


class ExplainedTold(Told):
    """`thing` names what is explained and nothing else; `findings` are those of the replay on what
    the explanation rests on.
    """

    thing: str
    step: StepTold
    findings: tuple[FindingTold, ...]


def told_of(explained: Explained) -> ExplainedTold:
    return ExplainedTold(
        thing=explained.thing,
        step=_step(explained.step, set()),
        findings=tuple(
            FindingTold(
                kind=each.kind,
                subject=each.subject,
                at_sequence=each.sequence,
                what=each.what,
                expected=each.expected,
                found=each.found,
            )
            for each in explained.findings
        ),
    )


def _step(step: Step, told: set[int]) -> StepTold:
    is_told_before = _is_told(step, told)
    return StepTold(
        kind=step.kind,
        title=step.title,
        about=step.about,
        facts=tuple(map(_said, step.facts)),
        values=_values(step),
        rule=None if step.rule is None else _rule(step.rule),
        because=() if is_told_before else tuple(_step(each, told) for each in step.because),
        is_told_before=is_told_before,
    )


def _is_told(step: Step, told: set[int]) -> bool:
    """Whether what the step rests on was told already; from now on it is."""
    if not step.because:
        return False
    if id(step) in told:
        return True
    told.add(id(step))
    return False


def _values(step: Step) -> dict[str, Value]:
    return dict(step.values)


def _said(each: Said) -> SaidTold:
    return SaidTold(
        sequence=each.sequence,
        event_id=each.event_id,
        subject=each.subject,
        fact=each.fact,
        by=each.by,
        at=each.at,
    )


def _rule(rule: Rule) -> RuleTold:
    return RuleTold(what=rule.what, of=rule.of, digest=rule.digest, sources=rule.sources)


def lines(explained: Explained, width: int = WIDTH) -> list[str]:
    """Indented text; a step on which several others rest is spelled out once, and the sources of
    the rules are named in full once, at the end.
    """
    found = list(_lines(explained.step, 0, set(), width))
    cited = {source for each in walked(explained.step) for source in _sources(each)}
    if cited:
        found += ["", "Sumber:"]
    for source in sorted(cited):
        found += _wrapped(source, 0, width)
    for each in explained.findings:
        found += _wrapped(f"TEMUAN pada #{each.sequence} {each.subject}: {each.what}", 0, width)
    return found


def _sources(step: Step) -> tuple[str, ...]:
    return () if step.rule is None else step.rule.sources


def _lines(step: Step, depth: int, told: set[int], width: int) -> Iterator[str]:
    is_told_before = _is_told(step, told)
    yield from _wrapped(f"- {step.title}{f' {AGAIN}' if is_told_before else ''}", depth, width)
    if is_told_before:
        return
    if step.rule is not None:
        yield from _wrapped(f"  Aturan: {_rule_line(step.rule)}", depth, width)
    for each in step.facts:
        yield from _wrapped(f"  {_fact_line(each)}", depth, width)
    plain = [each for each in step.because if _is_plain(each)]
    for each in step.because:
        if not _is_plain(each):
            yield from _lines(each, depth + 1, told, width)
        elif each is plain[0]:
            rows = f"- {len(plain)} indikator lain tidak diklaim, 0 poin"
            yield from _wrapped(rows, depth + 1, width)


def _is_plain(step: Step) -> bool:
    """A row that nobody claimed says nothing by itself."""
    return step.kind == "row" and step.values.get("claimed_level") == 0 and not step.because


def _rule_line(rule: Rule) -> str:
    keys = "".join(f", {each.partition(':')[0]}" for each in rule.sources)
    return f"{rule.what} [{rule.of}{keys}]"


def _fact_line(each: Said) -> str:
    return f"#{each.sequence} {each.fact} oleh {each.by}, {long_moment(each.at)}"


def _wrapped(text: str, depth: int, width: int) -> list[str]:
    """Indented by two a level; what runs over is indented under its own beginning."""
    indent = "  " * depth
    return wrap(
        text,
        width=max(width, len(indent) + NARROWEST),
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
