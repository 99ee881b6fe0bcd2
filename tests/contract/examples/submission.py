"""Examples of what submission says: Kandangan's health centre enters its innovation."""

from datetime import date
from decimal import Decimal

from shared.events.submission import (
    AGENCY,
    INNOVATION,
    SEASON,
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyRegistered,
    AgencyRenamed,
    Claim,
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRefused,
    EvidenceWithdrawn,
    FileEvidence,
    InnovationDrafted,
    InnovationReopened,
    InnovationSubmitted,
    InnovationWithdrawn,
    Letter,
    LevelClaimed,
    LinkEvidence,
    Profile,
    ProfileRevised,
    SeasonClosed,
    SeasonDeadlineExtended,
    SeasonOpened,
)
from tests.contract.examples import base
from tests.contract.examples.base import Example, on

PROFILE = Profile(
    title="PADAT LANGSING",
    stage="implementation",
    initiator="perangkat_daerah",
    kind="non_digital",
    form="pelayanan_publik",
    theme="kesehatan",
    main_affair="kesehatan",
    related_affairs=("sosial", "pemberdayaan_masyarakat_dan_desa"),
    trial_on=date(2024, 2, 5),
    implemented_on=date(2024, 8, 19),
    developed_on=date(2025, 3, 3),
    development_note="Diperluas ke seluruh desa di Kecamatan Kandangan.",
    design_narrative="Peduli Atasi Masalah Stunting: kader menimbang balita setiap pekan.",
    purpose="Menurunkan prevalensi stunting.",
    benefit="Balita berisiko ditemukan lebih awal.",
    result="Prevalensi turun dari 21,4% menjadi 14,8%.",
    latitude=Decimal("-2.78530"),
    longitude=Decimal("115.26620"),
    budget_rupiah=48_500_000,
    source="https://klikkalimantan.com/42039/",
    sample_fields=("trial_on", "budget_rupiah"),
)
DECREE = EvidenceItem(
    evidence_id="ev-sk-bupati",
    indicators=("SID-01", "SID-02"),
    evidence_kind="decree",
    content=FileEvidence(
        file_name="SK Bupati 188.45-212.pdf",
        sha256=base.DECREE,
        size_bytes=412_318,
        media_type="application/pdf",
    ),
    letter=Letter(
        number="188.45/212/KUM/2024",
        signed_on=date(2024, 8, 12),
        subject="Penetapan Inovasi Daerah PADAT LANGSING",
    ),
)
VIDEO = EvidenceItem(
    evidence_id="ev-video",
    indicators=("SID-20",),
    evidence_kind="video",
    content=LinkEvidence(url="https://contoh.hulusungaiselatankab.go.id/padat", sha256=base.LINK),
    accepted=True,
)
CLAIMS = (
    Claim(indicator="SID-01", level=3),
    Claim(indicator="SID-15", level=2, subtype="non_digital"),
    Claim(indicator="SID-18", level=1, basis="people_served"),
)
OWNED = {
    "innovation_id": base.INNOVATION,
    "season_id": "2026",
    "edition_id": "2026-r1",
    "edition_digest": base.EDITION,
    "training": False,
    "agency_id": base.PATH[-1],
    "agency_path": base.PATH,
    "region_id": "hss",
}

