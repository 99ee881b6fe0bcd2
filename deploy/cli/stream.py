"""`inda stream`: the stream and its consumers, as the server has them and as they should be."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import nats.errors
import typer
from nats.aio.client import Client
from rich.table import Table

from deploy.cli.context import Nats
from deploy.cli.failures import Misuse, Unreachable
from deploy.cli.output import Record, line, listed
from deploy.cli.session import Session, reading
from shared import bus
from shared.errors import Unavailable
from shared.history import Connection

stream = typer.Typer(
    no_args_is_help=True, help="The stream of all facts: compare its settings, bring them about."
)

CHANGES_PENDING = 3
PATIENCE_SECONDS = 10.0
T = TypeVar("T")
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]


@stream.command("plan")
@reading
def plan(session: Session) -> None:
    """Show what `apply` would change.

    Exit code 0 when nothing is to be changed, 3 when something is.
    """
    changes = _as_admin(session, bus.plan)
    _show(session, changes, applied=False)
    if changes:
        raise typer.Exit(CHANGES_PENDING)


@stream.command("apply")
@reading
def apply(session: Session, yes: Yes = False) -> None:
    """Bring the stream and its consumers to the settings of this version of Inda."""
    changes = _as_admin(session, bus.plan)
    if not changes:
        _show(session, changes, applied=True)
        return
    if not yes and session.out.as_json:
        raise Misuse("not_confirmed", "With --json nobody is asked; say --yes.")
    if not yes:
        session.out.error.print(_table(changes))
        typer.confirm("Change the server so?", abort=True, err=True)
    _show(session, _as_admin(session, bus.apply), applied=True)


def _show(session: Session, changes: list[bus.Change], *, applied: bool) -> None:
    document = {"changes": [_document(each) for each in changes], "applied": applied}
    if not changes:
        session.out.answer(document, line("The server is as it should be."))
        return
    done = line("This was changed." if applied else "`inda stream apply` would change this.")
    session.out.answer(document, _table(changes), done)


def _table(changes: list[bus.Change]) -> Table:
    return listed(
        [row for each in changes for row in _rows(each)],
        ("What", "what"),
        ("Setting", "setting"),
        ("On the server", "found"),
        ("Wanted", "wanted"),
    )


def _rows(change: bus.Change) -> list[Record]:
    if change.kind == "create":
        return [{"what": change.what, "setting": "all", "found": "missing", "wanted": "created"}]
    return [
        {
            "what": change.what,
            "setting": name,
            "found": json.dumps(found),
            "wanted": json.dumps(wanted),
        }
        for name, (found, wanted) in change.difference.items()
    ]


def _document(change: bus.Change) -> dict[str, object]:
    settings = {
        name: {"found": found, "wanted": wanted}
        for name, (found, wanted) in change.difference.items()
    }
    return {"kind": change.kind, "what": change.what, "settings": settings}


def _as_admin(session: Session, work: Callable[[Client, int], Awaitable[T]]) -> T:
    """What the work returns. Raises `Failure`."""
    nats_at = session.context.nats
    if nats_at is None or "admin" not in nats_at.seeds:
        raise Misuse("seed_missing", f"{session.context.file} names no NATS seed of the admin.")
    try:
        seed = nats_at.seeds["admin"].read_text().strip()
    except OSError as error:
        file = nats_at.seeds["admin"]
        raise Misuse("seed_unreadable", f"{file} cannot be read: {error.strerror}.") from None
    return asyncio.run(_connected(nats_at, seed, work))


async def _connected(at: Nats, seed: str, work: Callable[[Client, int], Awaitable[T]]) -> T:
    connection = Connection(at.urls, "admin", seed, admin=True)
    try:
        await connection.open(PATIENCE_SECONDS)
        return await work(connection.client, at.replicas)
    except (TimeoutError, OSError, nats.errors.Error):
        where = ", ".join(at.urls)
        raise Unreachable(f"NATS does not let the admin in at {where}.") from None
    except Unavailable as error:
        raise Unreachable(error.sentence) from None
    finally:
        await connection.close()
