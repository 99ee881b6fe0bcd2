"""A table of taxes is adopted by the committee, confirmed by the treasurer, and never undone."""

from dataclasses import replace
from datetime import date

import pytest

from services.awards.domain.taxation import (
    AdoptTaxTable,
    ConfirmTaxTable,
    adopted_digests,
    confirmed_digests,
    decider,
    digests_in_force,
)
from services.awards.projections.tax import Adoption, TaxTableView, fold
from shared.events.awards import TaxTableAdopted, TaxTableConfirmed
from tests.builders.awards import AT, CHAIR, TREASURER
from tests.spec import given
from tests.unit.awards.folding import folded

DIGEST = "d" * 64
ADOPT = AdoptTaxTable(
    by=CHAIR,
    at=AT,
    table_id="2024-r1",
    digest=DIGEST,
    valid_from=date(2024, 1, 1),
    valid_to=None,
)
CONFIRM = ConfirmTaxTable(by=TREASURER, at=AT, digest=DIGEST, note="Sesuai PMK 168/2023")
ADOPTED = TaxTableAdopted(
    by=CHAIR,
    at=AT,
    table_id="2024-r1",
    table_digest=DIGEST,
    valid_from=date(2024, 1, 1),
    valid_to=None,
)
CONFIRMED = TaxTableConfirmed(
    by=TREASURER,
    at=AT,
    table_id="2024-r1",
    table_digest=DIGEST,
    note="Sesuai PMK 168/2023",
)


def test_the_committee_adopts_a_table_once() -> None:
    given(decider).when(ADOPT).then(ADOPTED)
    given(decider, ADOPTED).when(replace(ADOPT, by="person-other")).nothing()
    given(decider, ADOPTED, CONFIRMED).when(ADOPT).nothing()
    given(decider, ADOPTED).when(replace(ADOPT, digest="e" * 64)).refused("tax_table_differs")


def test_the_treasurer_confirms_what_was_adopted() -> None:
    given(decider, ADOPTED).when(CONFIRM).then(CONFIRMED)
    given(decider, ADOPTED, CONFIRMED).when(replace(CONFIRM, note="Lagi")).nothing()
    given(decider).when(CONFIRM).refused("tax_table_not_adopted")
    given(decider, ADOPTED).when(replace(CONFIRM, digest="e" * 64)).refused("tax_table_differs")
    given(decider, ADOPTED).when(replace(CONFIRM, by=CHAIR)).refused("second_person_needed")


NEXT = ADOPTED.model_copy(
    update={"table_id": "2027-r1", "table_digest": "e" * 64, "valid_from": date(2027, 1, 1)}
)
ENDED = ADOPTED.model_copy(
    update={
        "table_id": "2020-r1",
        "table_digest": "f" * 64,
        "valid_from": date(2020, 1, 1),
        "valid_to": date(2023, 12, 31),
    }
)


@pytest.mark.parametrize(
    ("day", "digest"),
    [
        (date(2019, 12, 31), ()),
        (date(2023, 12, 31), ("f" * 64,)),
        (date(2024, 1, 1), (DIGEST,)),
        (date(2026, 12, 31), (DIGEST,)),
        (date(2027, 1, 1), ("e" * 64,)),
    ],
)
def test_the_adopted_table_that_began_last_holds(day: date, digest: tuple[str, ...]) -> None:
    states = [decider.replay((each,)) for each in (NEXT, ADOPTED, ENDED)]
    assert digests_in_force((decider.initial, *states), day) == digest


def test_adopted_and_confirmed_are_told_apart() -> None:
    states = (decider.initial, decider.replay((NEXT,)), decider.replay((ADOPTED, CONFIRMED)))
    assert adopted_digests(states) == ("e" * 64, DIGEST)
    assert confirmed_digests(states) == (DIGEST,)


def test_the_view_says_who_adopted_and_who_confirmed() -> None:
    adopted = TaxTableView(
        table_id="2024-r1",
        digest=DIGEST,
        valid_from=date(2024, 1, 1),
        valid_to=None,
        adopted=Adoption(by=CHAIR, at=AT),
        confirmed=None,
    )
    assert folded(fold, (ADOPTED,)) == adopted
    confirmed = Adoption(by=TREASURER, at=AT, note="Sesuai PMK 168/2023")
    assert folded(fold, (ADOPTED, CONFIRMED)) == adopted.model_copy(update={"confirmed": confirmed})
