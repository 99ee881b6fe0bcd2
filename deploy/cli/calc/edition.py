"""The formulas of an edition: maturity, government aspect, index, band and window."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pydantic import Field, StrictInt

from deploy.cli.calc.running import Answer, Day, Number, Request, Source, run
from shared import editions
from shared.editions import Edition, EditionError, SidRow, SpdRow

EditionId = Annotated[str, typer.Option("--edition", help="A year (2026) or a revision (2026-r1).")]


def add_to(calc: typer.Typer) -> None:
    calc.command("maturity")(maturity)
    calc.command("government-aspect")(government_aspect)
    calc.command("index")(index)
    calc.command("band")(band)
    calc.command("window")(window)


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


def maturity(edition: EditionId, file: Source = None) -> None:
    """{"levels": {"SID-01": 3, ...}} -> {"maturity", "rows"}; an indicator left out is level 0."""
    run_by_edition(edition, file, _maturity)


def government_aspect(edition: EditionId, file: Source = None) -> None:
    """{"levels": {"SPD-01": 3, ...}} -> {"spd", "rows"}; "spd_weights" where none are published."""
    run_by_edition(edition, file, _government_aspect)


def index(edition: EditionId, file: Source = None) -> None:
    """{"spd", "maturity": [...], "basic_service_affairs"} -> {"index", "band", "divisor", ...}.

    "min_basic_service_affairs" and "divisor_floor" may be given where the edition has none;
    where it has no bands, "band" is null and "unpublished" says so.
    """
    run_by_edition(edition, file, _index)


def band(edition: EditionId, file: Source = None) -> None:
    """{"index": "49.82"} -> {"band": "inovatif"}."""
    run_by_edition(edition, file, _band)


def window(edition: EditionId, file: Source = None) -> None:
    """{"implemented_on", "developed_on"?} -> {"in_window", "first_day", "last_day"}."""
    run_by_edition(edition, file, _window)


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
        **({"unpublished": found.unpublished} if found.unpublished else {}),
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


def run_by_edition(
    edition_id: str, file: Path | None, answer: Callable[[Edition, object], Answer]
) -> None:
    """As `run`, each document by this edition; exit 2 where there is no such edition."""
    try:
        edition = editions.load(edition_id)
    except EditionError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    run(file, partial(answer, edition))
