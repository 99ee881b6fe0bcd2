"""An innovation of the health office under review, and the people around it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.verification.domain import (
    AnnounceRevision,
    ClaimDossier,
    CorrectVerdict,
    DecideIndicator,
    LapseRevision,
    OpenDossier,
    ReceiveRevision,
    Recuse,
    ReleaseDossier,
    RequestRevision,
    VerifyDossier,
    WithdrawDossier,
)
from shared.events.base import Fact, Recorded
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
from shared.events.verification import (
    DOSSIER,
    DossierLeased,
    DossierOpened,
    DossierVerified,
    IndicatorDecided,
    RevisionAnnounced,
    RevisionItem,
    RevisionReceived,
    RevisionRequested,
    Subject,
    Verdict,
)

INNOVATION = "inov-1"
OPENED_AT = datetime(2026, 8, 3, 1, tzinfo=UTC)
AT = datetime(2026, 8, 4, 1, tzinfo=UTC)
DUE = AT + timedelta(days=7)
FILES_UNTIL = DUE + timedelta(hours=3)
LEASE_SECONDS = 1800
TOKEN = "token-1"
SYSTEM = "system:verification"
EDITION_DIGEST = "e" * 64
FIRST_DIGEST, SECOND_DIGEST, THIRD_DIGEST = "1" * 64, "2" * 64, "3" * 64


@dataclass(frozen=True)
class Person:
    """Who asks, and from which agency."""

    by: str
    agency: str | None = None
    agency_path: tuple[str, ...] = ()

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "agency": self.agency, "agency_path": self.agency_path}


VERIFIER = Person("person-verifier", "brida", ("kalsel", "brida"))
COLLEAGUE = Person("person-colleague", "uni", ("uni",))
OUTSIDER = Person("person-outsider")
OF_THE_AGENCY = Person("person-own", "dinkes", ("kalsel", "dinkes"))
FROM_ABOVE = Person("person-above", "kalsel", ("kalsel",))
FROM_BELOW = Person("person-below", "puskesmas", ("kalsel", "dinkes", "puskesmas"))
DRAFTER = Person("person-drafter", "brida", ("kalsel", "brida"))
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
OPENED = DossierOpened(
    by=SYSTEM,
    at=OPENED_AT,
    dossier_id=INNOVATION,
    about=about(),
    round=1,
    claims=CLAIMS,
    manifest=MANIFEST,
)
SHOWN = {
    "SID-01": (FIRST_DIGEST, SECOND_DIGEST),
    "SID-02": (FIRST_DIGEST,),
    "SID-18": (),
}


def leased(person: Person = VERIFIER, token: str = TOKEN, at: datetime = AT) -> DossierLeased:
    return DossierLeased(
        by=person.by,
        at=at,
        dossier_id=INNOVATION,
        verifier_id=person.by,
        verifier_agency=person.agency,
        token=token,
        until=at + timedelta(seconds=LEASE_SECONDS),
    )


def verdict(indicator: str, granted: int, **changes: Any) -> Verdict:
    claim = next(each for each in CLAIMS if each.indicator == indicator)
    is_cut = granted < claim.level
    values: dict[str, Any] = {
        "indicator": indicator,
        "claimed_level": claim.level,
        "granted_level": granted,
        "basis": claim.basis,
        "subtype": claim.subtype,
        "reason_code": "lower_level_proven" if is_cut else None,
        "note": "Only the decree is shown." if is_cut else "",
        "evidence": SHOWN[indicator],
        "round": 1,
        "decided_by": VERIFIER.by,
        "decided_by_agency": VERIFIER.agency,
        "decided_at": AT,
    }
    return Verdict(**(values | changes))


def decided(indicator: str, granted: int, token: str = TOKEN, **changes: Any) -> IndicatorDecided:
    found = verdict(indicator, granted, **changes)
    return IndicatorDecided(
        by=found.decided_by,
        at=found.decided_at,
        dossier_id=INNOVATION,
        verdict=found,
        token=token,
        lease_until=found.decided_at + timedelta(seconds=LEASE_SECONDS),
    )


ALL_DECIDED = (decided("SID-01", 2), decided("SID-02", 2), decided("SID-18", 0))
ITEMS = (RevisionItem(indicator="SID-18", message="Show the list of beneficiaries."),)
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
VERIFIED = DossierVerified(
    by=VERIFIER.by,
    at=AT,
    dossier_id=INNOVATION,
    about=about(),
    round=1,
    claims=CLAIMS,
    verdicts=tuple(fact.verdict for fact in ALL_DECIDED),
    deciders=(VERIFIER.by,),
)
REVISED_MANIFEST = (*MANIFEST, evidence("ev-3", THIRD_DIGEST, "SID-18"))


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
    }
    return RevisionReceived(**(values | changes))


# --- commands -----------------------------------------------------------------------------


def open_dossier(**changes: Any) -> OpenDossier:
    return OpenDossier(**(_taken_in(1, OPENED_AT, MANIFEST) | changes))


def receive(**changes: Any) -> ReceiveRevision:
    return ReceiveRevision(**(_taken_in(2, AT, REVISED_MANIFEST) | changes))


def announce(round: int = 2) -> AnnounceRevision:
    return AnnounceRevision(by=SYSTEM, at=DUE, round=round, until=FILES_UNTIL)


def _taken_in(round: int, at: datetime, manifest: tuple[EvidenceItem, ...]) -> dict[str, Any]:
    return {
        "by": SYSTEM,
        "at": at,
        "about": about(),
        "round": round,
        "claims": CLAIMS,
        "manifest": manifest,
    }


def claim(person: Person = VERIFIER, token: str = TOKEN, at: datetime = AT) -> ClaimDossier:
    return ClaimDossier(**person.who, at=at, token=token, lease_seconds=LEASE_SECONDS)


def release(
    person: Person = VERIFIER, token: str = TOKEN, note: str = "Called away."
) -> ReleaseDossier:
    return ReleaseDossier(**person.who, at=AT, token=token, note=note)


def decide(
    indicator: str, granted: int, person: Person = VERIFIER, **changes: Any
) -> DecideIndicator:
    known = next((each for each in CLAIMS if each.indicator == indicator), None)
    is_cut = known is not None and granted < known.level
    values: dict[str, Any] = {
        **person.who,
        "at": AT,
        "token": TOKEN,
        "lease_seconds": LEASE_SECONDS,
        "indicator": indicator,
        "granted_level": granted,
        "reason_code": "lower_level_proven" if is_cut else None,
        "note": "Only the decree is shown." if is_cut else "",
    }
    return DecideIndicator(**(values | changes))


def request_revision(person: Person = VERIFIER, **changes: Any) -> RequestRevision:
    values: dict[str, Any] = {
        **person.who,
        "at": AT,
        "token": TOKEN,
        "items": ITEMS,
        "message": REQUESTED.message,
        "due": DUE,
        "max_revisions": 1,
    }
    return RequestRevision(**(values | changes))


def lapse(at: datetime, round: int = 1, due: datetime = DUE) -> LapseRevision:
    return LapseRevision(by=SYSTEM, at=at, round=round, due=due)


def verify(person: Person = VERIFIER, token: str = TOKEN) -> VerifyDossier:
    return VerifyDossier(**person.who, at=AT, token=token)


def recuse(person: Person = VERIFIER) -> Recuse:
    return Recuse(**person.who, at=AT, reason="I advised the makers.")


def withdraw() -> WithdrawDossier:
    return WithdrawDossier(by=SYSTEM, at=AT, dossier_id=INNOVATION, reason="Filed twice.")


def correct(**changes: Any) -> CorrectVerdict:
    values: dict[str, Any] = {
        "by": SYSTEM,
        "at": AT + timedelta(days=30),
        "competition_id": "kia-2026",
        "objection_id": "objection-1",
        "indicator": "SID-01",
        "level": 3,
        "reason": "The bylaw stands on page 4.",
        "decided_by": OBJECTION_DECIDER.by,
        "decided_by_agency": OBJECTION_DECIDER.agency,
    }
    return CorrectVerdict(**(values | changes))


# --- facts as the stream holds them -------------------------------------------------------


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
