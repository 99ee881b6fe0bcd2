"""`inda region form`, `government-aspect`: the rows (SPD) that the innovation office enters."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from deploy.cli.arguments import BodyFile, body_of
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.output import Column, Record, detailed, line, listed
from deploy.cli.scores.regions import RegionId, SeasonId, region
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

HEAD: tuple[Column, ...] = (
    ("Region", "region_id"),
    ("Instrument", "edition_id"),
    ("Total", lambda row: f"{row['total']} of {row['highest']}"),
    ("Entered by", "recorded_by"),
    ("At", "recorded_at"),
)
ROW: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Name", "name"),
    ("Weight", "weight"),
    ("Levels", lambda row: _levels(row)),
    ("Entered level", "level"),
    ("Score", "score"),
    ("Source", "source"),
    ("Mind", "flag"),
)


@region.command("form")
@reading
def show_form(
    session: Session,
    season_id: SeasonId,
    region_id: RegionId,
    edition: Annotated[
        str | None,
        typer.Option("--edition", help="Of which instrument, while nothing was scored yet."),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Save it as `government-aspect` takes it."),
    ] = None,
) -> None:
    """Show all rows of the government aspect (SPD): what they ask for, and what is entered."""
    path = f"/regions/{season_id}/{region_id}/government-aspect"
    found = session.api("scoring").get(path, edition=edition)
    shown: list[RenderableType] = [detailed(found, *HEAD), listed(found["rows"], *ROW)]
    if save is not None:
        _save(found, save)
        shown = [line(f"Saved in {save}.")]
    session.out.answer(found, *shown)


@region.command("government-aspect")
@writing
def record_government_aspect(
    session: Session, season_id: SeasonId, region_id: RegionId, file: BodyFile
) -> None:
    """Record the government aspect (SPD): a JSON file with "edition" and "rows".

    Each row names its indicator, its level and the source of it; one left out is at level 0.
    `inda region form` shows the rows, and saves such a file.
    """
    path = f"/regions/{season_id}/{region_id}/government-aspect"
    written = session.api("scoring").put(path, body_of(file), if_match=True)
    show_written(session, written, f"The government aspect of {region_id} is recorded.")


def _save(found: Document, target: Path) -> None:
    """Rows without a source are left for people to fill in: they are refused as they are."""
    rows = [
        {"indicator": each["indicator"], "level": each["level"], "source": each["source"] or ""}
        for each in found["rows"]
    ]
    told = {"edition": found["edition_id"], "rows": rows}
    try:
        target.write_text(json.dumps(told, indent=2, ensure_ascii=False))
    except OSError as error:
        raise Misuse("file_unwritable", f"{target} cannot be written: {error.strerror}.") from None


def _levels(row: Record) -> list[str]:
    return [f"{each['level']}: {each['text']}" for each in row["levels"] or ()]
