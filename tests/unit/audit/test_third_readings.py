"""Third readings and seals that no judge could give, or that nothing called for: found."""

from dataclasses import replace
from itertools import count

import pytest

from services.scoring.domain import panel
from services.scoring.domain.reveal import revealed
from services.scoring.domain.seats import Open
from shared.events.scoring import (
    PANEL,
    Reading,
    ScoreSealed,
    ScoresRevealed,
)
from tests.unit.audit.contest import COPIED, FIRST, SECOND
from tests.unit.audit.past import Past
from tests.unit.audit.prized import Prized
from tests.unit.audit.test_replay import newest, replayed


async def judging() -> Prized:
    """All first readers have sealed their scores."""
    story = Prized(Past(), count())
    await story.began()
    await story.won_before()
    await story.entered()
    await story.read()
    return story


async def test_a_reveal_without_the_third_reading_that_was_due_is_found():
    story = await judging()
    state = story.past.state(PANEL, "panel-1")
    assert isinstance(state, Open)
    rule = state.opened.rule.model_copy(update={"third_reading_above": None})
    content = replace(state, opened=state.opened.model_copy(update={"rule": rule}))
    fact = revealed(content, tuple(story.sealed.values()), "chair-1", story.at)
    await story.past.say(PANEL, "panel-1", [fact])
    found = newest(story.past, ScoresRevealed)
    assert (found.kind, found.what) == (
        "refused",
        "The rules refuse this:"
        " First readers lie further apart than the rule bears: ask for third readings.",
    )


async def asked_for_all(story: Prized) -> None:
    """Also for the first entry, whose readers lie close together."""
    readings = tuple(
        Reading(judge_id="judge-3", innovation_id=each) for each in (FIRST, SECOND, COPIED)
    )
    ask = panel.AskThirdReading("chair-1", story.at, readings)
    await story.past.give(PANEL, "panel-1", ask)
    for innovation in (FIRST, SECOND, COPIED):
        await story.scored("judge-3", innovation, "7")


async def test_a_third_reading_that_nothing_called_for_is_found_at_the_reveal():
    story = await judging()
    await asked_for_all(story)
    assert replayed(story.past.messages).findings == ()
    await story.revealed()
    found = newest(story.past, ScoresRevealed)
    assert (found.kind, found.what, found.expected, found.found) == (
        "differs",
        "A third reading of inov-1 was asked, and its readers lay close enough.",
        "more than 10",
        "5.00",
    )


async def test_a_reading_is_not_judged_by_seals_that_a_recusal_took_away():
    story = await judging()
    await asked_for_all(story)
    recuse = panel.Recuse("chair-1", story.at, "judge-2", FIRST, "Keluarga.")
    await story.past.give(PANEL, "panel-1", recuse)
    del story.sealed[("judge-2", FIRST)]
    await story.revealed()
    assert replayed(story.past.messages).findings == ()


SEALS = {
    "a fixed score": ("judge-2", SECOND, "e" * 64, "was fixed when a third reading was asked."),
    "a score of what is not before them": (
        *("judge-3", FIRST, "e" * 64),
        "The innovation inov-1 is not before judge-3, who sealed a score of it.",
    ),
    "a judge who left": (
        *("judge-4", FIRST, "e" * 64),
        "judge-4 is no judge of this panel, or judge-4 sealed in their place.",
    ),
    "the same score again": ("judge-1", FIRST, "", "judge-1 had sealed this very score already."),
}


@pytest.mark.parametrize("name", SEALS)
async def test_a_seal_that_nobody_could_give_is_found(name: str):
    judge, innovation, commitment, what = SEALS[name]
    story = await judging()
    await story.read_again()
    state = story.past.state(PANEL, "panel-1")
    known = state.seals.get((judge, innovation))
    seal = ScoreSealed(
        by=judge,
        at=story.at,
        panel_id="panel-1",
        judge_id=judge,
        innovation_id=innovation,
        commitment=commitment or known.commitment,
        ciphertext="eA==",
    )
    await story.past.say(PANEL, "panel-1", [seal])
    found = newest(story.past, ScoreSealed)
    assert (found.kind, what in found.what) == ("refused", True), found
