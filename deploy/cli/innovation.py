"""`inda innovation`, `inda submit`, `inda receipt`: what an agency does with its innovations."""

from typing import Annotated

import typer

from deploy.cli.arguments import (
    AgencyFilter,
    BodyFile,
    Indicator,
    Innovation,
    Reason,
    RegionFilter,
    SeasonFilter,
    body_of,
    given,
)
from deploy.cli.client import Document
from deploy.cli.failures import Denied
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

innovation = typer.Typer(no_args_is_help=True, help="An agency's innovations: draft to submitted.")

ROW: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Title", "title"),
    ("State", "state"),
    ("Agency", "agency_id"),
    ("Season", "season_id"),
    ("Round", "round"),
    ("Changed", "changed_at"),
)
CLAIM: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Level", "level"),
    ("Basis", "basis"),
    ("Sub-type", "subtype"),
)
EVIDENCE: tuple[Column, ...] = (
    ("Evidence", "evidence_id"),
    ("What", lambda row: row["content"].get("file_name") or row["content"].get("url")),
    ("Kind", "evidence_kind"),
    ("For", "indicators"),
    ("Letter", "letter.number"),
    ("Taken in", "accepted"),
    ("SHA-256", "content.sha256"),
)


@innovation.command("list")
@listing
def list_innovations(
    session: Session,
    season: SeasonFilter = None,
    agency: AgencyFilter = None,
    region: RegionFilter = None,
    state: Annotated[
        str | None, typer.Option("--state", help="draft, submitted, reopened or withdrawn.")
    ] = None,
) -> None:
    """List the innovations that you may see, the newest first."""
    filters = given(season_id=season, agency_id=agency, region_id=region, state=state)
    found = session.api("submission").pages("/innovations", every=session.every_page, **filters)
    show_page(session, found, *ROW)


@innovation.command("show")
@reading
def show_innovation(session: Session, innovation_id: Innovation) -> None:
    """Show an innovation: its profile, claims and evidence, and what is to be revised."""
    found = session.api("submission").get(f"/innovations/{innovation_id}")
    profile = found["profile"]
    tables = [
        detailed(found, *ROW, ("Revise until", "revision.due"), ("Revise", "revision.indicators")),
        detailed(profile, *((name, name) for name in profile), title="Profile"),
        listed(found["claims"], *CLAIM, title="Claims"),
        listed(found["evidence"], *EVIDENCE, title="Evidence"),
    ]
    if found["refusals"]:
        refused = ("Evidence", "evidence_id"), ("Rule", "rule"), ("When", "at")
        tables.append(listed(found["refusals"], *refused, title="Files that were refused"))
    session.out.answer(found, *tables)


@innovation.command("draft")
@writing
def draft_innovation(
    session: Session,
    season: Annotated[str, typer.Option("--season", help="The season it is for.")],
    agency: Annotated[str, typer.Option("--agency", help="The agency whose it is.")],
    file: BodyFile,
) -> None:
    """Begin a draft with the profile in a JSON file; the answer names its id."""
    body = {"season_id": season, "agency_id": agency, "profile": body_of(file)}
    written = session.api("submission").post("/innovations", body)
    show_written(session, written, f"Innovation {written['id']} is drafted.")


@innovation.command("profile")
@writing
def revise_profile(session: Session, innovation_id: Innovation, file: BodyFile) -> None:
    """Replace the profile by the one in a JSON file."""
    path = f"/innovations/{innovation_id}/profile"
    written = session.api("submission").put(path, body_of(file), if_match=True)
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


@innovation.command("withdraw")
@writing
def withdraw_innovation(session: Session, innovation_id: Innovation, reason: Reason) -> None:
    """Withdraw an innovation from its season."""
    path = f"/innovations/{innovation_id}/withdrawal"
    written = session.api("submission").post(path, {"reason": reason})
    show_written(session, written, "The innovation is withdrawn.")


@writing
def submit(session: Session, innovation_id: Innovation) -> None:
    """Submit an innovation; shows the receipt: what was handed in, and its place in history."""
    found = session.api("submission").post(f"/innovations/{innovation_id}/submissions")
    _show_receipt(session, found, found["sequence"])
    if found.get("dry_run"):
        session.out.tell("This would be accepted; nothing was changed.")


@reading
def receipt(
    session: Session,
    innovation_id: Innovation,
    number: Annotated[
        int | None, typer.Option("--round", min=1, help="Which submission; else the last.")
    ] = None,
) -> None:
    """Show the receipt of a submission again."""
    api = session.api("submission")
    if number is not None:
        found = api.get(f"/innovations/{innovation_id}/receipts/{number}")
    else:
        receipts = api.get(f"/innovations/{innovation_id}")["receipts"]
        if not receipts:
            raise Denied("receipt_unknown", "This innovation has not been submitted yet.")
        found = receipts[-1]
    _show_receipt(session, found, found["sequence_number"])


def _show_receipt(session: Session, found: Document, sequence: int) -> None:
    head = detailed(
        found,
        ("Round", "round"),
        ("Submitted by", "submitted_by"),
        ("At", "submitted_at"),
        ("Place in the history", lambda _: sequence),
        ("Instrument (digest)", "edition_digest"),
        title="Receipt",
    )
    claims = listed(found["claims"], *CLAIM, title="Claims")
    manifest = listed(found["manifest"], *EVIDENCE, title="Evidence handed in")
    session.out.answer(found, head, claims, manifest)
    if not found["manifest"]:
        session.out.error.print(line("No evidence was handed in."))
