"""Ranks, a prize table and sources into lines, by the code that allocates for a competition."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from deploy.cli.calc.allocate_request import (
    AllocateRequest,
    PoolGiven,
    PrizeGiven,
    RankGiven,
    RecipientGiven,
    check,
)
from deploy.cli.calc.running import Answer, Impossible, Source, run
from services.awards.domain.allocation import (
    Results,
    Taxing,
    Withheld,
    by_table,
    lines_taxed,
    untaxed,
)
from services.awards.domain.fund.commands import Line
from shared.editions.numbers import exactly
from shared.editions.taxes import table_on
from shared.events.awards import (
    CategoryRule,
    CompetitionRules,
    Entry,
    Pool,
    Prize,
    RankedEntry,
    Recipient,
    TaxedAs,
)

TAXED: Mapping[str | None, TaxedAs] = {"person": "person", "payroll": "payroll", "body": "body"}
UNNAMED = "(none)"


def allocate(file: Source = None) -> None:
    """Shares prizes and pools among ranks, never above the ceiling of a source. Whole rupiah.

    {"ranks": [{"id": "A", "rank": 1, "recipient": "person"}, {"id": "B", "rank": 2, "recipient":
    "agency"}], "prizes": [{"rank": 1, "source": "apbd", "amount_rupiah": 5000000}, {"rank": 2,
    "source": "apbd", "amount_rupiah": 4000000}], "sources": [{"id": "apbd", "ceiling_rupiah":
    10000000}], "on": "2026-11-20"} ->
    {"lines": [{"id", "rank", "source", "label", "recipient", "amount_rupiah", "tax_rupiah",
    "net_rupiah", ...}], "totals": {"apbd": {"ceiling_rupiah", "allocated_rupiah",
    "left_rupiah"}}, "allocated_rupiah"}

    A rank may have "category", "final_score", and "recipients": [{"id", "parts", "taxed_as"}]
    who share what it wins. A prize may have "label", "in_kind", "category" (without one it is for
    every category), "to": finalists or other_finalists instead of a rank, and "amount_is": net,
    which is grossed up. "pools": [{"source", "amount_rupiah", "by": shares or index, "to_rank",
    "shares": [50, 30, 20]}]. "ties" are vote (refused until somebody decides), split or promote.
    "cap_per_recipient_rupiah" cuts what comes later. Taxes are withheld by the table of the day
    "on"; without it nothing is.
    """
    run(file, _allocate)


def _allocate(given: object) -> Answer:
    request = AllocateRequest.model_validate(given)
    check(request)
    with exactly():
        owed = lines_taxed(_results(request), _identify, _taxing(request))
    allocated = {fund: sum(line.amount_rupiah for line in found) for fund, found in owed.items()}
    _refuse_over(request, allocated)
    return {
        "lines": _in_order(request, owed),
        "totals": {
            each.id: {
                "ceiling_rupiah": each.ceiling_rupiah,
                "allocated_rupiah": allocated.get(each.id, 0),
                "left_rupiah": each.ceiling_rupiah - allocated.get(each.id, 0),
            }
            for each in request.sources
        },
        "allocated_rupiah": sum(allocated.values()),
    }


def _refuse_over(request: AllocateRequest, allocated: Mapping[str, int]) -> None:
    over = [
        f"Source {each.id} has {each.ceiling_rupiah} rupiah and is asked for {allocated[each.id]}."
        for each in request.sources
        if allocated.get(each.id, 0) > each.ceiling_rupiah
    ]
    if over:
        raise Impossible(" ".join(over))


def _identify(category: str, rank: int, item: str, innovation: str, recipient: str) -> str:
    return item


def _in_order(request: AllocateRequest, owed: Mapping[str, Iterable[Line]]) -> list[Answer]:
    """By category as they come in, rank, prizes before pools, and their order in the request."""
    places = {code: place for place, code in enumerate(_categories(request))}

    def key(owed_by: tuple[str, Line]) -> tuple[int, int, bool, int]:
        line = owed_by[1]
        kind, _, number = line.allocation_id.partition("-")
        return (places[line.category], line.rank, kind == "pool", int(number))

    everything = ((fund, line) for fund, found in owed.items() for line in found)
    return [_shown(fund, line) for fund, line in sorted(everything, key=key)]


def _shown(fund: str, line: Line) -> Answer:
    """What is empty is left out, but for the money."""
    more: Answer = {
        "category": "" if line.category == UNNAMED else line.category,
        "in_kind": line.in_kind,
        "rule": line.tax_rule,
        "uncapped_rupiah": line.uncapped_rupiah,
    }
    return {
        "id": line.innovation_id,
        "rank": line.rank,
        "source": fund,
        "label": line.label,
        "recipient": line.recipient.recipient_id if line.recipient else line.innovation_id,
        "amount_rupiah": line.amount_rupiah,
        "tax_rupiah": line.tax_rupiah,
        "net_rupiah": line.net_rupiah,
        **{name: value for name, value in more.items() if value},
    }


def _results(request: AllocateRequest) -> Results:
    """What the request checked is not checked again, so that ids may be any text."""
    codes = _categories(request)
    return Results(
        competition_id="",
        version=1,
        rules=CompetitionRules.model_construct(
            categories=tuple(_category(request, code) for code in codes),
            ties=request.ties,
            cap_per_recipient_rupiah=request.cap_per_recipient_rupiah,
        ),
        ranking=[_ranked(place) for place in request.ranks],
        entries={place.id: _entry(place) for place in request.ranks},
        recipients={place.id: _recipients(place) for place in request.ranks},
    )


def _categories(request: AllocateRequest) -> Sequence[str]:
    return tuple(dict.fromkeys(place.category or UNNAMED for place in request.ranks))


def _category(request: AllocateRequest, code: str) -> CategoryRule:
    return CategoryRule.model_construct(
        code=code,
        prizes=tuple(_prize(each) for each in request.prizes if each.category in (None, code)),
        pools=tuple(_pool(each) for each in request.pools if each.category in (None, code)),
    )


def _prize(given: PrizeGiven) -> Prize:
    label = f"Rank {given.rank}" if given.to == "rank" else "Finalist"
    return Prize.model_construct(
        rank=given.rank,
        label=given.label or label,
        fund_id=given.source,
        amount_rupiah=given.amount_rupiah,
        in_kind=given.in_kind.strip(),
        to=given.to,
        amount_is=given.amount_is,
    )


def _pool(given: PoolGiven) -> Pool:
    return Pool.model_construct(
        label=given.label,
        fund_id=given.source,
        amount_rupiah=given.amount_rupiah,
        by=given.by,
        to_rank=given.to_rank,
        shares=given.shares,
    )


def _ranked(place: RankGiven) -> RankedEntry:
    return RankedEntry.model_construct(
        innovation_id=place.id,
        category=place.category or UNNAMED,
        rank=place.rank,
        final_score=place.final_score or Decimal(0),
    )


def _entry(place: RankGiven) -> Entry:
    return Entry.model_construct(innovation_id=place.id, agency_id=place.id, agency_path=())


def _recipients(place: RankGiven) -> tuple[Recipient, ...]:
    """Those who are named, or else the entry by itself."""
    alone = RecipientGiven.model_construct(
        id=place.id, parts=1, taxed_as=TAXED.get(place.recipient, "agency")
    )
    return tuple(
        Recipient.model_construct(
            recipient_id=each.id, taxed_as=each.taxed_as or "agency", parts=each.parts
        )
        for each in place.recipients or (alone,)
    )


def _taxing(request: AllocateRequest) -> Taxing:
    return _only_gross if request.on is None else by_table(table_on(request.on))


def _only_gross(taxed_as: TaxedAs, amount: int, amount_is: Literal["gross", "net"]) -> Withheld:
    if amount_is == "net":
        raise Impossible('A net prize is grossed up by the taxes of a day: give "on".')
    return untaxed(taxed_as, amount, amount_is)
