"""`inda season` and `inda agency`: what the innovation office sets up."""

from typing import Annotated

import typer

from deploy.cli.arguments import Reason, RegionFilter, day, given, moment
from deploy.cli.client import Document
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

season = typer.Typer(no_args_is_help=True, help="Reporting seasons and their deadlines.")
agency = typer.Typer(no_args_is_help=True, help="Agencies (SKPD), their tree, commitments.")

SeasonId = Annotated[str, typer.Argument(metavar="SEASON", help="The season's id, such as 2026.")]
AgencyId = Annotated[
    str, typer.Argument(metavar="AGENCY", help="The agency's id, such as hss-dinkes.")
]
MOMENT_HELP = "Such as 2026-08-31T23:59; WITA unless it says otherwise."

SEASON: tuple[Column, ...] = (
    ("Season", "season_id"),
    ("Name", "name"),
    ("Instrument", "edition_id"),
    ("Opens", "opens_at"),
    ("Deadline", "deadline"),
    ("Open", "is_open"),
    ("Training", "training"),
)
AGENCY: tuple[Column, ...] = (
    ("Agency", "agency_id"),
    ("Name", "name"),
    ("Kind", "kind"),
    ("Below", "parent_id"),
    ("Region", "region_id"),
    ("Promised", lambda row: [_promise(each) for each in row["commitments"]]),
    ("Closed", "is_closed"),
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
    """Show a season, with every extension of its deadline."""
    found = session.api("submission").get(f"/seasons/{season_id}")
    extensions = listed(
        found["extensions"],
        ("From", "previous_deadline"),
        ("To", "deadline"),
        ("Reason", "reason"),
        ("By", "by"),
        title="Extensions",
    )
    tables = [detailed(found, *SEASON), *([extensions] if found["extensions"] else [])]
    session.out.answer(found, *tables)


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
    training: Annotated[bool, typer.Option("--training", help="For practice only.")] = False,
) -> None:
    """Open a season; its instrument is frozen from then on."""
    body = {
        "season_id": season_id,
        "name": name,
        "edition": edition,
        "opens_at": moment(opens_at),
        "deadline": moment(deadline),
        "revision_days": revision_days,
        "training": training,
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
    body = {"deadline": moment(deadline), "reason": reason}
    written = session.api("submission").post(f"/seasons/{season_id}/extensions", body)
    show_written(session, written, f"The deadline of season {season_id} is {deadline}.")


@season.command("close")
@writing
def close_season(session: Session, season_id: SeasonId) -> None:
    """Close a season: nothing is drafted or submitted in it any more."""
    written = session.api("submission").post(f"/seasons/{season_id}/closing")
    show_written(session, written, f"Season {season_id} is closed.")


@agency.command("list")
@listing
def list_agencies(
    session: Session,
    region: RegionFilter = None,
    below: Annotated[str | None, typer.Option("--below", help="This one and all below.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Such as agency, village.")] = None,
) -> None:
    """List the agencies."""
    filters = given(region=region, below=below, kind=kind)
    found = session.api("submission").pages("/agencies", every=session.every_page, **filters)
    show_page(session, found, *AGENCY)


@agency.command("show")
@reading
def show_agency(session: Session, agency_id: AgencyId) -> None:
    """Show an agency and what it has promised."""
    found = session.api("submission").get(f"/agencies/{agency_id}")
    session.out.answer(found, detailed(found, *AGENCY, ("Source", "source")))


@agency.command("register")
@writing
def register_agency(
    session: Session,
    agency_id: AgencyId,
    name: Annotated[str, typer.Option("--name", help="The full official name.")],
    kind: Annotated[str, typer.Option("--kind", help="Such as regency, agency, village, school.")],
    parent: Annotated[str | None, typer.Option("--parent", help="The agency above it.")] = None,
    short_name: Annotated[str, typer.Option("--short-name", help="Its abbreviation.")] = "",
    source: Annotated[str, typer.Option("--source", help="Where it is known from.")] = "",
    sample: Annotated[bool, typer.Option("--sample", help="It is invented.")] = False,
) -> None:
    """Register an agency at its place in the tree."""
    body = {
        "agency_id": agency_id,
        "name": name,
        "short_name": short_name,
        "kind": kind,
        "parent_id": parent,
        "source": source,
        "sample": sample,
    }
    written = session.api("submission").post("/agencies", body)
    show_written(session, written, f"Agency {agency_id} is registered.")


@agency.command("commit")
@writing
def sign_commitment(
    session: Session,
    agency_id: AgencyId,
    season_id: Annotated[str, typer.Option("--season", help="For which season.")],
    letter_number: Annotated[str, typer.Option("--letter-number", help="The signed letter's.")],
    signed_on: Annotated[str, typer.Option("--signed-on", help="The day, such as 2026-02-01.")],
    promised: Annotated[int, typer.Option("--promised", min=1, help="Innovations at least.")] = 1,
) -> None:
    """Record the commitment that an agency's head has signed."""
    body = {
        "season_id": season_id,
        "innovations_promised": promised,
        "letter_number": letter_number,
        "signed_on": day(signed_on),
    }
    written = session.api("submission").post(f"/agencies/{agency_id}/commitments", body)
    show_written(session, written, f"The commitment of {agency_id} is recorded.")


@agency.command("rename")
@writing
def rename_agency(
    session: Session,
    agency_id: AgencyId,
    name: Annotated[str, typer.Option("--name", help="The new name.")],
    short_name: Annotated[str, typer.Option("--short-name", help="Its abbreviation.")] = "",
) -> None:
    """Give an agency its new name."""
    body = {"name": name, "short_name": short_name}
    written = session.api("submission").put(f"/agencies/{agency_id}/name", body, if_match=True)
    show_written(session, written, f"Agency {agency_id} is now {name}.")


@agency.command("close")
@writing
def close_agency(session: Session, agency_id: AgencyId, reason: Reason) -> None:
    """Close an agency: it drafts nothing any more."""
    written = session.api("submission").post(f"/agencies/{agency_id}/closing", {"reason": reason})
    show_written(session, written, f"Agency {agency_id} is closed.")


def _promise(commitment: Document) -> str:
    return f"{commitment['innovations_promised']} in {commitment['season_id']}"
