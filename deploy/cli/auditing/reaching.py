"""How the auditor's commands reach the history, the services and their own rights."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeVar

import httpx

from deploy.cli.client import document_of
from deploy.cli.failures import Denied, Misuse, Unreachable
from deploy.cli.session import Session, bearer, is_loopback
from shared.errors import Forbidden, Invalid, NotFound, Refused, Unavailable
from shared.history import Connection
from shared.transparency import Amiss

CONNECT_SECONDS = 10.0
USER = "auditor"
OLDER = {USER: "audit"}
"""Whose seed stood in contexts that were made before there was a user for people who read."""
T = TypeVar("T")


def run(work: Callable[[], Awaitable[T]]) -> T:
    """Raises a `Failure` for what the history, the log or the services cannot answer."""

    async def running() -> T:
        return await work()

    try:
        return asyncio.run(running())
    except Unavailable as error:
        raise Unreachable(error.sentence) from None
    except Forbidden as error:
        raise Misuse(error.code, error.sentence) from None
    except (NotFound, Invalid, Refused) as error:
        raise Denied(error.code, error.sentence) from None
    except Amiss as error:
        raise Denied(error.code, str(error)) from None


def client(url: str, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=url,
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
        trust_env=not is_loopback(url),
    )


async def connected(session: Session, open_: AsyncExitStack, user: str = USER) -> Connection:
    """To NATS as the auditor, or as another user whose seed the context names.

    Raises `Misuse` or `Unavailable`.
    """
    nats = session.context.nats
    known = {} if nats is None else nats.seeds
    named = user if user in known else OLDER.get(user, user)
    if nats is None or named not in known:
        raise Misuse("nats_unknown", f"{session.context.file} does not say how to reach NATS.")
    seed = text_of(known[named]).strip()
    connection = Connection(nats.urls, named, seed, admin=named == "admin")
    try:
        await connection.open(CONNECT_SECONDS)
    except TimeoutError:
        raise Unavailable("history_unavailable", "NATS does not answer.") from None
    open_.push_async_callback(connection.close)
    return connection


def text_of(file: Path) -> str:
    try:
        return file.read_text()
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None


def auditor_token(session: Session) -> str:
    """Of whom `--as` names, else of a ready-made auditor where the context knows one, else of
    whoever is logged in.
    """
    accounts = session.context.accounts
    if session.chosen_user is None and accounts is not None and accounts.exists():
        for account in json.loads(text_of(accounts)):
            if "auditor" in account["roles"]:
                return _granted(session, account["username"], account["password"])
    return bearer(session.drawer)


def _granted(session: Session, user: str, password: str) -> str:
    issuer = session.http(session.context.issuer)
    try:
        answer = issuer.post("/token", data={"username": user, "password": password})
    except httpx.TransportError:
        raise Unreachable("The issuer does not answer.") from None
    granted = document_of(answer)
    if "access_token" not in granted:
        raise Unreachable(f"The issuer cannot log {user} in (status {answer.status_code}).")
    return str(granted["access_token"])
