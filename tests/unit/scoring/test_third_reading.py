"""First readers too far apart call the next judge in reserve, without a score being opened."""

from decimal import Decimal

import pytest

from services.scoring.domain.commitment import Opened
from services.scoring.domain.panel import decider
from services.scoring.domain.third_reading import third_readings_due
from shared.events.scoring import EntryMean, PanelEvent, PanelRule, Reading, ScoresRevealed
from tests.builders.panels import (
    CITRA,
    DEWI,
    EKO,
    THIRD_READING,
    ask_third,
    decided,
    judges_of,
    points,
    points_panel,
    reading,
    recused,
    seals_of,
    seated,
    state_after,
    third_asked,
    unseated,
)
from tests.builders.scoring import ANI, BUDI, FIRST, SECOND, Judge, reveal, seal, sealed
from tests.spec import given

OPENED = points_panel(rule=THIRD_READING)
APART = (points(ANI, FIRST, "80"), points(BUDI, FIRST, "69.99"))
NEAR = (points(ANI, SECOND, "80"), points(BUDI, SECOND, "70"))
ALL = (*APART, *NEAR)
SEALED = seals_of(ALL)
ASKED = third_asked(reading(CITRA, FIRST))
WAITING = (OPENED, *SEALED, ASKED)
THIRD = points(CITRA, FIRST, "75")


def _due(*facts: PanelEvent, opened: tuple[Opened, ...] = ALL) -> tuple[Reading, ...]:
    return third_readings_due(state_after(*facts), opened)


# --- which entries, and whom --------------------------------------------------------------


def test_only_what_lies_further_apart_than_the_rule_bears_is_read_again():
    assert _due(OPENED, *SEALED) == (reading(CITRA, FIRST),)


def test_the_distance_is_measured_before_rounding():
    """71.111... and 61.111... are exactly 10 apart; a hair more is more."""
    thirds = points_panel(
        rule=THIRD_READING,
        criteria=(OPENED.criteria[0].model_copy(update={"scale": 90}),),
    )
    exactly = (points(ANI, FIRST, "64"), points(BUDI, FIRST, "55"), *NEAR)
    assert _due(thirds, *seals_of(exactly), opened=exactly) == (reading(CITRA, SECOND),)
    more = (points(ANI, FIRST, "64.01"), *exactly[1:])
    assert _due(thirds, *seals_of(more), opened=more) == (
        reading(CITRA, FIRST),
        reading(CITRA, SECOND),
    )


def test_without_a_limit_nobody_is_asked():
    opening = points_panel(rule=PanelRule(reserve_judges=(CITRA.id,)))
    assert _due(opening, *SEALED) == ()


def test_nobody_is_asked_while_a_first_score_is_awaited():
    assert _due(OPENED, *SEALED[:3], opened=ALL[:3]) == ()


def test_one_reader_alone_differs_from_nobody():
    assert _due(points_panel(rule=THIRD_READING, judges=(ANI.id,)), *SEALED[::2]) == ()


def test_who_was_asked_is_not_asked_again():
    assert _due(*WAITING, sealed(THIRD), opened=(*ALL, THIRD)) == ()


@pytest.mark.parametrize(
    "before",
    [
        pytest.param((recused(CITRA, FIRST),), id="recused"),
        pytest.param((seated(CITRA), unseated(CITRA)), id="unseated"),
    ],
)
def test_the_next_in_reserve_reads_where_the_first_may_not(before: tuple[PanelEvent, ...]):
    assert _due(OPENED, *SEALED, *before) == (reading(DEWI, FIRST),)


def test_a_reserve_who_drafted_the_entry_or_reads_it_already_is_passed_over():
    drafter = Judge("drafter-1")
    rule = THIRD_READING.model_copy(update={"reserve_judges": judges_of(ANI, drafter, DEWI)})
    assert _due(points_panel(rule=rule), *SEALED) == (reading(DEWI, FIRST),)
    theirs = points(CITRA, FIRST, "70")
    known = (OPENED, *SEALED, seated(CITRA, FIRST), sealed(theirs))
    assert _due(*known, opened=(*ALL, theirs)) == (reading(DEWI, FIRST),)


def test_a_recused_third_reader_is_followed_by_the_next():
    again = (*WAITING, recused(CITRA, FIRST))
    assert _due(*again) == (reading(DEWI, FIRST),)
    followed = (*again, third_asked(reading(DEWI, FIRST)))
    assert state_after(*followed).awaited == ((DEWI.id, FIRST),)


def test_a_third_reader_who_never_answers_is_followed_by_the_next():
    assert _due(*WAITING, unseated(CITRA)) == (reading(DEWI, FIRST),)


# --- asking -------------------------------------------------------------------------------


def test_the_third_reading_is_asked_without_a_score_in_it():
    given(decider, OPENED, *SEALED).when(ask_third(reading(CITRA, FIRST))).then(ASKED)
    assert "69.99" not in ASKED.model_dump_json()
    assert state_after(*WAITING).awaited == ((CITRA.id, FIRST),)


