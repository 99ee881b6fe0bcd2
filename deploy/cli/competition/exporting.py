"""`inda competition export`: published results as open data, in a file."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.arguments import SeasonFilter, given
from deploy.cli.competition.group import competition
from deploy.cli.failures import Misuse
from deploy.cli.saving import download
from deploy.cli.session import Session, reading

FORMATS = ("csv", "json")


@competition.command("export")
@reading
def export_results(
    session: Session,
    save: Annotated[Path, typer.Option("--save", metavar="FILE", help="Where to: .csv or .json.")],
    competition_id: Annotated[
        str | None, typer.Argument(metavar="[COMPETITION]", help="Only this; else all.")
    ] = None,
    season: SeasonFilter = None,
) -> None:
    """Save published results with the links that prove them; nobody needs to log in for it."""
    filters = given(season_id=season, competition_id=competition_id, format=_format_of(save))
    download(session, session.public("awards"), "/results/export", save, **filters)


def _format_of(file: Path) -> str:
    suffix = file.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise Misuse("format_unknown", f"{file} should end with .csv or .json.")
    return suffix
