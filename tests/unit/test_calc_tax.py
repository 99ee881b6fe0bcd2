"""`inda calc tax`: what is withheld on a day, from gross or from net."""

import json

import pytest

from shared.editions.taxes import load_table
from tests.unit.calculated import Ran, answered, refused

ASKED = {"recipient": "person", "gross_rupiah": 5_000_000, "on": "2026-11-20"}
WHOLE = "gross_rupiah: must be whole rupiah from 0 to 9007199254740991."


@pytest.mark.parametrize(
    ("recipient", "gross", "tax"),
    [
        ("person", 5_000_000, 250_000),
        ("person", 40_000_000, 2_000_000),
        ("person", 100_000_000, 9_000_000),
        ("body", 5_000_000, 750_000),
        ("agency", 5_000_000, 0),
        ("payroll", 5_000_000, 0),
        ("person", 0, 0),
    ],
)
def test_tax_net_and_rule(recipient: str, gross: int, tax: int) -> None:
    assert answered("tax", ASKED | {"recipient": recipient, "gross_rupiah": gross}) == {
        "tax_rupiah": tax,
        "net_rupiah": gross - tax,
        "rule": next(
            each.rule for each in load_table("2024-r1").recipients if each.taxed_as == recipient
        ),
    }


def test_a_net_prize_is_grossed_up() -> None:
    asked = {"recipient": "person", "net_rupiah": 4_750_000, "on": "2026-11-20"}
    assert answered("tax", asked) == {
        "gross_rupiah": 4_999_999,
        "tax_rupiah": 249_999,
        "net_rupiah": 4_750_000,
        "rule": load_table("2024-r1").treatment("person").rule,
    }


def test_a_day_without_a_table_is_refused_by_name() -> None:
    assert refused("tax", ASKED | {"on": "2023-12-31"}) == (
        "There is no tax table for 2023-12-31; known are 2024-r1 from 2024-01-01."
    )


@pytest.mark.parametrize(
    "rupiah", ["5000000.0", '"5000000"', "true", "-1", "5e6", "[]", str(2**53)]
)
def test_rupiah_are_whole_numbers(rupiah: str) -> None:
    text = json.dumps(ASKED).replace("5000000", rupiah)
    ran = Ran("tax", text)
    assert (ran.code, ran.answers) == (2, [{"error": WHOLE}])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"net_rupiah": 1}, 'Give either "gross_rupiah" or "net_rupiah".'),
        ({"gross_rupiah": None}, 'Give either "gross_rupiah" or "net_rupiah".'),
        (
            {"recipient": "village"},
            "recipient: Input should be 'person', 'body', 'agency' or 'payroll'.",
        ),
        ({"on": "20-11-2026"}, "on: must be a day such as 2024-05-31."),
        ({"on": None}, "on: must be a day such as 2024-05-31."),
        ({"rate": 5}, "rate: Extra inputs are not permitted."),
    ],
)
def test_what_cannot_be_answered_says_why(change: dict[str, object], sentence: str) -> None:
    assert refused("tax", ASKED | change) == sentence


def test_documents_are_answered_one_a_line() -> None:
    ran = Ran("tax", json.dumps(ASKED) + "\n{}\n" + json.dumps(ASKED))
    assert (ran.code, ["error" in answer for answer in ran.answers]) == (2, [False, True, False])
