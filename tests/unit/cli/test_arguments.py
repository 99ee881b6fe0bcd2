"""What people type becomes what the services want, or one sentence."""

from pathlib import Path

import pytest

from deploy.cli.arguments import body_of, day, given, moment, pair
from deploy.cli.failures import Misuse


def test_a_moment_without_an_offset_is_meant_in_wita() -> None:
    assert moment("2026-08-31T23:59") == "2026-08-31T23:59:00+08:00"
    assert moment("2026-08-31T23:59:30+07:00") == "2026-08-31T23:59:30+07:00"


@pytest.mark.parametrize("text", ["", "2026-08-31", "tomorrow", "2026-13-01T00:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(Misuse, match="not a moment"):
        moment(text)


@pytest.mark.parametrize("text", ["", "31-08-2026", "2026-02-30"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Misuse, match="not a day"):
        day(text)


def test_a_pair_is_split_at_its_first_equals_sign() -> None:
    assert pair("SID-03=a = b", "x=y") == ("SID-03", "a = b")
    with pytest.raises(Misuse, match="should read like x=y"):
        pair("SID-03", "x=y")


def test_what_was_not_given_is_left_out() -> None:
    assert given(season_id="2026", state=None, mine=False) == {"season_id": "2026", "mine": False}


def test_a_file_keeps_its_decimals(tmp_path: Path) -> None:
    file = tmp_path / "scores.json"
    file.write_text('{"score": 87.10}')
    assert str(body_of(file)["score"]) == "87.10"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1, "a": 2}', "NaN"])
def test_a_file_that_is_no_json_object_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "body.json"
    file.write_text(content)
    with pytest.raises(Misuse, match=r"body\.json"):
        body_of(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="cannot be read"):
        body_of(tmp_path / "nothing.json")
