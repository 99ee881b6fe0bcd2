"""The voices that scoring hears, and people who read and judge through its API."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from deploy.local.stack import Addresses
from shared.events.awards import COMPETITION, RoundOpened
from shared.events.base import Aggregate, Fact
from shared.events.verification import DOSSIER, DossierVerified, VerdictCorrected
from shared.history import HistoryLog, connect
from shared.history.envelope import Trace
from tests.apps import Issuer, key
from tests.builders.scoring import Judge

T = TypeVar("T")
DEADLINE_SECONDS = 8.0
SEALING_KEY = "a-sealing-key-of-the-tests-0123456789"
SCORES = [{"criterion": "kebaruan", "score": "80"}, {"criterion": "kemanfaatan", "score": "9"}]


async def eventually(look: Callable[[], Awaitable[T | None]]) -> T:
    """What `look` finds, as soon as it finds something."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while (found := await look()) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        return found


class Voice:
    """Says facts as another service does, through that service's own account."""

    def __init__(self, history: HistoryLog) -> None:
        self.history = history

    async def say(self, aggregate: Aggregate[Any], aggregate_key: str, fact: Fact) -> None:
        subject = aggregate.subject(aggregate_key)
        tail = await self.history.tail(subject)
        trace = Trace(str(uuid4()), "", str(uuid4()), None, None)
        await self.history.append(subject, [fact], tail, trace)

    async def verify(self, fact: DossierVerified | VerdictCorrected) -> None:
        await self.say(DOSSIER, fact.dossier_id, fact)

    async def open_round(self, fact: RoundOpened) -> None:
        await self.say(COMPETITION, fact.competition_id, fact)


@asynccontextmanager
async def speaking(at: Addresses, service: str) -> AsyncGenerator[Voice]:
    servers = tuple(at.nats_url.split(","))
    connection = await connect(servers, service, at.nats_seeds[service])
    try:
        yield Voice(HistoryLog(connection))
    finally:
        await connection.close()


@dataclass
class Person:
    """Somebody with a token who reads and acts through the API."""

    api: httpx.AsyncClient
    headers: dict[str, str]

    async def get(self, path: str, **filters: Any) -> httpx.Response:
        return await self.api.get(path, params=filters, headers=self.headers)

    async def post(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        return await self.api.post(path, json=body, headers={**self.headers, **key(), **headers})

    async def put(self, path: str, body: object = None, **headers: str) -> httpx.Response:
        return await self.api.put(path, json=body, headers={**self.headers, **headers})

    async def see(
        self, path: str, after: httpx.Response | None = None, **wanted: Any
    ) -> dict[str, Any]:
        """The thing, as soon as it is there and looks as wanted, not older than the write."""
        asked = {} if after is None else {"min_seq": after.headers["Inda-Sequence"]}

        async def look() -> dict[str, Any] | None:
            answer = await self.get(path, **asked)
            if answer.status_code != 200:
                return None
            found = answer.json()
            return found if all(found[name] == value for name, value in wanted.items()) else None

        return await eventually(look)

    async def listed(self, path: str, field: str, **filters: Any) -> list[str]:
        answer = await self.get(path, **filters)
        assert answer.status_code == 200, answer.text
        return [each[field] for each in answer.json()["items"]]


def person(
    api: httpx.AsyncClient,
    issuer: Issuer,
    name: str,
    *roles: str,
    path: tuple[str, ...] = (),
) -> Person:
    agency = path[-1] if path else None
    return Person(api, issuer.headers(name, *roles, agency=agency, path=path))


def judge(api: httpx.AsyncClient, issuer: Issuer, who: Judge) -> Person:
    return person(api, issuer, who.id, "judge", path=who.agency_path)
