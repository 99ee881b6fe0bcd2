"""The voices that scoring hears, and people who read and judge through its API."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx

from deploy.local.stack import Addresses
from shared.events.awards import COMPETITION, RoundOpened
from shared.events.verification import DOSSIER, DossierVerified, VerdictCorrected
from tests import voices
from tests.apps import Issuer, key
from tests.builders.scoring import Judge
from tests.waiting import found_in_time as eventually

T = TypeVar("T")
SEALING_KEY = "a-sealing-key-of-the-tests-0123456789"
SCORES = [{"criterion": "kebaruan", "score": "80"}, {"criterion": "kemanfaatan", "score": "9"}]


class Voice(voices.Voice):
    """Says what this service hears."""

    async def verify(self, fact: DossierVerified | VerdictCorrected) -> None:
        await self.say(DOSSIER, fact.dossier_id, fact)

    async def open_round(self, fact: RoundOpened) -> None:
        await self.say(COMPETITION, fact.competition_id, fact)


def speaking(at: Addresses, service: str) -> AbstractAsyncContextManager[Voice]:
    return voices.speaking_as(Voice, at, service)


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

    async def delete(self, path: str) -> httpx.Response:
        return await self.api.delete(path, headers=self.headers)

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
