"""`inda region list`, `show`, `coach`, `history`: a region's index, and how it came about."""

from typing import Annotated

import typer

from deploy.cli.arguments import SeasonFilter, given
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.scores.tables import heading
from deploy.cli.session import Session, listing, reading
from deploy.cli.written import show_page

region = typer.Typer(no_args_is_help=True, help="A region's index, its band, what it is made of.")

SeasonId = Annotated[str, typer.Argument(metavar="SEASON", help="The season's id.")]
RegionId = Annotated[str, typer.Argument(metavar="REGION", help="The region's id, such as hss.")]
REGION: tuple[Column, ...] = (
    ("Season", "season_id"),
    ("Region", "region_id"),
    ("Index", "index"),
    ("Band", "band"),
    ("By the claims alone", "claimed.index"),
    ("Innovations", lambda row: sum(each["counts"] for each in row["contributions"])),
    ("Changed", "changed_at"),
)
OUTLOOK: tuple[Column, ...] = (
    ("Region", "region_id"),
    ("Index", "index"),
    ("Band", "band"),
    ("Innovations", "innovations"),
    ("Divided by", "divisor"),
    ("Basic services needed", "affairs_needed"),
)
OPTION: tuple[Column, ...] = (("What", "sentence"), ("Gain", "gain"), ("Index", "index"))
POINT: tuple[Column, ...] = (
    ("No.", "version"),
    ("At", "at"),
    ("By", "by"),
    ("Cause", "cause"),
    ("Innovation", "innovation_id"),
    ("Index", "index"),
    ("Band", "band"),
    ("Change", "change"),
    ("Not published", "unpublished"),
)


@region.command("list")
@listing
def list_regions(
    session: Session,
    season: SeasonFilter = None,
    region_id: Annotated[
        str | None, typer.Option("--region", help="Only this one, in all seasons.")
    ] = None,
) -> None:
    """List the regions with their index and band."""
    filters = given(season_id=season, region_id=region_id)
    found = session.api("scoring").pages("/regions", every=session.every_page, **filters)
    show_page(session, found, *REGION)


@region.command("show")
@reading
def show_region(session: Session, season_id: SeasonId, region_id: RegionId) -> None:
    """Show a region's index and the figures behind it, and what the claims alone would make."""
    found = session.api("scoring").get(f"/regions/{season_id}/{region_id}")
    figures = detailed(
        found["figures"], *((heading(name), name) for name in found["figures"]), title="Figures"
    )
    told = line(found["claimed"]["sentence"])
    session.out.answer(found, detailed(found, *REGION), figures, told)


@region.command("coach")
@reading
def coach_region(session: Session, season_id: SeasonId, region_id: RegionId) -> None:
    """Show what would raise a region's index: the best first, with the index that follows."""
    found = session.api("scoring").get(f"/regions/{season_id}/{region_id}/coach")
    affairs = listed(found["affairs"], ("Basic service", "name"), ("Covered", "is_covered"))
    options = listed(found["options"], *OPTION, title="What would change it")
    session.out.answer(found, detailed(found, *OUTLOOK), affairs, options)


@region.command("history")
@listing
def show_history(session: Session, season_id: SeasonId, region_id: RegionId) -> None:
    """Show how the index came about, the newest change first."""
    path = f"/regions/{season_id}/{region_id}/history"
    found = session.api("scoring").pages(path, every=session.every_page)
    show_page(session, found, *POINT)
