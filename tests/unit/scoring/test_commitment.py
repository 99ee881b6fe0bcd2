"""A commitment binds its judge to an entry, scores and a nonce."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given as every
from hypothesis import strategies as st

from services.scoring.domain.commitment import Opened, commitment
from shared.events.scoring import CriterionScore
from tests.builders.scoring import (
    ANI,
    BENEFIT,
    FIRST,
    NOVELTY,
    PANEL_ID,
    given_scores,
    round_opened,
)

scores_in_scale: Mapping[str, st.SearchStrategy[Decimal]] = {
    NOVELTY.code: st.decimals(0, NOVELTY.scale, places=2),
    BENEFIT.code: st.decimals(0, BENEFIT.scale, places=2),
}
sheets = st.fixed_dictionaries(dict(scores_in_scale)).map(
    lambda given: tuple(CriterionScore(criterion=c, score=s) for c, s in sorted(given.items()))
)
openings = st.builds(
    Opened, st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"]), sheets, st.text(max_size=3)
)


@every(openings, openings)
def test_a_commitment_binds_judge_entry_scores_and_nonce(one: Opened, other: Opened):
    is_same = one == other
    assert (commitment(PANEL_ID, one) == commitment(PANEL_ID, other)) is is_same
    assert commitment(PANEL_ID, one) != commitment("panel-2", one)


def test_equal_numbers_written_differently_commit_alike():
    as_written = Opened(ANI.id, FIRST, given_scores("80.00", "-0.0")[::-1], "nonce")
    plainly = Opened(ANI.id, FIRST, given_scores("80", "0"), "nonce")
    assert commitment(PANEL_ID, as_written) == commitment(PANEL_ID, plainly)


def test_the_round_carries_its_panel():
    assert round_opened().panel_id == PANEL_ID
