"""Each fact that scoring hears asks for one command, made of the fact and its edition alone."""

from typing import Any

from services.scoring.consumers import commands
from services.scoring.domain.panel import OpenPanel
from services.scoring.domain.region import CountInnovation
from services.scoring.domain.scorecard import Score
from shared.events.awards import COMPETITION
from shared.events.base import Aggregate, Fact
from shared.events.scoring import PANEL, REGION, SCORECARD
from shared.events.verification import DOSSIER, DossierReleased
from shared.reactions import To
from tests.builders.scoring import (
    AT,
    INNOVATION,
    PANEL_ID,
    REGION_KEY,
    SYSTEM,
    corrected,
    edition,
    recorded,
    round_opened,
    scored,
    verified,
)


async def _asked(aggregate: Aggregate[Any], key: str, fact: Fact) -> tuple[To[Any], ...]:
    return await commands(edition)(recorded(aggregate, key, fact, 1))


async def test_a_verified_dossier_is_scored():
    score = Score(by=SYSTEM, at=AT, edition=edition(), verified=verified())
    assert await _asked(DOSSIER, INNOVATION, verified()) == (
        To("score", SCORECARD, INNOVATION, score),
    )


async def test_a_corrected_verdict_is_scored():
    fact = corrected(verified(), "objection-1", "SID-01", 2)
    score = Score(by=SYSTEM, at=AT, edition=edition(), verified=fact)
    assert await _asked(DOSSIER, INNOVATION, fact) == (To("score", SCORECARD, INNOVATION, score),)


async def test_a_scorecard_is_counted_in_its_region():
    count = CountInnovation(SYSTEM, AT, edition(), scored())
    assert await _asked(SCORECARD, INNOVATION, scored()) == (
        To("count", REGION, REGION_KEY, count),
    )


async def test_a_round_of_judges_opens_its_panel():
    fact = round_opened()
    assert await _asked(COMPETITION, "kia-2026", fact) == (
        To("open-panel", PANEL, PANEL_ID, OpenPanel(SYSTEM, AT, fact)),
    )


async def test_a_round_by_maturity_asks_for_nothing():
    by_maturity = round_opened(scored_by="maturity", panel_id=None)
    assert await _asked(COMPETITION, "kia-2026", by_maturity) == ()


async def test_what_concerns_others_asks_for_nothing():
    released = DossierReleased(
        by="person-verifier", at=AT, dossier_id=INNOVATION, token="token-1", note=""
    )
    assert await _asked(DOSSIER, INNOVATION, released) == ()
