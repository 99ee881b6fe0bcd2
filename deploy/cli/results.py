"""`inda competition draft-results` and on, and `inda results`: what anybody may read in the end."""

from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.arguments import Competition, Reason, SeasonFilter, day, given
from deploy.cli.awards import Category, competition
from deploy.cli.client import Document
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

RANKED: tuple[Column, ...] = (
    ("Category", "category"),
    ("Rank", "rank"),
    ("Innovation", "innovation_id"),
    ("Final score", "final_score"),
    ("Tie broken by", "tie_break"),
)
PLACE: tuple[Column, ...] = (
    ("Rank", "rank"),
    ("Title", "title"),
    ("Agency", "agency_id"),
    ("Final score", "final_score"),
    ("Prizes", "prizes"),
    ("Innovation", "innovation_id"),
)


@competition.command("draft-results")
@writing
def draft_results(session: Session, competition_id: Competition) -> None:
    """Rank every category once its last round is closed."""
    written = session.api("awards").post(f"/competitions/{competition_id}/results")
    show_written(session, written, "The results are drafted.")


@competition.command("versions")
@reading
def show_versions(session: Session, competition_id: Competition) -> None:
    """Show every version of the results, why it was made, and what it changed."""
    found = session.api("awards").get(f"/competitions/{competition_id}/versions")
    tables = [
        listed(each["ranking"], *RANKED, title=f"Version {each['version']} ({each['cause']})")
        for each in found["versions"]
    ]
    session.out.answer(found, *tables)


@competition.command("resolve-tie")
@writing
def resolve_tie(
    session: Session,
    competition_id: Competition,
    category: Category,
    order: Annotated[
        list[str], typer.Argument(metavar="INNOVATION", help="The tied innovations, best first.")
    ],
    reason: Reason,
) -> None:
    """Record the committee's vote on entries that the rules left equal."""
    body = {"category": category, "order": order, "reason": reason}
    path = f"/competitions/{competition_id}/ties"
    show_written(session, session.api("awards").post(path, body, if_match=True), "It is recorded.")


@competition.command("objection-window")
@writing
def open_objection_window(
    session: Session,
    competition_id: Competition,
    version: Annotated[int, typer.Option("--version", min=1, help="Of which results.")] = 1,
) -> None:
    """Open the time for objections (masa sanggah) to a version of the results."""
    path = f"/competitions/{competition_id}/objection-window"
    written = session.api("awards").post(path, {"version": version})
    show_written(session, written, "Objections may be filed.")


@competition.command("determine")
@writing
def determine(
    session: Session,
    competition_id: Competition,
    decree_number: Annotated[str, typer.Option("--decree-number", help="The number of the SK.")],
    decree_date: Annotated[str, typer.Option("--decree-date", help="Its day: 2026-10-01.")],
) -> None:
    """Fix the results by decree (SK)."""
    body = {"decree_number": decree_number, "decree_date": day(decree_date)}
    path = f"/competitions/{competition_id}/determination"
    written = session.api("awards").post(path, body, if_match=True)
    show_written(session, written, "The results are determined.")


@competition.command("publish")
@writing
def publish(session: Session, competition_id: Competition) -> None:
    """Publish the determined results for anybody to read."""
    written = session.api("awards").post(f"/competitions/{competition_id}/publication")
    show_written(session, written, "The results are published.")


@listing
def results(
    session: Session,
    competition_id: Annotated[
        str | None,
        typer.Argument(
            metavar="COMPETITION", help="The competition's id; else all that are published."
        ),
    ] = None,
    season: SeasonFilter = None,
) -> None:
    """Show published results; nobody needs to log in for them."""
    api = session.public("awards")
    if competition_id is not None:
        found = api.get(f"/competitions/{competition_id}/results")
        session.out.answer(found, *_tables(found))
        return
    page = api.pages("/results", every=session.every_page, **given(season_id=season))
    show_page(
        session,
        page,
        ("Competition", "competition_id"),
        ("Name", "name"),
        ("Season", "season_id"),
        ("Decree", "decree_number"),
        ("Version", "version"),
        ("Published", "published_at"),
    )


def _tables(found: Document) -> list[Table]:
    head = detailed(
        found,
        ("Competition", "name"),
        ("Decree", "decree_number"),
        ("Of", "decree_date"),
        ("Version", "version"),
        ("Published", "published_at"),
        ("Rules (digest)", "rules_digest"),
    )
    categories = sorted({place["category"] for place in found["ranking"]})
    places = [
        listed((p for p in found["ranking"] if p["category"] == each), *PLACE, title=each)
        for each in categories
    ]
    return [head, *places]
