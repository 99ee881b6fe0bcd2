"""Admissible first, then level by level, bound to the evidence that was seen; on real servers."""

import asyncio
from typing import Any

import httpx
import pytest

from shared.events.submission import Claim
from shared.events.verification import DOSSIER
from tests.apps import Issuer
from tests.builders.verification import (
    CLAIMS,
    FIRST_DIGEST,
    MANIFEST,
    OF_THE_AGENCY,
    REVISED_MANIFEST,
    SECOND_DIGEST,
    THIRD_DIGEST,
    VERIFIER,
    evidence,
)
from tests.component.verification.world import Reviewer, Row, Voice, findings, refusal

TWENTY = tuple(f"SID-{number:02}" for number in range(1, 21))
LOWER = {"reason_code": "lower_level_proven", "note": "The decree is not signed."}


async def admitted(submission: Voice, verifier: Reviewer, **changes: Any) -> str:
    dossier = await submission.submit("inov-1", **changes)
    await verifier.begin(dossier, is_admitted=True)
    return dossier


async def test_nothing_is_graded_before_admissibility_is_decided(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier)
    refused = await verifier.decide(dossier, "SID-01", 1, **LOWER)
    assert refusal(refused) == (409, "admissibility_missing")
    assert refused.json()["params"]["typed"]["note"] == LOWER["note"]
    assert refusal(await verifier.verify(dossier)) == (409, "admissibility_missing")
    assert (await verifier.admit(dossier)).status_code == 200
    assert (await verifier.decide(dossier, "SID-01", 1, **LOWER)).status_code == 200
    seen = await verifier.see(dossier, decided_count=1)
    assert (seen["admissibility"]["admissible"], seen["admissibility"]["decided_by"]) == (
        True,
        VERIFIER.by,
    )


@pytest.mark.parametrize(
    ("found", "status", "code"),
    [
        (findings()[:4], 409, "criteria_incomplete"),
        ([*findings(), findings()[0]], 409, "criteria_incomplete"),
        ([{**findings()[0], "met": False}, *findings()[1:]], 409, "note_missing"),
        ([{**findings()[0], "criterion": "cheap"}, *findings()[1:]], 422, "request_invalid"),
        ([{**findings()[0], "note": "x" * 100_000}, *findings()[1:]], 422, "request_invalid"),
    ],
    ids=["four", "one twice", "no reason", "unknown", "too long"],
)
async def test_admissibility_is_five_criteria_with_reasons(
    submission: Voice, verifier: Reviewer, found: list[Row], status: int, code: str
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier)
    body = {"token": verifier.token, "findings": found}
    answer = await verifier.put(f"/dossiers/{dossier}/admissibility", body)
    assert refusal(answer) == (status, code)


@pytest.mark.parametrize(
    ("indicator", "level", "more", "status", "code"),
    [
        ("SID-01", 4, {}, 422, "request_invalid"),
        ("SID-01", 3, {"colour": "red"}, 422, "request_invalid"),
        ("SID-01", 1, {"note": "x" * 100_000}, 422, "request_invalid"),
        ("SID-01", 3, {"evidence": ["0" * 63]}, 422, "request_invalid"),
        ("SID-01", 3, {"evidence": [FIRST_DIGEST] * 201}, 422, "request_invalid"),
        ("SID-01", 3, {"place": {"sha256": FIRST_DIGEST, "page": 0}}, 422, "request_invalid"),
        ("SID-21", 1, {}, 422, "request_invalid"),
        ("SID-19", 0, {}, 409, "indicator_not_claimed"),
        ("SID-01", 1, {"reason_code": "because", "note": "No."}, 409, "reason_unknown"),
        ("SID-01", 1, {"reason_code": "other", "note": " "}, 409, "note_missing"),
        ("SID-02", 3, {}, 409, "level_above_claim"),
        ("SID-01", 3, {"evidence": ["9" * 64]}, 409, "evidence_unknown"),
        ("SID-01", 3, {"evidence": [FIRST_DIGEST]}, 409, "evidence_changed"),
        ("SID-01", 3, {"evidence": []}, 409, "evidence_changed"),
        ("SID-18", 1, {"basis": None}, 409, "basis_missing"),
        ("SID-18", 1, {"basis": "b"}, 409, "basis_differs"),
        ("SID-01", 3, {"place": {"sha256": THIRD_DIGEST, "page": 1}}, 409, "place_unknown"),
        ("SID-01", 3, {"token": "never"}, 409, "lease_lost"),
    ],
)
async def test_a_bad_verdict_is_refused_with_a_code(
    submission: Voice,
    verifier: Reviewer,
    indicator: str,
    level: int,
    more: Row,
    status: int,
    code: str,
) -> None:
    dossier = await admitted(submission, verifier, manifest=REVISED_MANIFEST)
    before = len(await submission.history.facts(DOSSIER.subject(dossier)))
    assert refusal(await verifier.decide(dossier, indicator, level, **more)) == (status, code)
    assert len(await submission.history.facts(DOSSIER.subject(dossier))) == before


