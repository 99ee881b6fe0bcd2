"""`inda notices`: what an agency is told of its dossiers, and where it wants that by mail."""

from typing import Annotated

import typer
from rich.console import RenderableType

from deploy.cli.arguments import given
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.output import Column, Record, detailed, line, listed
from deploy.cli.session import Session, listing, writing
from deploy.cli.written import HINT

notices = typer.Typer(no_args_is_help=True, help="What verification tells an agency.")

KIND_HELP = (
    "received, revision_requested, revision_lapsed, verified, rejected, corrected, withdrawn"
)
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", help=f"Only of this kind ({KIND_HELP}); may be repeated."),
]
NOTICE: tuple[Column, ...] = (
    ("Number", "sequence"),
    ("When", "at"),
    ("New", "unread"),
    ("Kind", "kind"),
    ("What", lambda row: "\n".join((row["words"]["sentence"], *_points(row)))),
    ("Innovation", "innovation_id"),
)
ADDRESS: tuple[Column, ...] = (
    ("E-mail", "email"),
    ("Only of", "kinds"),
    ("Agency", "agency_id"),
    ("Since", "set_at"),
)


@notices.command("list")
@listing
def list_notices(
    session: Session,
    unread: Annotated[bool, typer.Option("--unread", help="Only those not read yet.")] = False,
    kind: Annotated[str | None, typer.Option("--kind", help=f"Only these: {KIND_HELP}.")] = None,
) -> None:
    """List what you were told, the newest first; `inda notices read` marks it as read."""
    asked = given(unread=unread or None, kind=kind)
    found = session.api("verification").pages("/notices", every=session.every_page, **asked)
    session.out.answer(found, *_told(found["items"]))
    if found["next_cursor"] is not None:
        session.out.tell(HINT)


@notices.command("read")
@writing
def read_notices(
    session: Session,
    up_to: Annotated[
        int | None,
        typer.Option("--up-to", min=0, help="The number of the newest that you read; else all."),
    ] = None,
) -> None:
    """Mark notices as read."""
    api = session.api("verification")
    newest = _newest(api.get("/notices", limit=1)) if up_to is None else up_to
    found = api.post("/notices/read", {"up_to": newest})
    session.out.answer(found, line(f"Everything up to number {found['read_up_to']} is read."))


@notices.command("address")
@writing
def notice_address(
    session: Session,
    email: Annotated[
        str | None, typer.Argument(metavar="[EMAIL]", help="Where notices go; else it is shown.")
    ] = None,
    kind: Kinds = None,
    erase: Annotated[bool, typer.Option("--erase", help="Send no more mail.")] = False,
) -> None:
    """Show, set or erase the address to which your agency's notices are mailed to you."""
    if email is not None and erase:
        raise Misuse("address_contradicts", "Give an address or --erase, not both.")
    if email is None and kind:
        raise Misuse("address_missing", "Give the address to which these kinds are to go.")
    api = session.api("verification")
    if email is None and not erase:
        found = api.get("/notice-address")
    else:
        found = api.put("/notice-address", {"email": email, "kinds": kind or []})
    session.out.answer(found, detailed(found, *ADDRESS))


def _newest(page: Document) -> int:
    return max((each["sequence"] for each in page["items"]), default=0)


def _points(row: Record) -> list[str]:
    return [f"- {each}" for each in row["words"]["points"]]


def _told(items: list[Document]) -> list[RenderableType]:
    return [listed(items, *NOTICE)] if items else [line("There is nothing new.")]
