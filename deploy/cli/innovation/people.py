"""`inda innovation contact`: who answers for it, kept where it can be erased, never in history."""

from typing import Annotated

import typer

from deploy.cli.arguments import Innovation, given
from deploy.cli.client import Api, Document
from deploy.cli.failures import Failure, Misuse
from deploy.cli.output import Column, detailed, line
from deploy.cli.session import Session, reading, writing

contact = typer.Typer(
    no_args_is_help=True, help="Who answers for an innovation: names and numbers, erasable."
)
FIELDS = ("name", "employee_number", "phone", "email", "initiator_name")
CONTACT: tuple[Column, ...] = (
    ("Name", "name"),
    ("NIP", "employee_number"),
    ("Phone", "phone"),
    ("E-mail", "email"),
    ("Name of the initiator", "initiator_name"),
    ("Changed", "changed_at"),
)


@contact.command("set")
@writing
def set_contact(
    session: Session,
    innovation_id: Innovation,
    name: Annotated[str | None, typer.Option("--name", help="Who answers for it.")] = None,
    employee_number: Annotated[
        str | None, typer.Option("--nip", help="The employee number, 18 digits.")
    ] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Such as +62 812 3456 789.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="Their address.")] = None,
    initiator_name: Annotated[
        str | None, typer.Option("--initiator-name", help="Whose idea it was.")
    ] = None,
) -> None:
    """Record who answers for an innovation; what is not named stays as it is."""
    told = given(
        name=name,
        employee_number=employee_number,
        phone=phone,
        email=email,
        initiator_name=initiator_name,
    )
    if not told:
        raise Misuse("contact_missing", "Name at least one thing, such as --name or --phone.")
    api, path = session.api("submission"), f"/innovations/{innovation_id}/contact"
    saved = api.put(path, {**_known(api, path), **told})
    done = "This would be kept; nothing was changed." if saved["dry_run"] else "It is kept."
    session.out.answer(saved, detailed(saved, *CONTACT), line(done))


@contact.command("show")
@reading
def show_contact(session: Session, innovation_id: Innovation) -> None:
    """Show who answers for an innovation."""
    found = session.api("submission").get(f"/innovations/{innovation_id}/contact")
    session.out.answer(found, detailed(found, *CONTACT))


@contact.command("erase")
@writing
def erase_contact(session: Session, innovation_id: Innovation) -> None:
    """Erase names and numbers for good; the history never held them."""
    session.api("submission").delete(f"/innovations/{innovation_id}/contact")
    done = "It would be erased; nothing was changed." if session.is_dry_run else "It is erased."
    answer = {"innovation_id": innovation_id, "erased": not session.is_dry_run}
    session.out.answer(answer, line(done))


def _known(api: Api, path: str) -> Document:
    try:
        found = api.get(path)
    except Failure as failure:
        if failure.code == "contact_unknown":
            return {}
        raise
    return {name: found[name] for name in FIELDS}
