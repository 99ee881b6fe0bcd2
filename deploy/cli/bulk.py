"""`inda agency` and `inda innovation` in bulk: import, export, template."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import httpx
import typer

from deploy.cli.arguments import AgencyFilter, RegionFilter, SeasonFilter
from deploy.cli.client import Api, Document
from deploy.cli.failures import REFUSED, Misuse
from deploy.cli.output import Column, line, listed
from deploy.cli.saving import download
from deploy.cli.session import Session, reading, writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_BYTES = 5 * 1024 * 1024
PATIENT = httpx.Timeout(300.0, connect=5.0)
"""A sheet of thousands of rows is decided, or a large export written, before the answer begins."""

Mode = Literal["all_or_nothing", "row_by_row"]
SheetFormat = Literal["xlsx", "json", "csv"]
ManyFormat = Literal["xlsx", "json", "csv", "zip"]
SheetFile = Annotated[Path, typer.Argument(metavar="FILE", help="XLSX or CSV; - reads stdin.")]
ModeOption = Annotated[
    Mode, typer.Option("--mode", help="Store all rows or none, or each row by itself.")
]
SaveOption = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Where to; else under the name it comes with."),
]
ROW: tuple[Column, ...] = (
    ("Row", "row"),
    ("Outcome", "outcome"),
    ("Id", "key"),
    ("Name", "name"),
)
FAULT: tuple[Column, ...] = (
    ("Row", "row"),
    ("Column", "column"),
    ("What is wrong", "sentence"),
    ("Code", "code"),
)
ROWS_SHOWN = 50


@writing
def import_agencies(session: Session, file: SheetFile, mode: ModeOption = "all_or_nothing") -> None:
    """Register and rename agencies from a sheet; parents may stand in any row."""
    _import(session, file, "/imports/agencies", mode=mode)


@writing
def import_innovations(
    session: Session,
    file: SheetFile,
    season: Annotated[str, typer.Option("--season", help="Into which season.")],
    mode: ModeOption = "all_or_nothing",
) -> None:
    """Draft and change innovations from a sheet, with the levels that they claim."""
    _import(session, file, "/imports/innovations", mode=mode, season_id=season)


@reading
def agency_template(session: Session, save: SaveOption = None) -> None:
    """Save the sheet to fill in with agencies."""
    download(session, _api(session), "/imports/agencies/template.xlsx", save)


@reading
def innovation_template(
    session: Session,
    season: Annotated[str, typer.Option("--season", help="For which season.")],
    save: SaveOption = None,
) -> None:
    """Save the sheet to fill in with innovations; it explains itself."""
    download(session, _api(session), "/imports/innovations/template.xlsx", save, season_id=season)


@reading
def export_agencies(
    session: Session,
    region: RegionFilter = None,
    below: Annotated[str | None, typer.Option("--below", help="This one and all below.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Such as agency, village.")] = None,
    format: Annotated[SheetFormat, typer.Option("--format", help="The kind of file.")] = "xlsx",
    save: SaveOption = None,
) -> None:
    """Save the agencies as the sheet that `import` reads."""
    asked = {"region": region, "below": below, "kind": kind, "format": format}
    download(session, _api(session), "/exports/agencies", save, **asked)


@reading
def export_innovations(
    session: Session,
    innovation: Annotated[
        str | None, typer.Argument(metavar="INNOVATION", help="Only this one; else all you see.")
    ] = None,
    season: SeasonFilter = None,
    agency: AgencyFilter = None,
    region: RegionFilter = None,
    state: Annotated[str | None, typer.Option("--state", help="Such as draft.")] = None,
    format: Annotated[
        ManyFormat, typer.Option("--format", help="The kind of file; a ZIP has the evidence too.")
    ] = "xlsx",
    save: SaveOption = None,
) -> None:
    """Save innovations in the shape of the national form: profile, 20 indicators, files."""
    if innovation is not None:
        download(session, _api(session), f"/innovations/{innovation}/export", save, format=format)
        return
    asked = {"season_id": season, "agency_id": agency, "region_id": region, "state": state}
    download(session, _api(session), "/exports/innovations", save, **asked, format=format)


def add_to(agency: typer.Typer, innovation: typer.Typer) -> None:
    for group, name, command in (
        (agency, "import", import_agencies),
        (agency, "export", export_agencies),
        (agency, "template", agency_template),
        (innovation, "import", import_innovations),
        (innovation, "export", export_innovations),
        (innovation, "template", innovation_template),
    ):
        group.command(name)(command)


def _api(session: Session) -> Api:
    return session.api("submission", timeout=PATIENT)


def _import(session: Session, file: Path, path: str, **asked: object) -> None:
    """Shows the report. Exit code 1 when a row is refused."""
    content = _content(file)
    with session.out.progress() as progress:
        progress.add_task(f"{file.name} ({len(content)} bytes)", total=None)
        report = _api(session).send(path, content, _media_type(content), **asked)
    _show(session, report)
    if report["totals"]["refused"]:
        raise typer.Exit(REFUSED)


def _show(session: Session, report: Document) -> None:
    rows: list[Document] = report["rows"]
    faults = [{**error, "row": row["row"]} for row in rows for error in row["errors"]]
    changed = [row for row in rows if row["outcome"] in ("created", "updated")]
    tables = [
        *([listed(changed[:ROWS_SHOWN], *ROW, title="Rows")] if changed else []),
        *([listed(faults, *FAULT, title="Refused rows")] if faults else []),
        line(report["summary"]),
    ]
    session.out.answer(report, *tables)
    if len(changed) > ROWS_SHOWN and not session.out.as_json:
        session.out.tell(f"{len(changed) - ROWS_SHOWN} more rows are in the answer of --json.")


def _content(file: Path) -> bytes:
    """Raises `Misuse`."""
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None
    if len(content) > MAX_BYTES:
        raise Misuse("file_too_large", f"{file} has more than {MAX_BYTES} bytes; split it.")
    return content


def _media_type(content: bytes) -> str:
    return XLSX if content.startswith(b"PK") else "text/csv"
