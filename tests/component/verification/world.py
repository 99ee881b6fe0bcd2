"""The other services' voices, and verifiers who work through the API."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import httpx
from minio import Minio

from deploy.local.stack import Addresses
from shared.events.awards import COMPETITION, ObjectionDecided
from shared.events.submission import INNOVATION, InnovationWithdrawn
from shared.events.verification import QUALITY, QualityRule, QualityRulePublished
from tests import voices
from tests.apps import Issuer, key
from tests.builders.verification import CRITERIA, Person, about, completed, submitted
from tests.waiting import found_in_time as eventually

T = TypeVar("T")
Headers = dict[str, str]
Row = dict[str, Any]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CHECKED_SEASON = "2027"
"""A season whose every review gets a second look; in 2026 none does."""
CUT = {"reason_code": "evidence_missing", "note": "No list of beneficiaries."}


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

    async def publish_rule(self, season_id: str, rule: QualityRule) -> None:
        """Verification's own word, said long before the first review."""
        fact = QualityRulePublished(
            by="person-admin",
            at=LONG_AGO,
            season_id=season_id,
            rule=rule,
            effective_from=LONG_AGO,
        )
        await self.say(QUALITY, season_id, fact)

    async def decide_objection(self, fact: ObjectionDecided) -> None:
        await self.say(COMPETITION, fact.competition_id, fact)


def speaking(at: Addresses, service: str) -> AbstractAsyncContextManager[Voice]:
    return voices.speaking_as(Voice, at, service)


def store(at: Addresses, digest: str, content: bytes) -> None:
    """A file as submission's intake leaves it: under its content address."""
    known = at.s3_keys["submission"]
    client = Minio(at.s3_endpoint, access_key=known.access, secret_key=known.secret, secure=False)
    client.put_object("evidence", f"sha256/{digest}", BytesIO(content), len(content))


@dataclass
class Reviewer:
    """A verifier at work. Remembers the lease's token, the version and the claims seen last."""

    api: httpx.AsyncClient
    headers: Headers
    token: str = ""
    version: str = ""
    claims: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])

    @classmethod
    def of(cls, api: httpx.AsyncClient, issuer: Issuer, person: Person, *roles: str) -> "Reviewer":
        known = roles or ("verifier",)
        return cls(
            api, issuer.headers(person.by, *known, agency=person.agency, path=person.agency_path)
        )

    async def see(self, dossier_id: str, **wanted: Any) -> Row:
        """The dossier, as soon as it is there and looks as wanted."""

        async def look() -> Row | None:
            answer = await self.api.get(f"/dossiers/{dossier_id}", headers=self.headers)
            if answer.status_code != 200:
                return None
            self.version = answer.headers["ETag"]
            found = answer.json()
            self.claims[dossier_id] = found["indicators"]
            return found if all(found[name] == value for name, value in wanted.items()) else None

        return await eventually(look)

    async def queue(self, **filters: Any) -> list[str]:
        answer = await self.api.get("/dossiers", params=filters, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return [each["dossier_id"] for each in answer.json()["items"]]

    async def post(self, path: str, body: Row | None = None, **params: Any) -> httpx.Response:
        headers = {**self.headers, **key()}
        return self._seen(await self.api.post(path, json=body, params=params, headers=headers))

    async def post_on_seen(self, path: str, body: Row, **params: Any) -> httpx.Response:
        """On nothing but the version seen last."""
        headers = {**self.headers, **key(), "If-Match": self.version}
        return self._seen(await self.api.post(path, json=body, params=params, headers=headers))

    async def put(self, path: str, body: Row) -> httpx.Response:
        """On nothing but the version seen last."""
        headers = {**self.headers, "If-Match": self.version}
        return self._seen(await self.api.put(path, json=body, headers=headers))

    async def claim(self, dossier_id: str) -> httpx.Response:
        answer = await self.post(f"/dossiers/{dossier_id}/lease")
        if answer.is_success:
            self.token = answer.json()["token"]
        return answer

    async def admit(self, dossier_id: str, *unmet: str) -> httpx.Response:
        """Decides the five criteria: all are met, but for those that are named."""
        found = findings(*unmet)
        return await self.put(
            f"/dossiers/{dossier_id}/admissibility", {"token": self.token, "findings": found}
        )

    async def decide(
        self, dossier_id: str, indicator: str, level: int, **more: Any
    ) -> httpx.Response:
        """A verdict on the evidence and the basis that are shown."""
        seen = await self._shown(dossier_id, indicator)
        body = {"token": self.token, "granted_level": level, **seen, **more}
        return await self.put(f"/dossiers/{dossier_id}/verdicts/{indicator}", body)

    async def accept(self, dossier_id: str, *indicators: str, **params: Any) -> httpx.Response:
        """Without indicators: all that are trivially good."""
        body: Row = {"token": self.token}
        if indicators:
            body["indicators"] = list(indicators)
        return await self.post_on_seen(f"/dossiers/{dossier_id}/acceptances", body, **params)

    async def verify(self, dossier_id: str) -> httpx.Response:
        return await self.post(f"/dossiers/{dossier_id}/verification", {"token": self.token})

    async def decide_all(self, dossier_id: str) -> None:
        """Admissible, and all three claims of the usual innovation: full, full, nothing."""
        answer = await self.admit(dossier_id)
        assert answer.status_code == 200, answer.text
        for indicator, level, more in (("SID-01", 3, {}), ("SID-02", 2, {}), ("SID-18", 0, CUT)):
            answer = await self.decide(dossier_id, indicator, level, **more)
            assert answer.status_code == 200, answer.text

    async def begin(self, dossier_id: str, *, is_admitted: bool = False) -> None:
        """Sees and takes the dossier, and finds it admissible if asked to."""
        await self.see(dossier_id)
        answer = await self.claim(dossier_id)
        if is_admitted and answer.is_success:
            answer = await self.admit(dossier_id)
        assert answer.status_code == 200, answer.text

    async def review(self, dossier_id: str) -> httpx.Response:
        """From a look at the dossier to the end of the review: all as `decide_all`."""
        await self.begin(dossier_id)
        await self.decide_all(dossier_id)
        return await self.verify(dossier_id)

    async def _shown(self, dossier_id: str, indicator: str) -> Row:
        """What a person sees of the claim; nothing for what is not claimed."""
        if dossier_id not in self.claims:
            answer = await self.api.get(f"/dossiers/{dossier_id}", headers=self.headers)
            self.claims[dossier_id] = answer.json()["indicators"] if answer.is_success else []
        for row in self.claims[dossier_id]:
            if row["indicator"] == indicator:
                return {"evidence": row["evidence"], "basis": row["basis"]}
        return {}

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            self.version = answer.headers["ETag"]
        return answer


@dataclass(frozen=True)
class Later:
    """Verifiers, and the file by which the application's commands are dated ahead."""

    verifier: Reviewer
    colleague: Reviewer
    ahead: Path

    def go_on(self, *, hours: float) -> None:
        """So much later than the test began."""
        new = self.ahead.with_suffix(".new")
        new.write_text(str(int(hours * 3600)))
        new.replace(self.ahead)


def findings(*unmet: str) -> list[Row]:
    """The five criteria as a body, met but for those that are named."""
    return [
        {
            "criterion": criterion,
            "met": criterion not in unmet,
            "note": "The same was done in 2019." if criterion in unmet else "",
        }
        for criterion in CRITERIA
    ]


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Its status and its code."""
    return answer.status_code, answer.json()["code"]


def written(moment: datetime) -> str:
    """A moment as the API writes it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
