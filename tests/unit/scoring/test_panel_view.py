"""A panel shows who sits there, how far they are, and after the reveal where judges differ."""

from decimal import Decimal
from typing import Literal

import pytest

from services.scoring.projections.panel import (
    EntryResult,
    RemovalRow,
    SeatRow,
    ThirdReadingRow,
    TotalRow,
)
from shared.events.scoring import JudgeSeverity, PanelRule
from tests.builders.panels import (
    CITRA,
    COMMITTEE,
    DEWI,
    EKO,
    THIRD_READING,
    decided,
    panel_view,
    points,
    points_panel,
    reading,
    recused,
    seals_of,
    seated,
    third_asked,
    unseated,
)
from tests.builders.scoring import ANI, AT, BUDI, FIRST, SECOND, SYSTEM, Judge, reveal, sealed

OPENED = points_panel(rule=THIRD_READING)
ALL = (
    points(ANI, FIRST, "80"),
    points(BUDI, FIRST, "60"),
    points(ANI, SECOND, "70"),
    points(BUDI, SECOND, "66"),
)
SEALED = seals_of(ALL)
ASKED = third_asked(reading(CITRA, FIRST))
THIRD = points(CITRA, FIRST, "70")


def _at_opening(judge: Judge, sealed: int, due: int) -> SeatRow:
    return SeatRow(
        judge_id=judge.id,
        innovations=(),
        seated="at_opening",
        seated_by=SYSTEM,
        seated_at=AT,
        sealed=sealed,
        due=due,
    )


def test_every_judge_shows_how_far_they_are():
    view = panel_view(OPENED, *SEALED[:3], recused(BUDI, SECOND))
    assert view.seats == (_at_opening(ANI, 2, 2), _at_opening(BUDI, 1, 1))
    assert panel_view(OPENED).seats == (_at_opening(ANI, 0, 2), _at_opening(BUDI, 0, 2))
    assert view.rule == THIRD_READING


def test_a_judge_seated_later_shows_for_which_entries_and_why():
    view = panel_view(OPENED, *SEALED, seated(EKO, FIRST), seated(EKO, SECOND))
    assert view.seats[2:] == (
        SeatRow(
            judge_id=EKO.id,
            innovations=(FIRST, SECOND),
            seated="by_committee",
            seated_by=COMMITTEE,
            seated_at=AT,
            reason="Nobody else is free.",
            sealed=0,
            due=2,
        ),
    )
    assert view.judges == (ANI.id, BUDI.id, EKO.id)


def test_a_judge_who_left_is_told_of_with_the_reason():
    view = panel_view(OPENED, *SEALED, unseated(BUDI))
    assert view.removals == (
        RemovalRow(
            judge_id=BUDI.id, reason="No answer in ten days.", removed_by=COMMITTEE, removed_at=AT
        ),
    )
    assert (view.judges, {row.judge_id for row in view.seals}) == ((ANI.id,), {ANI.id})


def test_a_third_reading_shows_until_it_falls():
    asked = ThirdReadingRow(judge_id=CITRA.id, innovation_id=FIRST, asked_by=COMMITTEE, asked_at=AT)
    view = panel_view(OPENED, *SEALED, ASKED)
    assert view.third_readings == (asked,)
    assert [(row.judge_id, row.innovation_id) for row in view.awaited] == [(CITRA.id, FIRST)]
    assert (view.seats[2].seated, view.seats[2].innovations) == ("for_third_reading", (FIRST,))
    fallen = asked.model_copy(update={"stands": False})
    assert panel_view(OPENED, *SEALED, ASKED, recused(CITRA, FIRST)).third_readings == (fallen,)
    followed = panel_view(
        OPENED, *SEALED, ASKED, unseated(CITRA), third_asked(reading(DEWI, FIRST))
    )
    assert followed.third_readings == (
        fallen,
        asked.model_copy(update={"judge_id": DEWI.id}),
    )


def test_before_the_reveal_no_score_shows():
    view = panel_view(OPENED, *SEALED, ASKED, sealed(THIRD))
    assert (view.scores, view.means, view.results, view.severities) == ((), (), (), ())


def _total(judge: Judge, total: str, *, third: bool = False) -> TotalRow:
    return TotalRow(judge_id=judge.id, total=Decimal(total), third_reading=third)


def test_after_the_reveal_every_entry_shows_where_its_judges_differ():
    history = (OPENED, *SEALED, ASKED, sealed(THIRD))
    view = panel_view(*history, decided(reveal(*ALL, THIRD), *history))
    assert view.results == (
        EntryResult(
            innovation_id=FIRST,
            totals=(
                _total(ANI, "80.00"),
                _total(BUDI, "60.00"),
                _total(CITRA, "70.00", third=True),
            ),
            combined=Decimal("70.00"),
            spread=Decimal("20.00"),
            third_reading=True,
            adjusted=None,
            adjusted_is=None,
        ),
        EntryResult(
            innovation_id=SECOND,
            totals=(_total(ANI, "70.00"), _total(BUDI, "66.00")),
            combined=Decimal("68.00"),
            spread=Decimal("4.00"),
            third_reading=False,
            adjusted=None,
            adjusted_is=None,
        ),
    )


@pytest.mark.parametrize(
    ("official", "told"), [("raw", "information"), ("severity_adjusted", "official")]
)
def test_adjusted_scores_are_information_unless_the_rule_says_otherwise(
    official: Literal["raw", "severity_adjusted"], told: str
):
    opening = points_panel(rule=PanelRule(official=official, minimum_sample=2))
    history = (opening, *SEALED)
    view = panel_view(*history, decided(reveal(*ALL), *history))
    assert [(each.adjusted, each.adjusted_is) for each in view.results] == [
        (Decimal("70.00"), told),
        (Decimal("68.00"), told),
    ]
    assert view.severities == (
        JudgeSeverity(judge_id=ANI.id, entries=2, severity=Decimal("6.00")),
        JudgeSeverity(judge_id=BUDI.id, entries=2, severity=Decimal("-6.00")),
    )
