"""The commands behind the facts of competitions and funds. Pure."""

from collections.abc import Sequence

from services.audit.domain.world import World
from services.awards.domain import competition, fund
from services.awards.domain.competition.questions import objections_of
from services.awards.domain.entries import granted_level
from services.awards.domain.fund import line_of
from shared.events.awards import (
    AllocationApproved,
    AllocationPaid,
    AllocationReversed,
    CompetitionAnnounced,
    EntryDisqualified,
    EntryEnrolled,
    FundRegistered,
    MoneyAllocated,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionWindowOpened,
    ResultsDetermined,
    ResultsDrafted,
    ResultsPublished,
    RoundClosed,
    RoundOpened,
    TieResolved,
)
from shared.events.base import Fact


def competition_command(
    facts: Sequence[Fact], before: competition.State, world: World
) -> competition.Command | None:
    match facts:
        case [CompetitionAnnounced() as fact]:
            return competition.Announce(
                by=fact.by,
                at=fact.at,
                competition_id=fact.competition_id,
                name=fact.name,
                season_id=fact.season_id,
                rules=fact.rules,
            )
        case [EntryEnrolled() as fact]:
            return _by_hand(fact, world)
        case [RoundOpened() as fact]:
            return competition.OpenRound(
                by=fact.by,
                at=fact.at,
                category=fact.category,
                round=fact.round,
                panel_id=fact.panel_id or "",
            )
        case [RoundClosed() as fact]:
            return competition.CloseRound(
                by=fact.by, at=fact.at, category=fact.category, round=fact.round
            )
        case _:
            return _on_results(facts, world) or _on_objections(facts, before, world)


def _by_hand(fact: EntryEnrolled, world: World) -> competition.EnrolByHand:
    entry = fact.entry
    return competition.EnrolByHand(
        by=fact.by,
        at=fact.at,
        agency=fact.by_agency,
        agency_path=world.path_of(fact.by_agency),
        scorecard=world.scorecard(entry.innovation_id, entry.scorecard_number),
        category=entry.category,
        reason=fact.reason,
    )


def _on_results(facts: Sequence[Fact], world: World) -> competition.Command | None:
    match facts:
        case [ResultsDrafted() as fact]:
            return competition.DraftResults(by=fact.by, at=fact.at)
        case [TieResolved() as fact, ResultsDrafted()]:
            return competition.ResolveTie(
                by=fact.by,
                at=fact.at,
                agency=fact.by_agency,
                agency_path=world.path_of(fact.by_agency),
                category=fact.category,
                order=fact.order,
                reason=fact.reason,
            )
        case [EntryDisqualified() as fact] | [EntryDisqualified() as fact, ResultsDrafted()]:
            return _disqualify(fact, world)
        case [ResultsDetermined() as fact]:
            return competition.Determine(
                by=fact.by,
                at=fact.at,
                decree_number=fact.decree_number,
                decree_date=fact.decree_date,
            )
        case [ResultsPublished() as fact]:
            return competition.Publish(by=fact.by, at=fact.at)
        case _:
            return None


def _disqualify(fact: EntryDisqualified, world: World) -> competition.Disqualify:
    return competition.Disqualify(
        by=fact.by,
        at=fact.at,
        agency=fact.by_agency,
        agency_path=world.path_of(fact.by_agency),
        innovation_id=fact.innovation_id,
        ground=fact.ground,
        reason=fact.reason,
    )


def _on_objections(
    facts: Sequence[Fact], before: competition.State, world: World
) -> competition.Command | None:
    match facts:
        case [ObjectionWindowOpened() as fact]:
            return competition.OpenObjectionWindow(by=fact.by, at=fact.at, version=fact.version)
        case [ObjectionFiled() as fact]:
            return competition.FileObjection(
                by=fact.by,
                at=fact.at,
                agency=fact.filed_by_agency,
                objection_id=fact.objection_id,
                innovation_id=fact.innovation_id,
                indicator=fact.indicator,
                granted_level=_granted(fact.innovation_id, fact.indicator, world),
                level_sought=fact.level_sought,
                reason=fact.reason,
            )
        case [ObjectionDecided() as fact]:
            return _decide(fact, before, world)
        case _:
            return None


def _decide(
    fact: ObjectionDecided, before: competition.State, world: World
) -> competition.DecideObjection:
    objection = objections_of(before).get(fact.objection_id)
    innovation = objection.filed.innovation_id if objection else fact.innovation_id
    return competition.DecideObjection(
        by=fact.by,
        at=fact.at,
        agency=fact.decided_by_agency,
        agency_path=world.path_of(fact.decided_by_agency),
        objection_id=fact.objection_id,
        granted=fact.granted,
        granted_level=_granted(innovation, fact.indicator, world),
        level=fact.level,
        reason=fact.reason,
    )


def _granted(innovation_id: str, indicator: str, world: World) -> int:
    """The level that stands verified for the indicator."""
    return granted_level(world.newest_scorecard(innovation_id), indicator)


def fund_command(facts: Sequence[Fact], before: fund.State, world: World) -> fund.Command | None:
    match facts:
        case [FundRegistered() as fact]:
            return _register(fact)
        case [MoneyAllocated() as first, *_]:
            return _allocate(first, facts)
        case [AllocationApproved() as fact]:
            return fund.Approve(
                by=fact.by,
                at=fact.at,
                agency=fact.by_agency,
                agency_path=world.path_of(fact.by_agency),
                allocation_id=fact.allocation_id,
            )
        case [AllocationPaid() as fact]:
            return fund.Pay(
                by=fact.by,
                at=fact.at,
                allocation_id=fact.allocation_id,
                reference=fact.reference,
                paid_on=fact.paid_on,
            )
        case [AllocationReversed() as fact]:
            return fund.Reverse(
                by=fact.by, at=fact.at, allocation_id=fact.allocation_id, reason=fact.reason
            )
        case _:
            return None


def _register(fact: FundRegistered) -> fund.RegisterFund:
    return fund.RegisterFund(
        by=fact.by,
        at=fact.at,
        fund_id=fact.fund_id,
        name=fact.name,
        source_kind=fact.source_kind,
        account_code=fact.account_code,
        fiscal_year=fact.fiscal_year,
        ceiling_rupiah=fact.ceiling_rupiah,
    )


def _allocate(first: MoneyAllocated, facts: Sequence[Fact]) -> fund.Allocate | None:
    lines = tuple(line_of(fact) for fact in facts if isinstance(fact, MoneyAllocated))
    if len(lines) != len(facts):
        return None
    return fund.Allocate(by=first.by, at=first.at, lines=lines)
