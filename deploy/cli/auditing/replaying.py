"""`inda audit replay`: everything decided once more from the history alone."""

import gc
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from deploy.cli.arguments import moment
from deploy.cli.auditing.group import audit
from deploy.cli.auditing.reaching import auditor_token, client, connected, run
from deploy.cli.auditing.tables import tables_of
from deploy.cli.output import line
from deploy.cli.session import Session, reading
from services.audit.auditing import Audit, audited
from services.audit.outcome import ReportTold, told
from services.audit.reading import Progress as Step
from services.audit.reading import Reading, Until
from services.audit.served import Services

DIFFERS = 1
RARELY = (200_000, 20, 50)

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
    token = auditor_token(session) if compares else ""
    done = run(lambda: _replayed(session, ends, token))
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


def _until(text: str | None) -> Until:
    if text is None:
        return Until()
    if text.isdigit():
        return Until(sequence=int(text))
    return Until(moment=datetime.fromisoformat(moment(text)))


async def _replayed(session: Session, until: Until, token: str) -> Audit:
    """Without a token nothing is compared."""
    # Nearly all that a replay makes it keeps: looking for garbage that often finds none.
    gc.set_threshold(*RARELY)
    async with AsyncExitStack() as open_:
        services = None
        if token:
            clients = {
                name: await open_.enter_async_context(client(url, token))
                for name, url in session.context.services.items()
            }
            services = Services(clients)
        connection = await connected(session, open_)
        bar = open_.enter_context(_progress(session))
        task = bar.add_task("replaying", total=1, rate="")
        return await audited(Reading(connection), until, _watching(bar, task), services)


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
