"""One innovation with nothing to find but hints, and how to spoil it in one place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from shared.editions import load
from shared.events.submission import (
    Claim,
    EvidenceItem,
    FileEvidence,
    FileProperties,
    Letter,
    LinkEvidence,
    Profile,
    ReplicationEvidence,
)
from shared.findings import Case, Finding, Handover, Reading, examine

EDITION = load("2026-r1")
OLDER = load("2023-r1")
TITLE = "SIP PUTIH (Sistem Informasi Posyandu Tumbuh Sehat)"
NOW = datetime(2026, 6, 20, 3, tzinfo=UTC)
DEADLINE = NOW + timedelta(days=30)
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "mp4": "video/mp4",
}
NARRATIVE = " ".join(
    (
        "Dasar hukum inovasi ini adalah peraturan daerah tentang kesehatan ibu dan anak.",
        "Permasalahan yang dihadapi adalah data penimbangan balita yang terlambat.",
        "Isu strategis daerah adalah penurunan stunting sampai ke desa terpencil.",
        "Metode pembaruan mengganti buku kertas dengan pencatatan pada telepon genggam.",
        "Kebaruan dan keunggulan terletak pada peringatan dini bagi bidan desa.",
        "Cara kerja: kader mencatat, bidan memeriksa, dinas melihat hasil pada hari itu.",
    )
    * 5
)
PROFILE = Profile(
    title=TITLE,
    stage="implementation",
    initiator="perangkat_daerah",
    kind="digital",
    form="pelayanan_publik",
    main_affair="kesehatan",
    trial_on=date(2024, 1, 10),
    implemented_on=date(2024, 5, 1),
    design_narrative=NARRATIVE,
    purpose="Menurunkan stunting.",
    benefit="Anak tumbuh sehat.",
    result="Stunting turun.",
)
EVERYTHING = tuple(
    Claim(
        indicator=row.code,
        level=3,
        basis="a" if row.bases else None,
        subtype="digital" if row.subtypes else None,
    )
    for row in EDITION.sid
)


def digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def letter(signed_on: str = "2024-03-01", **changes: Any) -> Letter:
    given: dict[str, Any] = {
        "number": "188/1/KUM",
        "signed_on": date.fromisoformat(signed_on),
        "subject": TITLE,
    }
    return Letter(**{**given, **changes})


def paper(
    name: str, kind: str, indicators: Iterable[str], dated: str | None = None, pages: int = 12
) -> EvidenceItem:
    return _file(name, "pdf", kind, indicators).model_copy(
        update={
            "letter": letter(dated) if dated else None,
            "properties": FileProperties(pages=pages),
        }
    )


def picture(name: str, kind: str, indicators: Iterable[str], form: str = "png") -> EvidenceItem:
    seen = FileProperties(width_pixels=1280, height_pixels=800)
    return _file(name, form, kind, indicators).model_copy(update={"properties": seen})


def video(name: str, seconds: int) -> EvidenceItem:
    seen = FileProperties(duration_seconds=seconds)
    return _file(name, "mp4", "video_file", ("SID-20",)).model_copy(update={"properties": seen})


def link(name: str, kind: str, indicators: Iterable[str]) -> EvidenceItem:
    url = f"https://contoh.example/{name}"
    return EvidenceItem(
        evidence_id=name,
        indicators=tuple(indicators),
        evidence_kind=kind,
        content=LinkEvidence(url=url, sha256=digest(url)),
        accepted=True,
    )


def statement(name: str, region: str) -> EvidenceItem:
    content = ReplicationEvidence(
        replication_id=name,
        agency_id=f"{region}-dinkes",
        region_id=region,
        started_on=date(2025, 2, 1),
        contact_body=f"Dinas Kesehatan {region}",
        sha256=digest(name),
    )
    return EvidenceItem(
        evidence_id=name,
        indicators=("SID-16",),
        evidence_kind="replication_statement",
        content=content,
        letter=letter("2025-02-01"),
        accepted=True,
    )


def _file(name: str, form: str, kind: str, indicators: Iterable[str]) -> EvidenceItem:
    content = FileEvidence(
        file_name=f"{name}.{form}",
        sha256=digest(name),
        size_bytes=1000,
        media_type=MEDIA_TYPES[form],
    )
    return EvidenceItem(
        evidence_id=name,
        indicators=tuple(indicators),
        evidence_kind=kind,
        content=content,
        accepted=True,
    )


def _trainings() -> Iterable[EvidenceItem]:
    for number in (1, 2, 3):
        day = f"202{3 + number}-04-0{number}"
        yield paper(f"tugas-{number}", "assignment_letter", ("SID-05",), day)
        yield paper(f"hadir-{number}", "attendance_list", ("SID-05",))
        yield paper(f"sertifikat-{number}", "training_certificate", ("SID-05",))


PROOFS = (
    paper("perda", "regional_bylaw", ("SID-01",), "2023-11-01"),
    paper("sk-daftar", "decree", ("SID-01",), "2024-05-02"),
    paper("sk-tim", "decree", ("SID-02", "SID-08", "SID-09"), "2024-05-02"),
    *(paper(f"dpa-{y}", "budget_document", ("SID-03",), f"{y}-01-15") for y in (2024, 2025, 2026)),
    picture("alat", "screenshot", ("SID-04",)),
    *_trainings(),
    *(paper(f"rkpd-{y}", "rkpd", ("SID-06",), f"{y - 1}-07-01") for y in (2025, 2026)),
    paper("rkpd-2024", "rkpd", ("SID-06",), "2024-07-01"),
    paper("pks", "cooperation_agreement", ("SID-07",), "2024-06-01"),
    picture("berita", "media_article", ("SID-10",), "jpg"),
    link("pedoman", "public_link", ("SID-11",)),
    *(picture(f"metode-{number}", "screenshot", ("SID-12",)) for number in (1, 2, 3)),
    paper("sop", "sop", ("SID-13",), "2024-06-10"),
    paper("rekap", "complaint_recap", ("SID-14",)),
    picture("integrasi", "screenshot", ("SID-15",)),
    *(statement(f"replika-{region}", region) for region in ("hst", "tapin", "balangan")),
    paper("proposal", "innovation_proposal", ("SID-17",)),
    paper("manfaat", "beneficiary_list_signed", ("SID-18",)),
    paper("kajian", "external_study", ("SID-19",)),
    video("video", 290),
    picture("sampul", "thumbnail", ("SID-20",)),
)
TEXTS: Mapping[str, str] = {
    item.content.sha256: f"{item.evidence_id} tentang {TITLE} tahun anggaran"
    for item in PROOFS
    if isinstance(item.content, FileEvidence) and item.content.media_type == "application/pdf"
}
READINGS = {
    **{sha256: Reading(text, 12) for sha256, text in TEXTS.items()},
    digest("rkpd-2026"): Reading(f"RKPD 2026 {TITLE}", 12),
}
HANDOVER = Handover(at=NOW, deadline=DEADLINE)
GOOD = Case(
    edition=EDITION,
    profile=PROFILE,
    claims=EVERYTHING,
    evidence=PROOFS,
    readings=READINGS,
    handover=HANDOVER,
)


def without(*names: str, case: Case = GOOD) -> Case:
    return replace(
        case, evidence=tuple(item for item in case.evidence if item.evidence_id not in names)
    )


def with_items(*items: EvidenceItem, case: Case = GOOD) -> Case:
    """The items in the places of those with the same ids, or behind all others."""
    new = {item.evidence_id: item for item in items}
    kept = [new.pop(item.evidence_id, item) for item in case.evidence]
    return replace(case, evidence=(*kept, *new.values()))


def changed(name: str, case: Case = GOOD, **changes: Any) -> Case:
    found = next(item for item in case.evidence if item.evidence_id == name)
    return with_items(found.model_copy(update=changes), case=case)


def profiled(case: Case = GOOD, **changes: Any) -> Case:
    return replace(case, profile=case.profile.model_copy(update=changes))


def claiming(case: Case = GOOD, **levels: int | None) -> Case:
    """`SID_03=2` claims level 2; None leaves the indicator out."""
    asked = {name.replace("_", "-"): level for name, level in levels.items()}
    claims = [
        claim.model_copy(update={"level": asked.get(claim.indicator, claim.level)})
        for claim in case.claims
        if asked.get(claim.indicator, claim.level) is not None
    ]
    return replace(case, claims=tuple(claims))


def saying(name: str, text: str | None, case: Case = GOOD) -> Case:
    return replace(case, readings={**case.readings, digest(name): Reading(text, 12)})


def unread(*names: str, case: Case = GOOD) -> Case:
    gone = {digest(name) for name in names}
    kept = {key: value for key, value in case.readings.items() if key not in gone}
    return replace(case, readings=kept)


def places(findings: Iterable[Finding]) -> set[tuple[str, str, str | None]]:
    return {
        (found.severity, found.code, found.indicator or found.field or found.evidence_id)
        for found in findings
    }


HINTS = places(examine(GOOD))


def new_places(case: Case) -> set[tuple[str, str, str | None]]:
    """What is found beyond the hints that the good one already gets."""
    return places(examine(case)) - HINTS
