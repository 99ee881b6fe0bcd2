"""`inda audit search`, `show`, `innovation`, `person`, `readers`: as audit serves the history."""

from collections.abc import Mapping
from typing import Annotated, Any

import httpx
import typer

from deploy.cli.arguments import given, moment
from deploy.cli.auditing.group import audit
from deploy.cli.auditing.reaching import auditor_token
from deploy.cli.client import TIMEOUT, Api, Document
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.session import Session, listing, reading

EVENT: tuple[Column, ...] = (
    ("Sequence", "sequence"),
    ("When", "at"),
    ("Who", "by"),
    ("Fact", "fact"),
    ("Subject", lambda row: str(row["subject"]).removeprefix("inda.v1.")),
    ("Version", "version"),
)
STORED: tuple[Column, ...] = (
    ("Sequence", "sequence"),
    ("Subject", "subject"),
    ("SHA-256 of the body", "body_sha256"),
    ("Entry of the log", "leaf"),
    ("Hash of the entry", "leaf_hash"),
    ("Proof", "proof"),
)
OPENING: tuple[Column, ...] = (
    ("Sequence", "sequence"),
    ("When", "at"),
    ("Who", "by"),
    ("Agency", "agency"),
    ("Roles", "roles"),
    ("How", "how"),
    ("Service", "service"),
    ("For innovation", "about"),
)
DescOption = Annotated[bool, typer.Option("--newest-first", help="The latest facts first.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=200, help="Facts a page.")]


def auditing(session: Session, timeout: httpx.Timeout = TIMEOUT) -> Api:
    """The audit service as the auditor."""
    http = session.http(session.address("audit"))
    http.timeout = timeout
    http.headers["Authorization"] = f"Bearer {auditor_token(session)}"
    return Api("audit", http, None, None, session.patience)


@audit.command("search")
@listing
def search(
    session: Session,
    by: Annotated[str | None, typer.Option("--by", help="Who did it, by id.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="From this moment: 2026-05-01T08:00 (WITA).")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Up to this moment, not included.")
    ] = None,
    fact: Annotated[str | None, typer.Option("--fact", help="Such as MoneyAllocated.")] = None,
    service: Annotated[str | None, typer.Option("--service", help="Such as awards.")] = None,
    aggregate: Annotated[str | None, typer.Option("--aggregate", help="Such as fund.")] = None,
    key: Annotated[str | None, typer.Option("--key", help="The id of the aggregate.")] = None,
    about: Annotated[
        str | None, typer.Option("--about", help="What it names: innovation:ID, fund:ID, ...")
    ] = None,
    newest_first: DescOption = False,
    limit: LimitOption = 50,
) -> None:
    """Find facts by who, when, what, and what they name; all that is given must fit."""
    moments = {
        "from": None if since is None else moment(since),
        "to": None if until is None else moment(until),
    }
    plain = given(
        by=by, fact=fact, service=service, aggregate=aggregate, key=key, about=about, **moments
    )
    _show_events(session, "/events", newest_first, limit, plain)


@audit.command("show")
@reading
def show_event(
    session: Session, event: Annotated[str, typer.Argument(metavar="SEQUENCE|EVENT-ID")]
) -> None:
    """Show one fact as it is stored: its headers, its body, and its entry in the log."""
    path = f"/events/{event}" if event.isdigit() else f"/events/by-id/{event}"
    found = auditing(session).get(path)
    # As lines of text: a table would show moments in WITA, and they are not stored so.
    headers = [line(f"{name}: {value}") for name, value in found["headers"].items()]
    body = found["body"] if found["body"] is not None else found["body_base64"]
    session.out.answer(
        found,
        detailed(found, *STORED),
        *headers,
        line(str(body)),
    )


@audit.command("innovation")
@listing
def show_innovation(
    session: Session,
    innovation: Annotated[str, typer.Argument(metavar="INNOVATION", help="Its id.")],
    newest_first: DescOption = False,
    limit: LimitOption = 50,
) -> None:
    """Show all that was said about an innovation in all services: from draft to money."""
    _show_events(session, f"/timeline/innovation/{innovation}", newest_first, limit, {})


@audit.command("person")
@listing
def show_person(
    session: Session,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Their id.")],
    named: Annotated[
        bool, typer.Option("--named", help="What was said about them, not what they did.")
    ] = False,
    newest_first: DescOption = False,
    limit: LimitOption = 50,
) -> None:
    """Show what a person did, or where others named them."""
    asked = {"named": named or None}
    _show_events(session, f"/people/{person}/events", newest_first, limit, given(**asked))


@audit.command("readers")
@reading
def show_readers(
    session: Session,
    sha256: Annotated[str, typer.Argument(metavar="SHA256", help="The document's digest.")],
) -> None:
    """Show who opened a document, when and how, and who declared or accepted it."""
    found = auditing(session).get(f"/documents/{sha256}/readers")
    session.out.answer(
        found,
        listed(found["openings"], *OPENING, title="Opened by"),
        listed(found["sources"], *EVENT, title="Comes from"),
    )


def _show_events(
    session: Session, path: str, newest_first: bool, limit: int, asked: Mapping[str, Any]
) -> None:
    api = auditing(session)
    asked = {**asked, "limit": limit, "order": "desc" if newest_first else None}
    page: Document = api.get(path, **asked)
    items: list[Document] = list(page["items"])
    while session.every_page and page["next_cursor"]:
        page = api.get(path, **{**asked, "cursor": page["next_cursor"]})
        items += page["items"]
    session.out.answer({**page, "items": items}, listed(items, *EVENT))
    if page["next_cursor"]:
        session.out.tell("There may be more: --all shows all of it.")
    if page["up_to"] < page["last_sequence"]:
        session.out.tell(
            f"The index is at {page['up_to']} of {page['last_sequence']} facts; ask again later."
        )
