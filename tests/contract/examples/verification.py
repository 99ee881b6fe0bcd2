"""Examples of what verification says: the dossier of PADAT LANGSING, round by round."""

from shared.events.verification import (
    DOSSIER,
    DossierLeased,
    DossierOpened,
    DossierReleased,
    DossierVerified,
    DossierWithdrawn,
    IndicatorDecided,
    RevisionAnnounced,
    RevisionItem,
    RevisionLapsed,
    RevisionReceived,
    RevisionRequested,
    Subject,
    Verdict,
    VerdictCorrected,
    VerifierRecused,
)
from tests.contract.examples import base
from tests.contract.examples.base import Example, on
from tests.contract.examples.submission import CLAIMS, OWNED, PROFILE, SUBMITTED

ABOUT = Subject.model_validate({**OWNED, "profile": PROFILE, "drafters": SUBMITTED.drafters})
LOWERED = Verdict(
    indicator="SID-01",
    claimed_level=3,
    granted_level=2,
    reason_code="decree_is_not_a_regulation",
    note="SK Kepala Daerah ada, Peraturan Kepala Daerah belum.",
    evidence=(base.DECREE,),
    round=2,
    decided_by=base.VERIFIER,
    decided_by_agency="tapin-bappelitbang",
    decided_at=on(6, 12, 2),
)
GRANTED = Verdict(
    indicator="SID-18",
    claimed_level=1,
    granted_level=1,
    basis="people_served",
    evidence=(base.LINK, base.PHOTO),
    round=1,
    decided_by=base.VERIFIER,
    decided_by_agency="tapin-bappelitbang",
    decided_at=on(6, 2, 3),
)
CORRECTED = LOWERED.model_copy(
    update={
        "granted_level": 3,
        "reason_code": None,
        "note": "",
        "decided_by": "p-panitia-sanggah",
        "decided_by_agency": None,
        "decided_at": on(9, 9),
    }
)
TOKEN = "b2d4f6a8-1c3e-5a70-9b8d-0e2f4a6c8e10"
IDS = {"by": base.VERIFIER, "dossier_id": base.INNOVATION}
CONTENT = {"about": ABOUT, "claims": CLAIMS, "manifest": SUBMITTED.manifest}
VERIFIED = DossierVerified.model_validate(
    {
        **IDS,
        "at": on(6, 12, 4),
        "about": ABOUT,
        "round": 2,
        "claims": CLAIMS,
        "verdicts": (LOWERED, GRANTED),
        "deciders": (base.VERIFIER,),
    }
)
FACTS = (
    DossierOpened.model_validate(
        {**IDS, **CONTENT, "by": "system:verification", "at": SUBMITTED.at, "round": 1}
    ),
    DossierLeased.model_validate(
        {
            **IDS,
            "at": on(6, 2, 1),
            "verifier_id": base.VERIFIER,
            "verifier_agency": "tapin-bappelitbang",
            "token": TOKEN,
            "until": on(6, 2, 5),
        }
    ),
    IndicatorDecided.model_validate(
        {**IDS, "at": on(6, 2, 3), "verdict": GRANTED, "token": TOKEN, "lease_until": on(6, 2, 7)}
    ),
    RevisionRequested.model_validate(
        {
            **IDS,
            "at": on(6, 3),
            "innovation_id": base.INNOVATION,
            "round": 1,
            "items": (RevisionItem(indicator="SID-01", message="Unggah halaman tanda tangan."),),
            "message": "Mohon lengkapi bukti regulasi.",
            "due": on(6, 10, 15, 59),
        }
    ),
    RevisionAnnounced.model_validate(
        {
            **IDS,
            "by": "system:verification",
            "at": on(6, 10, 15, 58),
            "innovation_id": base.INNOVATION,
            "round": 2,
            "until": on(6, 10, 17, 59),
        }
    ),
    RevisionReceived.model_validate(
        {
            **IDS,
            **CONTENT,
            "by": "system:verification",
            "at": on(6, 8),
            "round": 2,
            "lapsed": ("SID-01",),
        }
    ),
    RevisionLapsed.model_validate(
        {**IDS, "by": "system:verification", "at": on(6, 10, 15, 59), "round": 1}
    ),
    DossierReleased.model_validate(
        {**IDS, "at": on(6, 11), "token": TOKEN, "note": "Dilanjutkan besok."}
    ),
    VERIFIED,
    VerifierRecused.model_validate(
        {
            **IDS,
            "by": "p-verifikator-hst",
            "at": on(6, 12, 5),
            "verifier_id": "p-verifikator-hst",
            "reason": "Saudara kandung pengusul.",
        }
    ),
    DossierWithdrawn.model_validate(
        {
            **IDS,
            "by": "system:verification",
            "at": on(6, 13),
            "reason": "Digabung dengan inovasi lain.",
        }
    ),
    VerdictCorrected.model_validate(
        {
            **IDS,
            "by": "system:verification",
            "at": on(9, 9),
            "competition_id": "kia-2026",
            "objection_id": "sanggah-001",
            "corrected": CORRECTED,
            "about": ABOUT,
            "round": 2,
            "claims": CLAIMS,
            "verdicts": (CORRECTED, GRANTED),
            "deciders": (base.VERIFIER, "p-panitia-sanggah"),
        }
    ),
)

EXAMPLES = tuple(
    Example(DOSSIER, base.INNOVATION, version, fact) for version, fact in enumerate(FACTS, start=1)
)
