"""A sealed score is the same on every retry and opens for its own panel, judge and entry only."""

from base64 import b64decode

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from services.scoring.app.sealing import Sealing
from services.scoring.domain.commitment import Opened
from shared.errors import Unavailable
from tests.builders.scoring import ANI, BUDI, FIRST, PANEL_ID, SECOND, given_scores, opened

SEALING = Sealing("a-sealing-key-of-the-tests-0123456789")
SCORE = opened(ANI, FIRST, "73.25", "9")
PAIR = (ANI.id, FIRST)


def test_a_sealed_score_opens_again():
    assert SEALING.open(PANEL_ID, PAIR, SEALING.hide(PANEL_ID, SCORE)) == SCORE


def test_a_retry_hides_alike():
    assert SEALING.hide(PANEL_ID, SCORE) == SEALING.hide(PANEL_ID, SCORE)
    assert SEALING.nonce(PANEL_ID, "command-1") == SEALING.nonce(PANEL_ID, "command-1")


def test_each_command_and_each_panel_has_a_nonce_of_its_own():
    nonces = {
        SEALING.nonce(panel, command) for panel in ("a", "b") for command in ("one", "two", "three")
    }
    assert len(nonces) == 6


def test_the_score_cannot_be_read_in_the_ciphertext():
    assert b"73.25" not in b64decode(SEALING.hide(PANEL_ID, SCORE))


@pytest.mark.parametrize(
    ("panel_id", "pair"),
    [("panel-2", PAIR), (PANEL_ID, (BUDI.id, FIRST)), (PANEL_ID, (ANI.id, SECOND))],
)
def test_a_seal_opens_nowhere_else(panel_id: str, pair: tuple[str, str]):
    with pytest.raises(Unavailable) as refused:
        SEALING.open(panel_id, pair, SEALING.hide(PANEL_ID, SCORE))
    assert refused.value.code == "sealing_key_differs"


def test_another_key_opens_nothing():
    other = Sealing("another-sealing-key-of-the-tests-0123456789")
    with pytest.raises(Unavailable):
        other.open(PANEL_ID, PAIR, SEALING.hide(PANEL_ID, SCORE))


texts = st.builds(
    Opened,
    st.just(ANI.id),
    st.just(FIRST),
    st.decimals(0, 100, places=2).map(lambda score: given_scores(str(score), "9")),
    st.sampled_from(["one", "two"]),
)


@every(texts, texts)
def test_two_texts_never_share_an_encryption_nonce(one: Opened, other: Opened):
    nonces = [b64decode(SEALING.hide(PANEL_ID, each))[:12] for each in (one, other)]
    assert (nonces[0] == nonces[1]) is (one == other)
