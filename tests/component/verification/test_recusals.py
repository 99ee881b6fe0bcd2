"""Who steps aside, and what they see from then on; on real servers."""

import httpx

from tests.builders.verification import COLLEAGUE, DRAFTER, VERIFIER
from tests.component.verification.world import Reviewer, Voice, refusal

REASON = {"reason": "I advised the makers."}


async def test_who_steps_aside_no_longer_sees_the_dossier(
    submission: Voice, verifier: Reviewer, colleague: Reviewer, api: httpx.AsyncClient
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier)
    assert (await verifier.post(f"/dossiers/{dossier}/recusals", REASON)).status_code == 201
    await colleague.see(dossier, excluded=sorted((DRAFTER.by, VERIFIER.by)))
    assert await verifier.queue() == []
    hidden = await api.get(f"/dossiers/{dossier}", headers=verifier.headers)
    assert hidden.status_code == 404
    assert refusal(await verifier.claim(dossier)) == (404, "not_found")
    assert (await colleague.claim(dossier)).status_code == 200


async def test_who_has_stepped_aside_gets_no_text_of_the_dossier_back(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier)
    older = verifier.version
    assert (await verifier.post(f"/dossiers/{dossier}/recusals", REASON)).status_code == 201
    verifier.version = older
    assert refusal(await verifier.admit(dossier)) == (404, "not_found")


async def test_who_has_decided_stays_answerable(submission: Voice, verifier: Reviewer) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier, is_admitted=True)
    refused = await verifier.post(f"/dossiers/{dossier}/recusals", REASON)
    assert refusal(refused) == (409, "already_decided")


async def test_a_dossier_kept_for_somebody_who_steps_aside_is_free(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier)
    body = {"token": verifier.token, "to": COLLEAGUE.by, "note": "You know the place."}
    assert (await verifier.post(f"/dossiers/{dossier}/handover", body)).status_code == 200
    assert (await colleague.post(f"/dossiers/{dossier}/recusals", REASON)).status_code == 201
    assert (await verifier.claim(dossier)).status_code == 200


async def test_a_recusal_has_a_reason_of_bounded_length(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    for body in ({}, {"reason": ""}, {"reason": "x" * 100_000}):
        answer = await verifier.post(f"/dossiers/{dossier}/recusals", body)
        assert refusal(answer) == (422, "request_invalid")