SEASON_OPENED = SeasonOpened(
    by=base.ADMIN,
    at=on(1, 12),
    season_id="2026",
    name="Penilaian Inovasi Daerah 2026",
    assessment_year=2026,
    edition_id="2026-r1",
    edition_digest=base.EDITION,
    opens_at=on(2, 2),
    deadline=on(6, 30, 15, 59),
    revision_days=7,
    training=False,
)
REGISTERED = AgencyRegistered(
    by=base.ADMIN,
    at=on(1, 13),
    agency_id=base.PATH[-1],
    name="UPTD Puskesmas Kandangan",
    short_name="PKM Kandangan",
    kind="health_centre",
    parent_id="hss-dinkes",
    region_id="hss",
    path=base.PATH,
    source="Daftar perangkat daerah Kabupaten Hulu Sungai Selatan",
    sample=True,
)
SUBMITTED = InnovationSubmitted.model_validate(
    {
        **OWNED,
        "by": base.HEAD,
        "at": on(5, 20, 3),
        "round": 1,
        "profile": PROFILE,
        "claims": CLAIMS,
        "manifest": (DECREE.model_copy(update={"accepted": True}), VIDEO),
        "drafters": (base.DRAFTER, base.HEAD),
    }
)
IDS = {"by": base.DRAFTER, "innovation_id": base.INNOVATION}
FACTS = (
    InnovationDrafted.model_validate(
        {**OWNED, "by": base.DRAFTER, "at": on(3, 2), "profile": Profile(title="PADAT LANGSING")}
    ),
    ProfileRevised.model_validate({**IDS, "at": on(3, 3), "profile": PROFILE}),
    EvidenceDeclared.model_validate({**IDS, "at": on(3, 4), "item": DECREE}),
    EvidenceAccepted.model_validate(
        {
            **IDS,
            "by": "system:submission",
            "at": on(3, 4, 1, 1),
            "evidence_id": "ev-sk-bupati",
            "sha256": base.DECREE,
            "size_bytes": 412_318,
            "media_type": "application/pdf",
            "object_key": f"sha256/{base.DECREE}",
            "object_version": "1c7f0c5e2b",
        }
    ),
    EvidenceRefused.model_validate(
        {
            **IDS,
            "by": "system:submission",
            "at": on(3, 5),
            "evidence_id": "ev-foto",
            "rule": "media_type",
            "detail": {"declared": "image/jpeg", "found": "application/zip"},
        }
    ),
    EvidenceWithdrawn.model_validate(
        {**IDS, "at": on(3, 6), "evidence_id": "ev-foto", "reason": "Foto salah unggah."}
    ),
    LevelClaimed.model_validate({**IDS, "at": on(3, 9), "claim": CLAIMS[2]}),
    SUBMITTED,
    InnovationReopened.model_validate(
        {
            **IDS,
            "by": "system:submission",
            "at": on(6, 3),
            "round": 1,
            "indicators": ("SID-01",),
            "due": on(6, 10, 15, 59),
        }
    ),
    InnovationWithdrawn.model_validate(
        {**IDS, "by": base.HEAD, "at": on(6, 4), "reason": "Digabung dengan inovasi lain."}
    ),
)

EXAMPLES = (
    Example(SEASON, "2026", 1, SEASON_OPENED),
    Example(
        SEASON,
        "2026",
        2,
        SeasonDeadlineExtended(
            by=base.ADMIN,
            at=on(6, 25),
            season_id="2026",
            previous_deadline=on(6, 30, 15, 59),
            deadline=on(7, 14, 15, 59),
            reason="Gangguan jaringan di kabupaten.",
        ),
    ),
    Example(
        SEASON,
        "2026",
        3,
        SeasonClosed(by="system:submission", at=on(7, 14, 15, 59), season_id="2026"),
    ),
    Example(AGENCY, base.PATH[-1], 1, REGISTERED),
    Example(
        AGENCY,
        base.PATH[-1],
        2,
        AgencyCommitmentSigned(
            by=base.ADMIN,
            at=on(1, 20),
            agency_id=base.PATH[-1],
            season_id="2026",
            innovations_promised=2,
            letter_number="800/057/PKM-KDG/2026",
            signed_on=date(2026, 1, 19),
        ),
    ),
    Example(
        AGENCY,
        base.PATH[-1],
        3,
        AgencyRenamed(
            by=base.ADMIN,
            at=on(2, 1),
            agency_id=base.PATH[-1],
            name="UPTD Puskesmas Kandangan Kota",
            short_name="PKM Kandangan Kota",
        ),
    ),
    Example(
        AGENCY,
        base.PATH[-1],
        4,
        AgencyClosed(
            by=base.ADMIN, at=on(11, 2), agency_id=base.PATH[-1], reason="Digabung ke Dinkes."
        ),
    ),
    *(
        Example(INNOVATION, base.INNOVATION, version, fact)
        for version, fact in enumerate(FACTS, start=1)
    ),
)
