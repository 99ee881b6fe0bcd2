"""`inda payee`: names, tax ids and accounts, kept where they can be erased."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.arguments import body_of, given
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.output import Column, detailed, line
from deploy.cli.session import Session, reading, writing

payee = typer.Typer(no_args_is_help=True, help="Names and accounts of recipients.")

PayeeId = Annotated[
    str,
    typer.Argument(metavar="RECIPIENT", help="The recipient's id, as `inda recipients` names it."),
]
PAYEE: tuple[Column, ...] = (
    ("Recipient", "payee_id"),
    ("Name", "name"),
    ("NIK or NPWP", "tax_id"),
    ("Bank", "bank"),
    ("Account", "account_number"),
    ("In the name of", "account_holder"),
    ("Agency", "agency_id"),
    ("Last changed by", "changed_by"),
    ("At", "changed_at"),
)
MASKED = "Only the treasurer sees the numbers whole."


@payee.command("keep")
@writing
def keep_payee(
    session: Session,
    payee_id: PayeeId,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="A JSON file instead of the options; - reads standard input."),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="As on the identity card.")] = None,
    tax_id: Annotated[
        str | None, typer.Option("--tax-id", help="NIK or NPWP, 15 or 16 digits.")
    ] = None,
    bank: Annotated[str | None, typer.Option("--bank", help="Which bank.")] = None,
    account: Annotated[str | None, typer.Option("--account", help="The account's number.")] = None,
    holder: Annotated[
        str | None, typer.Option("--holder", help="In whose name the account is.")
    ] = None,
) -> None:
    """Keep who a recipient is and where their money goes, all of it at once.

    The JSON file: {"name", "tax_id", "bank", "account_number", "account_holder"}. It keeps what is
    private out of the list of commands that your terminal remembers.
    """
    typed = given(name=name, tax_id=tax_id, bank=bank, account_number=account)
    body = _body(file, {**typed, **given(account_holder=holder)})
    kept = session.api("awards").put(f"/payees/{payee_id}", body)
    done = "This would be accepted; nothing was changed." if kept["dry_run"] else "It is kept."
    session.out.answer(kept, line(done), detailed(kept, *PAYEE))


@payee.command("show")
@reading
def show_payee(session: Session, payee_id: PayeeId) -> None:
    """Show who a recipient is; of the numbers all but the treasurer see the last digits."""
    found = session.api("awards").get(f"/payees/{payee_id}")
    session.out.answer(found, detailed(found, *PAYEE))
    if found["is_masked"]:
        session.out.tell(MASKED)


@payee.command("erase")
@writing
def erase_payee(session: Session, payee_id: PayeeId) -> None:
    """Erase name, tax id and account of a recipient for good; the history never held them."""
    erased = session.api("awards").delete(f"/payees/{payee_id}")
    done = "Nothing was changed." if session.is_dry_run else "It is erased."
    session.out.answer(erased or {"payee_id": payee_id, "dry_run": session.is_dry_run}, line(done))


def _body(file: Path | None, typed: Document) -> Document:
    """Raises `Misuse` where it is given in both ways."""
    if file is None:
        return typed
    if typed:
        raise Misuse("given_twice", "Give either a --file or the options, not both.")
    return body_of(file)
