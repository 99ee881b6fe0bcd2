"""The index of a region: worked examples, and independence of the order of deliveries."""

from decimal import Decimal
from itertools import cycle, islice

import pytest
from hypothesis import given as every
from hypothesis import settings
from hypothesis import strategies as st

from services.scoring.domain.figures import Counted, figures
from services.scoring.domain.region import Command, decider
from shared.events.scoring import (
    InnovationScored,
    RegionEvent,
)
from tests.builders.scoring import (
    count,
    edition,
    innovation,
    profile,
    record_aspect,
)

AFFAIRS = ("pendidikan", "kesehatan", "pupr", "perkim", "trantibumlinmas", "sosial")


def _after(*commands: Command) -> list[RegionEvent]:
    facts: list[RegionEvent] = []
    for command in commands:
        facts += decider.decide(command, decider.replay(facts))
    return facts


@pytest.mark.parametrize(
    ("spd", "many", "each", "affairs", "index", "count_score", "band"),
    [
        (63, 200, 111, 6, "100.00", "76.00", "sangat_inovatif"),
        (40, 12, 80, 5, "49.82", "4.56", "inovatif"),
        (40, 20, 70, 5, "47.04", "7.60", "inovatif"),
        (0, 0, 0, 0, "0.00", "0.00", "tidak_dapat_dinilai"),
    ],
)
def test_the_worked_vectors_of_2026(
    spd: int, many: int, each: int, affairs: int, index: str, count_score: str, band: str
):
    covered = islice(cycle(AFFAIRS[:affairs]), many)
    innovations = [Counted(1, Decimal(each), affair, True) for affair in covered]
    told = figures(edition(), Decimal(spd), innovations)
    assert (told.index, told.innovation_count_score, told.band) == (
        Decimal(index),
        Decimal(count_score),
        band,
    )


def test_without_published_bands_there_is_an_index_that_names_what_it_lacks():
    innovations = [Counted(1, Decimal(80), affair, True) for affair in islice(cycle(AFFAIRS), 14)]
    told = figures(edition("2027-r1"), Decimal(40), innovations)
    assert (told.index, told.band, told.unpublished) == (Decimal("50.13"), None, "bands")


def test_affairs_beyond_the_basic_services_cover_nothing():
    innovations = [Counted(1, Decimal(80), affair, True) for affair in ("pangan", "sosial", None)]
    assert figures(edition(), Decimal(0), innovations).basic_service_affairs == 1


def _cards() -> list[InnovationScored]:
    affairs = cycle(AFFAIRS)
    return [
        innovation(number, number % 4, profile=profile(main_affair=next(affairs)))
        for number in range(14)
    ]


CARDS = _cards()
CORRECTED = [
    card.model_copy(update={"number": 2, "verified_maturity": Decimal("40.5")})
    for card in CARDS[:3]
]
DELIVERIES: list[Command] = [*map(count, CARDS), *map(count, CORRECTED), record_aspect()]


@settings(max_examples=30)
@every(st.permutations(DELIVERIES))
def test_the_order_of_deliveries_does_not_matter_for_the_figures(order: list[Command]):
    assert _after(*order)[-1].figures == _after(*DELIVERIES)[-1].figures


@settings(max_examples=20)
@every(st.lists(st.sampled_from(DELIVERIES), min_size=1, max_size=40))
def test_a_delivery_that_comes_again_changes_nothing(order: list[Command]):
    facts = _after(*order)
    assert _after(*order, *order) == facts
