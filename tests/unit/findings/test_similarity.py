"""Fingerprints of texts: the same in every process, near for near copies, far for others."""

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.findings.similarity import MIN_WORDS, NEAR_DUPLICATE, bands, signature, similarity

WORDS = [f"kata{number}" for number in range(400)]
LETTER = " ".join(WORDS)


def test_a_near_copy_is_near_and_another_document_is_far():
    copy = " ".join(["nomor", "baru", *WORDS[2:]])
    other = " ".join(f"lain{number}" for number in range(400))
    assert similarity(signature(LETTER), signature(copy)) >= NEAR_DUPLICATE
    assert similarity(signature(LETTER), signature(other)) < 0.1
    assert set(bands(signature(LETTER))) & set(bands(signature(copy)))
    assert not set(bands(signature(LETTER))) & set(bands(signature(other)))


def test_half_a_document_is_no_near_copy():
    half = " ".join([*WORDS[:200], *(f"lain{number}" for number in range(200))])
    assert similarity(signature(LETTER), signature(half)) < NEAR_DUPLICATE


def test_case_punctuation_and_line_breaks_do_not_count():
    scanned = LETTER.upper().replace(" kata7 ", "\n kata7, ")
    assert signature(scanned) == signature(LETTER)


def test_the_fingerprint_never_changes_between_builds():
    signed = signature(LETTER)
    assert signed[:3] == (183290098715451, 110181341806875, 27720633034581)
    assert bands(signed)[0] == "0-b20ff81dccf0b943"


def test_a_text_of_few_words_has_none():
    assert signature(" ".join(WORDS[: MIN_WORDS - 1])) == ()
    assert bands(()) == ()
    assert similarity((), ()) == 0.0
    assert similarity(signature(LETTER), ()) == 0.0


@given(st.text(max_size=600))
@settings(deadline=None)
def test_any_text_has_a_fingerprint_that_an_index_can_hold(text: str):
    signed = signature(text)
    assert len(signed) in (0, 128)
    assert all(0 <= each < 2**63 for each in signed)
    assert similarity(signed, signed) == (1.0 if signed else 0.0)
