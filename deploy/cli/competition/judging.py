"""`inda competition enrol`, `open-round`, `close-round`, and `inda disqualify`."""

from typing import Annotated

import typer

from deploy.cli.arguments import Competition, Innovation, Reason
from deploy.cli.competition.group import Category, Round, competition
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written


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
    panel = written["panel_id"]
    judged = f"; its panel is {panel}" if panel else "; it is closed with `close-round`"
    show_written(session, written, f"Round {code} is open{judged}.")


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
    """Disqualify an entry; where results are drafted, their next version is made by itself."""
    body = {"innovation_id": innovation_id, "ground": ground, "reason": reason}
    path = f"/competitions/{competition_id}/disqualifications"
    written = session.api("awards").post(path, body, if_match=True)
    show_written(session, written, "The entry is disqualified.")
