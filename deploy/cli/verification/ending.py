"""`inda dossier revise`, `verify`: how a review goes back to the agency, or comes to its end."""

from typing import Annotated

import typer

from deploy.cli.arguments import Dossier, moment, pair
from deploy.cli.client import Document
from deploy.cli.session import Session, writing
from deploy.cli.verification.group import dossier
from deploy.cli.verification.holding import given_back
from deploy.cli.written import show_written


@dossier.command("revise")
@writing
def request_revision(
    session: Session,
    dossier_id: Dossier,
    message: Annotated[str, typer.Option("--message", help="For the agency to read.")],
    item: Annotated[
        list[str] | None, typer.Option("--item", help="SID-03='what to revise'; may be repeated.")
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option("--field", help="A field of the profile, such as benefit; may be repeated."),
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", help="Until when; else by the service's rule.")
    ] = None,
) -> None:
    """Ask the agency for a revision of some indicators, or fields of the profile."""
    pairs = [pair(each, "SID-03='what to revise'") for each in item or ()]
    body = {
        "items": [{"indicator": name, "message": text} for name, text in pairs],
        "fields": field or [],
        "message": message,
        "due": None if due is None else moment(due),
    }
    written = given_back(session, dossier_id, "revision-requests", body)
    show_written(session, written, "The agency is asked for a revision.")


@dossier.command("verify")
@writing
def verify_dossier(session: Session, dossier_id: Dossier) -> None:
    """End the review once everything is decided: scoring begins, or a second look comes first."""
    written = given_back(session, dossier_id, "verification", {})
    show_written(session, written, outcome(written))


def outcome(written: Document) -> str:
    """What an end has led to. Pure."""
    happened = written.get("happened") or ()
    if "DossierVerified" in happened:
        return "The dossier is verified."
    if "DossierRejected" in happened:
        return "The innovation is rejected as not admissible."
    if "QualityCheckDrawn" in happened:
        return "Your review has ended; another verifier looks again before it counts."
    return "Your second look has ended and differs from the first; a third person resolves it."
