"""People of agencies who write and read through the API, and the verifiers' voice."""

from dataclasses import dataclass, replace
from typing import Any

import httpx

from deploy.local.stack import Addresses
from shared.events.verification import DOSSIER
from tests.apps import Issuer, key
from tests.builders.scoring import subject, verified
from tests.component.submission.test_way_of_an_innovation import PROFILE
from tests.voices import Voice, speaking_as
from tests.waiting import holds

Json = dict[str, Any]


@dataclass(frozen=True)
class Office:
    """Somebody with a token; `english` readers say so."""

    api: httpx.AsyncClient
    headers: dict[str, str]

    @property
    def english(self) -> "Office":
        return replace(self, headers={**self.headers, "Accept-Language": "en"})

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.api.get(path, params=params, headers=self.headers)

    async def read(self, path: str, **params: Any) -> Json:
        answer = await self.get(path, **params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, body: object = None, **params: Any) -> httpx.Response:
        headers = {**self.headers, **key()}
        return await self.api.post(path, json=body, params=params, headers=headers)

    async def write(self, path: str, body: object = None) -> httpx.Response:
        """A POST that is answered with a yes and shown by every later read."""
        answer = await self.post(path, body)
        assert answer.status_code < 300, answer.text
        await self.shown(answer)
        return answer

    async def shown(self, written: httpx.Response) -> None:
        asked = {"min_seq": written.headers["Inda-Sequence"]}
        assert (await self.get("/seasons", **asked)).status_code == 200

    async def refused(self, path: str, body: object = None) -> tuple[int, str]:
        """The status and code of the problem that a POST is answered with."""
        answer = await self.post(path, body)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        return answer.status_code, answer.json()["code"]

    async def draft(self, agency_id: str, title: str, season: str = "2026", **profile: Any) -> str:
        body = {
            "season_id": season,
            "agency_id": agency_id,
            "profile": {**PROFILE, "title": title, **profile},
        }
        return (await self.write("/innovations", body)).json()["id"]

    async def hand_in(self, agency_id: str, title: str, **more: Any) -> str:
        innovation = await self.draft(agency_id, title, **more)
        await self.write(f"/innovations/{innovation}/submissions")
        return innovation


def office(api: httpx.AsyncClient, issuer: Issuer, role: str, *path: str, name: str = "") -> Office:
    """A person with the role in the agency at the end of the path."""
    agency = path[-1] if path else None
    person = name or f"{role}-{agency}"
    return Office(api, issuer.headers(person, role, agency=agency, path=path))


async def register(admin: Office, *path: str, kind: str = "agency", name: str = "") -> None:
    *above, agency_id = path
    body = {
        "agency_id": agency_id,
        "name": name or agency_id,
        "kind": kind,
        "parent_id": above[-1] if above else None,
    }
    await admin.write("/agencies", body)


async def open_season(admin: Office, season_id: str = "2026", **changes: Any) -> None:
    body = {
        "season_id": season_id,
        "name": f"Musim {season_id}",
        "edition": "2026",
        "opens_at": "2026-01-01T00:00:00+08:00",
        "deadline": "2099-08-31T23:59:00+08:00",
        **changes,
    }
    await admin.write("/seasons", body)


async def verify(servers: Addresses, reader: Office, innovation: str) -> None:
    """The verifiers grant what was claimed; `reader` sees it."""
    fact = verified({"SID-01": 1}, about=subject(innovation_id=innovation))
    async with speaking_as(Voice, servers, "verification") as voice:
        await voice.say(DOSSIER, innovation, fact)

    async def is_verified() -> bool:
        seen = await reader.read(f"/innovations/{innovation}")
        return seen["state"] == "verified"

    await holds(is_verified)
