"""Agencies that are told of their dossiers: what they ask of the API."""

from dataclasses import dataclass
from typing import Any

import httpx

from shared.events.base import Fact
from shared.events.verification import DOSSIER
from tests.apps import Issuer, key
from tests.builders.verification import (
    INNOVATION,
    OPENED,
    REQUESTED,
    VERIFIED,
)
from tests.component.verification.world import Headers, Voice
from tests.waiting import found_in_time

FAST = {"notice_retry_seconds": (0.1, 0.1, 0.1), "delivery_lease_seconds": 1.0}
STORY: tuple[Fact, ...] = (OPENED, REQUESTED, VERIFIED)


@dataclass(frozen=True)
class Desk:
    """Somebody of an agency, at one replica."""

    api: httpx.AsyncClient
    headers: Headers

    @classmethod
    def of(
        cls,
        api: httpx.AsyncClient,
        issuer: Issuer,
        *path: str,
        role: str = "skpd_operator",
        person: str = "",
    ) -> "Desk":
        agency = path[-1] if path else None
        name = person or f"operator-{agency}"
        return cls(api, issuer.headers(name, role, agency=agency, path=path))

    async def get(self, path: str, **asked: Any) -> Any:
        answer = await self.api.get(path, params=asked, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def send(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        sent = {**self.headers, **key(), **headers}
        return await self.api.request(method, path, json=body, headers=sent)

    async def notices(self, count: int, **asked: Any) -> list[dict[str, Any]]:
        """The feed, as soon as it has so many."""

        async def look() -> list[dict[str, Any]] | None:
            items: list[dict[str, Any]] = (await self.get("/notices", **asked))["items"]
            return items if len(items) >= count else None

        return await found_in_time(look)

    async def registered(self, url: str, **more: Any) -> dict[str, Any]:
        answer = await self.send("POST", "/webhooks", {"url": url, **more})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def deliveries(self, webhook_id: str, **wanted: Any) -> list[dict[str, Any]]:
        """The log, as soon as each delivery looks as wanted."""

        async def look() -> list[dict[str, Any]] | None:
            told = await self.get(f"/webhooks/{webhook_id}/deliveries")
            items: list[dict[str, Any]] = told["items"]
            fits = all(each[name] == value for each in items for name, value in wanted.items())
            return items if items and fits else None

        return await found_in_time(look)


async def tell(voice: Voice, *facts: Fact) -> list[int]:
    """Verification says these facts of the usual dossier; their sequences."""
    return [await voice.say(DOSSIER, INNOVATION, fact) for fact in facts]
