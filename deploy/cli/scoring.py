"""`inda scorecard`, `inda region`, `inda panel`: numbers, and what judges do."""

from typing import Annotated

import typer

from deploy.cli.arguments import (
    AgencyFilter,
    BodyFile,
    Innovation,
    Reason,
    RegionFilter,
    SeasonFilter,
    body_of,
    given,
)
from deploy.cli.client import Document
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

scorecard = typer.Typer(no_args_is_help=True, help="Claimed and verified maturity, row by row.")
region = typer.Typer(no_args_is_help=True, help="A region's index, its band, what it is made of.")
panel = typer.Typer(no_args_is_help=True, help="Judging: sealed scores until the reveal.")

SeasonId = Annotated[str, typer.Argument(metavar="SEASON", help="The season's id.")]
RegionId = Annotated[str, typer.Argument(metavar="REGION", help="The region's id, such as hss.")]
PanelId = Annotated[
    str, typer.Argument(metavar="PANEL", help="The panel's id, as `inda panel list` shows it.")
]
TOTALS: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Title", "title"),
    ("Agency", "agency_id"),
    ("Claimed", "claimed_maturity"),
    ("Verified", "verified_maturity"),
    ("Counts", "counts_for_index"),
    ("Number", "number"),
)
REGION: tuple[Column, ...] = (
    ("Season", "season_id"),
    ("Region", "region_id"),
    ("Index", "index"),
    ("Band", "band"),
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
PANEL: tuple[Column, ...] = (
    ("Panel", "panel_id"),
    ("Competition", "competition_id"),
    ("Category", "category"),
    ("Round", "round"),
    ("State", "state"),
    ("Entries", lambda row: len(row["entries"])),
    ("Sealed", lambda row: len(row["seals"])),
    ("Awaited", lambda row: len(row["awaited"])),
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
    names = list(found["rows"][0]) if found["rows"] else []
    rows = listed(found["rows"], *((_heading(name), name) for name in names), title="Rows")
    session.out.answer(
        found, detailed(found, *TOTALS, ("Instrument (digest)", "edition_digest")), rows
    )


@region.command("list")
@listing
def list_regions(session: Session, season: SeasonFilter = None) -> None:
    """List the regions with their index and band."""
    filters = given(season_id=season)
    found = session.api("scoring").pages("/regions", every=session.every_page, **filters)
    show_page(session, found, *REGION)


@region.command("show")
@reading
def show_region(session: Session, season_id: SeasonId, region_id: RegionId) -> None:
    """Show a region's index and the figures behind it."""
    found = session.api("scoring").get(f"/regions/{season_id}/{region_id}")
    figures = detailed(
        found["figures"], *((_heading(name), name) for name in found["figures"]), title="Figures"
    )
    session.out.answer(found, detailed(found, *REGION), figures)


@region.command("coach")
@reading
def coach_region(session: Session, season_id: SeasonId, region_id: RegionId) -> None:
    """Show what would raise a region's index: the best first, with the index that follows."""
    found = session.api("scoring").get(f"/regions/{season_id}/{region_id}/coach")
    affairs = listed(found["affairs"], ("Basic service", "name"), ("Covered", "is_covered"))
    options = listed(found["options"], *OPTION, title="What would change it")
    session.out.answer(found, detailed(found, *OUTLOOK), affairs, options)


@region.command("government-aspect")
@writing
def record_government_aspect(
    session: Session, season_id: SeasonId, region_id: RegionId, file: BodyFile
) -> None:
    """Record the government aspect (SPD): a JSON file with "edition" and "rows".

    Each row names its indicator, its level and the source of it; one left out is at level 0.
    """
    path = f"/regions/{season_id}/{region_id}/government-aspect"
    written = session.api("scoring").put(path, body_of(file), if_match=True)
    show_written(session, written, f"The government aspect of {region_id} is recorded.")


@panel.command("list")
@listing
def list_panels(
    session: Session,
    competition: Annotated[str | None, typer.Option("--competition", help="Only of this.")] = None,
    category: Annotated[str | None, typer.Option("--category", help="Only of this.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="open or revealed.")] = None,
) -> None:
    """List the panels that you sit on, or may see."""
    filters = given(competition_id=competition, category=category, state=state)
    found = session.api("scoring").pages("/panels", every=session.every_page, **filters)
    show_page(session, found, *PANEL)


@panel.command("show")
@reading
def show_panel(session: Session, panel_id: PanelId) -> None:
    """Show a panel: criteria, entries, who has still to score, and the means once revealed."""
    found = session.api("scoring").get(f"/panels/{panel_id}")
    tables = [
        detailed(found, *PANEL),
        listed(found["criteria"], *_columns(found["criteria"]), title="Criteria"),
        listed(
            found["entries"],
            ("Innovation", "innovation_id"),
            ("Title", "title"),
            ("Still awaited from", lambda row: _awaited(found, row["innovation_id"])),
            title="Entries",
        ),
    ]
    if found["means"]:
        tables.append(listed(found["means"], *_columns(found["means"]), title="Means"))
    session.out.answer(found, *tables)


@panel.command("my-scores")
@reading
def show_own_scores(session: Session, panel_id: PanelId) -> None:
    """Show what you have sealed on a panel; nobody else sees it before the reveal."""
    found = session.api("scoring").get(f"/panels/{panel_id}/my-scores")
    table = listed(
        found["items"],
        ("Innovation", "innovation_id"),
        ("Scores", lambda row: [f"{e['criterion']}: {e['score']}" for e in row["scores"]]),
        ("Commitment", "commitment"),
    )
    session.out.answer(found, table)


@panel.command("score")
@writing
def seal_score(
    session: Session, panel_id: PanelId, innovation_id: Innovation, file: BodyFile
) -> None:
    """Seal your scores for an entry; sealing again replaces them until the reveal.

    The JSON file: {"scores": [{"criterion": "kebaruan", "score": "80"}, ...]}.
    """
    path = f"/panels/{panel_id}/scores/{innovation_id}"
    written = session.api("scoring").post(path, body_of(file))
    show_written(session, written, "Your scores are sealed.")


@panel.command("recuse")
@writing
def recuse_judge(
    session: Session,
    panel_id: PanelId,
    innovation_id: Innovation,
    reason: Reason,
    judge: Annotated[
        str | None, typer.Option("--judge", help="Whom a committee records; else yourself.")
    ] = None,
) -> None:
    """Step back from judging an entry because of a conflict of interest."""
    body = {"innovation_id": innovation_id, "reason": reason, "judge_id": judge}
    written = session.api("scoring").post(f"/panels/{panel_id}/recusals", body)
    show_written(session, written, "The recusal is recorded.")


@panel.command("reveal")
@writing
def reveal_scores(session: Session, panel_id: PanelId) -> None:
    """Open all sealed scores of a panel; none can be changed afterwards."""
    written = session.api("scoring").post(f"/panels/{panel_id}/reveal", if_match=True)
    show_written(session, written, "The scores are revealed.")


def _awaited(shown: Document, innovation_id: str) -> list[str]:
    rows = shown["awaited"]
    return [each["judge_id"] for each in rows if each["innovation_id"] == innovation_id]


def _columns(rows: list[Document]) -> list[Column]:
    return [(_heading(name), name) for name in rows[0]] if rows else []


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()
