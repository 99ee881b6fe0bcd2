"""What `inda calc rank` is asked, and what of it can be worked with."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StrictInt

from deploy.cli.calc.running import Id, Impossible, Number, Request, refuse_twice
from deploy.cli.json_input import shown
from shared.editions.numbers import check_range, exactly
from shared.events.awards import TieBreak

HUNDRED = Decimal(100)
HIGHEST_MATURITY = Decimal(111)


class RoundGiven(Request):
    code: Id
    weight: Number
    name: str | None = None
    advance: Annotated[StrictInt, Field(ge=1)] | None = None
    pass_mark: Number | None = None


class RulesGiven(Request):
    rounds: Annotated[list[RoundGiven], Field(min_length=1)]
    tie_breaks: tuple[TieBreak, ...] = ()
    weights_total: Number = HUNDRED


class EntryGiven(Request):
    id: Id
    scores: dict[Id, Number]
    first_criterion: Number | None = None
    verified_maturity: Number | None = None
    evidence_acceptance: Number | None = None


class RankRequest(Request):
    rules: RulesGiven
    entries: list[EntryGiven]
    votes: tuple[tuple[Id, ...], ...] = ()


def check(request: RankRequest) -> None:
    rounds, entries = request.rules.rounds, request.entries
    refuse_twice("Round", [each.code for each in rounds])
    refuse_twice("Tie-break", request.rules.tie_breaks)
    refuse_twice("Entry", [each.id for each in entries])
    _check_weights(request.rules)
    known = {each.code for each in rounds}
    for entry in entries:
        _check_entry(entry, known)
    ids = {each.id for each in entries}
    for vote in request.votes:
        refuse_twice("Voted entry", vote)
        for name in vote:
            if name not in ids:
                raise Impossible(f"A vote names {shown(name)}, which is no entry.")


def _check_weights(rules: RulesGiven) -> None:
    for each in rules.rounds:
        check_range(f"weight of round {shown(each.code)}", each.weight, rules.weights_total)
        if each.pass_mark is not None:
            check_range(f"pass_mark of round {shown(each.code)}", each.pass_mark, HUNDRED)
    with exactly():
        total = sum((each.weight for each in rules.rounds), Decimal(0))
    if total != rules.weights_total or not total:
        raise Impossible(
            f"The weights of the rounds add up to {total:f}, not to {rules.weights_total:f}."
        )


def _check_entry(entry: EntryGiven, known: set[str]) -> None:
    for code, score in entry.scores.items():
        if code not in known:
            raise Impossible(
                f"Entry {shown(entry.id)} has a score in {shown(code)}, which is no round."
            )
        check_range(f"The score of entry {shown(entry.id)} in round {shown(code)}", score, HUNDRED)
    for name in ("first_criterion", "verified_maturity", "evidence_acceptance"):
        value: Decimal | None = getattr(entry, name)
        if value is not None:
            highest = HIGHEST_MATURITY if name == "verified_maturity" else HUNDRED
            check_range(f"{name} of entry {shown(entry.id)}", value, highest)


def check_tie_breaks(request: RankRequest, finalists: Sequence[EntryGiven]) -> None:
    """A tie-break that some finalists have a value for needs one of all of them.

    Where nobody has one it sets nobody apart, as if it had not been declared.
    """
    for name in request.rules.tie_breaks:
        if name == "last_round":
            continue
        having = _given(finalists, name)
        lacking = next((each.id for each in finalists if each.id not in having), None)
        if having and lacking is not None:
            raise Impossible(f"Entry {shown(lacking)} has no {name}, which breaks ties.")


def _given(entries: Iterable[EntryGiven], name: str) -> Mapping[str, Decimal]:
    values = ((each.id, getattr(each, name)) for each in entries)
    return {entry: value for entry, value in values if value is not None}
