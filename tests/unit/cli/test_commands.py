"""Every command explains itself, and the options of every command are everywhere."""

from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from deploy.cli.main import app

OPTIONS = {"--json", "--as", "--context", "--patience"}


def commands(group: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    found: dict[tuple[str, ...], Any] = {}
    for name, command in group.commands.items():
        here = (*path, name)
        found |= commands(command, here) if hasattr(command, "commands") else {here: command}
    return found


COMMANDS = commands(typer.main.get_command(app))
SHARING = [path for path in COMMANDS if path[0] != "calc"]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_a_sentence_of_help(path: tuple[str, ...]) -> None:
    assert COMMANDS[path].help, path
    ran = CliRunner().invoke(app, [*path, "--help"])
    assert (ran.exit_code, ran.stderr) == (0, "")


@pytest.mark.parametrize("path", SHARING, ids=" ".join)
def test_every_command_has_the_options_of_every_command(path: tuple[str, ...]) -> None:
    known = {option for param in COMMANDS[path].params for option in param.opts}
    assert known >= OPTIONS


def test_an_option_may_stand_before_or_after_the_command(tmp_path: Path) -> None:
    nothing = str(tmp_path / "nothing.json")
    before = CliRunner().invoke(app, ["--json", "--context", nothing, "season", "list"])
    after = CliRunner().invoke(app, ["season", "list", "--json", "--context", nothing])
    assert (before.exit_code, after.exit_code) == (2, 2)
    assert before.stdout == after.stdout
    assert '"context_missing"' in before.stdout


def test_an_unknown_command_or_option_ends_with_2() -> None:
    assert CliRunner().invoke(app, ["nonsense"]).exit_code == 2
    assert CliRunner().invoke(app, ["season", "open"]).exit_code == 2
