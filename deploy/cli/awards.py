"""`inda competition`: announced, entered, judged round by round."""

from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.arguments import (
    BodyFile,
    Competition,
    Innovation,
    Reason,
    SeasonFilter,
    body_of,
    given,
)
from deploy.cli.client import Document
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

competition = typer.Typer(no_args_is_help=True, help="Competitions: rounds, results, decree.")

Category = Annotated[str, typer.Argument(metavar="CATEGORY", help="The category's code.")]
Round = Annotated[str, typer.Argument(metavar="ROUND", help="The round's code.")]
ROW: tuple[Column, ...] = (
    ("Competition", "competition_id"),
    ("Name", "name"),
    ("Season", "season_id"),
    ("State", "state"),
    ("Entries", lambda row: _count(row["entries"])),
    ("Rules (digest)", lambda row: row["rules_digest"][:12]),
)


@competition.command("announce")
@writing
def announce(session: Session, file: BodyFile) -> None:
    """Announce a competition; its rules are frozen from then on.

    The JSON file has "competition_id", "name", "season_id" and "rules" with the categories, their
    rounds, judges and prizes, the tie-breaks and the days for objections.
    """
    written = session.api("awards").post("/competitions", body_of(file))
    show_written(session, written, f"Competition {written['id']} is announced.")


@competition.command("list")
@listing
def list_competitions(
    session: Session,
    season: SeasonFilter = None,
    state: Annotated[
        str | None, typer.Option("--state", help="announced, judging, drafted, objection, ...")
    ] = None,
) -> None:
    """List the competitions."""
    filters = given(season_id=season, state=state)
    found = session.api("awards").pages("/competitions", every=session.every_page, **filters)
    show_page(session, found, *ROW)


@competition.command("show")
@reading
def show_competition(session: Session, competition_id: Competition) -> None:
    """Show a competition: its categories and rounds, and the entries that you may see."""
    found = session.api("awards").get(f"/competitions/{competition_id}")
    entries = listed(
        found["entries"],
        ("Category", "entry.category"),
        ("Innovation", "entry.innovation_id"),
        ("Title", "entry.title"),
        ("Agency", "entry.agency_id"),
        ("Maturity", "entry.verified_maturity"),
        ("Disqualified", "disqualified.ground"),
        title="Entries",
    )
    session.out.answer(found, detailed(found, *ROW), _rounds(found), entries)


@competition.command("enrol")
@writing
def enrol_by_hand(
    session: Session,
    competition_id: Competition,
    innovation_id: Innovation,
    category: Annotated[str, typer.Option("--category", help="Into which category.")],
    reason: Reason,
) -> None:
    """Enter an innovation that the category's own rule does not enter."""
    body = {"innovation_id": innovation_id, "category": category, "reason": reason}
    written = session.api("awards").post(f"/competitions/{competition_id}/entries", body)
    show_written(session, written, "The innovation is entered.")


@competition.command("open-round")
@writing
def open_round(
    session: Session, competition_id: Competition, category: Category, code: Round
) -> None:
    """Open a round of a category; where judges score it, the answer names their panel."""
    path = f"/competitions/{competition_id}/categories/{category}/rounds/{code}/open"
    written = session.api("awards").post(path)
    show_written(session, written, f"Round {code} is open; its panel is {written['panel_id']}.")


@competition.command("close-round")
@writing
def close_round(
    session: Session, competition_id: Competition, category: Category, code: Round
) -> None:
    """Close a round that verified maturity scores; a judged one closes by its reveal."""
    path = f"/competitions/{competition_id}/categories/{category}/rounds/{code}/close"
    show_written(session, session.api("awards").post(path), f"Round {code} is closed.")


@writing
def disqualify(
    session: Session,
    competition_id: Competition,
    innovation_id: Innovation,
    ground: Annotated[str, typer.Option("--ground", help="The rule that was broken.")],
    reason: Reason,
) -> None:
    """Disqualify an entry of a competition."""
    body = {"innovation_id": innovation_id, "ground": ground, "reason": reason}
    path = f"/competitions/{competition_id}/disqualifications"
    written = session.api("awards").post(path, body, if_match=True)
    show_written(session, written, "The entry is disqualified.")


def _rounds(found: Document) -> Table:
    states = {(each["category"], each["round"]): each for each in found["rounds"]}
    rules = [
        {"category": category["code"], **rule, **states.get((category["code"], rule["code"]), {})}
        for category in found["rules"]["categories"]
        for rule in category["rounds"]
    ]
    return listed(
        rules,
        ("Category", "category"),
        ("Round", "code"),
        ("Scored by", "scored_by"),
        ("Weight", "weight"),
        ("Opened", "opened.at"),
        ("Closed", "closed.at"),
        ("Panel", "panel_id"),
        title="Rounds",
    )


def _count(entries: int | list[Document]) -> int:
    """A list of competitions counts them, a competition shows them."""
    return entries if isinstance(entries, int) else len(entries)
