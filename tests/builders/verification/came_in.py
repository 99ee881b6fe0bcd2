"""What is said of what comes from outside: the innovation, its revision, its withdrawal."""

from typing import Any

from shared.events.base import Fact, Recorded
from shared.events.submission import profile_digest
from shared.events.verification import (
    DOSSIER,
    DossierOpened,
    DossierWithdrawn,
    RevisionAnnounced,
    RevisionReceived,
    RevisionRequested,
)
from tests.builders.verification.story import (
    AT,
    CLAIMS,
    DUE,
    FILES_UNTIL,
    INNOVATION,
    ITEMS,
    MANIFEST,
    OPENED_AT,
    REVISED_MANIFEST,
    SYSTEM,
    VERIFIER,
    about,
)

OPENED = DossierOpened(
    by=SYSTEM,
    at=OPENED_AT,
    dossier_id=INNOVATION,
    about=about(),
    round=1,
    claims=CLAIMS,
    manifest=MANIFEST,
)
WITHDRAWN = DossierWithdrawn(by=SYSTEM, at=AT, dossier_id=INNOVATION, reason="Filed twice.")


REQUESTED = RevisionRequested(
    by=VERIFIER.by,
    at=AT,
    dossier_id=INNOVATION,
    innovation_id=INNOVATION,
    round=1,
    items=ITEMS,
    message="Please complete the evidence of benefit.",
    due=DUE,
)
ANNOUNCED = RevisionAnnounced(
    by=SYSTEM,
    at=DUE,
    dossier_id=INNOVATION,
    innovation_id=INNOVATION,
    round=2,
    until=FILES_UNTIL,
)


def received(**changes: Any) -> RevisionReceived:
    values: dict[str, Any] = {
        "by": SYSTEM,
        "at": AT,
        "dossier_id": INNOVATION,
        "about": about(),
        "round": 2,
        "claims": CLAIMS,
        "manifest": REVISED_MANIFEST,
        "lapsed": (),
    } | changes
    return RevisionReceived(**{"profile_digest": profile_digest(values["about"].profile), **values})


def recorded(fact: Fact, version: int = 1, subject: str = DOSSIER.subject(INNOVATION)) -> Any:
    return Recorded(
        fact=fact,
        id=f"event-{version}",
        subject=subject,
        sequence=100 + version,
        version=version,
        command_id=f"command-{version}",
        command_digest="",
        correlation_id="correlation",
        causation_id=None,
        traceparent=None,
    )
