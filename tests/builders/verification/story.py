"""An innovation of the health office as it came in, and the people around it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.events.submission import (
    Claim,
    EvidenceItem,
    FileEvidence,
    FileProperties,
    InnovationSubmitted,
    Letter,
    Profile,
    ReplicationEvidence,
    SubmissionCompleted,
)
from shared.events.verification import RevisionItem, Subject

INNOVATION = "inov-1"
OPENED_AT = datetime(2026, 8, 3, 1, tzinfo=UTC)
AT = datetime(2026, 8, 4, 1, tzinfo=UTC)
DUE = AT + timedelta(days=7)
FILES_UNTIL = DUE + timedelta(hours=3)
LEASE_SECONDS = 1800
KEEP_SECONDS = 86_400
TOKEN, SECOND_TOKEN = "token-1", "token-2"
SYSTEM = "system:verification"
EDITION_DIGEST = "e" * 64
FIRST_DIGEST, SECOND_DIGEST, THIRD_DIGEST = "1" * 64, "2" * 64, "3" * 64


@dataclass(frozen=True)
class Person:
    """Who asks, from which agency, and which other agencies they are tied to."""

    by: str
    agency: str | None = None
    agency_path: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()

    @property
    def who(self) -> dict[str, Any]:
        return {
            "by": self.by,
            "agency": self.agency,
            "agency_path": self.agency_path,
            "ties": self.ties,
        }


VERIFIER = Person("person-verifier", "brida", ("kalsel", "brida"))
COLLEAGUE = Person("person-colleague", "uni", ("uni",))
OUTSIDER = Person("person-outsider")
RESOLVER = Person("person-resolver", "bapperida", ("kalsel", "bapperida"))
SUPERVISOR = Person("person-supervisor", "brida", ("kalsel", "brida"))
OF_THE_AGENCY = Person("person-own", "dinkes", ("kalsel", "dinkes"))
FROM_ABOVE = Person("person-above", "kalsel", ("kalsel",))
FROM_BELOW = Person("person-below", "puskesmas", ("kalsel", "dinkes", "puskesmas"))
DRAFTER = Person("person-drafter", "brida", ("kalsel", "brida"))
TIED = Person("person-tied", "uni", ("uni",), ties=("dinkes",))
TIED_ABOVE = Person("person-tied-above", "uni", ("uni",), ties=("bpom", "kalsel"))
OBJECTION_DECIDER = Person("person-committee", "setda", ("kalsel", "setda"))


def about(**changes: Any) -> Subject:
    values: dict[str, Any] = {
        "innovation_id": INNOVATION,
        "season_id": "2026",
        "edition_id": "2026-r1",
        "edition_digest": EDITION_DIGEST,
        "training": False,
        "agency_id": "dinkes",
        "agency_path": ("kalsel", "dinkes"),
        "region_id": "kalsel",
        "profile": Profile(title="Posyandu Digital", main_affair="kesehatan"),
        "drafters": (DRAFTER.by,),
        "agency_kind": "agency",
        "lineage": ("inov-earlier",),
    }
    return Subject(**(values | changes))


def evidence(evidence_id: str, digest: str, *indicators: str, accepted: bool = True) -> Any:
    content = FileEvidence(
        file_name=f"{evidence_id}.pdf",
        sha256=digest,
        size_bytes=2048,
        media_type="application/pdf",
    )
    return EvidenceItem(
        evidence_id=evidence_id,
        indicators=indicators,
        evidence_kind="letter",
        content=content,
        accepted=accepted,
    )


LETTER = Letter(number="188/12", signed_on=date(2025, 3, 1), subject="Posyandu Digital")


def attachment(evidence_id: str, digest: str) -> EvidenceItem:
    """Belongs to the profile: a file that is shown for no indicator."""
    known: EvidenceItem = evidence(evidence_id, digest)
    properties = FileProperties(pages=3)
    return known.model_copy(
        update={"evidence_kind": "budget", "letter": LETTER, "properties": properties}
    )


def statement(evidence_id: str, digest: str) -> EvidenceItem:
    """What another agency says of replicating the innovation, from the register."""
    content = ReplicationEvidence(
        replication_id=f"replication-{evidence_id}",
        agency_id="tapin-dinkes",
        region_id="tapin",
        started_on=date(2025, 2, 1),
        contact_body="Dinas Kesehatan Tapin",
        sha256=digest,
    )
    return EvidenceItem(
        evidence_id=evidence_id,
        indicators=("SID-18",),
        evidence_kind="replication_statement",
        content=content,
        letter=LETTER,
        accepted=True,
    )


CLAIMS = (
    Claim(indicator="SID-01", level=3),
    Claim(indicator="SID-02", level=2),
    Claim(indicator="SID-18", level=1, basis="a"),
    Claim(indicator="SID-19", level=0),
)
MANIFEST = (
    evidence("ev-1", FIRST_DIGEST, "SID-01", "SID-02"),
    evidence("ev-2", SECOND_DIGEST, "SID-01"),
)
REVISED_MANIFEST = (*MANIFEST, evidence("ev-3", THIRD_DIGEST, "SID-18"))
SHOWN = {
    "SID-01": (FIRST_DIGEST, SECOND_DIGEST),
    "SID-02": (FIRST_DIGEST,),
    "SID-18": (),
}
ITEMS = (RevisionItem(indicator="SID-18", message="Show the list of beneficiaries."),)


def submitted(**changes: Any) -> InnovationSubmitted:
    """What submission says when the innovation comes in."""
    return InnovationSubmitted(**(_handed_in() | changes))


def completed(**changes: Any) -> SubmissionCompleted:
    """What submission says when the last of the declared files is in, or its time is up."""
    return SubmissionCompleted(**(_handed_in() | {"missing": ()} | changes))


def _handed_in() -> dict[str, Any]:
    return {
        **about().model_dump(),
        "profile": about().profile,
        "by": "person-operator",
        "at": OPENED_AT,
        "round": 1,
        "claims": CLAIMS,
        "manifest": MANIFEST,
    }
