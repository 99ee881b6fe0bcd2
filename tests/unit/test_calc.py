"""`inda calc`: JSON in, JSON out; an impossible line never stops the others."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deploy.cli.json_input import documents
from shared.editions import load
from tests.unit.calculated import Ran

ASKED = '{"spd": "40", "maturity": ["80"], "basic_service_affairs": 5}'
WHOLE = "basic_service_affairs: Input should be a valid integer."
SPD_CODES = [row.code for row in load("2026").spd or ()]


def test_maturity_prints_the_score_and_its_rows() -> None:
    ran = Ran("maturity --edition 2026", '{"levels": {"SID-01": 3, "SID-20": 1}}')
    assert (ran.code, ran.reports, len(ran.answers)) == (0, [], 1)
    answer = ran.answers[0]
    assert (answer["maturity"], len(answer["rows"])) == ("13", 20)
    assert answer["rows"][0] == {
        "indicator": "SID-01",
        "name": "Regulasi Inovasi Daerah",
        "weight": "3",
        "level": 3,
        "score": "9",
        "mandatory": True,
    }


def test_2023_has_no_published_mandatory_flags() -> None:
    ran = Ran("maturity --edition 2023-r1", '{"levels": {}}')
    assert {row["mandatory"] for row in ran.answers[0]["rows"]} == {None}


def test_index_prints_decimals_as_strings_and_the_band_as_an_identifier() -> None:
    asked = {"spd": "40", "maturity": ["80"] * 12, "basic_service_affairs": 5}
    ran = Ran("index --edition 2026", json.dumps(asked))
    assert (ran.code, ran.reports) == (0, [])
    assert ran.answers == [
        {
            "index": "49.82",
            "band": "inovatif",
            "divisor": 12,
            "innovation_count_score": "4.56",
            "average": "80.00",
            "sid": "84.56",
            "total": "124.56",
        }
    ]


def test_numbers_may_be_strings_integers_or_decimals() -> None:
    text = '{"spd": 40.0, "maturity": [80, "80.00", 8e1], "basic_service_affairs": 5}'
    ran = Ran("index --edition 2026", text)
    assert (ran.answers[0]["average"], ran.answers[0]["sid"]) == ("20.00", "21.14")


def test_a_document_over_many_lines_is_one_document() -> None:
    ran = Ran("index --edition 2026", json.dumps(json.loads(ASKED), indent=2) + "\n\n")
    assert (ran.code, len(ran.answers)) == (0, 1)


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert Ran("index --edition 2026", b"\xef\xbb\xbf" + ASKED.encode()).code == 0


def test_lines_are_answered_in_order_and_bad_ones_do_not_stop_the_rest() -> None:
    ran = Ran("index --edition 2026", f"\n{ASKED}\nnot json\n\n{ASKED}\r\n")
    assert ran.code == 2
    assert [set(answer) == {"error"} for answer in ran.answers] == [False, True, False]
    assert ran.reports == ["line 3: This is not JSON: Expecting value at character 1."]
    assert ran.answers[1] == {"error": "This is not JSON: Expecting value at character 1."}


def test_a_broken_first_line_does_not_stop_the_rest() -> None:
    for broken in ("{", '{"spd":', "oops", '"', "\x00"):
        ran = Ran("index --edition 2026", f"{broken}\n{ASKED}\n{ASKED}\n")
        assert (ran.code, ["error" in answer for answer in ran.answers]) == (
            2,
            [True, False, False],
        )


def test_nothing_in_gives_nothing_out() -> None:
    ran = Ran("index --edition 2026", "\n\n")
    assert (ran.code, ran.answers, ran.reports) == (0, [], [])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"[]", "The document must be a JSON object."),
        (b"null", "The document must be a JSON object."),
        (b"\xff\xfe{}", "This is not UTF-8 text."),
        (b'{"spd": NaN}', "NaN is not a number that JSON knows."),
        (b'{"spd": -Infinity}', "-Infinity is not a number that JSON knows."),
        (b'{"spd": 1, "spd": 2}', "The key spd appears twice."),
        (b'{"spd": 1e99999999999999999999}', "A number has an exponent out of all bounds."),
        (b"[" * 100_000, "This JSON is nested too deeply or holds too long a number."),
        (b"9" * 5_000, "This JSON is nested too deeply or holds too long a number."),
    ],
)
def test_text_that_is_no_request_is_answered_with_a_sentence(line: bytes, sentence: str) -> None:
    ran = Ran("index --edition 2026", ASKED.encode() + b"\n" + line)
    assert (ran.code, ran.reports) == (2, [f"line 2: {sentence}"])
    assert ran.answers[1] == {"error": sentence}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ('"spd": true', "spd: must be a number or a decimal string."),
        ('"spd": null', "spd: must be a number or a decimal string."),
        ('"spd": "NaN"', "spd: must be a number or a decimal string."),
        ('"spd": "1e1"', "spd: must be a number or a decimal string."),
        ('"spd": "１"', "spd: must be a number or a decimal string."),
        ('"spd": "63.01"', "spd must be from 0 to 63."),
        ('"spd": -1', "spd must be from 0 to 63."),
        ('"spd": 1e999999', "spd must be from 0 to 63."),
        ('"spd": 1e-999999', "spd may have at most 20 decimals."),
        ('"maturity": ["112"]', "maturity must be from 0 to 111."),
        ('"maturity": [false]', "maturity.0: must be a number or a decimal string."),
        (
            '"basic_service_affairs": true',
            WHOLE,
        ),
        ('"basic_service_affairs": 5.0', WHOLE),
        ('"basic_service_affairs": 7', "basic_service_affairs must be from 0 to 6."),
        ('"\\u001b[31m": 1', "\\x1b[31m: Extra inputs are not permitted."),
        ('"min_basic_service_affairs": 2', "Edition 2026-r1 fixes min_basic_service_affairs at 5."),
    ],
)
def test_an_impossible_request_is_answered_with_a_sentence(change: str, sentence: str) -> None:
    asked = json.loads(ASKED)
    name = json.loads("{" + change + "}").popitem()[0]
    rest = {key: value for key, value in asked.items() if key != name}
    ran = Ran("index --edition 2026", json.dumps(rest)[:-1] + ", " + change + "}")
    assert (ran.code, ran.answers) == (2, [{"error": sentence}])


@pytest.mark.parametrize("levels", ['{"SID-01": "3"}', '{"SID-01": 3.0}', '{"SID-01": true}', "[]"])
def test_a_level_is_a_whole_number(levels: str) -> None:
    ran = Ran("maturity --edition 2026", '{"levels": ' + levels + "}")
    assert (ran.code, list(ran.answers[0])) == (2, ["error"])


def test_half_a_character_in_a_key_is_survived() -> None:
    for text in ('{"levels": {"\\ud800": 1}}', '{"\\ud800": 1}'):
        ran = Ran("maturity --edition 2026", text)
        assert (ran.code, list(ran.answers[0])) == (2, ["error"])


def test_an_unknown_edition_is_one_sentence() -> None:
    ran = Ran("maturity --edition 2030", '{"levels": {}}')
    assert (ran.code, ran.answers) == (2, [])
    assert ran.reports == [
        "There is no edition '2030'; known are 2023-r1, 2026-r1, 2027-r1, 2028-r1, 2029-r1."
    ]


def test_an_unpublished_constant_is_named_or_taken_as_an_input() -> None:
    refused = Ran("index --edition 2023", ASKED)
    sentence = "min_basic_service_affairs is not published for edition 2023-r1."
    assert (refused.code, refused.answers) == (2, [{"error": sentence}])
    given_it = Ran("index --edition 2023", ASKED[:-1] + ', "min_basic_service_affairs": 2}')
    assert (given_it.code, given_it.answers[0]["divisor"]) == (0, 10)


def test_the_government_aspect() -> None:
    ran = Ran("government-aspect --edition 2026", '{"levels": {"SPD-05a": 3, "SPD-12": 1}}')
    assert (ran.code, ran.answers[0]["spd"]) == (0, "4.25")
    assert ran.answers[0]["rows"][5]["score"] == "2.25"


def test_the_government_aspect_of_2023_takes_weights() -> None:
    weights = {row.code: str(row.weight) for row in load("2026").spd or ()}
    asked = {"levels": dict.fromkeys(SPD_CODES, 3), "spd_weights": weights}
    ran = Ran("government-aspect --edition 2023", json.dumps(asked))
    assert (ran.code, ran.answers[0]["spd"]) == (0, "63")
    assert ran.answers[0]["rows"][0]["name"] is None


def test_band_and_window(tmp_path: Path) -> None:
    text = '{"index": "65.01"}\n{"index": "100.01"}\n'
    ran = Ran("band --edition 2026", text)
    assert ran.answers == [
        {"band": "sangat_inovatif"},
        {"error": "index must be from 0 to 100."},
    ]
    file = tmp_path / "asked.json"
    file.write_text('{"implemented_on": "2023-12-31", "developed_on": "2024-01-01"}')
    ran = Ran(f"window --edition 2026 --file {file}", "")
    assert ran.answers == [{"in_window": True, "first_day": "2024-01-01", "last_day": "2025-12-31"}]


@pytest.mark.parametrize("day", ['"2024-02-30"', '"20240201"', "0", "true", '"2024-W01-1"'])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    ran = Ran("window --edition 2026", '{"implemented_on": ' + day + "}")
    assert ran.answers == [{"error": "implemented_on: must be a day such as 2024-05-31."}]


class Tap:
    """A stream of lines that counts how far it has been read."""

    def __init__(self, lines: list[bytes]) -> None:
        self.left = lines
        self.read = 0

    def __iter__(self) -> "Tap":
        return self

    def __next__(self) -> bytes:
        if self.read == len(self.left):
            raise StopIteration
        self.read += 1
        return self.left[self.read - 1]


def test_lines_are_handed_on_before_the_next_is_read() -> None:
    tap = Tap([b"{}\n"] * 5)
    for number, _ in documents(tap):  # pyright: ignore[reportArgumentType]
        assert tap.read == number


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@given(json_values.filter(lambda value: value != float("inf") and value != float("-inf")))
@settings(max_examples=100, deadline=None)
def test_any_pretty_document_is_recognised_as_one(value: object) -> None:
    lines = json.dumps(value, indent=1).encode().splitlines(keepends=True)
    tap = Tap(lines)
    found = list(documents(tap))  # pyright: ignore[reportArgumentType]
    assert found == [(1, b"".join(lines))]


@given(st.lists(st.decimals(0, 63, places=2), min_size=2, max_size=6))
@settings(max_examples=25, deadline=None)
def test_as_many_answers_as_lines(scores: list[Decimal]) -> None:
    lines = [json.dumps(json.loads(ASKED) | {"spd": str(score)}) for score in scores]
    ran = Ran("index --edition 2026", "\n".join(lines))
    assert (ran.code, len(ran.answers)) == (0, len(scores))
