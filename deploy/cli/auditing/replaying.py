"""`inda audit replay`: everything decided once more from the history alone."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.arguments import moment
from deploy.cli.auditing.buckets import bucket_shelf
from deploy.cli.auditing.choosing import Chosen, VkeyOption, folder_shelf, of_archive, of_stream
from deploy.cli.auditing.group import audit
from deploy.cli.auditing.progress import progress
from deploy.cli.auditing.reaching import auditor_token, client, run
from deploy.cli.auditing.tables import tables_of
from deploy.cli.output import line
from deploy.cli.session import Session, reading
from services.audit.archive import ArchiveBehind
from services.audit.auditing import Audit, audited
from services.audit.domain.explaining import Explained, Trail, explain
from services.audit.outcome import ReportTold, told
from services.audit.outcome.explained import lines, told_of
from services.audit.reading import Progress as Step
from services.audit.reading import Reading, Until
from services.audit.served import Services

DIFFERS = 1
BEHIND_SECONDS = 60.0
AGAIN_SECONDS = 1.0


class From(StrEnum):
    """Where the history is read."""

    STREAM = "stream"
    ARCHIVE = "archive"


UntilOption = Annotated[
    str | None,
    typer.Option("--until", help="End at this sequence, or at this moment: 2026-08-31T23:59."),
]
FromOption = Annotated[
    From, typer.Option("--from", help="Read the stream, or the archive in the bucket.")
]
FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--folder", help="Read the archive in this folder: no server, no login, no context."
    ),
]
ExplainOption = Annotated[
    str | None,
    typer.Option(
        "--explain",
        metavar="THING",
        help="Print the chain behind a result, a rank, a score or a rupiah, such as"
        " rank:KOMPETISI/kategori/1 or allocation/DANA/ALOKASI.",
    ),
]
CompareOption = Annotated[
    bool | None,
    typer.Option(
        "--compare/--no-compare",
        help="Hold what the services serve against it. Usual for the stream.",
    ),
]
DigestsOption = Annotated[bool, typer.Option("--digests", help="Print a digest per document.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """`folder` and `is_archive`: from the stream when neither is."""

    until: Until
    is_archive: bool
    folder: Path | None
    vkey: Path | None
    thing: str | None
    compares: bool


@audit.command("replay")
@reading
def replay(
    session: Session,
    until: UntilOption = None,
    from_: FromOption = From.STREAM,
    folder: FolderOption = None,
    vkey: VkeyOption = None,
    explain: ExplainOption = None,
    compare: CompareOption = None,
    digests: DigestsOption = False,
) -> None:
    """Derive every state, score, rank and rupiah again from the history alone.

    Exit code 0 when all is identical, 1 when anything differs, 2 when it cannot be told.
    """
    ends = _until(until)
    is_archive = folder is not None or from_ == From.ARCHIVE
    usual = not is_archive and explain is None
    wanted = usual if compare is None else compare
    asked = Asked(ends, is_archive, folder, vkey, explain, wanted and ends == Until())
    token = auditor_token(session) if asked.compares else ""
    done, explained = run(lambda: _replayed(session, asked, token))
    report = told(done, with_digests=digests)
    _answer(session, report, explained)
    if not done.is_identical:
        raise typer.Exit(DIFFERS)


def _answer(session: Session, report: ReportTold, explained: Explained | None) -> None:
    last = _last_line(report)
    document = report.model_dump(mode="json")
    shown = [line(last)]
    if explained is not None:
        document["explained"] = told_of(explained).model_dump(mode="json")
        shown = [*(line(each) for each in lines(explained)), *shown]
    elif not session.out.as_json:
        for each in tables_of(report):
            session.out.error.print(each)
    session.out.answer(document, *shown)
    if session.out.as_json:
        session.out.tell(last)


def _until(text: str | None) -> Until:
    if text is None:
        return Until()
    if text.isdigit():
        return Until(sequence=int(text))
    return Until(moment=datetime.fromisoformat(moment(text)))


async def _replayed(session: Session, asked: Asked, token: str) -> tuple[Audit, Explained | None]:
    """Without a token nothing is compared."""
    async with AsyncExitStack() as open_:
        services = await _services(session, token, open_) if token else None
        chosen = await _chosen(session, asked, open_)
        trail = None if asked.thing is None else Trail()
        heard = None if trail is None else trail.take
        history = Reading(chosen.source, chosen.replay, heard)
        telling = open_.enter_context(progress(session, "events"))

        def watch(step: Step) -> None:
            telling("replaying", step.sequence, step.last)

        done = await audited(history, asked.until, watch, None if asked.is_archive else services)
        chosen.prove()
        if asked.is_archive and services is not None:
            done = await _compared(session, history, done, services)
        own = chosen.own_rules(done.report)
        if own is not None:
            session.out.tell(own)
        if asked.thing is None or trail is None:
            return done, None
        return done, explain(asked.thing, chosen.replay.world, trail)


async def _chosen(session: Session, asked: Asked, open_: AsyncExitStack) -> Chosen:
    if not asked.is_archive:
        return await of_stream(session, open_)
    if asked.folder is not None:
        return of_archive(folder_shelf(asked.folder), asked.vkey, session.out.tell)
    return await _of_bucket(session, asked.vkey or session.context.vkey)


async def _of_bucket(session: Session, vkey: Path | None) -> Chosen:
    """Facts are archived a moment after they were signed."""
    shelf = bucket_shelf(session)
    end = time.monotonic() + BEHIND_SECONDS
    while True:
        try:
            return of_archive(shelf, vkey, session.out.tell)
        except ArchiveBehind:
            if time.monotonic() > end:
                raise
            await asyncio.sleep(AGAIN_SECONDS)


async def _services(session: Session, token: str, open_: AsyncExitStack) -> Services:
    return Services(
        {
            name: await open_.enter_async_context(client(url, token))
            for name, url in session.context.services.items()
        }
    )


async def _compared(session: Session, history: Reading, done: Audit, services: Services) -> Audit:
    """Only an archive that holds everything that the services show can be compared."""
    last = done.report.last_sequence
    shown = max((each.sequence for each in await services.documents()), default=0)
    if shown > last:
        session.out.tell(
            f"Not compared: the services show fact {shown}, the archive ends with {last}."
        )
        return done
    return await audited(history, Until(), lambda _: None, services)


def _last_line(report: ReportTold) -> str:
    if report.is_identical:
        return f"replay identical: {report.events} events, {report.aggregates} aggregates"
    return f"replay differs: {report.finding_count + report.difference_count} findings"
