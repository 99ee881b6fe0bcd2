"""`inda verifier`: what verifiers know well, how much they take, and whom they are tied to."""

from typing import Annotated
from urllib.parse import quote

import typer

from deploy.cli.arguments import Reason
from deploy.cli.client import Api, Document
from deploy.cli.failures import Failure, Misuse
from deploy.cli.login import person_of
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

verifier = typer.Typer(no_args_is_help=True, help="Who verifies, what they know and hold.")
conflict = typer.Typer(no_args_is_help=True, help="Your conflicts of interest that no tree knows.")
verifier.add_typer(conflict, name="conflict")

Person = Annotated[
    str | None, typer.Argument(metavar="[PERSON]", help="The person's id; else yourself.")
]
AgencyId = Annotated[
    str, typer.Argument(metavar="AGENCY", help="The agency's id; all below it are meant too.")
]
VERIFIER: tuple[Column, ...] = (
    ("Verifier", "verifier_id"),
    ("Agency", "agency_id"),
    ("Affairs", "affairs"),
    ("Holds", "load"),
    ("At most", "capacity"),
    ("Active", "active"),
    ("Tied to", lambda row: [each["agency_id"] for each in row["conflicts"]]),
)
TIE: tuple[Column, ...] = (("Agency", "agency_id"), ("Reason", "reason"))
UNDESCRIBED: Document = {"affairs": [], "capacity": 5, "active": True}


@verifier.command("list")
@listing
def list_verifiers(
    session: Session,
    active: Annotated[
        bool | None,
        typer.Option("--active/--resting", help="Only who is offered dossiers, or not."),
    ] = None,
) -> None:
    """List the verifiers with what they hold now; for who measures the work."""
    api = session.api("verification")
    found = api.pages("/verifiers", every=session.every_page, active=active)
    show_page(session, found, *VERIFIER)


@verifier.command("show")
@reading
def show_verifier(session: Session, person: Person = None) -> None:
    """Show a verifier, and the conflicts that they have declared."""
    found = session.api("verification").get(_path(person or person_of(session)))
    ties = [listed(found["conflicts"], *TIE, title="Tied to")] if found["conflicts"] else []
    session.out.answer(found, detailed(found, *VERIFIER), *ties)


@verifier.command("describe")
@writing
def describe_verifier(
    session: Session,
    person: Person = None,
    affair: Annotated[
        list[str] | None,
        typer.Option("--affair", help="An affair that they know well; may be repeated."),
    ] = None,
    no_affairs: Annotated[
        bool, typer.Option("--no-affairs", help="They know none better than others.")
    ] = False,
    capacity: Annotated[
        int | None, typer.Option("--capacity", min=1, help="How many dossiers they take at once.")
    ] = None,
    active: Annotated[
        bool | None, typer.Option("--active/--resting", help="Whether they are offered any.")
    ] = None,
) -> None:
    """Tell what a verifier knows well and how much they take; what is not named stays.

    Affairs that are given take the place of all before them. `inda next` goes by it.
    """
    if affair and no_affairs:
        raise Misuse("affairs_contradict", "Say either --affair or --no-affairs, not both.")
    api, path = session.api("verification"), _path(person or person_of(session))
    known = _known(api, path)
    body = {
        "affairs": [] if no_affairs else affair or known["affairs"],
        "capacity": capacity or known["capacity"],
        "active": known["active"] if active is None else active,
    }
    written = api.put(path, body, if_match=None)
    show_written(session, written, "The verifier is described.")


@conflict.command("declare")
@writing
def declare_conflict(session: Session, agency_id: AgencyId, reason: Reason) -> None:
    """Declare that you are tied to an agency: you see nothing of it or of any below it."""
    path, body = (
        f"{_path(person_of(session))}/conflicts",
        {"agency_id": agency_id, "reason": reason},
    )
    written = session.api("verification").post(path, body)
    show_written(session, written, f"You see nothing of {agency_id} and below it from now on.")


@conflict.command("end")
@writing
def end_conflict(session: Session, agency_id: AgencyId, reason: Reason) -> None:
    """Say that you are tied to an agency no more; that you were stays in the history."""
    path = f"{_path(person_of(session))}/conflicts/{agency_id}/end"
    written = session.api("verification").post(path, {"reason": reason})
    show_written(session, written, f"You are tied to {agency_id} no more.")


def _path(person: str) -> str:
    return f"/verifiers/{quote(person, safe='')}"


def _known(api: Api, path: str) -> Document:
    """What was told so far; what holds for somebody of whom nothing was told."""
    try:
        return api.get(path)
    except Failure as failure:
        if failure.code == "verifier_unknown":
            return UNDESCRIBED
        raise
