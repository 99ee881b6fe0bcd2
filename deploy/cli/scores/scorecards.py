"""`inda scorecard list`, `show`: claimed and verified maturity."""

import typer

from deploy.cli.arguments import AgencyFilter, Innovation, RegionFilter, SeasonFilter, given
from deploy.cli.output import Column, detailed, listed
from deploy.cli.scores.tables import columns
from deploy.cli.session import Session, listing, reading
from deploy.cli.written import show_page

scorecard = typer.Typer(no_args_is_help=True, help="Claimed and verified maturity, row by row.")

TOTALS: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Title", "title"),
    ("Agency", "agency_id"),
    ("Claimed", "claimed_maturity"),
    ("Verified", "verified_maturity"),
    ("Counts", "counts_for_index"),
    ("Number", "number"),
)


@scorecard.command("list")
@listing
def list_scorecards(
    session: Session,
    season: SeasonFilter = None,
    region_id: RegionFilter = None,
    agency: AgencyFilter = None,
) -> None:
    """List the scorecards that you may see, the highest verified maturity first."""
    filters = given(season_id=season, region_id=region_id, agency_id=agency)
    found = session.api("scoring").pages("/scorecards", every=session.every_page, **filters)
    show_page(session, found, *TOTALS)


@scorecard.command("show")
@reading
def show_scorecard(session: Session, innovation_id: Innovation) -> None:
    """Show a scorecard row by row, with the instrument's digest."""
    found = session.api("scoring").get(f"/scorecards/{innovation_id}")
    rows = listed(found["rows"], *columns(found["rows"]), title="Rows")
    head = detailed(found, *TOTALS, ("Instrument (digest)", "edition_digest"))
    session.out.answer(found, head, rows)
