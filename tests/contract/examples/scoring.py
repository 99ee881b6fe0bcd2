"""Examples of what scoring says: a scorecard, a region's index, a panel of judges."""

from decimal import Decimal

from shared.events.scoring import (
    PANEL,
    REGION,
    SCORECARD,
    Criterion,
    CriterionScore,
    EntryMean,
    GovernmentAspectRecorded,
    GovernmentRow,
    IndexFigures,
    InnovationCounted,
    InnovationScored,
    JudgeRecused,
    JudgeScore,
    PanelEntry,
    PanelOpened,
    ScoredRow,
    ScoreSealed,
    ScoresRevealed,
)
from tests.contract.examples import base
from tests.contract.examples.base import Example, on
from tests.contract.examples.submission import OWNED
from tests.contract.examples.verification import VERIFIED

ROW = ScoredRow(
    indicator="SID-01",
    weight=Decimal("4"),
    mandatory=True,
    claimed_level=3,
    claimed_score=Decimal("12"),
    granted_level=2,
    verified_score=Decimal("8"),
    reason_code="decree_is_not_a_regulation",
    evidence=(base.DECREE,),
    decided_by=base.VERIFIER,
)
SCORED = InnovationScored.model_validate(
    {
        **OWNED,
        "by": "system:scoring",
        "at": VERIFIED.at,
        "scorecard_id": base.INNOVATION,
        "number": 1,
        "title": "PADAT LANGSING",
        "main_affair": "kesehatan",
        "initiator": "perangkat_daerah",
        "round": 2,
        "rows": (ROW,),
        "claimed_maturity": "92.00",
        "verified_maturity": "88.00",
        "counts_for_index": True,
        "drafters": (base.DRAFTER, base.HEAD),
        "deciders": (base.VERIFIER,),
        "competition_id": None,
        "objection_id": None,
    }
)
REGIONAL = {
    "by": "system:scoring",
    "season_id": "2026",
    "region_id": "hss",
    "edition_id": "2026-r1",
    "edition_digest": base.EDITION,
}
FIGURES = IndexFigures(
    government_aspect=Decimal("47.5"),
    innovations=1,
    maturity_sum=Decimal("88.00"),
    divisor=12,
    basic_service_affairs=1,
    innovation_count_score=Decimal("1.25"),
    index=Decimal("51.71"),
    band="inovatif",
    unpublished=None,
)
CRITERION = Criterion(code="kebaruan", name="Kebaruan", weight=40, scale=100)
PANEL_KEY = "kia-2026_puskesmas_final"
IDS = {"by": base.JUDGE, "panel_id": PANEL_KEY}
ROUND = {"competition_id": "kia-2026", "category": "puskesmas", "round": "final"}
MEAN = EntryMean(innovation_id=base.INNOVATION, judges=3, mean=Decimal("86.33"))
PANEL_FACTS = (
    PanelOpened.model_validate(
        {
            **IDS,
            **ROUND,
            "by": "system:scoring",
            "at": on(8, 3),
            "criteria": (CRITERION,),
            "judges": (base.JUDGE, "p-juri-uin", "p-juri-media"),
            "entries": (
                PanelEntry(
                    innovation_id=base.INNOVATION,
                    title="PADAT LANGSING",
                    agency_path=base.PATH,
                    drafters=(base.DRAFTER, base.HEAD),
                ),
            ),
        }
    ),
    JudgeRecused.model_validate(
        {
            **IDS,
            "by": "p-juri-media",
            "at": on(8, 4),
            "judge_id": "p-juri-media",
            "innovation_id": base.INNOVATION,
            "reason": "Pernah menjadi konsultan puskesmas ini.",
        }
    ),
    ScoreSealed.model_validate(
        {
            **IDS,
            "at": on(8, 5),
            "judge_id": base.JUDGE,
            "innovation_id": base.INNOVATION,
            "commitment": base.PHOTO,
            "ciphertext": "c2VhbGVkLXVudGlsLXJldmVhbGVk",
            "by_agency": base.OFFICE,
        }
    ),
    ScoresRevealed.model_validate(
        {
            **IDS,
            **ROUND,
            "by": base.COMMITTEE,
            "at": on(8, 7),
            "scores": (
                JudgeScore(
                    judge_id=base.JUDGE,
                    innovation_id=base.INNOVATION,
                    scores=(CriterionScore(criterion="kebaruan", score=Decimal("86.50")),),
                    nonce="5f1d7a9c3b",
                    total=Decimal("86.50"),
                ),
            ),
            "means": (MEAN,),
        }
    ),
)

EXAMPLES = (
    Example(SCORECARD, base.INNOVATION, 1, SCORED),
    Example(
        REGION,
        "2026_hss",
        1,
        GovernmentAspectRecorded.model_validate(
            {
                **REGIONAL,
                "by": base.ADMIN,
                "at": on(4, 1),
                "rows": (
                    GovernmentRow(
                        indicator="SPD-01", level=2, source="RPJMD Kab. HSS 2025-2029, hlm. 114"
                    ),
                ),
                "figures": {
                    "government_aspect": "47.5",
                    "innovations": 0,
                    "maturity_sum": "0",
                    "divisor": None,
                    "basic_service_affairs": 0,
                    "innovation_count_score": None,
                    "index": None,
                    "band": None,
                    "unpublished": "innovation_count_steps",
                },
            }
        ),
    ),
    Example(
        REGION,
        "2026_hss",
        2,
        InnovationCounted.model_validate(
            {
                **REGIONAL,
                "at": SCORED.at,
                "innovation_id": base.INNOVATION,
                "scorecard_number": 1,
                "verified_maturity": "88.00",
                "main_affair": "kesehatan",
                "counts": True,
                "figures": FIGURES,
            }
        ),
    ),
    *(
        Example(PANEL, PANEL_KEY, version, fact)
        for version, fact in enumerate(PANEL_FACTS, start=1)
    ),
)
