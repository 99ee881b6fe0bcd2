"""`inda dossier claim`, `renew`, `release`, `hand-over`, `override`: who works on it."""

from typing import Annotated

import typer

from deploy.cli.arguments import Dossier, Reason
from deploy.cli.output import line
from deploy.cli.plain import in_wita
from deploy.cli.session import Session, writing
from deploy.cli.verification.group import Aside, dossier
from deploy.cli.verification.holding import given_back, held, leased, watched
from deploy.cli.verification.overtaken import both_shown
from deploy.cli.written import show_written


@dossier.command("claim")
@writing
def claim_dossier(session: Session, dossier_id: Dossier) -> None:
    """Claim a dossier, so that nobody else decides on it while you do."""
    answer = leased(session, session.api("verification"), dossier_id)
    show_written(
        session, answer, f"Dossier {dossier_id} is yours until {in_wita(answer['until'])}."
    )


@dossier.command("renew")
@writing
def renew_lease(session: Session, dossier_id: Dossier) -> None:
    """Say that you are still at it; work on the dossier says so too."""
    path, body = f"/dossiers/{dossier_id}/lease/heartbeat", {"token": held(session, dossier_id)}
    with watched(session, dossier_id):
        answer = session.api("verification").post(path, body)
    sentence = f"Dossier {dossier_id} is yours until {in_wita(answer['until'])}."
    session.out.answer(answer, line(sentence))


@dossier.command("release")
@writing
def release_dossier(session: Session, dossier_id: Dossier, note: Aside = "") -> None:
    """Give a claimed dossier back to the queue."""
    written = given_back(session, dossier_id, "release", {"note": note})
    show_written(session, written, "The dossier is back in the queue.")


@dossier.command("hand-over")
@writing
def hand_over(
    session: Session,
    dossier_id: Dossier,
    to: Annotated[str, typer.Option("--to", metavar="PERSON", help="The colleague's id.")],
    note: Aside = "",
) -> None:
    """Hand a claimed dossier over to a colleague, for whom it is kept for a while."""
    written = given_back(session, dossier_id, "handover", {"to": to, "note": note})
    show_written(session, written, f"The dossier is kept for {to}.")


@dossier.command("override")
@writing
def override(
    session: Session,
    dossier_id: Dossier,
    reason: Reason,
    to: Annotated[
        str | None, typer.Option("--to", metavar="PERSON", help="For whom it is kept, if anybody.")
    ] = None,
) -> None:
    """Take a dossier from whoever holds it; for supervisors."""
    path = f"/dossiers/{dossier_id}/override"
    with both_shown(session):
        written = session.api("verification").post(path, {"reason": reason, "to": to})
    kept = "back in the queue" if to is None else f"kept for {to}"
    show_written(session, written, f"The dossier is {kept}.")
