"""What people see: shown plainly, and harmless on any terminal."""

import json
from io import StringIO

import pytest
from rich.console import Console
from rich.table import Table

from deploy.cli.failures import Denied, Unreachable, answered
from deploy.cli.output import Output, detailed, listed, rupiah
from deploy.cli.plain import clean


def printed(table: Table) -> str:
    console = Console(file=StringIO(), width=100)
    console.print(table)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_moments_are_shown_in_wita_and_absence_as_a_dash() -> None:
    shown = printed(listed([{"at": "2026-08-31T15:59:00.000000Z"}], ("At", "at"), ("No", "a.b")))
    assert "2026-08-31 23:59 WITA" in shown
    assert "-" in shown


def test_markup_and_escapes_in_foreign_text_stay_text() -> None:
    title = "[red]Inovasi[/red] \x1b[2J\u202egnp"
    shown = printed(detailed({"title": title}, ("Title", "title")))
    assert "[red]Inovasi[/red]" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_lines_and_tabs_are_no_danger() -> None:
    assert clean("satu\ndua\ttiga") == "satu\ndua\ttiga"


def test_rupiah_are_grouped_by_points() -> None:
    assert [rupiah(each) for each in (0, 950, 25_000_000, -5_000)] == [
        "Rp0",
        "Rp950",
        "Rp25.000.000",
        "-Rp5.000",
    ]


def test_json_answers_are_the_document_alone(capsys: pytest.CaptureFixture[str]) -> None:
    out = Output(as_json=True)
    out.answer({"title": "Dinas “Kesehatan”"}, "never shown")
    out.tell("a message")
    caught = capsys.readouterr()
    assert json.loads(caught.out) == {"title": "Dinas “Kesehatan”"}
    assert caught.err == "a message\n"


def test_a_failure_is_one_line_for_people_and_a_problem_for_scripts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    failure = Denied("level_unknown", "There is no\nsuch level.", allowed=("1", "2"))
    Output(as_json=False).failed(failure)
    assert capsys.readouterr().err == "There is no such level. Allowed: 1, 2. [level_unknown]\n"
    Output(as_json=True).failed(failure)
    assert json.loads(capsys.readouterr().out)["params"] == {"allowed": ["1", "2"]}


@pytest.mark.parametrize(
    ("status", "code", "exit_code"),
    [
        (401, "unauthenticated", 1),
        (403, "role_not_allowed", 1),
        (404, "not_found", 1),
        (409, "season_closed", 1),
        (412, "version_changed", 1),
        (422, "key_reused", 1),
        (422, "request_invalid", 2),
        (428, "if_match_missing", 2),
        (503, "bus_unavailable", 2),
    ],
)
def test_a_no_by_a_rule_ends_with_1_and_what_is_unusable_with_2(
    status: int, code: str, exit_code: int
) -> None:
    assert answered(status, {"detail": "No.", "code": code}).exit_code == exit_code


def test_nobody_answering_ends_with_2() -> None:
    assert Unreachable("Nobody answers.").exit_code == 2
