"""The commands behind objections and doubts, and behind their end by the clock. Pure."""

from collections.abc import Sequence

from services.audit.domain.world import World
from services.awards.domain import competition
from services.awards.domain.competition.questions import objections_of
from services.awards.domain.entries import granted_level
from services.awards.reactions import on_time_run_out
from shared.events.awards import (
    DoubtDecided,
    DoubtFiled,
    DoubtLapsed,
    EntryDisqualified,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionLapsed,
    ObjectionWindowOpened,
    PublicTestOpened,
    ResultsDrafted,
)
from shared.events.base import Fact


def dispute_command(
    facts: Sequence[Fact], before: competition.State, world: World
) -> competition.Command | None:
    match facts:
        case [ObjectionLapsed() | DoubtLapsed() as fact, *_]:
            # The clock speaks for nobody: whoever lapses something else than it is found out.
            return on_time_run_out(fact.competition_id, fact.at).command
        case [ObjectionWindowOpened() | ObjectionFiled() | ObjectionDecided()]:
            return _on_objection(facts[0], before, world)
        case _:
            return _on_doubt(facts, world)


def _on_objection(
    fact: Fact, before: competition.State, world: World
) -> competition.Command | None:
    match fact:
        case ObjectionWindowOpened():
            return competition.OpenObjectionWindow(by=fact.by, at=fact.at, version=fact.version)
        case ObjectionFiled():
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
        case ObjectionDecided():
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


def _on_doubt(facts: Sequence[Fact], world: World) -> competition.Command | None:
    """A doubt that is upheld disqualifies the entry in the same breath."""
    match facts:
        case [PublicTestOpened() as fact]:
            return competition.OpenPublicTest(by=fact.by, at=fact.at, version=fact.version)
        case [DoubtFiled() as fact]:
            return competition.FileDoubt(
                by=fact.by,
                at=fact.at,
                doubt_id=fact.doubt_id,
                innovation_id=fact.innovation_id,
                statement_digest=fact.statement_digest,
                evidence=fact.evidence,
                links=fact.links,
            )
        case (
            [DoubtDecided() as fact]
            | [DoubtDecided() as fact, EntryDisqualified()]
            | [DoubtDecided() as fact, EntryDisqualified(), ResultsDrafted()]
        ):
            return competition.DecideDoubt(
                by=fact.by,
                at=fact.at,
                agency=fact.by_agency,
                agency_path=world.path_of(fact.by_agency),
                doubt_id=fact.doubt_id,
                upheld=fact.upheld,
                reason=fact.reason,
            )
        case _:
            return None
