"""An edition that contradicts itself never loads, and says why in one sentence."""

from hashlib import sha256
from importlib.resources import files

import pytest
import rfc8785
import yaml

from shared.editions import EditionError, load, parse

TEXT = (files("shared.editions") / "2026-r1.yaml").read_text(encoding="utf-8")


def changed(before: str, after: str) -> str:
    assert before in TEXT
    return TEXT.replace(before, after, 1)


def without_row(code: str, following: str) -> str:
    start, end = TEXT.index(f"  - code: {code}"), TEXT.index(f"  - code: {following}")
    return TEXT[:start] + TEXT[end:]


def refusal(text: str) -> str:
    with pytest.raises(EditionError) as refused:
        parse(text)
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


INCONSISTENT = [
    ("id: 2026-r1", "id: 2026-r9", "its id does not name year 2026 and revision 1"),
    ('sid_weight: "37"', 'sid_weight: "38"', "SID weights: 37 found but 38 declared"),
    ('sid_rows: "111"', 'sid_rows: "110"', "SID maximum: 111 found but 110 declared"),
    ('spd: "63"', 'spd: "64"', "SPD maximum: 63.00 found but 64 declared"),
    ('weight: "0.38"', 'weight: "0.37"', "innovation count maximum: 74.00 found"),
    ('total: "250"', 'total: "251"', "total: 250 found but 251 declared"),
    ('minimum: "40.01"', 'minimum: "65.01"', "its bands do not descend strictly"),
    ('minimum: "40.01"', 'minimum: "66"', "its bands do not descend strictly"),
    ('minimum: "40.01"', 'minimum: "40.011"', "a band begins between two hundredths"),
    ('minimum: "0",', 'minimum: "0.001",', "its bands do not cover 0 to 100"),
    ("id: kurang_inovatif", "id: inovatif", "band inovatif appears twice"),
    ("pupr, perkim,", "pupr,", "it names 5 basic-service affairs, not 6"),
    ("{id: sosial,", "{id: sosial_lain,", "does not hold exactly the basic-service affairs"),
    ("min_basic_service_affairs: 5", "min_basic_service_affairs: 7", "it asks for 7"),
    ("{id: digital,", "{id: non_digital,", "term non_digital appears twice"),
    ('"2024-01-01"', '"2024-01-02"', "its window is not 2024-01-01 to 2025-12-31"),
    ("{key: S-02,", "{key: S-99,", "source S-02/sec is cited but not listed"),
    ("code: SPD-02b", "code: SPD-02a", "row SPD-02a appears twice"),
    ("iid_no: 17", "iid_no: 16", "number 16 appears twice"),
    ("code: SID-02", "code: SID-03", "row 2 of the innovation aspect is SID-03"),
    ("[basis_required, ", "[", "SID-18 must have bases exactly when it requires a basis"),
    ("[subtype_required]", "[]", "SID-15 must have subtypes exactly when it requires one"),
    ("[11, 30]", "[11, 10]", "SID-02 has a count that ends before it begins"),
    ("variable: infrastruktur", "variable: lain", "SID-01 belongs to the unknown variable lain"),
]


@pytest.mark.parametrize(("before", "after", "sentence"), INCONSISTENT)
def test_a_contradiction_is_refused(before: str, after: str, sentence: str) -> None:
    found = refusal(changed(before, after))
    assert found.startswith("Edition 2026-r")
    assert sentence in found


def test_a_row_too_few_is_refused() -> None:
    assert "SID rows: 19 found but 20 declared" in refusal(without_row("SID-07", "SID-08"))
    assert "SPD rows: 19 found but 20 declared" in refusal(without_row("SPD-02a", "SPD-02b"))


UNREADABLE = [
    ("divisor_floor: 12", "divisor_floor: 0", "divisor_floor"),
    ("divisor_floor: 12", "divisor_floor: twelve", "divisor_floor"),
    ("divisor_floor: 12", "divisor_floor: 12\nsurprise: 1", "surprise"),
    ("divisor_floor: 12\n", "", "divisor_floor"),
    ('      - "Peraturan Daerah"\n', "", "sid.0.levels.2"),
    ('      - "Peraturan Daerah"\n', '      - ""\n', "sid.0.levels.2"),
    ("files: [pdf]", "files: [exe]", "sid.0.files.0"),
    ("shape: letter", "shape: song", "sid.0.shape"),
    ("id: sangat_inovatif", "id: terinovatif", "bands.0.id"),
    ("source: [S-01/sec, S-03/sec, S-04]", "source: []", "citations.0.source"),
]


@pytest.mark.parametrize(("before", "after", "place"), UNREADABLE)
def test_data_of_another_shape_is_refused(before: str, after: str, place: str) -> None:
    assert refusal(changed(before, after)).startswith(f"The edition cannot be read: {place}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (changed('weight: "0.38"', "weight: 0.38"), "The value 0.38 of weight must be written as"),
        (changed('"2024-01-01"', "2024-01-01"), "must be written as a string"),
        (changed("year: 2026", "year: 2026\nyear: 2026"), "a key appears twice"),
        (changed("year: 2026", "2026: year"), "The key 2026 in the edition must be a string"),
        (changed("year: 2026", "year: 2026\ndigest: x"), "without a digest of its own"),
        ("- 1\n", "An edition is a mapping"),
        ("", "An edition is a mapping"),
        ("a: [", "The edition is not YAML"),
    ],
)
def test_text_that_is_no_edition_is_refused(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


def test_the_digest_is_of_the_canonical_data() -> None:
    canonical = rfc8785.dumps(yaml.safe_load(TEXT))
    assert load("2026").digest == sha256(canonical).hexdigest()


def test_comments_and_layout_leave_the_digest_alone() -> None:
    respelled = yaml.safe_dump(yaml.safe_load(TEXT), sort_keys=True)
    assert parse("# another comment\n" + respelled) == load("2026")


def test_one_changed_word_changes_the_digest() -> None:
    assert parse(changed("Alat kerja", "Alat Kerja")).digest != load("2026").digest
