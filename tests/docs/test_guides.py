"""What the guides say of commands and of refused files is so."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from deploy.cli.main import app
from shared.documents.refusals import SENTENCES

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`(inda [^`]+)`")
RULE = re.compile(r"^\| `([a-z_]+)` \| (.+) \|$", re.MULTILINE)
PARAMETER = re.compile(r"{[a-z_]+}")
# Those written for people who type commands.
TYPED = (
    "operator.md",
    "admin.md",
    "verifier.md",
    "committee.md",
    "judge.md",
    "treasurer.md",
    "auditor.md",
)


def whole(guide: str) -> Iterator[str]:
    """The commands that can be typed as they stand."""
    for block in BLOCK.findall((GUIDES / guide).read_text()):
        yield from (line for line in block.splitlines() if line.startswith("inda "))


def mentioned() -> Iterator[tuple[str, str]]:
    """The commands in the text, which may leave out what does not matter there."""
    for file in sorted(GUIDES.glob("*.md")):
        for command in SPAN.findall(BLOCK.sub("", file.read_text())):
            yield file.name, " ".join(command.split())


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """The command that the words name, and what is left of them."""
    found: Any = typer.main.get_command(app)
    while hasattr(found, "commands") and words:
        if words[0].startswith("--"):
            words = words[2:]
            continue
        if words[0] not in found.commands:
            break
        found, words = found.commands[words[0]], words[1:]
    return found, words


def test_every_rule_that_refuses_a_file_stands_in_the_guide_as_it_is_said() -> None:
    told = dict(RULE.findall((GUIDES / "operator.md").read_text()))
    assert told == {rule: PARAMETER.sub("…", said) for rule, (said, _) in SENTENCES.items()}


@pytest.mark.parametrize(
    ("guide", "line"), [(guide, line) for guide in TYPED for line in whole(guide)]
)
def test_a_command_of_a_guide_can_be_typed_as_it_stands(guide: str, line: str) -> None:
    command, words = command_of(shlex.split(line, comments=True)[1:])
    assert not hasattr(command, "commands"), f"{guide}: {line}"
    command.make_context(command.name, words)


@pytest.mark.parametrize(("guide", "text"), [*mentioned()])
def test_a_command_that_a_guide_mentions_is_there_with_its_options(guide: str, text: str) -> None:
    command, words = command_of(shlex.split(text)[1:])
    is_group = hasattr(command, "commands")
    assert not (is_group and [word for word in words if not word.startswith("-")]), (guide, text)
    known = {option for param in command.params for option in param.opts}
    named = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert named <= known | {"--dry-run"}, (guide, text)
