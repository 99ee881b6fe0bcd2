"""The committee seats and unseats judges with a reason, until the scores are revealed."""

from typing import Any

import pytest

from services.scoring.domain.panel import decider
from shared.events.scoring import PanelOpened, PanelRule
from tests.builders.panels import (
    CITRA,
    COMMITTEE,
    THIRD_READING,
    decided,
    judges_of,
    reading,
    recused,
    seals_of,
    seat,
    seated,
    state_after,
    third_asked,
    unseat,
    unseated,
)
from tests.builders.scoring import (
    ANI,
    BUDI,
    FIRST,
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
ALL = [opened(judge, entry) for entry in (FIRST, SECOND) for judge in (ANI, BUDI)]
SEALED = seals_of(ALL)
REVEALED = decided(reveal(*ALL), OPENED, *SEALED)
BLANK = " \n"


def test_a_panel_keeps_the_rule_of_its_round():
    rule = PanelRule(combine="median", reserve_judges=(CITRA.id,))
    given(decider).when(open_panel(panel_rule=rule)).then(panel_opened(rule=rule))


# --- seating ------------------------------------------------------------------------------


def test_a_judge_who_is_seated_is_awaited_for_every_entry():
    given(decider, OPENED).when(seat(CITRA)).then(seated(CITRA))
    state = state_after(OPENED, *SEALED, seated(CITRA))
    assert state.judges == judges_of(ANI, BUDI, CITRA)
    assert state.awaited == ((CITRA.id, FIRST), (CITRA.id, SECOND))


def test_a_seat_for_named_entries_makes_only_those_due():
    given(decider, OPENED).when(seat(CITRA, SECOND)).then(seated(CITRA, SECOND))
    state = state_after(OPENED, *SEALED, seated(CITRA, SECOND))
    assert state.awaited == ((CITRA.id, SECOND),)
    given(decider, OPENED, seated(CITRA, SECOND)).when(seal(CITRA, FIRST)).refused("not_found")
    given(decider, OPENED, seated(CITRA, SECOND)).when(seal(CITRA, SECOND)).then(
        sealed(opened(CITRA, SECOND))
    )


def test_entries_are_named_once_and_in_the_order_of_the_panel():
    given(decider, OPENED).when(seat(CITRA, SECOND, FIRST, SECOND)).then(
        seated(CITRA, FIRST, SECOND)
    )


def test_a_judge_is_not_seated_twice_for_an_entry():
    given(decider, OPENED).when(seat(ANI)).refused("judge_seated")
    given(decider, OPENED, seated(CITRA)).when(seat(CITRA, FIRST)).refused("judge_seated")
    given(decider, OPENED, seated(CITRA, FIRST)).when(seat(CITRA)).refused("judge_seated")


def test_a_seat_may_grow_by_other_entries():
    given(decider, OPENED, seated(CITRA, FIRST)).when(seat(CITRA, SECOND)).then(
        seated(CITRA, SECOND)
    )
    state = state_after(OPENED, *SEALED, seated(CITRA, FIRST), seated(CITRA, SECOND))
    assert state.awaited == ((CITRA.id, FIRST), (CITRA.id, SECOND))


def test_a_seat_needs_a_reason_and_entries_that_are_there():
    given(decider, OPENED).when(seat(CITRA, reason=BLANK)).refused("reason_missing")
    given(decider, OPENED).when(seat(CITRA, FIRST, "inov-9")).refused("not_found")


def test_an_entrant_may_judge_the_others_but_not_their_own():
    entrant = Judge("drafter-1")
    given(decider, OPENED).when(seat(entrant, FIRST)).refused("judge_is_entrant")
    state = state_after(OPENED, *SEALED, seated(entrant))
    assert state.awaited == ((entrant.id, SECOND),)
    given(decider, OPENED, seated(entrant)).when(seal(entrant, FIRST)).refused("not_found")


def test_nobody_is_seated_for_what_they_are_recused_from():
    history = (OPENED, seated(CITRA, FIRST), recused(CITRA, SECOND))
    given(decider, *history).when(seat(CITRA, SECOND)).refused("judge_recused")


def test_a_panel_that_nobody_opened_has_no_seats():
    given(decider).when(seat(CITRA)).refused("not_found")
    given(decider).when(unseat(ANI)).refused("not_found")


# --- unseating ----------------------------------------------------------------------------


def test_a_judge_who_never_answers_is_replaced():
    history = (OPENED, sealed(ALL[0]), sealed(ALL[2]))
    given(decider, *history).when(unseat(BUDI)).then(unseated(BUDI))
    replaced = (*history, unseated(BUDI), seated(CITRA))
    theirs = [opened(CITRA, entry) for entry in (FIRST, SECOND)]
    given(decider, *replaced).when(reveal(ALL[0], ALL[2])).refused("scores_awaited")
    facts = decided(
        reveal(ALL[0], theirs[0], ALL[2], theirs[1]), *replaced, *seals_of(theirs)
    ).model_dump()
    assert [(each["judge_id"], each["innovation_id"]) for each in facts["scores"]] == [
        (ANI.id, FIRST),
        (CITRA.id, FIRST),
        (ANI.id, SECOND),
        (CITRA.id, SECOND),
    ]


def test_what_an_unseated_judge_sealed_counts_no_more():
    history = (OPENED, *SEALED, unseated(BUDI))
    assert state_after(*history).sealed == ((ANI.id, FIRST), (ANI.id, SECOND))
    given(decider, *history).when(reveal(*ALL)).refused("seals_differ")
    given(decider, *history).when(seal(BUDI, FIRST)).refused("not_found")
    given(decider, *history).when(recuse(BUDI, FIRST)).refused("not_found")


def test_unseating_needs_a_judge_and_a_reason():
    given(decider, OPENED).when(unseat(CITRA)).refused("not_found")
    given(decider, OPENED).when(unseat(BUDI, reason=BLANK)).refused("reason_missing")


def test_a_judge_leaves_once_and_may_come_back_with_nothing():
    history = (OPENED, *SEALED, unseated(BUDI))
    given(decider, *history).when(unseat(BUDI)).nothing()
    given(decider, *history).when(seat(BUDI, FIRST)).then(seated(BUDI, FIRST))
    back = (*history, seated(BUDI, FIRST))
    assert state_after(*back).awaited == ((BUDI.id, FIRST),)
    given(decider, *back).when(unseat(BUDI)).then(unseated(BUDI))


def test_a_recusal_outlives_the_seat():
    history = (OPENED, recused(BUDI, FIRST), unseated(BUDI), seated(BUDI))
    assert (BUDI.id, FIRST) not in state_after(*history).awaited


def test_whose_seal_called_for_a_third_reading_cannot_be_taken_off():
    history = (
        panel_opened(rule=THIRD_READING),
        *SEALED,
        third_asked(reading(CITRA, FIRST)),
    )
    given(decider, *history).when(unseat(BUDI)).refused("seal_fixed")
    given(decider, *history).when(unseat(CITRA)).then(unseated(CITRA))
    given(decider, *history, recused(BUDI, FIRST)).when(unseat(BUDI)).then(unseated(BUDI))


# --- nobody left --------------------------------------------------------------------------


def test_an_entry_that_nobody_may_score_waits_for_another_judge():
    stuck = (OPENED, *SEALED[2:], recused(ANI, FIRST), recused(BUDI, FIRST))
    given(decider, *stuck).when(reveal(*ALL[2:])).refused("entry_without_score")
    mended = (*stuck, seated(CITRA, FIRST))
    given(decider, *mended).when(reveal(*ALL[2:])).refused("scores_awaited")
    theirs = opened(CITRA, FIRST)
    fact = decided(reveal(theirs, *ALL[2:]), *mended, sealed(theirs))
    assert type(fact) is type(REVEALED)


def test_a_panel_without_judges_waits_for_some():
    empty = panel_opened(judges=())
    given(decider, empty).when(reveal()).refused("entry_without_score")
    assert state_after(empty, seated(ANI)).awaited == ((ANI.id, FIRST), (ANI.id, SECOND))


@pytest.mark.parametrize("command", [seat(CITRA), unseat(BUDI)], ids=["seat", "unseat"])
def test_after_the_reveal_nobody_comes_or_goes(command: Any):
    given(decider, OPENED, *SEALED, REVEALED).when(command).refused("panel_revealed")


def test_a_judge_in_reserve_may_be_kept_from_an_entry_beforehand():
    opening: PanelOpened = panel_opened(rule=THIRD_READING)
    by_committee = recuse(CITRA, FIRST, by=COMMITTEE)
    given(decider, opening).when(by_committee).then(
        recused(CITRA, FIRST).model_copy(update={"by": COMMITTEE})
    )
    given(decider, OPENED).when(by_committee).refused("not_found")
