"""What people see of scorecards, regions and panels follows from the facts alone."""

from decimal import Decimal
from typing import Any

import pytest

from services.scoring.domain import panel as panel_domain
from services.scoring.domain import region as region_domain
from services.scoring.projections import PANELS, PROJECTIONS, REGIONS, SCORECARDS
from services.scoring.projections.panel import AwaitedRow, PanelView, RecusalRow, SealRow
from services.scoring.projections.region import POINTS_KEPT, Contribution, IndexPoint, RegionView
from services.scoring.projections.scorecard import ScorecardNumber, ScorecardView
from shared.events.base import Fact
from shared.events.scoring import PANEL, REGION, SCORECARD, PanelEvent, RegionEvent
from shared.projector import Projection
from tests.builders.scoring import (
    ANI,
    AT,
    BUDI,
    FIRST,
    INNOVATION,
    PANEL_ID,
    REGION_KEY,
    SECOND,
    SYSTEM,
    corrected,
    count,
    innovation,
    opened,
    panel_opened,
    record_aspect,
    recorded,
    recuse,
    reveal,
    scored,
    sealed,
    verified,
)


def _seen(projection: Projection[Any], key: str, *facts: Fact) -> Any:
    view = None
    for version, fact in enumerate(facts, start=1):
        view = projection.fold(view, recorded(projection.aggregate, key, fact, version))
    return view


def _counted(*commands: region_domain.Command) -> list[RegionEvent]:
    facts: list[RegionEvent] = []
    for command in commands:
        facts += region_domain.decide(command, region_domain.decider.replay(facts))
    return facts


FIRST_CARD = scored(verified())
SECOND_CARD = scored(verified(), corrected(verified(), "objection-1", "SID-01", 2))


def test_a_scorecard_shows_its_rows_and_every_number_before_it():
    view: ScorecardView = _seen(SCORECARDS, INNOVATION, FIRST_CARD, SECOND_CARD)
    assert (view.number, view.rows, view.verified_millis) == (2, SECOND_CARD.rows, 108_000)
    assert view.numbers == (
        ScorecardNumber(
            number=1,
            round=1,
            competition_id=None,
            objection_id=None,
            claimed_maturity=Decimal(111),
            verified_maturity=Decimal(111),
            counts_for_index=True,
            scored_at=AT,
            sequence=101,
        ),
        ScorecardNumber(
            number=2,
            round=1,
            competition_id="kia-2026",
            objection_id="objection-1",
            claimed_maturity=Decimal(111),
            verified_maturity=Decimal(108),
            counts_for_index=True,
            scored_at=AT,
            sequence=102,
        ),
    )


def test_a_region_shows_what_each_innovation_brings_and_its_latest_points():
    facts = _counted(count(FIRST_CARD), record_aspect(), count(SECOND_CARD))
    view: RegionView = _seen(REGIONS, REGION_KEY, *facts)
    assert view.contributions == (
        Contribution(
            innovation_id=INNOVATION,
            scorecard_number=2,
            verified_maturity=Decimal(108),
            claimed_maturity=Decimal(111),
            main_affair="kesehatan",
            counts=True,
            counted_at=AT,
        ),
    )
    low = "kurang_inovatif"
    assert view.points == (
        IndexPoint(at=AT, sequence=101, cause=INNOVATION, index=Decimal("3.70"), band=low),
        IndexPoint(
            at=AT, sequence=102, cause="government_aspect", index=Decimal("28.90"), band=low
        ),
        IndexPoint(at=AT, sequence=103, cause=INNOVATION, index=Decimal("28.80"), band=low),
    )
    assert (view.index, view.figures) == (Decimal("28.80"), facts[-1].figures)
    assert view.government_aspect is not None
    assert view.government_aspect.recorded_by == "person-admin"


def test_a_region_keeps_only_its_latest_points_and_all_contributions():
    facts = _counted(*(count(innovation(number)) for number in range(POINTS_KEPT + 3)))
    view: RegionView = _seen(REGIONS, REGION_KEY, *facts)
    assert [point.sequence for point in view.points] == list(range(104, 154))
    assert len(view.contributions) == POINTS_KEPT + 3


SEALED = (
    sealed(opened(ANI, FIRST)),
    sealed(opened(BUDI, FIRST)),
    sealed(opened(ANI, SECOND)),
    sealed(opened(BUDI, SECOND)),
)


