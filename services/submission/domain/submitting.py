"""An innovation is handed in, and complete once every declared file came in or ran late. Pure."""

from datetime import datetime, timedelta
from typing import Any

from services.submission.domain.commands import CompleteSubmission, Submit
from services.submission.domain.endorsing import digest_of, endorser
from services.submission.domain.guards import check_edition, check_in_time
from services.submission.domain.states import Content, Known, Open, Reopened, Submitted, Waiting
from shared.errors import Refused
from shared.events.submission import (
    EvidenceItem,
    FileEvidence,
    InnovationEvent,
    InnovationSubmitted,
    LinkEvidence,
    SubmissionCompleted,
)
from shared.findings import missing_for_submission


def submit(command: Submit, state: Open) -> list[InnovationEvent]:
    content = state.content
    check_edition(content, command.edition)
    deadline = state.due if isinstance(state, Reopened) else command.deadline
    check_in_time(command.at, deadline)
    _check_complete(command, content)
    pending = tuple(sorted(k for k, item in content.evidence.items() if not item.accepted))
    _check_grace(command, content, pending)
    digest = digest_of(content)
    return [
        InnovationSubmitted(
            **_handed_in(command.by, command.at, content),
            drafters=tuple(sorted(content.drafters | {command.by})),
            round=state.round + 1 if isinstance(state, Reopened) else 1,
            pending=pending,
            complete_by=deadline + timedelta(minutes=command.grace_minutes) if pending else None,
            content_digest=digest,
            endorsed_by=endorser(content, digest, required=command.endorsement_required),
        )
    ]


def _check_complete(command: Submit, content: Content) -> None:
    developed = content.drafted.developed_from is not None
    missing = missing_for_submission(content.profile, command.edition, developed=developed)
    if missing:
        raise Refused("profile_incomplete", "The profile is not complete.", missing=missing)


def _check_grace(command: Submit, content: Content, pending: tuple[str, ...]) -> None:
    if pending and command.grace_minutes <= 0:
        files = tuple(_label(content.evidence[each]) for each in pending)
        raise Refused(
            "evidence_pending", "Some evidence was declared and never arrived.", files=files
        )


def complete(command: CompleteSubmission, state: Known) -> list[InnovationEvent]:
    """Says what never came, once the time of the round has run out."""
    if not isinstance(state, Submitted) or state.round != command.round or state.waiting is None:
        return []
    if command.at <= state.waiting.until:
        raise Refused(
            "grace_running",
            "Files may still come in.",
            complete_by=state.waiting.until.isoformat(),
        )
    return [completed(command.by, command.at, state, state.waiting)]


def completed(by: str, at: datetime, state: Submitted, waiting: Waiting) -> SubmissionCompleted:
    """The fact that nothing is waited for any more; what is still pending is missing."""
    missing = waiting.pending | waiting.lost
    return SubmissionCompleted(
        **_handed_in(by, at, state.content, without=missing),
        drafters=tuple(sorted(state.content.drafters)),
        round=state.round,
        missing=tuple(sorted(missing)),
    )


def _handed_in(
    by: str, at: datetime, content: Content, without: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """What the verifiers decide on, but for the round and the drafters."""
    drafted = content.drafted
    return {
        "by": by,
        "at": at,
        "innovation_id": drafted.innovation_id,
        "season_id": drafted.season_id,
        "edition_id": drafted.edition_id,
        "edition_digest": drafted.edition_digest,
        "training": drafted.training,
        "agency_id": drafted.agency_id,
        "agency_path": drafted.agency_path,
        "region_id": drafted.region_id,
        "agency_kind": drafted.agency_kind,
        "lineage": drafted.lineage,
        "profile": content.profile,
        "claims": tuple(content.claims[code] for code in sorted(content.claims)),
        "manifest": tuple(
            content.evidence[key] for key in sorted(content.evidence) if key not in without
        ),
    }


def _label(item: EvidenceItem) -> str:
    match item.content:
        case FileEvidence() as file:
            return file.file_name
        case LinkEvidence() as link:
            return link.url
        case statement:
            return statement.replication_id
