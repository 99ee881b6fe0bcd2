"""Tables of taxes: released ones never change, a day has one table or none, a broken one is no
table.
"""

from datetime import date
from importlib.resources import files

import pytest

from shared.editions import EditionError
from shared.editions.taxes import available_tables, load_table, parse_table, table_on
from shared.errors import NotFound, Refused
from tests.unit.awards.tax_tables import layered, written

# A released table is never edited: if a digest changes, write a new revision file instead.
DIGESTS = {"2024-r1": "6d7aecc2a0855b6563969c02f4b1bcffc9a918831ea6eb2060c1af250d69509b"}


def test_released_tables_are_what_they_were() -> None:
    found = {table_id: load_table(table_id).digest for table_id in available_tables()}
    assert found == DIGESTS


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2026, 11, 20), date(2099, 12, 31)])
def test_a_day_has_its_table(day: date) -> None:
    assert table_on(day).id == "2024-r1"


def test_a_day_before_all_tables_is_refused_by_name() -> None:
    with pytest.raises(Refused) as no:
        table_on(date(2023, 12, 31))
    assert (no.value.code, no.value.params) == ("tax_table_missing", {"day": "2023-12-31"})
    assert str(no.value) == (
        "There is no tax table for 2023-12-31; known are 2024-r1 from 2024-01-01."
    )


def test_an_unknown_table_is_not_found() -> None:
    with pytest.raises(NotFound) as no:
        load_table("2023-r1")
    assert (no.value.code, no.value.params) == ("tax_table_unknown", {"table_id": "2023-r1"})


def test_a_table_ends_with_its_last_day() -> None:
    table = parse_table(written(valid_to="2099-06-30"))
    days = (date(2098, 12, 31), date(2099, 1, 1), date(2099, 6, 30), date(2099, 7, 1))
    assert [table.covers(day) for day in days] == [False, True, True, False]


def test_every_rate_of_a_released_table_cites_a_source_it_lists() -> None:
    for table_id in available_tables():
        table = load_table(table_id)
        listed = {reference.key for reference in table.references}
        assert all(set(each.source) <= listed for each in table.recipients)


def test_what_is_inferred_is_marked_for_the_treasurer() -> None:
    table = load_table("2024-r1")
    assert {each.taxed_as for each in table.recipients if each.inferred} == {"agency", "payroll"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"[]", "is not plain YAML"),
        (b"\xff", "is not plain YAML"),
        (b"a: 1\na: 2", "a key appears twice"),
        (b"valid_from: 2024-01-01", "is not plain YAML"),
        (b"id: 2099-r1", "Field required"),
        (written(valid_to="2098-12-31"), "it ends before it begins"),
        (written(more="surprise: 1"), "Extra inputs are not permitted"),
        (written(body="agency"), "exactly once how each kind of recipient is taxed"),
        (written(percent="100"), "less than 100"),
        (written(percent="-1"), "greater than or equal to 0"),
        (written(source="S-99"), "source S-99 is cited but not listed"),
        (layered((60, "5"), (None, "15"), (None, "25")), "only the last layer"),
        (layered((60, "5"), (250, "15")), "only the last layer"),
        (layered((60, "5"), (60, "15"), (None, "25")), "the layers do not rise"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_that_contradicts_itself_is_none(text: bytes, reason: str) -> None:
    with pytest.raises(EditionError, match=reason):
        parse_table(text)


def test_the_digest_is_of_the_bytes_that_were_read() -> None:
    raw = files("shared.editions.taxes").joinpath("2024-r1.yaml").read_bytes()
    assert parse_table(raw) == load_table("2024-r1")
    assert parse_table(raw + b"\n").digest != load_table("2024-r1").digest
