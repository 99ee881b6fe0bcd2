"""`inda season compliance` and `counts`: who owes an innovation, and what was reported."""

from typing import Annotated, Literal

import typer

from deploy.cli.arguments import RegionFilter, given
from deploy.cli.client import Document
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, listing, reading
from deploy.cli.submission.seasons import SeasonId
from deploy.cli.written import HINT

Below = Annotated[str | None, typer.Option("--below", help="Of this agency and all below it.")]
STANDINGS = ("owing", "drafting", "submitted", "verified", "fulfilled")
OBLIGATION: tuple[Column, ...] = (
    ("Agency", "agency_id"),
    ("Name", "name"),
    ("Kind", "kind"),
    ("State", "state"),
    ("Owes", "owes"),
    ("Promised", "promised"),
    ("Drafts", "drafts"),
    ("Submitted", "submitted"),
    ("Reopened", "reopened"),
    ("Verified", "verified"),
    ("Furthest", "furthest"),
    ("Indicators claimed", "indicators_claimed"),
)
SUMMARY: tuple[Column, ...] = (
    ("Kind", "kind"),
    ("Agencies", "agencies"),
    ("Owe", "owes"),
    *((each.capitalize(), f"states.{each}") for each in STANDINGS),
)


def add_to(season: typer.Typer) -> None:
    season.command("compliance")(listing(show_compliance))
    season.command("counts")(reading(show_counts))


def show_compliance(
    session: Session,
    season_id: SeasonId,
    region: RegionFilter = None,
    below: Below = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Such as agency, village.")] = None,
    state: Annotated[
        str | None, typer.Option("--state", help="owing, drafting, submitted, verified, fulfilled.")
    ] = None,
) -> None:
    """Show who owes an innovation this season, who has one, how far it is; with the totals."""
    api, path = session.api("submission"), f"/seasons/{season_id}/compliance"
    place = given(region=region, below=below)
    summary = api.get(f"{path}/summary", **place)
    filters = {**place, **given(kind=kind, state=state)}
    page = api.pages(path, every=session.every_page, **filters)
    total = {**summary, "kind": "all"}
    rows = listed([*summary["kinds"], total], *SUMMARY, title=_title(summary, "Totals"))
    board = listed(page["items"], *OBLIGATION, title="Agencies")
    session.out.answer({"summary": summary, **page}, rows, board)
    if page["next_cursor"] is not None:
        session.out.tell(HINT)


def show_counts(
    session: Session,
    season_id: SeasonId,
    region: RegionFilter = None,
    below: Below = None,
    state: Annotated[
        Literal["reported", "all"], typer.Option("--state", help="all counts drafts too.")
    ] = "reported",
) -> None:
    """Count the innovations of a season by kind of unit and by initiator."""
    filters = given(region=region, below=below, state=state)
    found = session.api("submission").get(f"/seasons/{season_id}/counts", **filters)
    totals = detailed(
        found,
        ("Innovations", "innovations"),
        ("Agencies", "agencies"),
        title=_title(found, "Totals"),
    )
    kinds = listed(
        found["by_kind"],
        ("Kind of unit", "kind"),
        ("Agencies", "agencies"),
        ("Innovations", "innovations"),
        title="By kind of unit",
    )
    initiators = listed(
        found["by_initiator"],
        ("Initiator", "initiator"),
        ("Innovations", "innovations"),
        title="By initiator",
    )
    session.out.answer(found, totals, kinds, initiators)


def _title(found: Document, title: str) -> str:
    return f"{title} (LATIHAN)" if found["training"] else title
