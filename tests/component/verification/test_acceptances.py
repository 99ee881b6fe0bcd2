"""Several indicators at once: those that are named, or all that are trivially good."""

from hashlib import sha256
from typing import Any

import httpx

from deploy.local.stack import Addresses
from shared.editions import load
from shared.events.submission import Claim
from shared.events.verification import DOSSIER, DossierLeased
from tests.apps import Issuer, key
from tests.builders.files import pdf
from tests.builders.verification import (
    CLAIMS,
    FIRST_DIGEST,
    LETTER,
    OF_THE_AGENCY,
    SECOND_DIGEST,
    evidence,
)
from tests.component.verification.world import Reviewer, Voice, refusal, store

EDITION = {"edition_id": "2026-r1", "edition_digest": load("2026-r1").digest}
WITHOUT_VERDICT = [
    {"indicator": "SID-02", "why": "finding"},
    {"indicator": "SID-03", "why": "evidence_unread"},
    {"indicator": "SID-18", "why": "evidence_missing"},
]


async def admitted(submission: Voice, verifier: Reviewer, **changes: Any) -> str:
    dossier = await submission.submit("inov-1", **changes)
    await verifier.begin(dossier, is_admitted=True)
    return dossier


async def mixed(submission: Voice, verifier: Reviewer, servers: Addresses) -> str:
    """One paper that is read and whole, one whose letter is not told, one that nobody can read,
    and a claim without any.
    """
    content = pdf(f"{LETTER.subject} {LETTER.number}")
    digest = sha256(content).hexdigest()
    store(servers, digest, content)
    told = {"letter": LETTER}
    manifest = (
        evidence("ev-1", digest, "SID-01").model_copy(update=told),
        evidence("ev-2", FIRST_DIGEST, "SID-02"),
        evidence("ev-3", SECOND_DIGEST, "SID-03").model_copy(update=told),
    )
    claims = (*CLAIMS, Claim(indicator="SID-03", level=1))
    return await admitted(submission, verifier, claims=claims, manifest=manifest, **EDITION)


async def test_what_is_trivially_good_is_accepted_and_the_rest_is_left(
    submission: Voice, verifier: Reviewer, fresh_servers: Addresses
) -> None:
    dossier = await mixed(submission, verifier, fresh_servers)
    before = await submission.history.facts(DOSSIER.subject(dossier))
    rehearsed = (await verifier.accept(dossier, dry_run=1)).json()
    assert (rehearsed["accepted"], rehearsed["left"]) == (["SID-01"], WITHOUT_VERDICT)
    assert (rehearsed["dry_run"], rehearsed["version"]) == (True, len(before))
    assert await submission.history.facts(DOSSIER.subject(dossier)) == before
    accepted = (await verifier.accept(dossier)).json()
    assert (accepted["accepted"], accepted["left"]) == (["SID-01"], WITHOUT_VERDICT)
    seen = await verifier.see(dossier, decided_count=1)
    assert seen["indicators"][0]["verdict"]["granted_level"] == 3
    nothing = await verifier.accept(dossier)
    assert refusal(nothing) == (409, "nothing_to_accept")
    assert nothing.json()["params"]["left"] == [
        "SID-01: already_decided",
        "SID-02: finding",
        "SID-03: evidence_unread",
        "SID-18: evidence_missing",
    ]


async def test_an_acceptance_without_the_lease_tells_nothing(
    submission: Voice, verifier: Reviewer, fresh_servers: Addresses, issuer: Issuer
) -> None:
    dossier = await mixed(submission, verifier, fresh_servers)
    tied = Reviewer.of(verifier.api, issuer, OF_THE_AGENCY)
    tied.version, tied.token = verifier.version, verifier.token
    assert refusal(await tied.accept(dossier)) == (404, "not_found")
    verifier.token = "never"
    assert refusal(await verifier.accept(dossier)) == (409, "lease_lost")


async def test_several_indicators_are_accepted_together_or_not_at_all(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await admitted(submission, verifier)
    refused = await verifier.accept(dossier, "SID-01", "SID-18")
    assert refusal(refused) == (409, "evidence_missing")
    assert refusal(await verifier.accept(dossier, "SID-01", "SID-19")) == (
        409,
        "indicator_not_claimed",
    )
    assert refusal(await verifier.accept(dossier, "SID-01", "SID-01")) == (
        409,
        "indicators_repeated",
    )
    facts = await submission.history.facts(DOSSIER.subject(dossier))
    assert isinstance(facts[1].fact, DossierLeased)
    assert len(facts) == 3
    accepted = (await verifier.accept(dossier, "SID-01", "SID-02")).json()
    assert (accepted["accepted"], accepted["left"]) == (["SID-01", "SID-02"], [])
    assert accepted["happened"] == ["IndicatorDecided", "IndicatorDecided"]


async def test_a_retried_acceptance_is_answered_as_the_first_time(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient
) -> None:
    dossier = await admitted(submission, verifier)
    headers = {**verifier.headers, **key(), "If-Match": verifier.version}
    body = {"token": verifier.token, "indicators": ["SID-01"]}
    path = f"/dossiers/{dossier}/acceptances"
    first = await api.post(path, json=body, headers=headers)
    again = await api.post(path, json=body, headers=headers)
    assert (first.status_code, again.json()) == (200, first.json())