def test_a_third_reading_is_asked_once():
    given(decider, *WAITING).when(ask_third(reading(CITRA, FIRST))).nothing()
    given(decider, *WAITING, sealed(THIRD)).when(ask_third(reading(DEWI, FIRST))).refused(
        "reading_not_due"
    )


@pytest.mark.parametrize(
    "readings",
    [
        pytest.param((), id="none"),
        pytest.param((reading(DEWI, FIRST),), id="out of turn"),
        pytest.param((reading(ANI, FIRST),), id="a first reader"),
        pytest.param((reading(EKO, FIRST),), id="nobody in reserve"),
        pytest.param((reading(CITRA, "inov-9"),), id="no such entry"),
        pytest.param((reading(CITRA, FIRST), reading(CITRA, FIRST)), id="one entry twice"),
    ],
)
def test_only_the_next_in_reserve_is_asked_and_once(readings: tuple[Reading, ...]):
    given(decider, OPENED, *SEALED).when(ask_third(*readings)).refused("reading_not_due")


def test_a_rule_without_third_readings_knows_none():
    opening = points_panel(rule=PanelRule(reserve_judges=(CITRA.id,)))
    given(decider, opening, *SEALED).when(ask_third(reading(CITRA, FIRST))).refused(
        "reading_not_due"
    )


def test_third_readings_come_after_the_first():
    ask = ask_third(reading(CITRA, FIRST))
    given(decider, OPENED, *SEALED[:3]).when(ask).refused("scores_awaited")
    alone = (OPENED, *SEALED[:2], recused(ANI, SECOND), recused(BUDI, SECOND))
    given(decider, *alone).when(ask).refused("entry_without_score")


# --- from then on -------------------------------------------------------------------------


def test_first_seals_of_such_an_entry_are_fixed_and_others_are_not():
    better = points(ANI, FIRST, "75").scores
    given(decider, *WAITING).when(seal(ANI, FIRST, scores=better)).refused("seal_fixed")
    given(decider, *WAITING).when(seal(ANI, FIRST, scores=APART[0].scores)).nothing()
    changed = points(ANI, SECOND, "75")
    given(decider, *WAITING).when(seal(ANI, SECOND, scores=changed.scores)).then(sealed(changed))


def test_the_third_reader_scores_that_entry_alone_and_may_think_again():
    given(decider, *WAITING).when(seal(CITRA, SECOND, scores=THIRD.scores)).refused("not_found")
    given(decider, *WAITING).when(seal(CITRA, FIRST, scores=THIRD.scores)).then(sealed(THIRD))
    again = points(CITRA, FIRST, "76")
    given(decider, *WAITING, sealed(THIRD)).when(seal(CITRA, FIRST, scores=again.scores)).then(
        sealed(again)
    )


def test_a_third_reader_tied_by_agency_cannot_score_and_steps_back():
    tied = Judge(CITRA.id, "dinkes", ("kalsel", "hss", "dinkes"))
    given(decider, *WAITING).when(seal(tied, FIRST, scores=THIRD.scores)).refused("not_found")


# --- the reveal ---------------------------------------------------------------------------


def _first_mean(*facts: PanelEvent, opened: tuple[Opened, ...]) -> EntryMean:
    fact = decided(reveal(*opened), *facts)
    assert isinstance(fact, ScoresRevealed)
    return fact.means[0]


def test_nothing_opens_while_a_third_reading_is_due_or_awaited():
    given(decider, OPENED, *SEALED).when(reveal(*ALL)).refused("third_reading_due")
    given(decider, *WAITING).when(reveal(*ALL)).refused("scores_awaited")


def test_the_third_reading_counts_like_the_others():
    found = _first_mean(*WAITING, sealed(THIRD), opened=(*ALL, THIRD))
    assert found == EntryMean(
        innovation_id=FIRST,
        judges=3,
        mean=Decimal("75.00"),
        lowest=Decimal("69.99"),
        highest=Decimal("80.00"),
        third_reading=True,
    )


def test_where_nobody_is_left_in_reserve_the_entry_is_revealed_without():
    nobody = (
        *WAITING,
        recused(CITRA, FIRST),
        third_asked(reading(DEWI, FIRST)),
        unseated(DEWI),
    )
    assert _due(*nobody) == ()
    found = _first_mean(*nobody, opened=ALL)
    assert (found.judges, found.third_reading, found.mean) == (2, False, Decimal("75.00"))


def test_a_reader_whom_the_committee_seats_is_no_third_reading():
    opening = points_panel(rule=PanelRule(third_reading_above=Decimal(10)))
    theirs = points(CITRA, FIRST, "75")
    history = (opening, *SEALED, seated(CITRA, FIRST), sealed(theirs))
    found = _first_mean(*history, opened=(*ALL, theirs))
    assert (found.judges, found.third_reading) == (3, False)
