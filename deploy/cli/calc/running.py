"""One answer a document, in order; an impossible one is reported and the rest goes on."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError
from pydantic_core import PydanticCustomError

from deploy.cli.json_input import Unreadable, documents, read_json, shown
from shared.editions import FormulaError, UnpublishedConstant
from shared.errors import DomainError

Source = Annotated[
    Path | None,
    typer.Option("--file", exists=True, dir_okay=False, readable=True, help="Instead of stdin."),
]
Answer = dict[str, object]
DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_RUPIAH = 2**53 - 1


def _decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and DECIMAL.fullmatch(value):
        return Decimal(value)
    raise PydanticCustomError("decimal", "must be a number or a decimal string")


def _day(value: object) -> date:
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "must be a day such as 2024-05-31")


def _rupiah(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_RUPIAH:
        return value
    raise PydanticCustomError(
        "rupiah", "must be whole rupiah from 0 to {most}", {"most": MOST_RUPIAH}
    )


Number = Annotated[Decimal, PlainValidator(_decimal)]
Day = Annotated[date, PlainValidator(_day)]
Rupiah = Annotated[int, PlainValidator(_rupiah)]
Id = Annotated[str, Field(min_length=1, max_length=130)]


class Impossible(ValueError):
    """A document asks for what cannot be; the message is a sentence."""


class Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def refuse_twice(what: str, names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise Impossible(f"{what} {shown(twice[0])} is there twice.")


def run(file: Path | None, answer: Callable[[object], Answer]) -> None:
    """Answers every document of the file or of stdin; exit 2 if one of them was impossible."""
    if file is None:
        succeeded = _answer_all(typer.get_binary_stream("stdin"), answer)
    else:
        with file.open("rb") as stream:
            succeeded = _answer_all(stream, answer)
    if not succeeded:
        raise typer.Exit(2)


def _answer_all(stream: BinaryIO, answer: Callable[[object], Answer]) -> bool:
    succeeded = True
    for line, raw in documents(stream):
        try:
            found = answer(read_json(raw))
        except (
            Unreadable,
            ValidationError,
            FormulaError,
            UnpublishedConstant,
            Impossible,
            DomainError,
        ) as error:
            succeeded = False
            found: Answer = {"error": _sentence(error)}
            typer.echo(f"line {line}: {found['error']}", err=True)
        typer.echo(json.dumps(found))
    return succeeded


def _sentence(error: ValueError | DomainError) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if first["type"] == "model_type":
        return "The document must be a JSON object."
    where = ".".join(shown(str(part)) for part in first["loc"]) or "A key"
    return f"{where}: {first['msg']}."
