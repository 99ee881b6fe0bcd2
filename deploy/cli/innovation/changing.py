"""An innovation is drafted, typed field by field, claimed, endorsed, developed, withdrawn."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.arguments import BodyFile, Indicator, Innovation, Reason, body_of
from deploy.cli.conflicts import both_texts_shown
from deploy.cli.innovation.fields import profile_change
from deploy.cli.innovation.group import innovation
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written

Assignments = Annotated[
    list[str],
    typer.Argument(
        metavar="FIELD=VALUE...",
        help="FIELD= clears it, FIELD=@file takes the text of a file; lists are a,b or JSON.",
    ),
]


@innovation.command("draft")
@writing
def draft_innovation(
    session: Session,
    season: Annotated[str, typer.Option("--season", help="The season it is for.")],
    agency: Annotated[str, typer.Option("--agency", help="The agency whose it is.")],
    file: Annotated[
        Path | None, typer.Option("--file", help="The profile in a JSON file; - reads stdin.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", help="Its name; the rest with `inda innovation set`.")
    ] = None,
) -> None:
    """Begin a draft, with its title or a whole profile; the answer names its id."""
    profile = {} if file is None else body_of(file)
    named = profile if title is None else {**profile, "title": title}
    body = {"season_id": season, "agency_id": agency, "profile": named}
    written = session.api("submission").post("/innovations", body)
    show_written(session, written, f"Innovation {written['id']} is drafted.")


@innovation.command("set")
@writing
def change_profile(session: Session, innovation_id: Innovation, change: Assignments) -> None:
    """Change fields of the profile; what is not named stays as it is.

    If somebody changed it since you saw it, nothing is lost: both texts are shown.
    """
    body = profile_change(change)
    api = session.api("submission")
    with both_texts_shown(session):
        written = api.patch(f"/innovations/{innovation_id}/profile", body, if_match=True)
    show_written(session, written, f"Saved: {', '.join(body)}.")


@innovation.command("profile")
@writing
def revise_profile(session: Session, innovation_id: Innovation, file: BodyFile) -> None:
    """Replace the profile by the one in a JSON file."""
    body, api = body_of(file), session.api("submission")
    with both_texts_shown(session):
        written = api.put(f"/innovations/{innovation_id}/profile", body, if_match=True)
    show_written(session, written, "The profile is replaced.")


@innovation.command("claim")
@writing
def claim_level(
    session: Session,
    innovation_id: Innovation,
    indicator: Indicator,
    level: Annotated[
        int, typer.Argument(metavar="LEVEL", min=0, max=3, help="0 to 3; 0 claims nothing.")
    ],
    basis: Annotated[str | None, typer.Option("--basis", help="Which variant: a, b, ...")] = None,
    subtype: Annotated[str | None, typer.Option("--subtype", help="Such as digital.")] = None,
) -> None:
    """Claim a level for an indicator."""
    body = {"level": level, "basis": basis, "subtype": subtype}
    path = f"/innovations/{innovation_id}/claims/{indicator}"
    written = session.api("submission").put(path, body)
    show_written(session, written, f"{indicator} is claimed at level {level}.")


@innovation.command("develop")
@writing
def develop_innovation(
    session: Session,
    innovation_id: Innovation,
    season: Annotated[str, typer.Option("--season", help="The later season.")],
    agency: Annotated[
        str | None, typer.Option("--agency", help="Who carries on, if its own agency has ended.")
    ] = None,
) -> None:
    """Go on with last season's innovation in a new one; the earlier is read-only from then on."""
    body = {"season_id": season, "agency_id": agency}
    path = f"/innovations/{innovation_id}/developments"
    written = session.api("submission").post(path, body)
    done = f"It goes on as innovation {written['id']}."
    show_written(session, written, done)
    if not session.is_dry_run:
        session.out.tell(f"What is stale in it: `inda innovation check {written['id']}`")


@innovation.command("withdraw")
@writing
def withdraw_innovation(session: Session, innovation_id: Innovation, reason: Reason) -> None:
    """Withdraw an innovation from its season."""
    path = f"/innovations/{innovation_id}/withdrawal"
    written = session.api("submission").post(path, {"reason": reason})
    show_written(session, written, "The innovation is withdrawn.")
