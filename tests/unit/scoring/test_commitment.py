"""A commitment binds, and an opened score is weighed exactly and rounded once."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import given as every
from hypothesis import strategies as st

from services.scoring.domain.commitment import Opened, commitment, rounded_mean, weighted
from shared.events.scoring import (
    Criterion,
    CriterionScore,
)
from tests.builders.scoring import (
    ANI,
    BENEFIT,
    FIRST,
    NOVELTY,
    PANEL_ID,
    given_scores,
    round_opened,
)


def test_the_mean_is_rounded_half_up_and_only_once():
    assert rounded_mean([Fraction("79.144"), Fraction("79.145")]) == Decimal("79.14")
    assert rounded_mean([Fraction("79.145"), Fraction("79.145")]) == Decimal("79.15")
    thirds = (Criterion(code="satu", name="Satu", weight=1, scale=3),)
    scores = [(CriterionScore(criterion="satu", score=Decimal(level)),) for level in (1, 2, 2)]
    assert rounded_mean([weighted(thirds, each) for each in scores]) == Decimal("55.56")


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


@every(sheets)
def test_a_weighted_score_stays_between_0_and_100(sheet: tuple[CriterionScore, ...]):
    assert 0 <= weighted((NOVELTY, BENEFIT), sheet) <= 100
    full = given_scores(str(NOVELTY.scale), str(BENEFIT.scale))
    assert weighted((NOVELTY, BENEFIT), full) == 100


def test_equal_numbers_written_differently_commit_alike():
    as_written = Opened(ANI.id, FIRST, given_scores("80.00", "-0.0")[::-1], "nonce")
    plainly = Opened(ANI.id, FIRST, given_scores("80", "0"), "nonce")
    assert commitment(PANEL_ID, as_written) == commitment(PANEL_ID, plainly)


def test_the_round_carries_its_panel():
    assert round_opened().panel_id == PANEL_ID
