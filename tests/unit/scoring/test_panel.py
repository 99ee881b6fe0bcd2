"""Judges commit before anybody looks; all scores open together or not at all."""

import pytest

from services.scoring.domain.panel import decider
from shared.events.scoring import (
    Criterion,
    CriterionScore,
    JudgeRecused,
)
from tests.builders.scoring import (
    ANI,
    AT,
    BUDI,
    FIRST,
    NOVELTY,
    PANEL_ID,
    PATH,
    SECOND,
    Judge,
    given_scores,
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


# --- opening ------------------------------------------------------------------------------


def test_a_round_of_judges_opens_its_panel():
    given(decider).when(open_panel()).then(OPENED)


def test_a_panel_opens_once():
    given(decider, OPENED).when(open_panel()).nothing()
    given(decider, OPENED, *SEALED).when(open_panel()).nothing()


def test_a_round_by_maturity_needs_no_panel():
    given(decider).when(open_panel(scored_by="maturity", panel_id=None)).refused(
        "round_without_panel"
    )


@pytest.mark.parametrize(
    "criteria",
    [
        (),
        (NOVELTY.model_copy(update={"weight": 0}),),
        (NOVELTY.model_copy(update={"scale": 0}),),
    ],
)
def test_criteria_that_cannot_be_weighed_are_refused(criteria: tuple[Criterion, ...]):
    given(decider).when(open_panel(criteria=criteria)).refused("criteria_unusable")


def test_nothing_happens_on_a_panel_that_nobody_opened():
    given(decider).when(seal(ANI, FIRST)).refused("not_found")
    given(decider).when(recuse(ANI, FIRST)).refused("not_found")
    given(decider).when(reveal()).refused("not_found")


# --- sealing ------------------------------------------------------------------------------


def test_a_judge_seals_a_score():
    given(decider, OPENED).when(seal(ANI, FIRST)).then(sealed(opened(ANI, FIRST)))


def test_the_same_seal_again_changes_nothing():
    given(decider, OPENED, sealed(opened(ANI, FIRST))).when(seal(ANI, FIRST)).nothing()


def test_a_judge_may_replace_an_own_seal():
    better = seal(ANI, FIRST, scores=given_scores("90"))
    given(decider, OPENED, sealed(opened(ANI, FIRST))).when(better).then(
        sealed(opened(ANI, FIRST, "90"))
    )


def test_only_a_seated_judge_seals():
    given(decider, OPENED).when(seal(OUTSIDER, FIRST)).refused("not_found")


def test_an_entry_that_is_not_before_the_panel_cannot_be_scored():
    given(decider, OPENED).when(seal(ANI, "inov-9")).refused("not_found")


@pytest.mark.parametrize(
    "path", [PATH, PATH[:1], PATH[:2], (*PATH, "puskesmas")], ids=lambda path: path[-1]
)
def test_a_judge_from_the_agency_or_from_above_or_below_it_does_not_see_the_entry(
    path: tuple[str, ...],
):
    tied = Judge(ANI.id, path[-1], path)
    given(decider, OPENED).when(seal(tied, FIRST)).refused("not_found")


def test_a_judge_who_drafted_the_entry_does_not_see_it():
    opening = panel_opened(judges=("drafter-1",))
    given(decider, opening).when(seal(Judge("drafter-1"), FIRST)).refused("not_found")


def test_a_recused_judge_cannot_seal():
    given(decider, OPENED, _recused(ANI, FIRST)).when(seal(ANI, FIRST)).refused("judge_recused")


def test_the_first_seal_of_a_judge_tied_to_another_entry_declares_that_conflict():
    tied = Judge(ANI.id, PATH[-1], PATH)
    given(decider, OPENED).when(seal(tied, SECOND)).then(
        sealed(opened(ANI, SECOND), PATH[-1]), _recused(ANI, FIRST, "Tied to the entry by agency.")
    )


@pytest.mark.parametrize(
    ("novelty", "benefit"), [("-1", "9"), ("100.01", "9"), ("80", "11"), ("80.001", "9")]
)
def test_a_score_out_of_its_scale_is_refused(novelty: str, benefit: str):
    given(decider, OPENED).when(seal(ANI, FIRST, scores=given_scores(novelty, benefit))).refused(
        "score_out_of_scale"
    )


@pytest.mark.parametrize(
    "scores",
    [given_scores()[:1], (), (*given_scores(), given_scores()[0])],
    ids=["one missing", "none", "one twice"],
)
def test_every_criterion_is_scored_exactly_once(scores: tuple[CriterionScore, ...]):
    given(decider, OPENED).when(seal(ANI, FIRST, scores=scores)).refused("criteria_incomplete")


# --- recusal ------------------------------------------------------------------------------


def test_a_judge_declares_a_conflict():
    given(decider, OPENED).when(recuse(ANI, FIRST)).then(_recused(ANI, FIRST))


def test_a_conflict_is_declared_once():
    given(decider, OPENED, _recused(ANI, FIRST)).when(recuse(ANI, FIRST)).nothing()


def test_the_committee_may_record_the_conflict_of_a_judge():
    by_committee = recuse(ANI, FIRST, by="person-committee")
    recorded = _recused(ANI, FIRST).model_copy(update={"by": "person-committee"})
    given(decider, OPENED).when(by_committee).then(recorded)


def test_a_conflict_needs_its_reason_a_seat_and_an_entry():
    given(decider, OPENED).when(recuse(ANI, FIRST, reason=" ")).refused("reason_missing")
    given(decider, OPENED).when(recuse(OUTSIDER, FIRST)).refused("not_found")
    given(decider, OPENED).when(recuse(ANI, "inov-9")).refused("not_found")
