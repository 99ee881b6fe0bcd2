"""What others' facts ask of dossiers. Pure."""

from datetime import datetime

from services.verification.domain import (
    AnnounceRevision,
    Command,
    CorrectVerdict,
    LapseRevision,
    OpenDossier,
    ReceiveRevision,
    WithdrawDossier,
)
from shared.events.awards import ObjectionDecided
from shared.events.base import Recorded
from shared.events.submission import (
    InnovationSubmitted,
    InnovationWithdrawn,
    SubmissionCompleted,
)
from shared.events.verification import DOSSIER, Subject
from shared.reactions import To

SYSTEM = "system:verification"


def on_innovation_submitted(event: Recorded[InnovationSubmitted]) -> tuple[To[Command], ...]:
    """What is whole is taken in at once; files on their way are waited for.

    A dossier that waits for a revision is told that it comes; before the first round is whole
    there is no dossier.
    """
    fact = event.fact
    if not fact.pending:
        return _taken_in(fact)
    if fact.round == 1 or fact.complete_by is None:
        return ()
    command = AnnounceRevision(by=SYSTEM, at=fact.at, round=fact.round, until=fact.complete_by)
    return (To("announce", DOSSIER, fact.innovation_id, command),)


def on_submission_completed(event: Recorded[SubmissionCompleted]) -> tuple[To[Command], ...]:
    return _taken_in(event.fact)


def _taken_in(fact: InnovationSubmitted | SubmissionCompleted) -> tuple[To[Command], ...]:
    """The first round opens a dossier; a later one is a revision of it."""
    takes_in = OpenDossier if fact.round == 1 else ReceiveRevision
    command = takes_in(
        by=SYSTEM,
        at=fact.at,
        about=_about(fact),
        round=fact.round,
        claims=fact.claims,
        manifest=fact.manifest,
    )
    return (To("take-in", DOSSIER, fact.innovation_id, command),)


def on_innovation_withdrawn(event: Recorded[InnovationWithdrawn]) -> tuple[To[Command], ...]:
    fact = event.fact
    command = WithdrawDossier(
        by=SYSTEM, at=fact.at, dossier_id=fact.innovation_id, reason=fact.reason
    )
    return (To("withdraw", DOSSIER, fact.innovation_id, command),)


def on_objection_decided(event: Recorded[ObjectionDecided]) -> tuple[To[Command], ...]:
    """Only a granted objection changes a verdict."""
    fact = event.fact
    if not fact.granted:
        return ()
    command = CorrectVerdict(
        by=SYSTEM,
        at=fact.at,
        competition_id=fact.competition_id,
        objection_id=fact.objection_id,
        indicator=fact.indicator,
        level=fact.level,
        reason=fact.reason,
        decided_by=fact.by,
        decided_by_agency=fact.decided_by_agency,
    )
    return (To("correct", DOSSIER, fact.innovation_id, command),)


def on_due_passed(dossier_id: str, round: int, due: datetime, at: datetime) -> To[Command]:
    """What the dossier waits for since `round` was due, and that lies behind `at`."""
    command = LapseRevision(by=SYSTEM, at=at, round=round, due=due)
    return To("lapse", DOSSIER, dossier_id, command)


def _about(fact: InnovationSubmitted | SubmissionCompleted) -> Subject:
    return Subject(
        innovation_id=fact.innovation_id,
        season_id=fact.season_id,
        edition_id=fact.edition_id,
        edition_digest=fact.edition_digest,
        training=fact.training,
        agency_id=fact.agency_id,
        agency_path=fact.agency_path,
        region_id=fact.region_id,
        profile=fact.profile,
        drafters=fact.drafters,
        agency_kind=fact.agency_kind,
        lineage=fact.lineage,
    )
