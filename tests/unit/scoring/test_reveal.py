"""All seals of a panel open together or not at all, and every entry gets its mean."""

from decimal import Decimal

import pytest

from services.scoring.domain.commitment import Opened
from services.scoring.domain.panel import decider
from shared.events.scoring import (
    EntryMean,
    JudgeRecused,
    JudgeScore,
    ScoresRevealed,
)
from tests.builders.scoring import (
    ANI,
    AT,
    BUDI,
    ENTRIES,
    FIRST,
    PANEL_ID,
    SECOND,
    Judge,
    open_panel,
    opened,
    panel_opened,
    recuse,
    reveal,
    seal,
    sealed,
)
from tests.spec import given

OPENED = panel_opened()
ALL = (
    opened(ANI, FIRST, "80", "9"),
    opened(BUDI, FIRST, "70.5", "8"),
    opened(ANI, SECOND, "60", "7"),
    opened(BUDI, SECOND, "61", "7"),
)
SEALED = tuple(map(sealed, ALL))
OUTSIDER = Judge("judge-citra")


def _recused(judge: Judge, innovation_id: str, reason: str = "My sister leads it.") -> JudgeRecused:
    return JudgeRecused(
        by=judge.id,
        at=AT,
        panel_id=PANEL_ID,
        judge_id=judge.id,
        innovation_id=innovation_id,
        reason=reason,
    )


def _judged(score_opened: Opened, total: str) -> JudgeScore:
    return JudgeScore(
        judge_id=score_opened.judge_id,
        innovation_id=score_opened.innovation_id,
        scores=score_opened.scores,
        nonce=score_opened.nonce,
        total=Decimal(total),
    )


def _mean(innovation_id: str, judges: int, mean: str, lowest: str, highest: str) -> EntryMean:
    return EntryMean(
        innovation_id=innovation_id,
        judges=judges,
        mean=Decimal(mean),
        lowest=Decimal(lowest),
        highest=Decimal(highest),
    )


REVEALED = ScoresRevealed(
    by="person-committee",
    at=AT,
    panel_id=PANEL_ID,
    competition_id="kia-2026",
    category="skpd",
    round="presentasi",
    scores=(
        _judged(ALL[0], "84.00"),
        _judged(ALL[1], "74.30"),
        _judged(ALL[2], "64.00"),
        _judged(ALL[3], "64.60"),
    ),
    means=(
        _mean(FIRST, 2, "79.15", "74.30", "84.00"),
        _mean(SECOND, 2, "64.30", "64.00", "64.60"),
    ),
)


def test_all_scores_open_together_with_their_means():
    given(decider, OPENED, *SEALED).when(reveal(*ALL)).then(REVEALED)


def test_the_order_in_which_scores_are_opened_does_not_matter():
    given(decider, OPENED, *SEALED[::-1]).when(reveal(*ALL[::-1])).then(REVEALED)


def test_while_a_score_is_awaited_nothing_opens():
    given(decider, OPENED, *SEALED[:3]).when(reveal(*ALL[:3])).refused("scores_awaited")


def test_a_drafter_among_the_judges_is_not_waited_for():
    opening = panel_opened(judges=(ANI.id, "drafter-1"), entries=ENTRIES[:1])
    facts = decider.decide(reveal(ALL[0]), decider.replay([opening, SEALED[0]]))
    assert len(facts) == 1


def test_an_entry_without_any_score_stops_the_reveal():
    recusals = (_recused(ANI, FIRST), _recused(BUDI, FIRST))
    given(decider, OPENED, *SEALED[2:], *recusals).when(reveal(*ALL[2:])).refused(
        "entry_without_score"
    )


def test_a_score_that_was_changed_after_sealing_is_refused():
    better = opened(ANI, FIRST, "100", "10")
    given(decider, OPENED, *SEALED).when(reveal(better, *ALL[1:])).refused("commitment_broken")


@pytest.mark.parametrize(
    "scores", [ALL[:3], (*ALL, ALL[0]), (*ALL, opened(OUTSIDER, FIRST))], ids=len
)
def test_exactly_the_sealed_scores_are_opened(scores: tuple[Opened, ...]):
    given(decider, OPENED, *SEALED).when(reveal(*scores)).refused("seals_differ")


def test_a_revealed_panel_is_final():
    history = (OPENED, *SEALED, REVEALED)
    given(decider, *history).when(reveal(*ALL)).nothing()
    given(decider, *history).when(open_panel()).nothing()
    given(decider, *history).when(seal(ANI, FIRST)).refused("panel_revealed")
    given(decider, *history).when(recuse(ANI, FIRST)).refused("panel_revealed")


def test_a_recusal_takes_back_the_seal_before_it():
    history = (OPENED, *SEALED, _recused(ANI, FIRST))
    given(decider, *history).when(reveal(*ALL)).refused("seals_differ")
    facts = decider.decide(reveal(*ALL[1:]), decider.replay(history))
    assert [fact.means[0] for fact in facts if isinstance(fact, ScoresRevealed)] == [
        _mean(FIRST, 1, "74.30", "74.30", "74.30")
    ]
