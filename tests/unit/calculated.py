"""`inda calc` run in this process, on documents."""

import json
from typing import Any

import typer
from typer.testing import CliRunner

from deploy.cli.calc import calc

app = typer.Typer()
app.add_typer(calc, name="calc")


class Ran:
    """What came of one run: the exit code, an answer a document, and the reports."""

    def __init__(self, arguments: str, text: str | bytes) -> None:
        result = CliRunner().invoke(app, ["calc", *arguments.split()], input=text)
        self.code = result.exit_code
        self.answers = [json.loads(line) for line in result.stdout.splitlines()]
        self.reports = result.stderr.splitlines()


def answered(command: str, asked: object) -> dict[str, Any]:
    """The one answer to a document that can be answered."""
    ran = Ran(command, json.dumps(asked))
    assert (ran.code, ran.reports, len(ran.answers)) == (0, [], 1)
    return ran.answers[0]


def refused(command: str, asked: object) -> str:
    """The sentence for a document that cannot, and nothing else."""
    ran = Ran(command, json.dumps(asked))
    assert (ran.code, len(ran.answers), list(ran.answers[0])) == (2, 1, ["error"])
    assert ran.reports == [f"line 1: {ran.answers[0]['error']}"]
    return ran.answers[0]["error"]
