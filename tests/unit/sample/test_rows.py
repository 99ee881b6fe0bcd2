"""The published rows that the sample season is built from."""

from deploy.sample import rows
from deploy.sample.naming import REGIONS
from shared.editions import Edition, ids


def test_every_row_names_its_source():
    every = (*rows.units(), *rows.innovations(), *rows.results())
    assert [row for row in every if not row.source] == []


def test_every_row_is_of_the_province():
    every = (*rows.units(), *rows.innovations(), *rows.results())
    assert {row.region for row in every} <= set(REGIONS)


def test_what_is_inferred_is_published_in_the_row():
    for row in rows.innovations():
        assert all(getattr(row, column) for column in row.inferred)


def test_choices_of_the_rows_are_those_of_the_edition(edition: Edition):
    for row in rows.innovations():
        assert row.affair in {"", *ids(edition.affairs)}
        assert row.form in {"", *ids(edition.forms)}
        assert row.kind in {"", *ids(edition.kinds)}
        assert row.initiator in {"", *ids(edition.initiators)}
