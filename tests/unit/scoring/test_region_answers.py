"""What is shown of a region: claimed beside verified, its points over time, and its SPD form."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.scoring.api.regions.form import GovernmentForm, entry_of, form_of
from services.scoring.api.regions.history import HistoryPoint, points_of
from services.scoring.api.regions.reading import ClaimedIndex, claimed_of
from services.scoring.domain.region import Command, decider
from services.scoring.projections.region import REGIONS, RegionView
from shared.errors import Refused
from shared.events.base import Recorded
from shared.events.scoring import REGION, GovernmentRow, InnovationCounted
from tests.builders.scoring import (
    AT,
    LEVELS,
    REGION_KEY,
    corrected,
    count,
    edition,
    government_rows,
    innovation,
    profile,
    record_aspect,
    recorded,
    scored,
    subject,
    verified,
)

D = Decimal
LOWER = verified(LEVELS, {**LEVELS, "SID-01": 1})


def _history(*commands: Command) -> list[Recorded[Any]]:
    facts: list[Any] = []
    for command in commands:
        facts += decider.decide(command, decider.replay(facts))
    return [
        recorded(REGION, REGION_KEY, fact, version) for version, fact in enumerate(facts, start=1)
    ]


def _view(*events: Recorded[Any]) -> RegionView:
    view = None
    for event in events:
        view = REGIONS.fold(view, event)
    assert view is not None
    return view


def _claimed(view: RegionView, edition_id: str = "2026-r1") -> ClaimedIndex:
    return claimed_of(view, edition(edition_id), "en")


def test_the_claims_stand_beside_what_was_verified_and_are_not_official():
    view = _view(*_history(count(scored(LOWER)), record_aspect()))
    told = _claimed(view)
    assert (view.index, view.figures.maturity_sum) == (D("28.70"), D(105))
    assert (told.index, told.maturity_sum, told.difference) == (D("28.90"), D(111), D("0.20"))
    assert told.is_official is False
    assert told.sentence.endswith("is not the official index and has no band.")
    assert "bukan indeks resmi" in claimed_of(view, edition(), "id").sentence


def test_only_what_counts_is_in_the_claimed_index():
    trial = scored(LOWER).model_copy(update={"innovation_id": "inov-2", "counts_for_index": False})
    assert _claimed(_view(*_history(count(trial)))).index == D("0.00")


def test_where_a_claim_was_never_told_there_is_no_claimed_index():
    event = _history(count(scored(LOWER)))[0]
    fact: InnovationCounted = event.fact.model_copy(update={"claimed_maturity": None})
    told = _claimed(_view(recorded(REGION, REGION_KEY, fact, 1)))
    assert (told.index, told.maturity_sum, told.difference) == (None, None, None)


def test_where_a_constant_is_not_published_there_is_neither_index():
    then = profile(implemented_on=date(2022, 3, 1))
    about = subject(season_id="2023", edition_id="2023-r1", profile=then)
    told = _claimed(_view(*_history(count(scored(verified(about=about))))), "2023-r1")
    assert (told.index, told.maturity_sum, told.difference) == (None, D(111), None)


def test_each_point_tells_its_cause_and_what_it_changed():
    first, newer = scored(LOWER), scored(LOWER, corrected(LOWER, "objection-1", "SID-01", 3))
    found = points_of(_history(count(first), record_aspect(), count(newer)))
    assert found[0] == HistoryPoint(
        version=1,
        sequence=101,
        at=AT,
        by="system:scoring",
        cause="innovation",
        innovation_id="inov-1",
        scorecard_number=1,
        index=D("3.50"),
        band="kurang_inovatif",
        change=D("3.50"),
        unpublished=None,
    )
    assert [(each.cause, each.scorecard_number, each.index, each.change) for each in found[1:]] == [
        ("government_aspect", None, D("28.70"), D("25.20")),
        ("innovation", 2, D("28.90"), D("0.20")),
    ]


def test_points_without_an_index_have_no_change():
    about = subject(season_id="2023", edition_id="2023-r1")
    (point,) = points_of(_history(count(scored(verified(about=about)))))
    assert (point.index, point.change, point.unpublished) == (
        None,
        None,
        "min_basic_service_affairs",
    )


def _form(view: RegionView | None, language: Any = "id") -> GovernmentForm:
    return form_of("2026", "hss", edition(), entry_of(view) if view else None, language)


def test_the_form_has_all_twenty_rows_in_the_editions_words():
    form = _form(None)
    assert (len(form.rows), form.total, form.highest) == (20, D(0), D(63))
    first = form.rows[0]
    assert (first.indicator, first.name, first.weight, first.mandatory) == (
        "SPD-01",
        "Visi dan Misi",
        D(1),
        True,
    )
    assert [(each.level, each.text) for each in first.levels or ()] == [
        (1, "Inovasi tercantum dalam misi"),
        (2, "Inovasi tercantum dalam visi"),
        (3, "Inovasi tercantum dalam visi dan misi"),
    ]
    assert [each.key for each in first.published_in] == ["S-01", "S-03"]
    assert all(each.is_secondary for each in first.published_in)
    assert (first.level, first.score, first.source, form.recorded_at) == (0, D(0), None, None)


def test_bounds_that_overlap_in_print_are_flagged():
    flagged = [row.indicator for row in _form(None, "en").rows if row.bounds_overlap]
    assert flagged == ["SPD-03", "SPD-04", "SPD-05a", "SPD-05b", "SPD-10b", "SPD-11a"]
    sentences = {row.flag for row in _form(None, "en").rows}
    assert sentences == {
        None,
        "The bounds of the levels overlap in print; decide by the source document.",
    }


def test_the_form_shows_what_was_entered_with_its_source_and_moment():
    only = GovernmentRow(indicator="SPD-12", level=3, source="Keputusan Bupati 12/2025")
    form = _form(_view(*_history(record_aspect(rows=(only,)))))
    entered = next(row for row in form.rows if row.indicator == "SPD-12")
    assert (entered.level, entered.score, entered.source) == (3, D(6), "Keputusan Bupati 12/2025")
    assert (form.total, form.recorded_by, form.recorded_at) == (D(6), "person-admin", AT)
    assert form.recorded_at_wita == "4 Agustus 2026 pukul 09.00 WITA"


def test_rows_entered_by_another_instrument_than_the_seasons_are_not_in_the_form():
    about = subject(edition_id="2023-r1")
    older = innovation(1).model_copy(
        update={"edition_id": "2023-r1", "edition_digest": about.edition_digest}
    )
    view = _view(*_history(record_aspect(rows=government_rows(2)), count(older)))
    assert view.government_aspect is not None
    assert entry_of(view) is None


def test_a_form_that_nobody_published_is_refused_by_name():
    with pytest.raises(Refused) as refused:
        form_of("2027", "hss", edition("2027-r1"), None, "id")
    assert (refused.value.code, refused.value.params["constant"]) == (
        "constant_unpublished",
        "spd_rows",
    )
