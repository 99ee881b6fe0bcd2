"""Every finding has its words in both languages, with nothing left unsaid in them."""

import re

import pytest

from shared.editions import available, lacking, load
from shared.findings import RULES, Finding, called, examine, explain, language_of
from shared.findings.sentences import TEXTS, WORDS
from shared.findings.vocabulary import NAMES
from tests.unit.findings.cases import EDITION
from tests.unit.findings.test_rules import FOUND

ALL = [found for case, _ in FOUND.values() for found in examine(case)]
PLACE = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_rule_has_its_sentences_and_there_are_no_others(language: str):
    assert set(TEXTS[language]) == {rule.code for rule in RULES}  # pyright: ignore


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_sentence_has_a_gap(language: str):
    for finding in ALL:
        told = explain(finding, language)  # pyright: ignore
        for sentence in (told.what, told.how_to_mend):
            assert sentence.strip()
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
            assert "{" not in sentence
            assert "  " not in sentence
            assert "_" not in sentence.replace("SID_", ""), sentence


def test_both_languages_name_the_same_things():
    for code, (what, _) in TEXTS["id"].items():
        assert set(PLACE.findall(what)) == set(PLACE.findall(TEXTS["en"][code][0])), code


def test_every_field_that_can_be_missing_has_a_name_in_indonesian():
    fields = {finding.field for finding in ALL if finding.field}
    assert fields <= set(WORDS["id"])


def test_the_sentences_of_one_finding():
    finding = next(each for each in ALL if each.code == "years_missing")
    assert explain(finding, "id").what == (
        "Indikator 18 (Dukungan anggaran): level 3 meminta dokumen tahun 2025 yang belum terlihat; "
        "yang terlihat: 2024, 2026."
    )
    assert explain(finding, "en").what == (
        "Indicator 18 (Budget support): level 3 asks for documents of 2025, which are not shown; "
        "shown are: 2024, 2026."
    )
    late = next(each for each in ALL if each.code == "deadline_passed")
    assert explain(late, "id").what == "Batas waktu 20 Juli 2026 11.00 WITA sudah lewat."


def test_what_people_wrote_is_never_taken_for_a_placeholder_or_a_word_of_ours():
    finding = Finding(
        "not_named_in_document", "advises", "x", params={"file": "{number}.pdf", "title": "manfaat"}
    )
    assert explain(finding, "en").what == (
        "The file {number}.pdf does not name the innovation “manfaat”."
    )


def test_every_kind_of_evidence_of_every_edition_has_a_name():
    kinds: set[str] = set()
    for edition in (each for each in map(load, available()) if not lacking(each)):
        kinds |= {kind for row in edition.sid for kind in row.evidence}
        kinds |= {part for row in edition.sid for part in (*row.subtypes, *row.substances)}
        kinds |= {basis.unit for row in edition.sid for basis in row.bases}
    assert kinds <= set(NAMES["id"])
    assert set(NAMES["id"]) == set(NAMES["en"])
    assert called("no_name_yet", "id") == "no name yet"
    assert EDITION.id in available()


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "id"),
        ("", "id"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("id,en;q=0.8", "id"),
        ("en;q=0.3, id;q=0.5", "id"),
        ("fr", "id"),
        ("en;q=abc", "id"),
        ("*", "id"),
        ("en;q=0", "id"),
        (",,;;q==", "id"),
    ],
)
def test_english_is_for_those_who_prefer_it(header: str | None, language: str):
    assert language_of(header) == language