async def test_a_verdict_holds_the_evidence_and_the_place_that_were_seen(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await admitted(submission, verifier)
    place = {"sha256": SECOND_DIGEST, "page": 2}
    assert (await verifier.decide(dossier, "SID-01", 3, place=place)).status_code == 200
    seen = await verifier.see(dossier, decided_count=1)
    verdict = seen["indicators"][0]["verdict"]
    assert verdict["evidence"] == [FIRST_DIGEST, SECOND_DIGEST]
    assert verdict["place"] == {"sha256": SECOND_DIGEST, "page": 2, "second": None}


async def test_evidence_that_is_gone_gives_the_text_back(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await admitted(submission, verifier)
    answer = await verifier.decide(dossier, "SID-02", 1, evidence=["9" * 64], **LOWER)
    assert refusal(answer) == (409, "evidence_unknown")
    params = answer.json()["params"]
    assert params["typed"] == {
        "granted_level": 1,
        "evidence": ["9" * 64],
        "basis": None,
        "place": None,
        **LOWER,
    }
    assert params["current"]["indicator"] == {
        "indicator": "SID-02",
        "claimed_level": 2,
        "basis": None,
        "subtype": None,
        "evidence": [FIRST_DIGEST],
        "verdict": None,
    }


async def test_of_two_saves_at_once_one_wins_and_the_other_gets_its_text_back(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await admitted(submission, verifier)
    answers = await asyncio.gather(
        verifier.decide(dossier, "SID-01", 3),
        verifier.decide(dossier, "SID-01", 1, **LOWER),
    )
    won, lost = sorted(answers, key=lambda each: each.status_code)
    assert won.json()["happened"] == ["IndicatorDecided"]
    assert refusal(lost) == (412, "version_changed")
    params = lost.json()["params"]
    kept = params["current"]["indicator"]["verdict"]["granted_level"]
    assert {params["typed"]["granted_level"], kept} == {1, 3}
    assert params["current"]["version"] == won.json()["version"]


async def test_who_is_tied_learns_nothing_from_a_stale_save(
    submission: Voice, verifier: Reviewer, issuer: Issuer
) -> None:
    dossier = await admitted(submission, verifier)
    tied = Reviewer.of(verifier.api, issuer, OF_THE_AGENCY)
    tied.version, tied.token = '"1"', verifier.token
    assert refusal(await tied.decide(dossier, "SID-01", 3)) == (404, "not_found")
    assert refusal(await tied.accept(dossier, "SID-01")) == (404, "not_found")


async def test_a_verdict_needs_the_version_that_was_seen(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient
) -> None:
    dossier = await admitted(submission, verifier)
    body = {"token": verifier.token, "granted_level": 3, "evidence": [FIRST_DIGEST, SECOND_DIGEST]}
    path = f"/dossiers/{dossier}/verdicts/SID-01"
    assert refusal(await api.put(path, json=body, headers=verifier.headers)) == (
        428,
        "if_match_missing",
    )


async def test_a_revision_of_one_of_twenty_files_brings_back_exactly_one_indicator(
    submission: Voice, verifier: Reviewer
) -> None:
    manifest = tuple(
        evidence(f"ev-{number}", f"{number:064x}", indicator)
        for number, indicator in enumerate(TWENTY, start=1)
    )
    claims = tuple(Claim(indicator=indicator, level=1) for indicator in TWENTY)
    dossier = await admitted(submission, verifier, claims=claims, manifest=manifest)
    assert (await verifier.accept(dossier, *TWENTY)).status_code == 200
    asked = {
        "token": verifier.token,
        "items": [{"indicator": "SID-07", "message": "Unreadable."}],
        "message": "Please scan page 2 again.",
    }
    assert (await verifier.post(f"/dossiers/{dossier}/revision-requests", asked)).is_success
    changed = (*manifest[:6], evidence("ev-7b", "f" * 64, "SID-07"), *manifest[7:])
    await submission.submit(dossier, round=2, claims=claims, manifest=changed)
    back = await verifier.see(dossier, round=2)
    undecided = [row["indicator"] for row in back["indicators"] if row["verdict"] is None]
    assert (undecided, back["undecided"], back["decided_count"]) == (["SID-07"], ["SID-07"], 19)
    await verifier.claim(dossier)
    assert refusal(await verifier.verify(dossier)) == (409, "indicators_undecided")
    assert (await verifier.decide(dossier, "SID-07", 1)).status_code == 200
    assert (await verifier.verify(dossier)).json()["happened"] == ["DossierVerified"]


async def test_a_verdict_on_evidence_of_an_earlier_round_is_not_saved(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await admitted(submission, verifier)
    asked = {
        "token": verifier.token,
        "items": [{"indicator": "SID-01", "message": "Page 2."}],
        "message": "Please scan page 2 again.",
    }
    await verifier.post(f"/dossiers/{dossier}/revision-requests", asked)
    waiting = await verifier.decide(dossier, "SID-01", 1, **LOWER)
    assert refusal(waiting) == (409, "waiting_for_revision")
    assert waiting.json()["params"]["typed"]["note"] == LOWER["note"]
    assert waiting.json()["params"]["current"]["state"] == "waiting_revision"
    changed = (MANIFEST[0], evidence("ev-9", THIRD_DIGEST, "SID-01"))
    await submission.submit(dossier, round=2, claims=CLAIMS, manifest=changed)
    old = {"evidence": [FIRST_DIGEST, SECOND_DIGEST]}
    await verifier.see(dossier, round=2)
    await verifier.claim(dossier)
    late = await verifier.decide(dossier, "SID-01", 1, **LOWER, **old)
    assert late.status_code == 409
    assert late.json()["code"] in ("evidence_changed", "evidence_unknown")
    now = late.json()["params"]["current"]
    assert (now["round"], now["indicator"]["evidence"]) == (2, [FIRST_DIGEST, THIRD_DIGEST])
