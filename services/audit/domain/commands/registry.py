"""The commands behind the facts of seasons and agencies. Pure."""

from collections.abc import Sequence

from services.audit.domain.world import World
from services.submission.domain import agency, season
from shared.editions import lacking
from shared.events.base import Fact
from shared.events.submission import (
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyRegistered,
    AgencyRenamed,
    AgencySucceeded,
    LateExceptionGranted,
    SeasonClosed,
    SeasonDeadlineExtended,
    SeasonOpened,
)


def season_command(
    facts: Sequence[Fact], before: season.State, world: World
) -> season.Command | None:
    match facts:
        case [SeasonOpened() as fact]:
            return _open(fact, world)
        case [SeasonDeadlineExtended() as fact]:
            return season.ExtendDeadline(fact.by, fact.at, fact.deadline, fact.reason)
        case [LateExceptionGranted() as fact]:
            world.agency(fact.agency_id)
            return season.GrantLateException(
                by=fact.by,
                at=fact.at,
                agency_id=fact.agency_id,
                until=fact.until,
                reason=fact.reason,
            )
        case [SeasonClosed() as fact]:
            return season.CloseSeason(fact.by, fact.at)
        case _:
            return None


def _open(fact: SeasonOpened, world: World) -> season.OpenSeason:
    edition = world.edition(fact.edition_id, fact.edition_digest)
    return season.OpenSeason(
        by=fact.by,
        at=fact.at,
        season_id=fact.season_id,
        name=fact.name,
        assessment_year=fact.assessment_year,
        edition_id=fact.edition_id,
        edition_digest=fact.edition_digest,
        opens_at=fact.opens_at,
        deadline=fact.deadline,
        revision_days=fact.revision_days,
        training=fact.training,
        grace_minutes=fact.grace_minutes,
        endorsement_required=fact.endorsement_required,
        time_zone=fact.time_zone,
        obliged_kinds=fact.obliged_kinds,
        lacks=lacking(edition),
    )


def agency_command(
    facts: Sequence[Fact], before: agency.State, world: World
) -> agency.Command | None:
    match facts:
        case [AgencyRegistered() as fact]:
            return _register(fact, world)
        case [AgencyCommitmentSigned() as fact]:
            return agency.SignCommitment(
                by=fact.by,
                at=fact.at,
                season_id=fact.season_id,
                innovations_promised=fact.innovations_promised,
                letter_number=fact.letter_number,
                signed_on=fact.signed_on,
            )
        case [AgencyRenamed() as fact]:
            return agency.RenameAgency(
                by=fact.by,
                at=fact.at,
                name=fact.name,
                short_name=fact.short_name,
                letter_number=fact.letter_number,
                effective_on=fact.effective_on,
            )
        case [AgencySucceeded() as fact]:
            return _succeed(fact, world)
        case [AgencyClosed() as fact]:
            return agency.CloseAgency(fact.by, fact.at, fact.reason)
        case _:
            return None


def _register(fact: AgencyRegistered, world: World) -> agency.RegisterAgency:
    above = None if fact.parent_id is None else world.agency(fact.parent_id)
    return agency.RegisterAgency(
        by=fact.by,
        at=fact.at,
        agency_id=fact.agency_id,
        name=fact.name,
        short_name=fact.short_name,
        kind=fact.kind,
        parent=None if above is None else agency.Parent(above.path, above.region_id),
        source=fact.source,
        sample=fact.sample,
    )


def _succeed(fact: AgencySucceeded, world: World) -> agency.SucceedAgency:
    """Each successor with its place in the tree as it stood."""
    carry_on = tuple(world.agency(each) for each in fact.successors)
    return agency.SucceedAgency(
        by=fact.by,
        at=fact.at,
        successors=tuple(agency.Successor(each.agency_id, each.path) for each in carry_on),
        effective_on=fact.effective_on,
        letter_number=fact.letter_number,
        reason=fact.reason,
    )
