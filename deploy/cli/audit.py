"""`inda audit`: everything decided once more from the history, and held against what is served."""

import asyncio
import gc
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import httpx
import typer
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from deploy.cli.arguments import moment
from deploy.cli.audit_tables import ENTRY, tables_of
from deploy.cli.client import document_of
from deploy.cli.failures import Denied, Misuse, Unreachable
from deploy.cli.output import line, listed
from deploy.cli.session import Session, bearer, is_loopback, reading
from services.audit.auditing import Audit, audited
from services.audit.outcome import ReportTold, told
from services.audit.reading import Progress as Step
from services.audit.reading import Reading, Until
from services.audit.served import Services
from services.audit.timeline import TimelineEntry, subjects_named, timeline
from shared.errors import Forbidden, NotFound, Unavailable
from shared.history import Connection, HistoryLog

audit = typer.Typer(no_args_is_help=True, help="Replay the history; see who said what, and when.")

CONNECT_SECONDS = 10.0
DIFFERS = 1
USER = "audit"
RARELY = (200_000, 20, 50)
T = TypeVar("T")

UntilOption = Annotated[
    str | None,
    typer.Option("--until", help="End at this sequence, or at this moment: 2026-08-31T23:59."),
]
CompareOption = Annotated[
    bool, typer.Option("--compare/--no-compare", help="Hold what the services serve against it.")
]
DigestsOption = Annotated[bool, typer.Option("--digests", help="Print a digest per document.")]


@audit.command("replay")
@reading
def replay(
    session: Session,
    until: UntilOption = None,
    compare: CompareOption = True,
    digests: DigestsOption = False,
) -> None:
    """Derive every state, score, rank and rupiah again from the history alone.

    Exit code 0 when all is identical, 1 when anything differs, 2 when it cannot be told.
    """
    ends = _until(until)
    compares = compare and ends == Until()
    token = _auditor_token(session) if compares else ""
    done = _run(lambda: _replayed(session, ends, token))
    report = told(done, with_digests=digests)
    for each in tables_of(report):
        if not session.out.as_json:
            session.out.error.print(each)
    last = _last_line(report)
    session.out.answer(report.model_dump(mode="json"), line(last))
    if session.out.as_json:
        session.out.tell(last)
    if not done.is_identical:
        raise typer.Exit(DIFFERS)


@audit.command("timeline")
@reading
def show_timeline(
    session: Session,
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT|KEY", help="awards.fund.apbd-2026, or only its key.")
    ],
) -> None:
    """Show the facts of an innovation, dossier, fund, ... in order: who said what, and when."""
    found = _run(lambda: _timelines(session, subject))
    if not found:
        raise Denied("aggregate_unknown", f"The history says nothing of {subject}.")
    document = {
        name: [entry.model_dump(mode="json") for entry in entries]
        for name, entries in found.items()
    }
    shown = [listed(rows, *ENTRY, title=name) for name, rows in document.items()]
    session.out.answer(document, *shown)


def _until(text: str | None) -> Until:
    if text is None:
        return Until()
    if text.isdigit():
        return Until(sequence=int(text))
    return Until(moment=datetime.fromisoformat(moment(text)))


def _run(work: Callable[[], Awaitable[T]]) -> T:
    """Raises a `Failure` for what the history or the services cannot answer."""

    async def running() -> T:
        return await work()

    try:
        return asyncio.run(running())
    except Unavailable as error:
        raise Unreachable(error.sentence) from None
    except Forbidden as error:
        raise Misuse(error.code, error.sentence) from None
    except NotFound as error:
        raise Denied(error.code, error.sentence) from None


async def _replayed(session: Session, until: Until, token: str) -> Audit:
    """Without a token nothing is compared."""
    # Nearly all that a replay makes it keeps: looking for garbage that often finds none.
    gc.set_threshold(*RARELY)
    async with AsyncExitStack() as open_:
        services = None
        if token:
            clients = {
                name: await open_.enter_async_context(_client(url, token))
                for name, url in session.context.services.items()
            }
            services = Services(clients)
        connection = await _connected(session, open_)
        bar = open_.enter_context(_progress(session))
        task = bar.add_task("replaying", total=1, rate="")
        return await audited(Reading(connection), until, _watching(bar, task), services)


def _client(url: str, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=url,
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
        trust_env=not is_loopback(url),
    )


async def _connected(session: Session, open_: AsyncExitStack) -> Connection:
    """To the stream, as the auditor. Raises `Misuse` or `Unavailable`."""
    nats = session.context.nats
    seed = None if nats is None else nats.seeds.get(USER)
    if nats is None or seed is None:
        raise Misuse("nats_unknown", f"{session.context.file} does not say how to reach NATS.")
    connection = Connection(nats.urls, USER, _text(seed).strip())
    try:
        await connection.open(CONNECT_SECONDS)
    except TimeoutError:
        raise Unavailable("history_unavailable", "NATS does not answer.") from None
    open_.push_async_callback(connection.close)
    return connection


def _text(file: Path) -> str:
    try:
        return file.read_text()
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None


def _progress(session: Session) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}/{task.total:,.0f} events"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=session.out.error,
        transient=True,
        disable=session.out.as_json,
    )


def _watching(bar: Progress, task: TaskID) -> Callable[[Step], None]:
    def watch(step: Step) -> None:
        speed = bar.tasks[0].speed
        rate = f"{speed:,.0f}/s" if speed else ""
        bar.update(task, completed=step.sequence, total=step.last, rate=rate)

    return watch


def _last_line(report: ReportTold) -> str:
    if report.is_identical:
        return f"replay identical: {report.events} events, {report.aggregates} aggregates"
    return f"replay differs: {report.finding_count + report.difference_count} findings"


async def _timelines(session: Session, text: str) -> Mapping[str, tuple[TimelineEntry, ...]]:
    async with AsyncExitStack() as open_:
        history = HistoryLog(await _connected(session, open_))
        found = {subject: await history.facts(subject) for subject in subjects_named(text)}
    return {subject: timeline(events) for subject, events in found.items() if events}


def _auditor_token(session: Session) -> str:
    """Of whom `--as` names, else of a ready-made auditor where the context knows one, else of
    whoever is logged in.
    """
    accounts = session.context.accounts
    if session.chosen_user is None and accounts is not None and accounts.exists():
        for account in json.loads(_text(accounts)):
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
