"""Two replicas on real servers, spoken to from synchronous code, with a clock that can be moved.

What submission says is handed to the reactions by hand, so that it can come late, in another order
and more than once; everything that follows happens in the services.
"""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

import httpx

from deploy.local.stack import Addresses
from services.verification.app import create_app
from services.verification.consumers import commands
from services.verification.domain import decider
from services.verification.reactions import on_due_passed
from services.verification.settings import Settings
from shared.errors import DomainError
from shared.events.base import Fact, Recorded
from shared.events.submission import INNOVATION
from shared.events.verification import DOSSIER
from shared.history import Cause, Handler, HistoryLog, connect, derived_id
from shared.service import utc_now
from shared.service.reacting import Reactor
from shared.telemetry import Metrics
from shared.views import Database
from tests.apps import Issuer, key, serving
from tests.builders.verification import Person
from tests.waiting import found_in_time

ROLES = ("verifier", "quality_controller")
_numbers = count(1)


class Clock:
    """The services' clock: the real one, moved ahead."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


@dataclass
class Stage:
    replicas: tuple[httpx.AsyncClient, ...]
    dossiers: Handler[Any, Any, Any]
    history: HistoryLog
    reactor: Reactor
    issuer: Issuer
    clock: Clock

    async def deliver(self, innovation_id: str, fact: Fact) -> None:
        """One of submission's facts reaches a replica; each delivery is known as that fact's."""
        number = next(_numbers)
        event = Recorded(
            fact=fact,
            id=str(uuid4()),
            subject=INNOVATION.subject(innovation_id),
            sequence=number,
            version=number,
            command_id=str(uuid4()),
            command_digest="",
            correlation_id="",
            causation_id=None,
            traceparent=None,
        )
        await self.reactor(event)

    async def lapse(self, dossier_id: str, round: int, due: datetime) -> None:
        """The tick of a replica; one that is not needed is refused in silence."""
        to = on_due_passed(dossier_id, round, due, due + timedelta(seconds=1))
        cause = Cause(derived_id("tick", to.name, to.key, str(next(_numbers))))
        try:
            await self.dossiers(to.key, to.command, cause)
        except DomainError:
            return

    async def ask(
        self, person: Person, method: str, path: str, body: Any = None, version: int | None = None
    ) -> httpx.Response:
        """One request to one of the replicas, in turn."""
        api = self.replicas[next(_numbers) % len(self.replicas)]
        bearer = self.issuer.headers(
            person.by, *ROLES, agency=person.agency, path=person.agency_path
        )
        match = {} if version is None else {"If-Match": f'"{version}"'}
        return await api.request(method, path, json=body, headers={**bearer, **key(), **match})

    async def version(self, dossier_id: str) -> int:
        return (await self.dossiers.state(dossier_id)).version

    async def facts(self, dossier_id: str) -> list[Any]:
        return [each.fact for each in await self.history.facts(DOSSIER.subject(dossier_id))]

    async def shown(self, person: Person, dossier_id: str, state: str) -> dict[str, Any]:
        """The dossier, as soon as every replica shows that state; the last answer."""
        found: dict[str, Any] = {}
        for api in self.replicas:
            headers = self.issuer.headers(person.by, "auditor")

            async def look(
                api: httpx.AsyncClient = api, headers: dict[str, str] = headers
            ) -> dict[str, Any] | None:
                answer = await api.get(f"/dossiers/{dossier_id}", headers=headers)
                is_there = answer.status_code == 200 and answer.json()["state"] == state
                return answer.json() if is_there else None

            found = await found_in_time(look)
        return found


@asynccontextmanager
async def staged(settings: Settings, at: Addresses, issuer: Issuer) -> AsyncGenerator[Stage]:
    clock = Clock()
    async with AsyncExitStack() as both:
        replicas = [
            await both.enter_async_context(serving(partial(create_app, now=clock), settings))
            for _ in range(2)
        ]
        servers = tuple(at.nats_url.split(","))
        connection = await connect(servers, "verification", at.nats_seeds["verification"])
        database = Database(settings.mongo_url.get_secret_value(), settings.mongo_database)
        history = HistoryLog(connection)
        dossiers = Handler(history, DOSSIER, decider)
        faults = database.collection("faults")
        reactor = Reactor(commands, {DOSSIER.label: dossiers}, faults, Metrics())
        try:
            yield Stage(tuple(replicas), dossiers, history, reactor, issuer, clock)
        finally:
            database.close()
            await connection.close()
