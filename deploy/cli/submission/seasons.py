"""`inda season`: opened with its rules, extended, with late exceptions, closed."""

from typing import Annotated, Literal

import typer

from deploy.cli.arguments import Reason, has_offset, moment
from deploy.cli.client import Api, Document
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.plain import in_wita
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

season = typer.Typer(no_args_is_help=True, help="Reporting seasons, deadlines, who owes what.")

SeasonId = Annotated[str, typer.Argument(metavar="SEASON", help="The season's id, such as 2026.")]
Zone = Literal["WIB", "WITA", "WIT"]
ZONES: dict[Zone, str] = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
MOMENT_HELP = "Such as 2026-08-31T23:59, in the season's time zone unless it says otherwise."

SEASON: tuple[Column, ...] = (
    ("Season", "season_id"),
    ("Name", "name"),
    ("Instrument", "edition_id"),
    ("Opens", "opens_at"),
    ("Deadline", "deadline"),
    ("Open", "is_open"),
    ("Training", "training"),
    ("Grace (minutes)", "grace_minutes"),
    ("Endorsement", lambda row: "required" if row["endorsement_required"] else "free"),
    ("Now", "clock.phase"),
)
RULES: tuple[Column, ...] = (
    ("Time zone", "time_zone"),
    ("Days for a revision", "revision_days"),
    ("Who owes an innovation", "obliged_kinds"),
    ("Instrument (digest)", "edition_digest"),
    ("Your deadline", "clock.deadline"),
    ("Your files may finish until", "clock.grace_until"),
)
EXTENSION: tuple[Column, ...] = (
    ("From", "previous_deadline"),
    ("To", "deadline"),
    ("Reason", "reason"),
    ("By", "by"),
)
EXCEPTION: tuple[Column, ...] = (
    ("Agency", "agency_id"),
    ("Until", "until"),
    ("Reason", "reason"),
    ("By", "by"),
)


@season.command("list")
@reading
def list_seasons(session: Session) -> None:
    """List the seasons."""
    found = session.api("submission").get("/seasons")
    session.out.answer(found, listed(found["items"], *SEASON))


@season.command("show")
@reading
def show_season(session: Session, season_id: SeasonId) -> None:
    """Show a season: its rules, its clock, every extension and late exception."""
    found = session.api("submission").get(f"/seasons/{season_id}")
    more = {"Extensions": (found["extensions"], EXTENSION)}
    more["Late exceptions"] = (found["exceptions"], EXCEPTION)
    tables = [
        listed(rows, *columns, title=title) for title, (rows, columns) in more.items() if rows
    ]
    clock = line(found["clock"]["sentence"])
    session.out.answer(found, clock, detailed(found, *SEASON, *RULES), *tables)


@season.command("open")
@writing
def open_season(
    session: Session,
    season_id: SeasonId,
    name: Annotated[str, typer.Option("--name", help="What people call it.")],
    edition: Annotated[str, typer.Option("--edition", help="The instrument: 2026 or 2026-r1.")],
    opens_at: Annotated[str, typer.Option("--opens-at", help=MOMENT_HELP)],
    deadline: Annotated[str, typer.Option("--deadline", help=MOMENT_HELP)],
    revision_days: Annotated[
        int, typer.Option("--revision-days", help="Days that an agency has for a revision.")
    ] = 7,
    grace_minutes: Annotated[
        int,
        typer.Option(
            "--grace-minutes",
            min=0,
            max=1440,
            help="How long files that were declared in time may still come in.",
        ),
    ] = 0,
    endorsement_required: Annotated[
        bool,
        typer.Option("--endorsement-required", help="The agency's head endorses before it is in."),
    ] = False,
    time_zone: Annotated[
        Zone, typer.Option("--time-zone", help="In which the deadline is announced.")
    ] = "WITA",
    obliged_kind: Annotated[
        list[str] | None,
        typer.Option(
            "--obliged-kind",
            help="Who owes an innovation, such as agency, village; may be repeated. Else all but"
            " governments and communities.",
        ),
    ] = None,
    training: Annotated[
        bool, typer.Option("--training", help="For practice only; the id begins with latihan-.")
    ] = False,
) -> None:
    """Open a season; its instrument is frozen from then on."""
    body = {
        "season_id": season_id,
        "name": name,
        "edition": edition,
        "opens_at": moment(opens_at, ZONES[time_zone]),
        "deadline": moment(deadline, ZONES[time_zone]),
        "revision_days": revision_days,
        "training": training,
        "grace_minutes": grace_minutes,
        "endorsement_required": endorsement_required,
        "time_zone": ZONES[time_zone],
        "obliged_kinds": obliged_kind or [],
    }
    written = session.api("submission").post("/seasons", body)
    show_written(session, written, f"Season {season_id} is open.")


@season.command("extend")
@writing
def extend_deadline(
    session: Session,
    season_id: SeasonId,
    deadline: Annotated[str, typer.Option("--deadline", help=MOMENT_HELP)],
    reason: Reason,
) -> None:
    """Move a season's deadline to a later moment; it never moves back."""
    api = session.api("submission")
    until = _announced(api, season_id, deadline)
    written = api.post(f"/seasons/{season_id}/extensions", {"deadline": until, "reason": reason})
    show_written(session, written, f"The deadline of season {season_id} is {in_wita(until)}.")


@season.command("late")
@writing
def grant_late_exception(
    session: Session,
    season_id: SeasonId,
    agency_id: Annotated[
        str, typer.Argument(metavar="AGENCY", help="It holds for the agency and all below it.")
    ],
    until: Annotated[str, typer.Option("--until", help=MOMENT_HELP)],
    reason: Reason,
) -> None:
    """Let one agency submit after the deadline, until a moment, for a reason that stays."""
    api = session.api("submission")
    moved = _announced(api, season_id, until)
    body: Document = {"agency_id": agency_id, "until": moved, "reason": reason}
    written = api.post(f"/seasons/{season_id}/late-exceptions", body)
    show_written(session, written, f"{agency_id} may submit until {in_wita(moved)}.")


@season.command("close")
@writing
def close_season(session: Session, season_id: SeasonId) -> None:
    """Close a season: nothing is drafted or submitted in it any more."""
    written = session.api("submission").post(f"/seasons/{season_id}/closing")
    show_written(session, written, f"Season {season_id} is closed.")


def _announced(api: Api, season_id: str, text: str) -> str:
    """The moment, in the zone that the season is announced in where the text names none."""
    if has_offset(text):
        return moment(text)
    return moment(text, api.get(f"/seasons/{season_id}")["time_zone"])
