"""What a command says: the answer on standard output, everything else on standard error."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import typer
from rich.console import Console, RenderableType
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from deploy.cli.failures import Failure
from deploy.cli.mending import told
from deploy.cli.plain import MOMENT, clean, in_wita

Record = Mapping[str, Any]
Column = tuple[str, str | Callable[[Record], object]]
WIDTH_OF_A_PIPE = 200


class Output:
    """Tables for people, or with `--json` the documents themselves and nothing else."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._out = _console(to_error=False)
        self.error = _console(to_error=True)

    def answer(self, document: object, *shown: RenderableType) -> None:
        """`document` is the machine's answer, `shown` the same for people."""
        if self.as_json:
            typer.echo(json.dumps(document, indent=2, ensure_ascii=False, default=str))
            return
        for each in shown:
            # A sentence or an address stays one line, however narrow the terminal is.
            self._out.print(each, soft_wrap=isinstance(each, Text))

    def tell(self, line: str) -> None:
        self.error.print(Text(clean(line)), soft_wrap=True)

    def show_aside(self, shown: RenderableType) -> None:
        """What helps a person beside the answer; scripts find it in the problem itself."""
        if not self.as_json:
            self.error.print(shown)

    def failed(self, failure: Failure) -> None:
        if self.as_json:
            typer.echo(json.dumps(failure.problem, indent=2, ensure_ascii=False, default=str))
            return
        self.tell(told(failure))

    def progress(self) -> Progress:
        is_hidden = self.as_json or not self.error.is_terminal
        return Progress(console=self.error, transient=True, disable=is_hidden)


def _console(*, to_error: bool) -> Console:
    console = Console(stderr=to_error, highlight=False)
    return (
        console
        if console.is_terminal
        else Console(stderr=to_error, highlight=False, width=WIDTH_OF_A_PIPE)
    )


def listed(rows: Iterable[Record], *columns: Column, title: str | None = None) -> Table:
    """A table; a column names a field (`a.b` looks inside) or computes its cell."""
    table = Table(title=title, title_justify="left")
    for heading, _ in columns:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row, of) for _, of in columns))
    return table


def detailed(record: Record, *fields: Column, title: str | None = None) -> Table:
    """One thing, a line for each of its fields."""
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for heading, of in fields:
        table.add_row(heading, _cell(record, of))
    return table


def line(text: str) -> Text:
    return Text(clean(text))


def rupiah(amount: object) -> str:
    """Such as `Rp43.500.000`, or `-Rp500`."""
    whole = int(str(amount))
    return f"{'-' if whole < 0 else ''}Rp{abs(whole):,}".replace(",", ".")


def money(field: str) -> Callable[[Record], str | None]:
    """A cell of whole rupiah; empty where nothing is known."""

    def shown(record: Record) -> str | None:
        found = record.get(field)
        return None if found is None else rupiah(found)

    return shown


def _cell(record: Record, of: str | Callable[[Record], object]) -> Text:
    return Text(clean(_shown(of(record) if callable(of) else _inside(record, of))))


def _inside(record: Record, path: str) -> object:
    found: object = record
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        inside: Record = found  # pyright: ignore[reportUnknownVariableType]
        found = inside.get(name)
    return found


def _shown(value: object) -> str:
    match value:
        case None | "" | [] | ():
            return "-"
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(_shown(each) for each in cast("list[object]", value))
        case str() if MOMENT.fullmatch(value):
            return in_wita(value)
        case _:
            return str(value)
