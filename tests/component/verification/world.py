"""The other services' voices, and verifiers who work through the API."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx

from deploy.local.stack import Addresses
from shared.events.awards import COMPETITION, ObjectionDecided
from shared.events.submission import INNOVATION, InnovationWithdrawn
from tests import voices
from tests.apps import Issuer, key
from tests.builders.verification import Person, about, completed, submitted
from tests.waiting import found_in_time as eventually

T = TypeVar("T")
Headers = dict[str, str]


class Voice(voices.Voice):
    """Says what this service hears."""

    async def submit(self, innovation_id: str, **changes: Any) -> str:
        """An agency hands in an innovation; the changes are to the fact."""
        content = about(innovation_id=innovation_id)
        values = {"at": datetime.now(UTC), "innovation_id": content.innovation_id, **changes}
        await self.say(INNOVATION, innovation_id, submitted(**values))
        return innovation_id

    async def complete(self, innovation_id: str, **changes: Any) -> None:
        """The last of the declared files is in, or its time is up."""
        values = {"at": datetime.now(UTC), "innovation_id": innovation_id, **changes}
        await self.say(INNOVATION, innovation_id, completed(**values))

    async def withdraw(self, innovation_id: str) -> None:
        fact = InnovationWithdrawn(
            by="person-operator",
            at=datetime.now(UTC),
            innovation_id=innovation_id,
            reason="Filed twice.",
        )
        await self.say(INNOVATION, innovation_id, fact)

    async def decide_objection(self, fact: ObjectionDecided) -> None:
        await self.say(COMPETITION, fact.competition_id, fact)


def speaking(at: Addresses, service: str) -> AbstractAsyncContextManager[Voice]:
    return voices.speaking_as(Voice, at, service)


@dataclass
class Reviewer:
    """A verifier at work. Remembers the lease's token and the version that was seen last."""

    api: httpx.AsyncClient
    headers: Headers
    token: str = ""
    version: str = ""

    @classmethod
    def of(cls, api: httpx.AsyncClient, issuer: Issuer, person: Person, *roles: str) -> "Reviewer":
        known = roles or ("verifier",)
        return cls(
            api, issuer.headers(person.by, *known, agency=person.agency, path=person.agency_path)
        )

    async def see(self, dossier_id: str, **wanted: Any) -> dict[str, Any]:
        """The dossier, as soon as it is there and looks as wanted."""

        async def look() -> dict[str, Any] | None:
            answer = await self.api.get(f"/dossiers/{dossier_id}", headers=self.headers)
            if answer.status_code != 200:
                return None
            self.version = answer.headers["ETag"]
            found = answer.json()
            return found if all(found[name] == value for name, value in wanted.items()) else None

        return await eventually(look)

    async def queue(self, **filters: Any) -> list[str]:
        answer = await self.api.get("/dossiers", params=filters, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return [each["dossier_id"] for each in answer.json()["items"]]

    async def post(self, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        answer = await self.api.post(path, json=body, headers={**self.headers, **key()})
        if answer.is_success:
            self.version = answer.headers["ETag"]
        return answer

    async def claim(self, dossier_id: str) -> httpx.Response:
        answer = await self.post(f"/dossiers/{dossier_id}/lease")
        if answer.is_success:
            self.token = answer.json()["token"]
        return answer

    async def decide(
        self, dossier_id: str, indicator: str, level: int, **more: Any
    ) -> httpx.Response:
        answer = await self.api.put(
            f"/dossiers/{dossier_id}/verdicts/{indicator}",
            json={"token": self.token, "granted_level": level, **more},
            headers={**self.headers, "If-Match": self.version},
        )
        if answer.is_success:
            self.version = answer.headers["ETag"]
        return answer

    async def verify(self, dossier_id: str) -> httpx.Response:
        return await self.post(f"/dossiers/{dossier_id}/verification", {"token": self.token})

    async def decide_all(self, dossier_id: str) -> None:
        """All three claims of the usual innovation: full, full, nothing."""
        lower = {"reason_code": "evidence_missing", "note": "No list of beneficiaries."}
        for indicator, level, more in (
            ("SID-01", 3, {}),
            ("SID-02", 2, {}),
            ("SID-18", 0, lower),
        ):
            answer = await self.decide(dossier_id, indicator, level, **more)
            assert answer.status_code == 200, answer.text
