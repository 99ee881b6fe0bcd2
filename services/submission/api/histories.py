"""The history of one innovation, as those whose it is read it."""

from collections.abc import Awaitable, Sequence
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Response

from services.submission.api.clocks import InTongue
from services.submission.api.desk import Desk
from services.submission.api.telling import Reader, changed_fields, names_of, told
from services.submission.domain.innovation import decider
from services.submission.domain.states import Content, Missing
from shared.errors import Invalid
from shared.events.base import Key, PersonId, Recorded, Utc
from shared.events.submission import (
    INNOVATION,
    EvidenceDeclared,
    InnovationDrafted,
    InnovationEvent,
    ProfileRevised,
)
from shared.http import Answer, Doors
from shared.identity import Access


class Facts(Protocol):
    """What answers the facts of a subject, the oldest first: `HistoryLog.facts`."""

    def __call__(self, subject: str) -> Awaitable[Sequence[Recorded[Any]]]: ...


class HistoryEntry(Answer):
    """A fact: its place, who and when, and what happened; `fields` are those of the profile."""

    version: int
    sequence: int
    at: Utc
    by: PersonId
    happened: str
    sentence: str
    fields: tuple[str, ...]


class InnovationHistory(Answer):
    """Newest first."""

    innovation_id: str
    training: bool
    items: tuple[HistoryEntry, ...]
    next_cursor: str | None


def routes(doors: Doors, desk: Desk, facts: Facts) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}/history", tags=["innovations"])

    @router.get("", name="read_history")
    async def read_history(
        innovation_id: Key,
        response: Response,
        tongue: InTongue,
        access: Annotated[Access, doors.reads("read_history")],
        cursor: Annotated[str | None, Query(max_length=20)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> InnovationHistory:
        drafted = (await desk.content(access, innovation_id)).drafted
        _, season = await desk.clock(response, drafted.season_id, drafted.agency_path)
        before = _version(cursor)
        entries = entries_of(
            await facts(INNOVATION.subject(innovation_id)), Reader(tongue, season.time_zone)
        )
        behind = [each for each in entries if before is None or each.version < before]
        items = tuple(reversed(behind[-limit:]))
        return InnovationHistory(
            innovation_id=innovation_id,
            training=drafted.training,
            items=items,
            next_cursor=str(items[-1].version) if len(behind) > limit else None,
        )

    return router


def entries_of(recorded: Sequence[Recorded[InnovationEvent]], reader: Reader) -> list[HistoryEntry]:
    """Each fact against what held before it, the oldest first."""
    entries: list[HistoryEntry] = []
    names: dict[str, str] = {}
    state = decider.initial
    for event in recorded:
        before = None if isinstance(state, Missing) else state.content
        names |= _new_names(event.fact)
        entries.append(_entry(event, before, names, reader))
        state = decider.evolve(state, event.fact)
    return entries


def _new_names(fact: InnovationEvent) -> dict[str, str]:
    match fact:
        case InnovationDrafted():
            return names_of(fact.carried)
        case EvidenceDeclared():
            return names_of((fact.item,))
        case _:
            return {}


def _entry(
    event: Recorded[InnovationEvent],
    before: Content | None,
    names: dict[str, str],
    reader: Reader,
) -> HistoryEntry:
    fact = event.fact
    return HistoryEntry(
        version=event.version,
        sequence=event.sequence,
        at=fact.at,
        by=fact.by,
        happened=type(fact).__name__,
        sentence=told(fact, before, names, reader),
        fields=_fields(fact, before),
    )


def _fields(fact: InnovationEvent, before: Content | None) -> tuple[str, ...]:
    if before is None or not isinstance(fact, ProfileRevised):
        return ()
    return changed_fields(before.profile, fact.profile)


def _version(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit()):
        raise Invalid("cursor_broken", "This cursor is not one of ours.")
    return int(cursor)
