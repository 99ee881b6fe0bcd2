"""The commands behind the facts of seasons, agencies and innovations. Pure."""

from collections.abc import Sequence

from services.audit.domain.world import World
from services.submission.domain import agency, commands, innovation, season
from shared.editions import Edition
from shared.events.base import Fact
from shared.events.submission import (
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyRegistered,
    AgencyRenamed,
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceRefused,
    EvidenceWithdrawn,
    InnovationDrafted,
    InnovationSubmitted,
    InnovationWithdrawn,
    LevelClaimed,
    ProfileRevised,
    SeasonClosed,
    SeasonDeadlineExtended,
    SeasonOpened,
)

ANY_SIZE = 2**63
"""How large a file might be is a setting of that day, which the history does not hold."""


def season_command(
    facts: Sequence[Fact], before: season.State, world: World
) -> season.Command | None:
    match facts:
        case [SeasonOpened() as fact]:
            world.edition(fact.edition_id, fact.edition_digest)
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
            )
        case [SeasonDeadlineExtended() as fact]:
            return season.ExtendDeadline(fact.by, fact.at, fact.deadline, fact.reason)
        case [SeasonClosed() as fact]:
            return season.CloseSeason(fact.by, fact.at)
        case _:
            return None


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
            return agency.RenameAgency(fact.by, fact.at, fact.name, fact.short_name)
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


def innovation_command(
    facts: Sequence[Fact], before: innovation.State, world: World
) -> commands.Command | None:
    match facts:
        case [InnovationDrafted() as fact]:
            return _draft(fact, world)
        case [ProfileRevised() as fact]:
            edition = _edition(before, world)
            return commands.ReviseProfile(fact.by, fact.at, edition, fact.profile)
        case [LevelClaimed() as fact]:
            return commands.ClaimLevel(fact.by, fact.at, _edition(before, world), fact.claim)
        case [EvidenceDeclared() as fact]:
            edition = _edition(before, world)
            return commands.DeclareEvidence(fact.by, fact.at, edition, fact.item, ANY_SIZE)
        case [EvidenceAccepted() as fact]:
            return _accept(fact)
        case [EvidenceRefused() as fact]:
            detail = tuple(fact.detail.items())
            return commands.RefuseEvidence(fact.by, fact.at, fact.evidence_id, fact.rule, detail)
        case [EvidenceWithdrawn() as fact]:
            return commands.WithdrawEvidence(fact.by, fact.at, fact.evidence_id, fact.reason)
        case [InnovationSubmitted() as fact]:
            deadline = world.season(fact.season_id).deadline
            return commands.Submit(fact.by, fact.at, _edition(before, world), deadline)
        case [InnovationWithdrawn() as fact]:
            return commands.Withdraw(fact.by, fact.at, fact.reason)
        case _:
            return None


def _edition(before: innovation.State, world: World) -> Edition:
    if isinstance(before, innovation.Missing):
        return world.edition("", "")
    drafted = before.content.drafted
    return world.edition(drafted.edition_id, drafted.edition_digest)


def _draft(fact: InnovationDrafted, world: World) -> commands.DraftInnovation:
    """Under the season as it stood, for the agency as it stood."""
    opened, owner = world.season(fact.season_id), world.agency(fact.agency_id)
    return commands.DraftInnovation(
        by=fact.by,
        at=fact.at,
        innovation_id=fact.innovation_id,
        season_id=fact.season_id,
        edition=world.edition(opened.edition_id, opened.edition_digest),
        training=opened.training,
        opens_at=opened.opens_at,
        deadline=opened.deadline,
        agency_id=owner.agency_id,
        agency_path=owner.path,
        region_id=owner.region_id,
        profile=fact.profile,
    )


def _accept(fact: EvidenceAccepted) -> commands.AcceptEvidence:
    return commands.AcceptEvidence(
        by=fact.by,
        at=fact.at,
        evidence_id=fact.evidence_id,
        sha256=fact.sha256,
        size_bytes=fact.size_bytes,
        media_type=fact.media_type,
        object_key=fact.object_key,
        object_version=fact.object_version,
    )
