"""What becomes of an innovation in tests: taken in, handed in, reopened, ended."""

from datetime import timedelta
from typing import Any

from services.submission.domain.commands import (
    AcceptEvidence,
    ReviseEvidence,
    Submit,
)
from shared.events.submission import (
    EvidenceAccepted,
    EvidenceRefused,
    EvidenceRevised,
    InnovationDrafted,
    InnovationEndorsed,
    InnovationReopened,
    InnovationSubmitted,
    InnovationWithdrawn,
    Letter,
    SubmissionCompleted,
    VerificationConcluded,
    content_digest,
)
from tests.builders.submission import (
    DEADLINE,
    DRAFTED,
    EDITION,
    HEAD,
    LATER,
    NOW,
    OPERATOR,
    SHA,
    SYSTEM,
    item,
)


def revise(
    indicators: tuple[str, ...], kind: str = "decree", letter: Letter | None = None
) -> ReviseEvidence:
    return ReviseEvidence(OPERATOR, LATER, EDITION, "ev-1", indicators, kind, letter)


def revised(command: ReviseEvidence) -> EvidenceRevised:
    return EvidenceRevised(
        by=command.by,
        at=command.at,
        innovation_id="inno-1",
        evidence_id=command.evidence_id,
        indicators=command.indicators,
        evidence_kind=command.evidence_kind,
        letter=command.letter,
    )


TAKEN_IN: dict[str, Any] = {
    "by": SYSTEM,
    "at": NOW,
    "sha256": SHA,
    "size_bytes": 100,
    "media_type": "application/pdf",
    "object_key": f"sha256/{SHA}",
    "object_version": "v1",
}


def accept(evidence_id: str = "ev-1", **changes: Any) -> AcceptEvidence:
    return AcceptEvidence(**{**TAKEN_IN, "evidence_id": evidence_id, **changes})


def accepted(evidence_id: str = "ev-1", **changes: Any) -> EvidenceAccepted:
    ids = {"innovation_id": "inno-1", "evidence_id": evidence_id}
    return EvidenceAccepted(**{**TAKEN_IN, **ids, **changes})


def refused(evidence_id: str = "ev-1", **changes: Any) -> EvidenceRefused:
    given: dict[str, Any] = {
        "by": SYSTEM,
        "at": NOW,
        "innovation_id": "inno-1",
        "evidence_id": evidence_id,
        "rule": "encrypted",
        "detail": {"page": "1"},
    }
    return EvidenceRefused(**{**given, **changes})


def submit(**changes: Any) -> Submit:
    given: dict[str, Any] = {"by": HEAD, "at": LATER, "edition": EDITION, "deadline": DEADLINE}
    return Submit(**{**given, **changes})


def submitted(**changes: Any) -> InnovationSubmitted:
    """By the head, with the digest of what it says unless told otherwise."""
    given: dict[str, Any] = {
        **_handed_in(DRAFTED),
        "by": HEAD,
        "at": LATER,
        "round": 1,
        "manifest": (item(accepted=True),),
        "drafters": (HEAD, OPERATOR),
        **changes,
    }
    digest = content_digest(given["profile"], given["claims"], given["manifest"])
    return InnovationSubmitted(**{"content_digest": digest, **given})


def completed(**changes: Any) -> SubmissionCompleted:
    given: dict[str, Any] = {
        **_handed_in(DRAFTED),
        "by": SYSTEM,
        "at": LATER,
        "round": 1,
        "manifest": (item(accepted=True),),
        "drafters": (HEAD, OPERATOR),
        "missing": (),
    }
    return SubmissionCompleted(**{**given, **changes})


def _handed_in(drafted: InnovationDrafted) -> dict[str, Any]:
    return {
        "innovation_id": drafted.innovation_id,
        "agency_kind": drafted.agency_kind,
        "lineage": drafted.lineage,
        "season_id": drafted.season_id,
        "edition_id": drafted.edition_id,
        "edition_digest": drafted.edition_digest,
        "training": drafted.training,
        "agency_id": drafted.agency_id,
        "agency_path": drafted.agency_path,
        "region_id": drafted.region_id,
        "profile": drafted.profile,
        "claims": (),
    }


def reopened(**changes: Any) -> InnovationReopened:
    given: dict[str, Any] = {
        "by": SYSTEM,
        "at": LATER,
        "innovation_id": "inno-1",
        "round": 1,
        "indicators": ("SID-02",),
        "due": LATER + timedelta(days=7),
    }
    return InnovationReopened(**{**given, **changes})


def endorsed(digest: str, **changes: Any) -> InnovationEndorsed:
    given: dict[str, Any] = {
        "by": HEAD,
        "at": NOW,
        "innovation_id": "inno-1",
        "content_digest": digest,
        "capacity": "head",
    }
    return InnovationEndorsed(**{**given, **changes})


def concluded(**changes: Any) -> VerificationConcluded:
    given: dict[str, Any] = {
        "by": SYSTEM,
        "at": LATER,
        "innovation_id": "inno-1",
        "round": 1,
        "granted": (),
    }
    return VerificationConcluded(**{**given, **changes})


def withdrawn(**changes: Any) -> InnovationWithdrawn:
    given: dict[str, Any] = {
        "by": HEAD,
        "at": LATER,
        "innovation_id": "inno-1",
        "reason": "ganda",
    }
    return InnovationWithdrawn(**{**given, **changes})
