"""Dossiers in every state, and whoever stands before them; made through the API."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx

from deploy.local.stack import Addresses
from shared.editions import load
from shared.events.submission import EvidenceItem, FileEvidence, Letter
from tests.apps import Issuer, key
from tests.builders.files import jpeg
from tests.builders.papers import LETTER_PAGES, paper
from tests.builders.verification import (
    COLLEAGUE,
    OUTSIDER,
    RESOLVER,
    VERIFIER,
    Person,
    evidence,
    statement,
)
from tests.component.verification.world import (
    CHECKED_SEASON,
    Headers,
    Reviewer,
    Row,
    Voice,
    store,
)

EVERY_ROLE = (
    *("verifier", "quality_controller", "pemda_admin", "auditor", "leader"),
    *("skpd_operator", "skpd_head"),
)
EDITION = load("2026-r1").digest
LOWER = {"reason_code": "lower_level_proven", "note": "The decree is not signed."}
ITEM = {"indicator": "SID-18", "message": "Show the list of beneficiaries."}
DECREE = Letter(
    number="188.45/12/KUM/2025",
    signed_on=date(2025, 3, 3),
    subject="Penetapan Inovasi Posyandu Digital",
)


@dataclass(frozen=True)
class Scene:
    """Somebody before a dossier, with the token of their lease where they have one."""

    dossier_id: str
    headers: Headers
    token: str = "token-that-never-was"


@dataclass
class Company:
    """The people of verification, and those who are told of it."""

    api: httpx.AsyncClient
    issuer: Issuer
    submission: Voice
    manifest: tuple[EvidenceItem, ...]
    scenes: list[Scene] = field(default_factory=list[Scene])

    @property
    def letter(self) -> str:
        return self.manifest[0].content.sha256

    def who(self, person: Person, *roles: str) -> Reviewer:
        return Reviewer.of(self.api, self.issuer, person, *roles)

    async def hand_in(self, dossier_id: str, season_id: str = "2026") -> str:
        values = {"season_id": season_id, "edition_digest": EDITION, "manifest": self.manifest}
        return await self.submission.submit(dossier_id, **values)

    def stands(self, person: Person, dossier_id: str, token: str = Scene.token) -> None:
        """Before this dossier, where the person may do whatever any role may."""
        headers = self.who(person, *EVERY_ROLE).headers
        self.scenes.append(Scene(dossier_id, headers, token))

    async def do(
        self, who: Reviewer, method: str, path: str, body: Any = None, **params: Any
    ) -> Any:
        """What a request is answered that must go well."""
        headers = {**who.headers, **(key() if method == "POST" else {})}
        asked = {"json": body, "params": params or None, "headers": headers}
        answer = await self.api.request(method, path, **asked)
        assert answer.is_success, (method, path, answer.text)
        is_told = answer.content and answer.headers["Content-Type"] == "application/json"
        return answer.json() if is_told else answer.content


def files(at: Addresses) -> tuple[EvidenceItem, ...]:
    """A decree, a photo and a statement of another agency, stored where intake leaves them."""
    letter = _kept(at, "ev-1", paper(*LETTER_PAGES), "SID-01", "SID-02")
    photo = _kept(at, "ev-2", jpeg(300, 200), "SID-01", media_type="image/jpeg")
    return (letter, photo, statement("ev-3", "3" * 64))


async def play(company: Company) -> None:
    """Every state that a dossier may be in, and who stands there."""
    first, second = company.who(VERIFIER), company.who(COLLEAGUE)
    for dossier in ("open", "held", "decided", "given", "waiting", "verified", "rejected"):
        await company.hand_in(dossier)
    for dossier in ("checking", "disputed", "resolved"):
        await company.hand_in(dossier, CHECKED_SEASON)
    await _begun(company, first)
    await _given_away(company, first)
    assert (await first.review("verified")).json()["happened"] == ["DossierVerified"]
    await _checked(company, first, second)
    for dossier in ("verified", "rejected", "resolved"):
        await second.see(dossier, state=dossier if dossier != "resolved" else "verified")
        company.stands(OUTSIDER, dossier)


async def _begun(company: Company, first: Reviewer) -> None:
    company.stands(VERIFIER, "open")
    await first.begin("held", is_admitted=True)
    company.stands(VERIFIER, "held", first.token)
    accepted = await first.accept("held", "SID-02")
    assert accepted.json()["accepted"] == ["SID-02"], accepted.text
    visit: Row = {"visited_on": "2026-08-01", "participants": [VERIFIER.by], "note": "I was there."}
    visit["findings"] = [{"indicator": "SID-01", "outcome": "confirmed", "note": "Seen."}]
    await company.do(first, "POST", "/dossiers/held/visits", visit)
    await first.begin("decided")
    await first.decide_all("decided")
    company.stands(VERIFIER, "decided", first.token)


async def _given_away(company: Company, first: Reviewer) -> None:
    """To a colleague, and back to the agency."""
    await first.begin("given")
    body = {"token": first.token, "to": COLLEAGUE.by, "note": "Yours."}
    await company.do(first, "POST", "/dossiers/given/handover", body)
    company.stands(COLLEAGUE, "given")
    await first.begin("waiting")
    asked = {"token": first.token, "items": [ITEM], "fields": ["title"], "message": "Complete it."}
    asked["due"] = in_days(3)
    await company.do(first, "POST", "/dossiers/waiting/revision-requests", asked)
    company.stands(VERIFIER, "waiting", first.token)


async def _checked(company: Company, first: Reviewer, second: Reviewer) -> None:
    for dossier in ("checking", "disputed", "resolved"):
        assert (await first.review(dossier)).json()["happened"] == ["QualityCheckDrawn"]
        await second.begin(dossier)
        await second.decide_all(dossier)
        if dossier != "checking":
            answer = await second.decide(dossier, "SID-02", 1, **LOWER)
            assert answer.status_code == 200, answer.text
            await second.verify(dossier)
        else:
            company.stands(COLLEAGUE, dossier, second.token)
    company.stands(RESOLVER, "disputed")
    await _resolve(company)
    for person in (first, second):
        await person.begin("rejected")
        await person.admit("rejected", "renewal")
        await person.verify("rejected")


async def _resolve(company: Company) -> None:
    third = company.who(RESOLVER, "quality_controller")
    await third.see("resolved", state="disputed")
    verdict = {"indicator": "SID-02", "granted_level": 1, "evidence": [company.letter], **LOWER}
    body = {"verdicts": [verdict], "findings": [], "note": "I read both."}
    answer = await third.post_on_seen("/dossiers/resolved/resolution", body)
    assert answer.status_code == 200, answer.text


def _kept(
    at: Addresses,
    evidence_id: str,
    content: bytes,
    *indicators: str,
    media_type: str = "application/pdf",
) -> EvidenceItem:
    digest = sha256(content).hexdigest()
    store(at, digest, content)
    known: EvidenceItem = evidence(evidence_id, digest, *indicators)
    file = FileEvidence(
        file_name=f"{evidence_id}.file",
        sha256=digest,
        size_bytes=len(content),
        media_type=media_type,
    )
    return known.model_copy(update={"content": file, "letter": DECREE})


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()
