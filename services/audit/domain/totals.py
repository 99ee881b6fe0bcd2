"""The sums of competitions and funds, counted from where the history leaves them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.audit.domain.world import Standing, World
from services.awards.domain.competition.doubts import doubts_of
from services.awards.domain.competition.minutes import signatures_of
from services.awards.domain.competition.questions import judged, objections_of
from services.awards.domain.competition.states import (
    Determined,
    Dismissed,
    DoubtOver,
    Drafted,
    Filed,
    Judging,
    Lapsed,
    Missing,
    Objection,
    Published,
    State,
    Upheld,
)
from services.awards.domain.fund.states import Fund, Held, Paid, Returned, living
from shared.events.awards import COMPETITION, FUND, RankedEntry


@dataclass(frozen=True, slots=True)
class DisputeTotals:
    """`granted` are all objections that were; some of them lapsed without a correction."""

    objections: int = 0
    granted: int = 0
    dismissed: int = 0
    lapsed: int = 0
    doubts: int = 0
    doubts_upheld: int = 0
    doubts_lapsed: int = 0


@dataclass(frozen=True, slots=True)
class CompetitionTotals:
    """The places of a competition as its newest results have them.

    `signatures` are those under the minutes of that version.
    """

    competition_id: str
    state: str
    version: int
    entries: int
    places: tuple[tuple[str, int, str, Decimal], ...]
    signatures: int = 0
    disputes: DisputeTotals = DisputeTotals()
    documents: int = 0


@dataclass(frozen=True, slots=True)
class FundTotals:
    """A fund's ledger, summed from its allocations. Whole rupiah, gross.

    `allocated_rupiah` is all that is set aside, held or paid; `tax_withheld_rupiah` what was kept
    back of what is paid.
    """

    fund_id: str
    ceiling_rupiah: int
    allocated_rupiah: int = 0
    held_rupiah: int = 0
    paid_rupiah: int = 0
    returned_rupiah: int = 0
    tax_withheld_rupiah: int = 0


def competitions(world: World) -> tuple[CompetitionTotals, ...]:
    totals = [
        _competition(standing)
        for _, standing in sorted(world.standings.items())
        if standing.label == COMPETITION.label
    ]
    return tuple(each for each in totals if each is not None)


def _competition(standing: Standing) -> CompetitionTotals | None:
    state: State = standing.state
    match state:
        case Missing():
            return None
        case Judging():
            drafted, name = Drafted(state, 0, ()), "judging"
        case Drafted():
            drafted, name = state, "drafted"
        case Determined():
            drafted, name = state.drafted, "determined"
        case Published():
            drafted, name = state.determined.drafted, "published"
    return CompetitionTotals(
        competition_id=standing.key,
        state=name,
        version=drafted.version,
        entries=len(drafted.judged.entries),
        places=tuple(map(_place, drafted.ranking)),
        signatures=len(signatures_of(drafted, drafted.version)),
        disputes=_disputes(state),
        documents=len(judged(state).documents),
    )


def _place(entry: RankedEntry) -> tuple[str, int, str, Decimal]:
    return entry.category, entry.rank, entry.innovation_id, entry.final_score


def _disputes(state: State) -> DisputeTotals:
    objections: Mapping[str, Objection] = objections_of(state)
    doubts = doubts_of(state).values()
    return DisputeTotals(
        objections=len(objections),
        granted=sum(map(_was_granted, objections.values())),
        dismissed=sum(isinstance(each, Dismissed) for each in objections.values()),
        lapsed=sum(isinstance(each, Lapsed) for each in objections.values()),
        doubts=len(doubts),
        doubts_upheld=sum(isinstance(each, Upheld) for each in doubts),
        doubts_lapsed=sum(isinstance(each, DoubtOver) for each in doubts),
    )


def _was_granted(objection: Objection) -> bool:
    if isinstance(objection, Filed):
        return False
    return objection.decided is not None and objection.decided.granted


def funds(world: World) -> tuple[FundTotals, ...]:
    return tuple(
        _fund(standing.key, standing.state)
        for _, standing in sorted(world.standings.items())
        if standing.label == FUND.label and isinstance(standing.state, Fund)
    )


def _fund(key: str, fund: Fund) -> FundTotals:
    allocations = fund.allocations.values()
    paid = [each.money for each in allocations if isinstance(each, Paid)]
    held = [each.money for each in allocations if isinstance(each, Held)]
    returned = [each.money for each in allocations if isinstance(each, Returned)]
    return FundTotals(
        fund_id=key,
        ceiling_rupiah=fund.registered.ceiling_rupiah,
        allocated_rupiah=sum(each.money.amount_rupiah for each in living(fund)),
        held_rupiah=sum(each.amount_rupiah for each in held),
        paid_rupiah=sum(each.amount_rupiah for each in paid),
        returned_rupiah=sum(each.amount_rupiah for each in returned),
        tax_withheld_rupiah=sum(each.tax_rupiah for each in paid),
    )
