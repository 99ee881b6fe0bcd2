"""What two texts and two titles have in common, without a word of what they have not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.verification.api.machine.similar.passages import SEED_WORDS, Passage, common_passages
from services.verification.api.machine.similar.texts import Alike, alike_texts
from services.verification.api.machine.titles import plain_titles, similar_titles
from shared.contents import Content
from shared.findings.similarity import signature

SENTENCE = "Kader mencatat hasil penimbangan pada hari itu juga dan bidan memeriksa catatan"
OTHER = "dinas melihat hasilnya pada layar yang sama tanpa laporan tambahan dari desa lain"


def test_the_longest_common_passages_come_first_as_each_side_writes_them() -> None:
    ours = f"Pembuka kami. {SENTENCE}. Lalu lain. {OTHER} selesai."
    theirs = f"{OTHER.upper()}! Sisipan mereka, {SENTENCE}?"
    assert common_passages(ours, theirs) == (
        Passage(13, OTHER, OTHER.upper()),
        Passage(12, SENTENCE, SENTENCE),
    )
    assert [each.words for each in common_passages(ours, theirs, 1)] == [13]


def test_a_few_words_in_common_are_no_passage() -> None:
    words = SENTENCE.split()[: SEED_WORDS - 1]
    assert common_passages(" ".join(words), SENTENCE) == ()
    assert common_passages("", SENTENCE) == ()


@given(st.lists(st.sampled_from("abc"), max_size=60), st.lists(st.sampled_from("abc"), max_size=60))
def test_a_passage_is_in_both_texts(ours: list[str], theirs: list[str]) -> None:
    one, other = " ".join(ours), " ".join(theirs)
    for passage in common_passages(one, other):
        assert passage.words >= SEED_WORDS
        assert passage.ours == passage.theirs
        assert passage.ours in one
        assert passage.theirs in other


@pytest.mark.timeout(20)
def test_long_texts_of_the_same_word_are_no_matter() -> None:
    (passage,) = common_passages("sama " * 40_000, "sama " * 40_000)
    assert (passage.words, len(passage.ours)) == (40_000, 600)


def test_titles_are_alike_whatever_the_order_of_their_words() -> None:
    titles = plain_titles(
        (
            ("inov-1", "Posyandu Digital Terpadu"),
            ("inov-2", "Digital Posyandu Terpadu!"),
            ("inov-3", "posyandu (digital) terpadu"),
            ("inov-4", "Posyandu Digital Terpaduu"),
            ("inov-5", "Sapa Lansia"),
            ("inov-6", "..."),
        )
    )
    alike = similar_titles("Posyandu Digital Terpadu", titles, 5)
    assert alike == {"inov-2": 1.0, "inov-4": 0.9796}
    assert list(similar_titles("Posyandu Digital Terpadu", titles, 1)) == ["inov-2"]
    assert similar_titles("...", titles, 5) == {}


@pytest.mark.timeout(20)
def test_a_hundred_thousand_titles_are_soon_looked_through() -> None:
    titles = {f"inov-{number}": f"sistem informasi layanan {number}" for number in range(100_000)}
    assert len(similar_titles("Sistem Informasi Layanan 7", titles, 5)) == 5


def test_texts_are_paired_with_the_most_alike_first() -> None:
    words = " ".join(f"kata{number}" for number in range(200))
    texts = {
        "a": words,
        "b": f"sisipan {words}",
        "c": " ".join(f"lain{number}" for number in range(200)),
        "d": "Surat tugas nomor satu",
        "e": "Surat tugas nomor dua",
        "f": None,
    }
    known = {key: Content(key, text, 1) for key, text in texts.items()}
    signed = {key: signed for key, text in texts.items() if text and (signed := signature(text))}
    (first, second) = alike_texts(("a", "d", "f"), ("b", "c", "e", "f"), known, signed)
    assert ((first.ours, first.theirs), (second.ours, second.theirs)) == (("a", "b"), ("d", "e"))
    assert first.similarity > second.similarity > 0.6
    assert alike_texts(("a",), ("z",), known, signed) == ()
    assert Alike("a", "b", first.similarity) == first
