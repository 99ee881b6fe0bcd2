"""`inda calc`: the formulas of an edition as pure calculators, JSON in and JSON out."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StrictInt, ValidationError
from pydantic_core import PydanticCustomError

from deploy.cli.json_input import Unreadable, documents, read_json, shown
from shared import editions
from shared.editions import Edition, EditionError, FormulaError, SidRow, SpdRow, UnpublishedConstant

calc = typer.Typer(
    no_args_is_help=True,
    help="Pure calculators on an edition: JSON in (one document, or one a line), JSON out.",
)
EditionId = Annotated[str, typer.Option("--edition", help="A year (2026) or a revision (2026-r1).")]
Source = Annotated[
    Path | None,
    typer.Option("--file", exists=True, dir_okay=False, readable=True, help="Instead of stdin."),
]
Answer = dict[str, object]
DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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


Number = Annotated[Decimal, PlainValidator(_decimal)]
Day = Annotated[date, PlainValidator(_day)]


class Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MaturityRequest(Request):
    levels: dict[str, StrictInt]


class GovernmentAspectRequest(Request):
    levels: dict[str, StrictInt]
    weights: dict[str, Number] | None = Field(default=None, alias="spd_weights")


class IndexRequest(Request):
    spd: Number
    maturity: list[Number]
    basic_service_affairs: StrictInt
    divisor_floor: StrictInt | None = None
    min_basic_service_affairs: StrictInt | None = None


class BandRequest(Request):
    index: Number


class WindowRequest(Request):
    implemented_on: Day
    developed_on: Day | None = None


@calc.command("maturity")
def maturity(edition: EditionId, file: Source = None) -> None:
    """{"levels": {"SID-01": 3, ...}} -> {"maturity", "rows"}; an indicator left out is level 0."""
    _run(edition, file, _maturity)


@calc.command("government-aspect")
def government_aspect(edition: EditionId, file: Source = None) -> None:
    """{"levels": {"SPD-01": 3, ...}} -> {"spd", "rows"}; "spd_weights" where none are published."""
    _run(edition, file, _government_aspect)


@calc.command("index")
def index(edition: EditionId, file: Source = None) -> None:
    """{"spd", "maturity": [...], "basic_service_affairs"} -> {"index", "band", "divisor", ...}.

    "min_basic_service_affairs" and "divisor_floor" may be given where the edition has none.
    """
    _run(edition, file, _index)


@calc.command("band")
def band(edition: EditionId, file: Source = None) -> None:
    """{"index": "49.82"} -> {"band": "inovatif"}."""
    _run(edition, file, _band)


@calc.command("window")
def window(edition: EditionId, file: Source = None) -> None:
    """{"implemented_on", "developed_on"?} -> {"in_window", "first_day", "last_day"}."""
    _run(edition, file, _window)


def _maturity(edition: Edition, given: object) -> Answer:
    found = editions.maturity(edition, MaturityRequest.model_validate(given).levels)
    known = {row.code: row for row in edition.sid}
    return {"maturity": editions.plain(found.total), "rows": _rows(found.rows, known)}


def _government_aspect(edition: Edition, given: object) -> Answer:
    request = GovernmentAspectRequest.model_validate(given)
    found = editions.government_aspect(edition, request.levels, request.weights)
    known = {row.code: row for row in edition.spd or ()}
    return {"spd": editions.plain(found.total), "rows": _rows(found.rows, known)}


def _index(edition: Edition, given: object) -> Answer:
    request = IndexRequest.model_validate(given)
    constants = editions.Constants(request.divisor_floor, request.min_basic_service_affairs)
    found = editions.index(
        edition, request.spd, request.maturity, request.basic_service_affairs, constants
    )
    return {
        "index": str(found.index),
        "band": found.band,
        "divisor": found.divisor,
        "innovation_count_score": str(found.innovation_count_score),
        "average": str(found.average),
        "sid": str(found.sid),
        "total": str(found.total),
    }


def _band(edition: Edition, given: object) -> Answer:
    return {"band": editions.band(edition, BandRequest.model_validate(given).index)}


def _window(edition: Edition, given: object) -> Answer:
    request = WindowRequest.model_validate(given)
    days = editions.window(edition)
    return {
        "in_window": editions.in_window(edition, request.implemented_on, request.developed_on),
        "first_day": days.first_day.isoformat(),
        "last_day": days.last_day.isoformat(),
    }


def _rows(
    scores: Iterable[editions.RowScore], known: Mapping[str, SidRow | SpdRow]
) -> list[Answer]:
    """`name` and `mandatory` are null where the edition does not publish them."""
    return [
        {
            "indicator": score.indicator,
            "name": known[score.indicator].name_id if score.indicator in known else None,
            "weight": editions.plain(score.weight),
            "level": score.level,
            "score": editions.plain(score.score),
            "mandatory": _mandatory(known.get(score.indicator)),
        }
        for score in scores
    ]


def _mandatory(row: SidRow | SpdRow | None) -> bool | None:
    return row.mandatory if row and isinstance(row.mandatory, bool) else None


def _run(edition_id: str, file: Path | None, answer: Callable[[Edition, object], Answer]) -> None:
    try:
        edition = editions.load(edition_id)
    except EditionError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if file is None:
        succeeded = _answer_all(edition, typer.get_binary_stream("stdin"), answer)
    else:
        with file.open("rb") as stream:
            succeeded = _answer_all(edition, stream, answer)
    if not succeeded:
        raise typer.Exit(2)


def _answer_all(
    edition: Edition, stream: BinaryIO, answer: Callable[[Edition, object], Answer]
) -> bool:
    """One answer a document, in order; an impossible one is reported and the rest goes on."""
    succeeded = True
    for line, raw in documents(stream):
        try:
            found = answer(edition, read_json(raw))
        except (Unreadable, ValidationError, FormulaError, UnpublishedConstant) as error:
            succeeded = False
            found: Answer = {"error": _sentence(error)}
            typer.echo(f"line {line}: {found['error']}", err=True)
        typer.echo(json.dumps(found))
    return succeeded


def _sentence(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    if first["type"] == "model_type":
        return "The document must be a JSON object."
    where = ".".join(shown(str(part)) for part in first["loc"]) or "A key"
    return f"{where}: {first['msg']}."
