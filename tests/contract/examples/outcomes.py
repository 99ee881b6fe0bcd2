"""Examples of what becomes of an innovation: endorsed, completed, verified, developed further."""

from datetime import date

from shared.events.submission import (
    INNOVATION,
    EvidenceRevised,
    GrantedLevel,
    InnovationDeveloped,
    InnovationEndorsed,
    Letter,
    SubmissionCompleted,
    VerificationConcluded,
    content_digest,
)
from tests.contract.examples import base
from tests.contract.examples.base import Example, on
from tests.contract.examples.submission import CLAIMS, DECREE, OWNED, PROFILE, VIDEO

MANIFEST = (DECREE.model_copy(update={"accepted": True}), VIDEO)
IDS = {"by": base.DRAFTER, "innovation_id": base.SECOND}

REVISED = EvidenceRevised.model_validate(
    {
        **IDS,
        "at": on(3, 9),
        "evidence_id": "ev-sk-bupati",
        "indicators": ("SID-01", "SID-02", "SID-08"),
        "evidence_kind": "decree",
        "letter": Letter(
            number="188.45/213/KUM/2024",
            signed_on=date(2024, 8, 13),
            subject="Penetapan Inovasi Daerah PADAT LANGSING",
        ),
    }
)
ENDORSED = InnovationEndorsed.model_validate(
    {
        **IDS,
        "by": base.HEAD,
        "at": on(5, 20, 2),
        "content_digest": content_digest(PROFILE, CLAIMS, MANIFEST),
        "capacity": "acting",
        "appointment": Letter(
            number="821.2/44/BKPSDM/2026",
            signed_on=date(2026, 5, 4),
            subject="Penunjukan Pelaksana Harian Kepala Puskesmas Kandangan",
        ),
    }
)
COMPLETED = SubmissionCompleted.model_validate(
    {
        **OWNED,
        "innovation_id": base.SECOND,
        "by": "system:submission",
        "at": on(6, 30, 17),
        "round": 1,
        "profile": PROFILE,
        "claims": CLAIMS,
        "manifest": MANIFEST,
        "drafters": (base.DRAFTER, base.HEAD),
        "missing": ("ev-foto",),
    }
)
CONCLUDED = VerificationConcluded.model_validate(
    {
        **IDS,
        "by": "system:submission",
        "at": on(8, 14),
        "round": 1,
        "granted": (
            GrantedLevel(indicator="SID-01", level=3),
            GrantedLevel(indicator="SID-15", level=0),
            GrantedLevel(indicator="SID-18", level=1),
        ),
    }
)
DEVELOPED = InnovationDeveloped.model_validate(
    {
        **IDS,
        "at": on(12, 7),
        "successor_id": "4f8b2d6a-0c1e-5a3f-9b7d-6e5c4d3b2a19",
        "successor_season_id": "2027",
        "successor_agency_id": base.PATH[-1],
    }
)

EXAMPLES = tuple(
    Example(INNOVATION, base.SECOND, version, fact)
    for version, fact in (
        (5, REVISED),
        (9, ENDORSED),
        (11, COMPLETED),
        (12, CONCLUDED),
        (13, DEVELOPED),
    )
)