def test_a_panel_shows_who_sealed_what_and_never_a_score():
    view: PanelView = _seen(PANELS, PANEL_ID, panel_opened(), SEALED[0])
    assert view.seals == (
        SealRow(
            judge_id=ANI.id, innovation_id=FIRST, commitment=SEALED[0].commitment, sealed_at=AT
        ),
    )
    assert view.awaited == (
        AwaitedRow(judge_id=BUDI.id, innovation_id=FIRST),
        AwaitedRow(judge_id=ANI.id, innovation_id=SECOND),
        AwaitedRow(judge_id=BUDI.id, innovation_id=SECOND),
    )
    assert SEALED[0].ciphertext not in view.model_dump_json()


def test_a_later_seal_of_the_same_judge_replaces_the_earlier_one():
    better = sealed(opened(ANI, FIRST, "90"))
    view: PanelView = _seen(PANELS, PANEL_ID, panel_opened(), SEALED[0], better)
    assert [seal.commitment for seal in view.seals] == [better.commitment]


def test_a_recusal_takes_the_seal_away_and_is_awaited_no_more():
    (recusal,) = panel_domain.decide(
        recuse(ANI, FIRST), panel_domain.decider.replay([panel_opened()])
    )
    view: PanelView = _seen(PANELS, PANEL_ID, panel_opened(), SEALED[0], recusal)
    assert view.seals == ()
    assert view.recusals == (
        RecusalRow(
            judge_id=ANI.id,
            innovation_id=FIRST,
            reason="My sister leads it.",
            recorded_by=ANI.id,
            recorded_at=AT,
        ),
    )
    assert AwaitedRow(judge_id=ANI.id, innovation_id=FIRST) not in view.awaited


def test_a_revealed_panel_shows_scores_and_means():
    history: list[PanelEvent] = [panel_opened(), *SEALED]
    scores = [opened(judge, entry) for entry in (FIRST, SECOND) for judge in (ANI, BUDI)]
    (revealed,) = panel_domain.decide(reveal(*scores), panel_domain.decider.replay(history))
    view: PanelView = _seen(PANELS, PANEL_ID, *history, revealed)
    assert (view.state, view.awaited, view.revealed_by) == ("revealed", (), "person-committee")
    assert [mean.mean for mean in view.means] == [Decimal("84.00"), Decimal("84.00")]
    assert len(view.scores) == 4


def test_the_awaited_rows_of_view_and_rule_agree():
    opening = panel_opened(judges=(ANI.id, BUDI.id, "drafter-1"))
    history = (opening, SEALED[0])
    view: PanelView = _seen(PANELS, PANEL_ID, *history)
    state = panel_domain.decider.replay(history)
    assert isinstance(state, panel_domain.Open)
    assert tuple((row.judge_id, row.innovation_id) for row in view.awaited) == state.awaited


def test_a_panel_cannot_begin_with_a_seal():
    with pytest.raises(ValueError, match="begins with its opening"):
        _seen(PANELS, PANEL_ID, SEALED[0])


@pytest.mark.parametrize(
    ("projection", "aggregate", "key", "fact"),
    [
        (SCORECARDS, SCORECARD, INNOVATION, FIRST_CARD),
        (REGIONS, REGION, REGION_KEY, _counted(count(FIRST_CARD))[0]),
        (PANELS, PANEL, PANEL_ID, panel_opened()),
    ],
    ids=["scorecard", "region", "panel"],
)
def test_a_view_reads_its_own_document_again(
    projection: Projection[Any], aggregate: Any, key: str, fact: Fact
):
    event = recorded(aggregate, key, fact, 1)
    document = projection.document(None, event)
    view = projection.fold(None, event)
    assert (
        projection.view.model_validate(
            {k: v for k, v in document.items() if k not in ("_id", "version", "sequence")}
        )
        == view
    )


def test_scoring_shows_each_of_its_aggregates():
    assert [each.aggregate for each in PROJECTIONS] == [SCORECARD, REGION, PANEL]


def test_what_scoring_does_by_itself_is_done_in_its_own_name():
    assert {FIRST_CARD.by, _counted(count(FIRST_CARD))[0].by} == {SYSTEM}
