"""The commands behind the facts of innovations. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.audit.domain.commands.lineage import develop_command, original_of
from services.audit.domain.world import Untold, World
from services.submission.domain import commands
from services.submission.domain.season import deadline_for
from services.submission.domain.states import Known, Missing, Reopened, State
from shared.editions import Edition
from shared.events.base import Fact
from shared.events.submission import (
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceRefused,
    EvidenceRevised,
    EvidenceWithdrawn,
    FileEvidence,
    InnovationDeveloped,
    InnovationDrafted,
    InnovationEndorsed,
    InnovationSubmitted,
    InnovationWithdrawn,
    LevelClaimed,
    ProfileRevised,
    ReplicationEvidence,
    SubmissionCompleted,
)

ANY_SIZE = 2**63
"""How large a file might be is a setting of that day, which the history does not hold."""


def innovation_command(
    facts: Sequence[Fact], before: State, world: World
) -> commands.Command | None:
    """Of what people do, and the clock; what verification asks for follows from its causes."""
    match facts:
        case [InnovationDrafted() as fact]:
            return _draft(fact, world)
        case [InnovationDeveloped() as fact]:
            return develop_command(fact, before, world)
        case [InnovationEndorsed() as fact]:
            return commands.Endorse(
                by=fact.by,
                at=fact.at,
                content_digest=fact.content_digest,
                capacity=fact.capacity,
                appointment=fact.appointment,
            )
        case [InnovationSubmitted() as fact]:
            return _submit(fact, before, world)
        case [SubmissionCompleted() as fact]:
            return commands.CompleteSubmission(fact.by, fact.at, fact.round)
        case [InnovationWithdrawn() as fact]:
            return commands.Withdraw(fact.by, fact.at, fact.reason)
        case [ProfileRevised() as fact]:
            edition = _edition(before, world)
            return commands.ReviseProfile(fact.by, fact.at, edition, fact.profile)
        case [LevelClaimed() as fact]:
            return commands.ClaimLevel(fact.by, fact.at, _edition(before, world), fact.claim)
        case _:
            return _on_evidence(facts, before, world)


def _on_evidence(facts: Sequence[Fact], before: State, world: World) -> commands.Command | None:
    """The last file that a submission waits for completes it, in the same breath."""
    match facts:
        case [EvidenceDeclared() as fact]:
            _check_shown(fact, before, world)
            edition = _edition(before, world)
            return commands.DeclareEvidence(fact.by, fact.at, edition, fact.item, ANY_SIZE)
        case [EvidenceRevised() as fact]:
            return commands.ReviseEvidence(
                by=fact.by,
                at=fact.at,
                edition=_edition(before, world),
                evidence_id=fact.evidence_id,
                indicators=fact.indicators,
                evidence_kind=fact.evidence_kind,
                letter=fact.letter,
            )
        case [EvidenceAccepted() as fact] | [EvidenceAccepted() as fact, SubmissionCompleted()]:
            return _accept(fact)
        case [EvidenceRefused() as fact] | [EvidenceRefused() as fact, SubmissionCompleted()]:
            detail = tuple(fact.detail.items())
            return commands.RefuseEvidence(fact.by, fact.at, fact.evidence_id, fact.rule, detail)
        case [EvidenceWithdrawn() as fact]:
            return commands.WithdrawEvidence(fact.by, fact.at, fact.evidence_id, fact.reason)
        case _:
            return None


def _edition(before: State, world: World) -> Edition:
    if isinstance(before, Missing):
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
        deadline=deadline_for(opened, owner.path),
        agency_id=owner.agency_id,
        agency_kind=owner.kind,
        agency_path=owner.path,
        region_id=owner.region_id,
        profile=fact.profile,
        original=original_of(fact, world),
    )


def _submit(fact: InnovationSubmitted, before: State, world: World) -> commands.Submit:
    opened = world.season(fact.season_id)
    return commands.Submit(
        by=fact.by,
        at=fact.at,
        edition=_edition(before, world),
        deadline=_deadline(fact, before, world),
        grace_minutes=opened.grace_minutes,
        endorsement_required=opened.endorsement_required,
    )


def _deadline(fact: InnovationSubmitted, before: State, world: World) -> datetime:
    """The agency's deadline; an older one if its files were given no longer than that.

    A submission may be decided while the deadline is moved away: that errs towards refusal.
    """
    newest = deadline_for(world.season(fact.season_id), fact.agency_path)
    if fact.complete_by is None or isinstance(before, Missing | Reopened):
        return newest
    for earlier in world.seasons_before(fact.season_id):
        deadline = deadline_for(earlier, fact.agency_path)
        if deadline + timedelta(minutes=earlier.grace_minutes) == fact.complete_by:
            return deadline
    return newest


def _check_shown(fact: EvidenceDeclared, before: State, world: World) -> None:
    """Only intake takes a file in; what others stated stands in the register. Raises `Untold`."""
    match fact.item.content:
        case FileEvidence() if fact.item.accepted:
            raise Untold(f"The file {fact.item.evidence_id} was never taken in.")
        case ReplicationEvidence() as shown if not isinstance(before, Missing):
            _check_statement(fact, shown, before, world)
        case _:
            pass


def _check_statement(
    fact: EvidenceDeclared, shown: ReplicationEvidence, before: Known, world: World
) -> None:
    stated = world.statement(shown.replication_id)
    drafted = before.content.drafted
    told = ReplicationEvidence(
        replication_id=stated.replication_id,
        agency_id=stated.agency_id,
        region_id=stated.region_id,
        started_on=stated.started_on,
        contact_body=stated.contact_body,
        sha256=stated.statement_digest,
    )
    is_about = stated.innovation_id in (drafted.innovation_id, *drafted.lineage)
    if not is_about or (shown, fact.item.letter) != (told, stated.letter):
        raise Untold(f"The statement {shown.replication_id} does not say so.")


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
        properties=fact.properties,
    )
