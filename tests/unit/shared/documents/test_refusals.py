"""Every rule that can refuse a file is explained, in both languages, with what to do."""

from typing import get_args

import pytest

from shared.documents import LANGUAGES, explain
from shared.documents.content import RuleCode
from shared.documents.refusals import SENTENCES, UNKNOWN, Language

RULES: tuple[str, ...] = (*get_args(RuleCode), "malformed")
PARAMS = {
    "declared": "application/pdf",
    "found": "image/png",
    "size_bytes": 10_485_761,
    "max_bytes": 10_485_760,
    "pages": 1200,
    "max_pages": 500,
    "pixels": 100_000_000,
    "max_pixels": 64_000_000,
    "name": "sha256",
}


def test_no_rule_is_missing_and_none_is_too_many():
    assert set(SENTENCES) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_is_explained_and_says_what_to_do(rule: str, language: Language):
    told = explain(rule, PARAMS, language)
    assert told.count(".") >= 1
    assert ("{" in told, "?" in told, told in UNKNOWN) == (False, False, False)


@pytest.mark.parametrize("rule", RULES)
def test_parameters_may_be_missing_or_in_letters(rule: str):
    letters = {name: str(value) for name, value in PARAMS.items()}
    assert explain(rule, letters, "id") == explain(rule, PARAMS, "id")
    assert explain(rule, {}, "en")


def test_sizes_and_numbers_are_told_as_people_write_them():
    assert explain("too_large", PARAMS, "id").startswith(
        "Berkas terlalu besar: 10,1 MB, paling besar 10 MB."
    )
    assert explain("too_many_pages", PARAMS, "id").startswith("PDF berisi 1.200 halaman")
    assert explain("too_many_pages", PARAMS, "en").startswith("The PDF has 1,200 pages")
    assert "(512 bytes)" in explain("trailing_bytes", {"size_bytes": 512}, "en")


def test_an_unknown_rule_gets_a_general_sentence():
    assert (explain("new_rule", {}, "id"), explain("new_rule", {}, "en")) == UNKNOWN


def test_a_parameter_cannot_bring_text_of_its_own_length():
    told = explain("type_not_allowed", {"declared": "{size_bytes}" + "x" * 5000}, "en")
    assert len(told) < 500
