"""Facts and commands of submission as tests need them: one valid thing each, changed by name."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.submission.domain.commands import (
    DraftInnovation,
)
from shared.editions import load
from shared.events.base import Recorded
from shared.events.submission import (
    INNOVATION,
    EvidenceDeclared,
    EvidenceItem,
    FileEvidence,
    InnovationDrafted,
    Profile,
)

NOW = datetime(2026, 6, 20, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
DEADLINE = datetime(2026, 8, 31, 15, 59, 59, tzinfo=UTC)
EDITION = load("2026-r1")
OPERATOR = "operator-dinkes"
HEAD = "head"
SYSTEM = "system:submission"
SHA = "a" * 64

PROFILE = Profile(
    title="SIP PUTIH",
    stage="implementation",
    initiator="perangkat_daerah",
    kind="digital",
    form="pelayanan_publik",
    main_affair="kesehatan",
    trial_on=date(2024, 2, 1),
    implemented_on=date(2024, 5, 1),
    design_narrative="kata " * 300,
    purpose="Menurunkan stunting.",
    benefit="Anak sehat.",
    result="Stunting turun.",
)

DRAFTED = InnovationDrafted(
    by=OPERATOR,
    at=NOW,
    innovation_id="inno-1",
    season_id="2026",
    edition_id=EDITION.id,
    edition_digest=EDITION.digest,
    training=False,
    agency_id="hss-dinkes",
    agency_path=("kalsel", "hss", "hss-dinkes"),
    region_id="hss",
    profile=PROFILE,
    agency_kind="agency",
)


def draft(**changes: Any) -> DraftInnovation:
    given: dict[str, Any] = {
        "by": OPERATOR,
        "at": NOW,
        "innovation_id": "inno-1",
        "season_id": "2026",
        "edition": EDITION,
        "training": False,
        "opens_at": NOW - timedelta(days=1),
        "deadline": DEADLINE,
        "agency_id": "hss-dinkes",
        "agency_kind": "agency",
        "agency_path": ("kalsel", "hss", "hss-dinkes"),
        "region_id": "hss",
        "profile": PROFILE,
    }
    return DraftInnovation(**{**given, **changes})


def file(media_type: str = "application/pdf", size_bytes: int = 100) -> FileEvidence:
    return FileEvidence(
        file_name="sk.pdf", sha256=SHA, size_bytes=size_bytes, media_type=media_type
    )


def attachment(kind: str, media_type: str = "application/pdf") -> dict[str, Any]:
    """What makes an item one that belongs to the profile."""
    return {"indicators": (), "evidence_kind": kind, "content": file(media_type)}


def item(**changes: Any) -> EvidenceItem:
    given: dict[str, Any] = {
        "evidence_id": "ev-1",
        "indicators": ("SID-01",),
        "evidence_kind": "decree",
        "content": file(),
    }
    return EvidenceItem(**{**given, **changes})


def declared(by: str = OPERATOR, at: datetime = NOW, **changes: Any) -> EvidenceDeclared:
    return EvidenceDeclared(by=by, at=at, innovation_id="inno-1", item=item(**changes))


def recorded(fact: Any, version: int = 1) -> Recorded[Any]:
    """The fact of an innovation as the stream would hold it at `version`."""
    return Recorded(
        fact=fact,
        id=f"event-{version}",
        subject=INNOVATION.subject("inno-1"),
        sequence=100 + version,
        version=version,
        command_id=f"command-{version}",
        command_digest="",
        correlation_id="correlation",
        causation_id=None,
        traceparent=None,
    )
