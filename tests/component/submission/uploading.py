"""What an operator's browser does with a file: declare it, send it to the storage, have it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import httpx

from tests.apps import key
from tests.component.submission.conftest import Headers, shown

PROFILE = {
    "title": "SIP PUTIH",
    "stage": "implementation",
    "initiator": "perangkat_daerah",
    "kind": "digital",
    "form": "pelayanan_publik",
    "main_affair": "kesehatan",
    "implemented_on": "2024-05-01",
    "design_narrative": "kata " * 300,
    "purpose": "tujuan",
    "benefit": "manfaat",
    "result": "hasil",
}
LETTER = {"number": "188/1", "signed_on": "2024-02-01", "subject": "SIP PUTIH"}
Answered = httpx.Response


def declaration(content: bytes, **changes: Any) -> dict[str, Any]:
    """A decree in PDF for two indicators, changed by name."""
    return {
        "file_name": "sk.pdf",
        "sha256": sha256(content).hexdigest(),
        "size_bytes": len(content),
        "media_type": "application/pdf",
        "evidence_kind": "decree",
        "indicators": ["SID-01", "SID-02"],
        "letter": LETTER,
        **changes,
    }


async def begun(api: httpx.AsyncClient, person: Headers, season_id: str) -> str:
    """The id of a new draft that could be submitted as it is."""
    body = {"season_id": season_id, "agency_id": "hss-dinkes", "profile": PROFILE}
    answer = await api.post("/innovations", json=body, headers={**person, **key()})
    assert answer.status_code == 201, answer.text
    innovation = answer.json()["id"]
    await shown(api, person, innovation, answer)
    return innovation


async def sent(form: Mapping[str, Any], content: bytes) -> None:
    """The bytes, or those of a part, to the object storage."""
    async with httpx.AsyncClient() as storage:
        answer = await storage.post(form["url"], data=form["fields"], files={"file": content})
    assert answer.status_code < 300, answer.text


@dataclass(frozen=True)
class Files:
    """The files of one innovation in the hands of one person."""

    api: httpx.AsyncClient
    person: Headers
    innovation: str

    @property
    def path(self) -> str:
        return f"/innovations/{self.innovation}"

    async def post(self, path: str, body: object = None, **headers: str) -> Answered:
        return await self.api.post(
            f"{self.path}/{path}", json=body, headers={**self.person, **key(), **headers}
        )

    async def get(self, path: str) -> Answered:
        return await self.api.get(f"{self.path}/{path}", headers=self.person)

    async def declare(self, content: bytes, **changes: Any) -> Answered:
        return await self.post("evidence", declaration(content, **changes))

    async def declared(self, content: bytes, **changes: Any) -> dict[str, Any]:
        answer = await self.declare(content, **changes)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def uploaded(self, content: bytes, **changes: Any) -> str:
        """The id of evidence that lies in quarantine."""
        told = await self.declared(content, **changes)
        await sent(told["upload"], content)
        return told["evidence_id"]

    async def intake(self, evidence: str, **headers: str) -> Answered:
        return await self.post(f"evidence/{evidence}/intake", **headers)

    async def accepted(self, content: bytes, **changes: Any) -> str:
        """The id of evidence that was taken in."""
        evidence = await self.uploaded(content, **changes)
        answer = await self.intake(evidence)
        assert (answer.status_code, answer.json()["outcome"]) == (200, "accepted"), answer.text
        return evidence
