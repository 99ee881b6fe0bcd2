"""A competition in which people of agencies act by hand: enrolled, disqualified, judged, voted."""

from decimal import Decimal
from itertools import count
from typing import Any

from services.awards.domain import competition
from services.scoring.domain import panel
from services.scoring.domain.commitment import Opened
from shared.events.awards import CategoryRule, CompetitionRules, Prize, RoundRule
from shared.events.scoring import PANEL, Criterion, CriterionScore
from tests.unit.audit.past import Past
from tests.unit.audit.story import Story

OWNER = "hss-disdag"
BELOW = "disdag-upt"
CHAIR: dict[str, Any] = {"by": "chair-1", "agency": "brida", "agency_path": ("kalsel", "brida")}
DINKES = ("kalsel", "hss", "hss-dinkes")
SEALS = (
    ("judge-1", "hss-dinkes", DINKES, "inov-2"),
    ("judge-2", None, (), "inov-2"),
    ("judge-2", None, (), "inov-1"),
)
RULES = CompetitionRules(
    categories=(
        CategoryRule(
            code="bebas",
            name="Bebas",
            within="kalsel",
            initiators=(),
            minimum_maturity=Decimal(111),
            rounds=(
                RoundRule(
                    code="final",
                    name="Final",
                    scored_by="panel",
                    weight=100,
                    criteria=(Criterion(code="kebaruan", name="Kebaruan", weight=100, scale=10),),
                    judges=("judge-1", "judge-2"),
                ),
            ),
            prizes=(
                Prize(rank=1, label="Juara 1", fund_id="apbd-2026", amount_rupiah=5_000_000),
                Prize(rank=2, label="Juara 2", fund_id="apbd-2026", amount_rupiah=3_000_000),
            ),
        ),
    ),
    tie_breaks=(),
    objection_days=3,
)


async def contested() -> Past:
    """Two innovations end level; the first judge is tied to the other one by agency."""
    story = Story(Past(), count())
    await story.season()
    await story.agency(BELOW, "agency", OWNER)
    for key, owner in (("inov-1", "hss-dinkes"), ("inov-2", OWNER), ("inov-3", OWNER)):
        await story.innovation(key, owner, f"drafter-of-{key}")
        await story.plainly_verified(key)
    await story.registered()
    await _entered(story)
    await _judged(story)
    await _voted(story)
    await story.published()
    await story.paid()
    return story.past


async def _entered(story: Story) -> None:
    announce = competition.Announce(
        by="chair-1",
        at=story.at,
        competition_id="kia-2026",
        name="KIA",
        season_id="2026",
        rules=RULES,
        funds=story.known_funds(),
    )
    await story.competition(announce)
    for key in ("inov-2", "inov-1", "inov-3"):
        enrol = competition.EnrolByHand(
            **CHAIR,
            at=story.at,
            scorecard=story.past.scorecards[key],
            category="bebas",
            reason="Atas usul panitia.",
        )
        await story.competition(enrol)
    out = competition.Disqualify(
        **CHAIR, at=story.at, innovation_id="inov-3", ground="duplicate", reason="Sama."
    )
    await story.competition(out)


async def _judged(story: Story) -> None:
    where = {"by": "chair-1", "category": "bebas", "round": "final"}
    await story.competition(competition.OpenRound(**where, at=story.at, panel_id="panel-1"))
    scores = (CriterionScore(criterion="kebaruan", score=Decimal(8)),)
    opened: list[Opened] = []
    for judge, agency, path, innovation in SEALS:
        nonce = f"nonce-{judge}-{innovation}"
        opened.append(Opened(judge, innovation, scores, nonce))
        seal = panel.SealScore(judge, story.at, agency, path, innovation, scores, nonce, "eA==")
        await story.past.give(PANEL, "panel-1", seal)
    await story.past.give(PANEL, "panel-1", panel.Reveal("chair-1", story.at, tuple(opened)))


async def _voted(story: Story) -> None:
    await story.competition(competition.DraftResults(by="chair-1", at=story.at))
    vote = competition.ResolveTie(
        **CHAIR, at=story.at, category="bebas", order=("inov-2", "inov-1"), reason="Pleno."
    )
    await story.competition(vote)
    window = competition.OpenObjectionWindow(by="chair-1", at=story.at, version=2)
    await story.competition(window)
