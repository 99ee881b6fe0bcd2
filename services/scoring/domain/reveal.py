"""All seals of a panel opened together: every score fits its commitment, every entry its mean."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from services.scoring.domain.combining import combined, half_up, weighted
from services.scoring.domain.commitment import Opened, commitment, require_scale
from services.scoring.domain.seats import Open, Pair, require_complete
from services.scoring.domain.severity import severities
from services.scoring.domain.third_reading import third_readings_due
from shared.errors import Refused
from shared.events.scoring import (
    Criterion,
    EntryMean,
    JudgeScore,
    JudgeSeverity,
    PanelEntry,
    ScoresRevealed,
)

LEAST, MOST = Fraction(0), Fraction(100)


def revealed(panel: Open, opened: Sequence[Opened], by: str, at: datetime) -> ScoresRevealed:
    """The fact. Refused while a score is awaited or a third reading is due that nobody asked, or
    if a score does not fit its commitment.
    """
    require_complete(panel)
    by_pair = {(each.judge_id, each.innovation_id): each for each in opened}
    _require_exactly_the_seals(panel, opened, by_pair)
    for pair in panel.sealed:
        _require_bound(panel, by_pair[pair])
    _require_no_third_reading(panel, opened)
    told = panel.opened
    totals = {pair: weighted(told.criteria, by_pair[pair].scores) for pair in panel.sealed}
    strictness = _severities(panel, totals)
    return ScoresRevealed(
        by=by,
        at=at,
        panel_id=told.panel_id,
        competition_id=told.competition_id,
        category=told.category,
        round=told.round,
        scores=tuple(_score(told.criteria, by_pair[pair], totals[pair]) for pair in panel.sealed),
        means=tuple(_mean(panel, entry, totals, strictness) for entry in told.entries),
        severities=_told(panel, totals, strictness),
    )


def _require_exactly_the_seals(
    panel: Open, opened: Sequence[Opened], by_pair: Mapping[Pair, Opened]
) -> None:
    times = Counter((each.judge_id, each.innovation_id) for each in opened)
    if set(by_pair) == set(panel.sealed) and all(count == 1 for count in times.values()):
        return
    raise Refused("seals_differ", "Open exactly the scores that were sealed, each of them once.")


def _require_bound(panel: Open, opened: Opened) -> None:
    sealed = panel.seals[(opened.judge_id, opened.innovation_id)]
    if commitment(panel.panel_id, opened) != sealed.commitment:
        raise Refused(
            "commitment_broken",
            "An opened score is not the one that was sealed.",
            judge_id=opened.judge_id,
            innovation_id=opened.innovation_id,
        )
    require_scale(panel.opened.criteria, opened)


def _require_no_third_reading(panel: Open, opened: Sequence[Opened]) -> None:
    due = third_readings_due(panel, opened)
    if due:
        raise Refused(
            "third_reading_due",
            "First readers lie further apart than the rule bears: ask for third readings.",
            innovations=tuple(each.innovation_id for each in due),
        )


def _severities(panel: Open, totals: Mapping[Pair, Fraction]) -> Mapping[str, Fraction]:
    """Of every judge with a score; empty where one of them has too few to tell."""
    least = panel.opened.rule.minimum_sample
    if any(count < least for count in _sample(totals).values()):
        return {}
    return severities(totals)


def _sample(totals: Mapping[Pair, Fraction]) -> Counter[str]:
    return Counter(judge for judge, _ in totals)


def _told(
    panel: Open, totals: Mapping[Pair, Fraction], strictness: Mapping[str, Fraction]
) -> tuple[JudgeSeverity, ...]:
    sample = _sample(totals)
    return tuple(
        JudgeSeverity(judge_id=judge, entries=sample[judge], severity=half_up(strictness[judge]))
        for judge in panel.judges
        if judge in strictness
    )


def _score(criteria: Sequence[Criterion], opened: Opened, total: Fraction) -> JudgeScore:
    given = {each.criterion: each for each in opened.scores}
    return JudgeScore(
        judge_id=opened.judge_id,
        innovation_id=opened.innovation_id,
        scores=tuple(given[criterion.code] for criterion in criteria),
        nonce=opened.nonce,
        total=half_up(total),
    )


def _mean(
    panel: Open,
    entry: PanelEntry,
    totals: Mapping[Pair, Fraction],
    strictness: Mapping[str, Fraction],
) -> EntryMean:
    """From the exact totals, so that each figure is rounded once."""
    readers = panel.readers(entry)
    innovation, rule = entry.innovation_id, panel.opened.rule
    given = {judge: totals[(judge, innovation)] for judge in readers}
    return EntryMean(
        innovation_id=innovation,
        judges=len(given),
        mean=half_up(combined(rule, list(given.values()))),
        lowest=half_up(min(given.values())),
        highest=half_up(max(given.values())),
        third_reading=any((judge, innovation) in panel.third for judge in given),
        adjusted=_adjusted(panel, given, strictness),
    )


def _adjusted(
    panel: Open, given: Mapping[str, Fraction], strictness: Mapping[str, Fraction]
) -> Decimal | None:
    if not strictness:
        return None
    adjusted = [total - strictness[judge] for judge, total in given.items()]
    return half_up(max(LEAST, min(MOST, combined(panel.opened.rule, adjusted))))
