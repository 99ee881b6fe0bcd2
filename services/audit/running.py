"""Replays that run in the background of the service, one task each, told of in the database."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import structlog

from services.audit.auditing import audited
from services.audit.domain.explaining import Trail, explain
from services.audit.outcome import ReplayTold, told
from services.audit.outcome.explained import ExplainedTold, told_of
from services.audit.reading import Progress, Reading, StreamSource, Until
from services.audit.served import Services
from shared.errors import DomainError, Invalid, Refused, Unavailable
from shared.history import Connection
from shared.views import Collection, Order

log = structlog.get_logger("replays")
TOLD_EVERY_SECONDS = 1.0
AT_ONCE = 2
LONGEST_EXPLANATION = 8_000_000
"""Characters; a document of the database holds twice as much."""
SILENT = timedelta(seconds=30)
NEWEST_FIRST = Order("asked_at", descending=True)

OpenClients = Callable[[str], Mapping[str, httpx.AsyncClient]]
"""From an `Authorization` header to a client of each service that carries it."""


@dataclass
class _Running:
    told: ReplayTold
    task: asyncio.Task[None] | None = None


class Replays:
    """Starts replays and answers how they are; `now` is the process's clock."""

    def __init__(
        self,
        connection: Connection,
        kept: Collection,
        open_clients: OpenClients,
        now: Callable[[], datetime],
    ) -> None:
        self._connection = connection
        self._kept = kept
        self._open_clients = open_clients
        self._now = now
        self._running: dict[str, _Running] = {}

    async def start(self, asked: ReplayTold, authorization: str) -> ReplayTold:
        """The replay of that id; asked for again it is the same.

        Raises `Invalid` when the id stands for another wish, `Unavailable` when too many run.
        """
        known = await self.told(asked.replay_id)
        if known is not None:
            return _same(known, asked)
        if len(self._running) >= AT_ONCE:
            raise Unavailable("replays_running", "Other replays run already; try again later.")
        running = _Running(asked)
        self._running[asked.replay_id] = running
        await self._keep(asked)
        running.task = asyncio.create_task(self._run(running, authorization), name="replay")
        return asked

    async def told(self, replay_id: str) -> ReplayTold | None:
        running = self._running.get(replay_id)
        if running is not None:
            return running.told
        found = await self._kept.get(replay_id)
        return None if found is None else self._as_kept(ReplayTold.model_validate(found["told"]))

    async def newest(self, cursor: str | None) -> tuple[tuple[ReplayTold, ...], str | None]:
        page = await self._kept.page({}, order=NEWEST_FIRST, cursor=cursor)
        kept = (self._as_kept(ReplayTold.model_validate(each["told"])) for each in page.items)
        return tuple(kept), page.next_cursor

    def _as_kept(self, kept: ReplayTold) -> ReplayTold:
        """One that says it runs and has not moved for long died with its process."""
        if kept.state != "running" or self._now() - kept.changed_at < SILENT:
            return kept
        change = {"state": "failed", "failed_because": "The process that ran it has stopped."}
        return kept.model_copy(update=change)

    @asynccontextmanager
    async def ending(self) -> AsyncGenerator[None]:
        """Ends what still runs when the service stops."""
        try:
            yield
        finally:
            tasks = [each.task for each in self._running.values() if each.task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, running: _Running, authorization: str) -> None:
        keeping = asyncio.create_task(self._keep_telling(running))
        try:
            change = await self._outcome(running, authorization)
        except DomainError as error:
            change = {"state": "failed", "failed_because": error.sentence}
        except Exception as error:
            log.exception("replay failed", replay=running.told.replay_id)
            change = {"state": "failed", "failed_because": type(error).__name__}
        finally:
            keeping.cancel()
        running.told = running.told.model_copy(update={**change, "changed_at": self._now()})
        await self._keep(running.told)
        self._running.pop(running.told.replay_id, None)

    async def _outcome(self, running: _Running, authorization: str) -> dict[str, object]:
        asked = running.told
        began = self._now()

        def watch(progress: Progress) -> None:
            seconds = max((self._now() - began).total_seconds(), 0.001)
            running.told = running.told.model_copy(
                update={
                    "events": progress.events,
                    "at_sequence": progress.sequence,
                    "last_sequence": progress.last,
                    "finding_count": progress.findings,
                    "rate": round(progress.events / seconds, 1),
                    "changed_at": self._now(),
                }
            )

        async with AsyncExitStack() as open_:
            services = None
            if asked.compare:
                clients = self._open_clients(authorization)
                for client in clients.values():
                    await open_.enter_async_context(client)
                services = Services(clients)
            until = Until(sequence=asked.until)
            trail = None if asked.explain is None else Trail()
            heard = None if trail is None else trail.take
            reading = Reading(StreamSource(self._connection), heard=heard)
            audit = await audited(reading, until, watch, services)
        explained = _explained(asked.explain, reading, trail)
        return {"state": "done", "report": told(audit), "explained": explained}

    async def _keep_telling(self, running: _Running) -> None:
        while True:
            await asyncio.sleep(TOLD_EVERY_SECONDS)
            with suppress(Unavailable):
                await self._keep(running.told)

    async def _keep(self, replay: ReplayTold) -> None:
        document = replay.model_dump(mode="json")
        await self._kept.put(
            {"_id": replay.replay_id, "asked_at": document["asked_at"], "told": document}
        )


def _explained(thing: str | None, reading: Reading, trail: Trail | None) -> ExplainedTold | None:
    """Raises `NotFound` or `Invalid` for a thing that is unknown or may mean several."""
    if thing is None or trail is None:
        return None
    explained = told_of(explain(thing, reading.replay.world, trail))
    if len(explained.model_dump_json()) > LONGEST_EXPLANATION:
        raise Refused(
            "explanation_too_long",
            "This is too much for one answer: ask for a part of it, or use `inda audit replay"
            " --explain`.",
        )
    return explained


def _same(known: ReplayTold, asked: ReplayTold) -> ReplayTold:
    if _wish(known) == _wish(asked):
        return known
    raise Invalid(
        "idempotency_key_reused", "This Idempotency-Key was already used for another request."
    )


def _wish(replay: ReplayTold) -> tuple[int | None, bool, str | None]:
    return replay.until, replay.compare, replay.explain
