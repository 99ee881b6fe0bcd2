"""What people write on a command line or in a file, as the services want it."""

import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from deploy.cli.failures import Misuse
from deploy.cli.json_input import Unreadable, read_json
from services.submission.domain.season import HOURS_AHEAD

Innovation = Annotated[
    str, typer.Argument(metavar="INNOVATION", help="The innovation's id, as the lists show it.")
]
Dossier = Annotated[
    str, typer.Argument(metavar="DOSSIER", help="The dossier's id, as `inda queue` shows it.")
]
Competition = Annotated[str, typer.Argument(metavar="COMPETITION", help="The competition's id.")]
Indicator = Annotated[
    str, typer.Argument(metavar="INDICATOR", help="An indicator, such as SID-03.")
]
BodyFile = Annotated[Path, typer.Option("--file", help="A JSON file; - reads standard input.")]
SeasonFilter = Annotated[str | None, typer.Option("--season", help="Only of this season.")]
RegionFilter = Annotated[str | None, typer.Option("--region", help="Only of this region.")]
AgencyFilter = Annotated[
    str | None, typer.Option("--agency", help="Only of this agency or below it.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; it stays in the history.")]


def body_of(file: Path) -> dict[str, Any]:
    """The JSON object of a file. Raises `Misuse` with a sentence about the file."""
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None
    try:
        found = read_json(raw)
    except Unreadable as error:
        raise Misuse("file_unreadable", f"{file}: {error}") from None
    if not isinstance(found, dict):
        raise Misuse("file_unreadable", f"{file} must hold one JSON object.")
    return cast("dict[str, Any]", found)


def moment(text: str, zone: str = "Asia/Makassar") -> str:
    """A moment with its offset. Without one it is meant in the zone. Raises `Misuse`."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or len(text) <= len("2026-08-31"):
        raise Misuse("moment_unreadable", f"{text} is not a moment such as 2026-08-31T23:59.")
    local = timezone(timedelta(hours=HOURS_AHEAD[zone]))
    return (found if found.tzinfo else found.replace(tzinfo=local)).isoformat()


def has_offset(text: str) -> bool:
    """Whether a moment says itself in which zone it is meant."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return True


def day(text: str) -> str:
    """A calendar day. Raises `Misuse`."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Misuse("day_unreadable", f"{text} is not a day such as 2026-08-31.") from None


def pair(text: str, example: str) -> tuple[str, str]:
    """The two halves of `name=value`. Raises `Misuse`."""
    name, separator, value = text.partition("=")
    if not separator or not name.strip() or not value.strip():
        raise Misuse("pair_unreadable", f"{text} should read like {example}.")
    return name.strip(), value.strip()


def given(**values: object) -> dict[str, object]:
    """Those that were given."""
    return {name: value for name, value in values.items() if value is not None}
