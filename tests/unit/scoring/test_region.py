"""A region's index follows from its counted innovations and its government aspect, in any order."""

from datetime import date
from decimal import Decimal

from services.scoring.domain.region import Command, decider, region_key
from shared.events.scoring import (
    GovernmentAspectRecorded,
    GovernmentRow,
    IndexFigures,
    InnovationCounted,
    InnovationScored,
    RegionEvent,
)
from tests.builders.scoring import (
    AT,
    REGION_ID,
    REGION_KEY,
    SEASON,
    SYSTEM,
    corrected,
    count,
    edition,
    government_rows,
    profile,
    record_aspect,
    scored,
    subject,
    verified,
)
from tests.spec import given

AFFAIRS = ("pendidikan", "kesehatan", "pupr", "perkim", "trantibumlinmas", "sosial")
NOTHING_YET = IndexFigures(
    government_aspect=Decimal(0),
    innovations=0,
    maturity_sum=Decimal(0),
    divisor=12,
    basic_service_affairs=0,
    innovation_count_score=Decimal("0.00"),
    index=Decimal("0.00"),
    band="tidak_dapat_dinilai",
    unpublished=None,
)


def _counted(fact: InnovationScored, told: IndexFigures, **changes: object) -> InnovationCounted:
    values: dict[str, object] = {
        "by": SYSTEM,
        "at": AT,
        "season_id": SEASON,
        "region_id": REGION_ID,
        "edition_id": fact.edition_id,
        "edition_digest": fact.edition_digest,
        "innovation_id": fact.innovation_id,
        "scorecard_number": fact.number,
        "verified_maturity": fact.verified_maturity,
        "claimed_maturity": fact.claimed_maturity,
        "main_affair": fact.main_affair,
        "counts": True,
        "figures": told,
    }
    return InnovationCounted.model_validate({**values, **changes})


def _after(*commands: Command) -> list[RegionEvent]:
    facts: list[RegionEvent] = []
    for command in commands:
        facts += decider.decide(command, decider.replay(facts))
    return facts


ONE_COUNTED = NOTHING_YET.model_copy(
    update={
        "innovations": 1,
        "maturity_sum": Decimal(111),
        "basic_service_affairs": 1,
        "index": Decimal("3.70"),
        "band": "kurang_inovatif",
    }
)


def test_a_region_is_named_by_season_and_region():
    assert region_key(SEASON, REGION_ID) == REGION_KEY


def test_a_scorecard_enters_the_index():
    given(decider).when(count(scored())).then(_counted(scored(), ONE_COUNTED))


def test_a_scorecard_that_does_not_count_is_recorded_and_brings_nothing():
    trial = scored(verified(about=subject(profile=profile(stage="trial"))))
    given(decider).when(count(trial)).then(_counted(trial, NOTHING_YET, counts=False))


def test_the_same_number_is_counted_once():
    given(decider, _counted(scored(), ONE_COUNTED)).when(count(scored())).nothing()


def test_an_older_number_arriving_late_changes_nothing():
    first = verified()
    newer = scored(first, corrected(first, "objection-1", "SID-01", 1))
    given(decider, *_after(count(newer))).when(count(scored(first))).nothing()


def test_a_newer_number_replaces_the_older_one():
    first = verified()
    newer = scored(first, corrected(first, "objection-1", "SID-01", 1))
    told = ONE_COUNTED.model_copy(update={"maturity_sum": Decimal(105), "index": Decimal("3.50")})
    given(decider, *_after(count(scored(first)))).when(count(newer)).then(_counted(newer, told))


def test_an_innovation_that_no_longer_counts_leaves_the_index():
    later = scored().model_copy(update={"number": 2, "counts_for_index": False})
    given(decider, *_after(count(scored()))).when(count(later)).then(
        _counted(later, NOTHING_YET, counts=False)
    )


def test_a_scorecard_of_another_instrument_than_the_seasons_is_refused():
    other = scored(verified(about=subject(edition_id="2023-r1", innovation_id="inov-9")))
    given(decider, *_after(count(scored()))).when(count(other)).refused("edition_differs")


def test_the_government_aspect_is_recorded_with_its_sources():
    aspect = GovernmentAspectRecorded(
        by="person-admin",
        at=AT,
        season_id=SEASON,
        region_id=REGION_ID,
        edition_id="2026-r1",
        edition_digest=edition().digest,
        rows=tuple(sorted(government_rows(), key=lambda row: row.indicator)),
        figures=NOTHING_YET.model_copy(
            update={
                "government_aspect": Decimal(63),
                "index": Decimal("25.20"),
                "band": "kurang_inovatif",
            }
        ),
    )
    given(decider).when(record_aspect()).then(aspect)
    given(decider, aspect).when(record_aspect(rows=government_rows()[::-1])).nothing()


def test_a_row_left_out_is_at_level_0():
    only = GovernmentRow(indicator="SPD-12", level=3, source="Keputusan Bupati 12/2025")
    facts = _after(record_aspect(rows=(only,)))
    assert facts[0].figures.government_aspect == Decimal(6)


def test_replacing_rows_that_nobody_read_is_refused():
    first = _after(record_aspect())
    less = government_rows(2)
    given(decider, *first).when(record_aspect(rows=less)).refused("aspect_already_recorded")
    replaced = _after(record_aspect(), record_aspect(rows=less, replaces=True))
    assert replaced[-1].figures.government_aspect == Decimal(42)


def test_a_row_entered_twice_is_refused():
    rows = (*government_rows(), government_rows()[0])
    given(decider).when(record_aspect(rows=rows)).refused("row_twice")


def test_a_row_that_the_edition_does_not_know_is_refused():
    rows = (GovernmentRow(indicator="SPD-99", level=1, source="LKPD 2025"),)
    given(decider).when(record_aspect(rows=rows)).refused("row_unknown")


def test_a_level_without_its_source_is_refused():
    rows = (GovernmentRow(indicator="SPD-01", level=1, source="  "),)
    given(decider).when(record_aspect(rows=rows)).refused("source_missing")


def test_an_edition_without_published_rows_takes_no_government_aspect():
    refused = record_aspect(edition=edition("2023-r1"))
    given(decider).when(refused).refused("constant_unpublished")


def test_a_government_aspect_by_another_edition_than_the_seasons_is_refused():
    old = scored(verified(about=subject(edition_id="2023-r1")))
    given(decider, *_after(count(old))).when(record_aspect()).refused("edition_differs")


def test_a_government_aspect_of_the_wrong_edition_is_worth_nothing_in_the_season():
    old = scored(verified(about=subject(edition_id="2023-r1")))
    told = _after(record_aspect(), count(old))[-1].figures
    assert told.government_aspect == Decimal(0)


def test_an_unpublished_constant_leaves_the_index_open_and_is_named():
    of_2022 = profile(implemented_on=date(2022, 3, 1))
    old = scored(verified(about=subject(edition_id="2023-r1", profile=of_2022)))
    told = IndexFigures(
        government_aspect=Decimal(0),
        innovations=1,
        maturity_sum=Decimal(111),
        divisor=10,
        basic_service_affairs=1,
        innovation_count_score=None,
        index=None,
        band=None,
        unpublished="min_basic_service_affairs",
    )
    given(decider).when(count(old)).then(_counted(old, told))
