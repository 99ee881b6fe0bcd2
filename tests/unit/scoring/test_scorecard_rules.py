"""Which innovations count for the index, and what is true of every scorecard."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from services.scoring.domain.scorecard import State, counts_for_index, decider
from shared.editions import maturity
from shared.events.scoring import InnovationScored
from tests.builders.scoring import (
    LEVELS,
    edition,
    profile,
    scored,
    subject,
    verified,
)


@pytest.mark.parametrize(
    ("changes", "training", "counts"),
    [
        ({}, False, True),
        ({}, True, False),
        ({"stage": "trial"}, False, False),
        ({"stage": None}, False, False),
        ({"implemented_on": None}, False, False),
        ({"implemented_on": date(2023, 12, 31)}, False, False),
        ({"implemented_on": date(2024, 1, 1)}, False, True),
        ({"implemented_on": date(2025, 12, 31)}, False, True),
        ({"implemented_on": date(2026, 1, 1)}, False, False),
        ({"implemented_on": date(2019, 1, 1), "developed_on": date(2025, 1, 1)}, False, True),
    ],
)
def test_only_what_is_applied_inside_the_window_and_no_training_counts(
    changes: Mapping[str, object], training: bool, counts: bool
):
    about = subject(profile=profile(**changes), training=training)
    assert counts_for_index(edition(), about) is counts


levels = st.dictionaries(st.sampled_from(sorted(LEVELS)), st.integers(0, 3))


@every(levels, st.data())
def test_verified_is_at_most_claimed_and_both_are_the_editions_maturity(
    claimed: dict[str, int], data: st.DataObject
):
    granted = {code: data.draw(st.integers(0, level)) for code, level in claimed.items()}
    card = scored(verified(claimed, granted))
    assert Decimal(0) <= card.verified_maturity <= card.claimed_maturity <= Decimal(111)
    assert card.claimed_maturity == maturity(edition(), claimed).total
    assert card.verified_maturity == maturity(edition(), granted).total


@every(levels)
def test_a_replay_gives_the_same_state(claimed: dict[str, int]):
    card = scored(verified(claimed))
    read_again = InnovationScored.model_validate_json(card.model_dump_json())
    states: set[State] = {decider.replay([card]), decider.replay([read_again])}
    assert len(states) == 1
