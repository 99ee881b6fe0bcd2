"""`inda queue` and `inda next`: what waits, how far it is, and the one to take now."""

from typing import Annotated

import typer

from deploy.cli.arguments import AgencyFilter, RegionFilter, SeasonFilter, given
from deploy.cli.client import Document
from deploy.cli.output import Column, line, listed
from deploy.cli.plain import in_wita
from deploy.cli.session import Session, listing, writing
from deploy.cli.verification.group import ROW
from deploy.cli.verification.reading import shown_whole
from deploy.cli.written import show_page

LISTED: tuple[Column, ...] = (*ROW, ("Overdue", "overdue"))
COUNTED: tuple[Column, ...] = (("State", "state"), ("Dossiers", "count"))

AffairFilter = Annotated[str | None, typer.Option("--affair", help="Only of this affair.")]


@listing
def queue(
    session: Session,
    mine: Annotated[bool, typer.Option("--mine", help="Only those that you have claimed.")] = False,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            help="open, in_review, waiting_revision, checking, disputed, verified, rejected or"
            " withdrawn.",
        ),
    ] = None,
    season: SeasonFilter = None,
    region: RegionFilter = None,
    agency: AgencyFilter = None,
    affair: AffairFilter = None,
    indicator: Annotated[
        str | None,
        typer.Option("--indicator", help="Only where this indicator is still undecided."),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is late.")] = False,
    counts: Annotated[
        bool, typer.Option("--counts", help="How many there are and how far they are, no list.")
    ] = False,
) -> None:
    """List the dossiers that you may review; what has waited longest comes first."""
    filters = given(
        mine=mine or None,
        state=state,
        season_id=season,
        region_id=region,
        agency_id=agency,
        affair=affair,
        indicator=indicator,
        overdue=overdue or None,
    )
    api = session.api("verification")
    if counts:
        _show_counts(session, api.get("/dossiers/counts", **filters))
        return
    show_page(session, api.pages("/dossiers", every=session.every_page, **filters), *LISTED)


@writing
def take_next(
    session: Session,
    season: SeasonFilter = None,
    region: RegionFilter = None,
    affair: AffairFilter = None,
) -> None:
    """Take the next dossier, and show it: which one is chosen for you fairly, by what waits
    longest, what you know well, and how much everybody holds.
    """
    api = session.api("verification")
    body = given(season_id=season, region_id=region, affair=affair)
    leased = api.post("/dossiers/next", body)
    dossier_id = leased["dossier_id"]
    if session.is_dry_run:
        session.out.answer(leased, line(f"The next one is {dossier_id}; nothing was changed."))
        return
    session.drawer.keep_lease(dossier_id, leased["token"])
    found, tables = shown_whole(session, dossier_id)
    yours = f"Dossier {dossier_id} is yours until {in_wita(leased['until'])}."
    session.out.answer({**leased, "dossier": found}, line(yours), *tables)


def _show_counts(session: Session, found: Document) -> None:
    rows = [{"state": state, "count": count} for state, count in found["states"].items()]
    session.out.answer(found, listed(rows, *COUNTED), *map(line, _sentences(found)))


def _sentences(found: Document) -> tuple[str, ...]:
    return (
        f"{found['dossiers_done']} of {found['total']} dossiers are done.",
        f"{found['decided']} of {found['claimed']} indicators are decided.",
        f"{found['overdue']} overdue, {found['mine']} claimed by you.",
    )
