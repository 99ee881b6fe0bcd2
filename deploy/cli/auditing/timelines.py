"""`inda audit timeline`: the facts of one aggregate."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Annotated

import typer

from deploy.cli.auditing.group import audit
from deploy.cli.auditing.reaching import connected, run
from deploy.cli.auditing.tables import ENTRY
from deploy.cli.failures import Denied
from deploy.cli.output import listed
from deploy.cli.session import Session, reading
from services.audit.timeline import TimelineEntry, subjects_named, timeline
from shared.history import HistoryLog


@audit.command("timeline")
@reading
def show_timeline(
    session: Session,
    subject: Annotated[
        str, typer.Argument(metavar="SUBJECT|KEY", help="awards.fund.apbd-2026, or only its key.")
    ],
) -> None:
    """Show the facts of an innovation, dossier, fund, ... in order: who said what, and when."""
    found = run(lambda: _timelines(session, subject))
    if not found:
        raise Denied("aggregate_unknown", f"The history says nothing of {subject}.")
    document = {
        name: [entry.model_dump(mode="json") for entry in entries]
        for name, entries in found.items()
    }
    shown = [listed(rows, *ENTRY, title=name) for name, rows in document.items()]
    session.out.answer(document, *shown)


async def _timelines(session: Session, text: str) -> Mapping[str, tuple[TimelineEntry, ...]]:
    async with AsyncExitStack() as open_:
        history = HistoryLog(await connected(session, open_))
        found = {subject: await history.facts(subject) for subject in subjects_named(text)}
    return {subject: timeline(events) for subject, events in found.items() if events}
