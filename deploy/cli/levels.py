"""`inda levels`: how long dossiers wait, what is late, who carries how much, what gets done."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from deploy.cli.arguments import RegionFilter, given
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.output import Column, detailed, listed
from deploy.cli.saving import download
from deploy.cli.session import Session, reading
from deploy.cli.submission.seasons import SeasonId

FORMATS = ("csv", "xlsx")
HEAD: tuple[Column, ...] = (
    ("At", "at"),
    ("Done", lambda row: f"{row['done']} of {row['total']}"),
    ("Overdue", "overdue_total"),
    ("A review should take (days)", "review_days"),
    ("Median days to the end", "median_days_to_end"),
)
STATE: tuple[Column, ...] = (
    ("State", "state"),
    ("Dossiers", "count"),
    ("Overdue", "overdue"),
    ("Median hours", "median_hours"),
    ("Oldest (hours)", "oldest_hours"),
)
OVERDUE: tuple[Column, ...] = (
    ("Dossier", "dossier_id"),
    ("Title", "title"),
    ("Agency", "agency_id"),
    ("State", "state"),
    ("Due", "due_at"),
    ("Hours late", "hours_late"),
)
WORK: tuple[Column, ...] = (
    ("Verifier", "verifier_id"),
    ("Holds", "held"),
    ("Verdicts", "verdicts"),
    ("Reviews ended", "ended"),
    ("Second looks", "second_looks"),
    ("Resolved", "resolved"),
)
DAY: tuple[Column, ...] = (
    ("Day", "day"),
    ("Came in", "opened"),
    ("Reviewed", "reviewed"),
    ("Verified", "verified"),
    ("Rejected", "rejected"),
)
COUNTED = ("opened", "reviewed", "verified", "rejected")


@reading
def show_levels(
    session: Session,
    season_id: SeasonId,
    region: RegionFilter = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=366, help="How many days up to today are counted.")
    ] = 30,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Save it as a table: .xlsx or .csv."),
    ] = None,
) -> None:
    """Show the service levels of verification: ages, what is late, workload, throughput."""
    api = session.api("verification")
    asked = given(season_id=season_id, region_id=region, days=days)
    if save is not None:
        path = "/service-levels/export"
        download(session, api, path, save, **asked, format=format_of(save))
        return
    found = api.get("/service-levels", **asked)
    session.out.answer(found, *_tables(found))


def format_of(file: Path) -> str:
    """By the name of the file. Raises `Misuse`."""
    suffix = file.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise Misuse("format_unknown", f"{file} should end with .xlsx or .csv.")
    return suffix


def _tables(found: Document) -> list[RenderableType]:
    """Days on which nothing happened are left out for people."""
    busy = [day for day in found["days"] if any(day[each] for each in COUNTED)]
    rows = (
        ("States", [each for each in found["states"] if each["count"]], STATE),
        ("Overdue", found["overdue"], OVERDUE),
        ("Verifiers", found["verifiers"], WORK),
        ("Days", busy, DAY),
    )
    tables = [listed(each, *columns, title=title) for title, each, columns in rows if each]
    return [detailed(found, *HEAD), *tables]
