"""Puts a service together: adapters first, then routes, then what runs beside them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import httpx
import structlog
from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from nats.js import errors as js_errors

from shared import bus
from shared.decider import Decider
from shared.errors import Unavailable
from shared.events.base import Aggregate, Fact
from shared.events.catalogue import UnknownFact
from shared.history import Connection, Handler, HistoryLog
from shared.history.reader import last_sequence
from shared.http import BoundedBodies, Doors
from shared.identity import Permissions, PublishedKeys, Verifier, allow
from shared.projector import Projection, Projector
from shared.service import inspection
from shared.service.asyncapi import asyncapi
from shared.service.blank import blank
from shared.service.clock import dated_ahead, utc_now
from shared.service.health import add_health
from shared.service.reacting import Commands, Reactor
from shared.service.skew import Skew, clock_of
from shared.service.stopping import end_this_process, stop
from shared.service.ticking import Tick, keep_ticking
from shared.settings import ServiceSettings
from shared.telemetry import Metrics, RequestTelemetry, configure_logging
from shared.views import Collection, Database

log = structlog.get_logger("service")

CommandT = TypeVar("CommandT")
StateT = TypeVar("StateT")
FactT = TypeVar("FactT", bound=Fact)
TICK_SECONDS = 1.0
Work = Callable[[], Coroutine[Any, Any, None]]


class Service:
    """The adapters of one service, and its application once `app` was called.

    Commands are dated by `now`; while `wall`, this host's own clock, differs from the broker's,
    none is. `dated` is `now` that refuses then.
    """

    def __init__(
        self,
        settings: ServiceSettings,
        permissions: Permissions,
        projections: Sequence[Projection[Any]],
        *,
        now: Callable[[], datetime] = utc_now,
        wall: Callable[[], datetime] = utc_now,
        give_up: Callable[[], None] = end_this_process,
    ) -> None:
        configure_logging(settings.service, settings.log_format)
        self.settings = settings
        self._give_up = give_up
        self._stopping = False
        self._projections = tuple(projections)
        self.metrics = Metrics()
        self.connection = Connection(
            settings.nats_urls, settings.service, settings.nkey_seed(), closed=self._closed
        )
        self.history = HistoryLog(self.connection)
        self.now = dated_ahead(now, settings.clock_ahead_file)
        self.skew = Skew(clock_of(self.connection), wall)
        self.database = Database(settings.mongo_url.get_secret_value(), settings.mongo_database)
        self._http = httpx.AsyncClient(timeout=5)
        keys = PublishedKeys(settings.jwks_url, self._http, now)
        verifier = Verifier(keys, issuer=settings.issuer, audience=settings.audience, now=now)
        self.projector = Projector(
            self.connection,
            self.history,
            f"{settings.service}-views",
            self._projections,
            self.database.collection,
            written=lambda count: self.metrics.projected(settings.service, count, 0, 0.0),
        )
        table = {**permissions, **inspection.INSPECTION}
        self.dated = self.skew.guarded(self.now)
        self.doors = Doors(allow(table, verifier), self.dated, self.position, self.reached)
        self._reactor: Reactor | None = None

    def view(self, projection: Projection[Any]) -> Collection:
        """Where the documents of a projection are read."""
        return self.database.collection(projection.collection)

    async def position(self) -> int:
        """The sequence that the read models show; a service without any is never behind."""
        if not self._projections:
            return await last_sequence(self.connection)
        return await self.projector.position()

    async def reached(self, sequence: int) -> bool:
        """Waits, bounded, until the read models show `sequence`; False if they do not in time."""
        return not self._projections or await self.projector.reached(sequence)

    def handler(
        self, aggregate: Aggregate[FactT], decider: Decider[CommandT, StateT, FactT]
    ) -> Handler[CommandT, StateT, FactT]:
        return Handler(self.history, aggregate, decider)

    def app(
        self,
        title: str,
        routers: Sequence[APIRouter],
        *,
        reactions: Commands | None = None,
        handlers: Mapping[str, Handler[Any, Any, Any]] | None = None,
        tick: Tick | None = None,
        tick_seconds: float = TICK_SECONDS,
        work: Sequence[Work] = (),
        beside: AbstractAsyncContextManager[None] | None = None,
        details: Callable[[], Mapping[str, object]] = dict,
    ) -> FastAPI:
        """The application. `handlers` are those that reactions and ticks speak to, by label;
        `work` goes on until it is cancelled, while history and read models can be asked; `beside`
        is entered first and left last; `details` are told by `/health/ready`.
        """
        known = handlers or {}
        always: list[Work] = [self.skew.keep_measuring, *work]
        if self._projections:
            always.append(self._project)
        if tick is not None:
            always.append(partial(keep_ticking, tick, known, self.dated, tick_seconds))

        @asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
            async with beside or nullcontext(), self._running(reactions, known, always):
                yield

        app = blank(title, lifespan)
        own = inspection.routes(
            self.doors, self.database, self._projections, self.position, self._retry
        )
        for router in (*routers, own):
            app.include_router(router)
        add_health(app, self.metrics, self.database, self.position, self.skew, details)

        @app.get("/asyncapi.json", include_in_schema=False)
        async def events() -> JSONResponse:
            return JSONResponse(asyncapi(self.settings.service, title))

        app.add_middleware(BoundedBodies)
        app.add_middleware(RequestTelemetry, metrics=self.metrics)
        # Routes are compiled when they are first listed: here, not while the first caller waits
        # (and not in several threads at once, which their warnings filters do not stand).
        for _ in iter_route_contexts(app.routes):
            pass
        return app

    @asynccontextmanager
    async def _running(
        self,
        reactions: Commands | None,
        handlers: Mapping[str, Handler[Any, Any, Any]],
        work: Sequence[Work],
    ) -> AsyncGenerator[None]:
        await self.connection.open()
        await self._prepared()
        await self.skew.measure()
        broker = None
        if reactions is not None:
            broker = await self._start_reacting(reactions, handlers)
        tasks = [asyncio.create_task(each()) for each in work]
        log.info("ready")
        try:
            yield
        finally:
            self._stopping = True
            await stop(tasks)
            if broker is not None:
                await broker.stop()
            await self.connection.close()
            await self._http.aclose()
            self.database.close()

    async def _prepared(self, patience_seconds: float = 60.0) -> None:
        """Waits for stream and database while they start."""
        end = asyncio.get_running_loop().time() + patience_seconds
        while True:
            try:
                await self.database.ping()
                await self.projector.prepare()
                return
            except Unavailable as error:
                if asyncio.get_running_loop().time() > end:
                    raise
                log.info("waiting", reason=str(error))
                await asyncio.sleep(0.3)

    async def _start_reacting(
        self, commands: Commands, handlers: Mapping[str, Handler[Any, Any, Any]]
    ) -> Any:
        name = self.settings.service
        broker = bus.broker(
            self.settings.nats_urls, name, self.settings.nkey_seed(), closed=self._closed
        )
        faults = self.database.collection("faults")
        self._reactor = Reactor(commands, handlers, faults, self.metrics)
        bus.on_facts(broker, name, self._reactor, self._reactor.park)
        await broker.start()
        return broker

    async def _project(self) -> None:
        while True:
            try:
                await self.projector.run()
            except js_errors.NotFoundError:
                log.error("consumer gone", durable=f"{self.settings.service}-views")
                self._give_up()
                return
            except Exception:
                # Nothing was acknowledged: the same facts come again.
                log.exception("projector stumbled")
                self.metrics.restarted("projector")
                await asyncio.sleep(1)

    def _closed(self) -> None:
        if not self._stopping:
            log.error("connection to NATS closed")
            self._give_up()

    async def _retry(self, kind: str, fault: str, sequence: int) -> bool:
        if kind == "view":
            _, name, subject = fault.split(":", 2)
            return await self.projector.rebuild(name, subject.rsplit(".", 1)[1])
        try:
            event = await self.history.fact(sequence)
        except UnknownFact:
            return False
        if event is None or self._reactor is None or fault in await self._reactor(event):
            return False
        await self.database.collection("faults").delete(fault)
        return True
