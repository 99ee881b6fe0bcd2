"""Who works on a dossier: taken, kept, given back, handed over, taken away, on real servers."""

import httpx

from services.verification.app import create_app
from services.verification.settings import Settings
from shared.events.verification import DOSSIER
from tests.apps import Issuer, key, serving
from tests.builders.verification import COLLEAGUE, OF_THE_AGENCY, OUTSIDER, VERIFIER
from tests.component.verification.world import Later, Reviewer, Voice, eventually, refusal

NOTE = "I looked at the decree; the list of beneficiaries is missing."


async def taken(submission: Voice, verifier: Reviewer) -> str:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    assert (await verifier.claim(dossier)).status_code == 200
    return dossier


async def test_a_heartbeat_is_a_fact_only_past_half_of_the_lease(
    later: Later, submission: Voice
) -> None:
    verifier = later.verifier
    dossier = await taken(submission, verifier)
    until = (await verifier.see(dossier, state="in_review"))["lease_until"]
    path, body = f"/dossiers/{dossier}/lease/heartbeat", {"token": verifier.token}
    early = (await verifier.post(path, body)).json()
    assert (early["happened"], early["until"]) == ([], until)
    later.go_on(hours=0.3)
    late = (await verifier.post(path, body)).json()
    assert (late["happened"], late["until"] > until) == (["LeaseRenewed"], True)
    again = (await verifier.post(path, body)).json()
    assert (again["happened"], again["until"], again["version"]) == (
        [],
        late["until"],
        late["version"],
    )
    assert (await verifier.see(dossier, lease_until=late["until"]))["state"] == "in_review"


async def test_a_late_save_with_an_old_token_gets_its_text_back(
    settings: Settings, submission: Voice, issuer: Issuer
) -> None:
    short = settings.model_copy(update={"lease_seconds": 1})
    async with serving(create_app, short) as api:
        verifier = Reviewer.of(api, issuer, VERIFIER)
        colleague = Reviewer.of(api, issuer, COLLEAGUE)
        dossier = await submission.submit("inov-1")
        await verifier.see(dossier)
        await verifier.claim(dossier)
        assert refusal(await colleague.claim(dossier)) == (409, "lease_held")

        async def taken_over() -> httpx.Response | None:
            answer = await colleague.claim(dossier)
            return answer if answer.is_success else None

        takeover = await eventually(taken_over)
        verifier.version = takeover.headers["ETag"]
        late = await verifier.decide(
            dossier, "SID-01", 1, reason_code="lower_level_proven", note=NOTE
        )
        assert refusal(late) == (409, "lease_lost")
        params = late.json()["params"]
        typed, current = params["typed"], params["current"]
        assert (typed["granted_level"], typed["note"], "token" in typed) == (1, NOTE, False)
        assert current["version"] == takeover.json()["version"]
        assert current["lease_holder"] in (COLLEAGUE.by, None)
        assert current["indicator"]["evidence"] == typed["evidence"]


async def test_a_dossier_that_was_taken_over_says_by_whom(later: Later, submission: Voice) -> None:
    dossier = await taken(submission, later.verifier)
    later.go_on(hours=0.6)
    takeover = await later.colleague.claim(dossier)
    late = await later.verifier.post(
        f"/dossiers/{dossier}/release", {"token": later.verifier.token, "note": NOTE}
    )
    assert refusal(late) == (409, "lease_lost")
    assert late.json()["params"] == {
        "typed": {"note": NOTE},
        "current": {
            "version": takeover.json()["version"],
            "state": "in_review",
            "round": 1,
            "lease_holder": COLLEAGUE.by,
            "lease_until": takeover.json()["until"],
            "indicator": None,
        },
    }


async def test_a_dossier_whose_lease_ran_out_is_open_again(
    settings: Settings, submission: Voice, issuer: Issuer
) -> None:
    short = settings.model_copy(update={"lease_seconds": 1})
    async with serving(create_app, short) as api:
        verifier = Reviewer.of(api, issuer, VERIFIER)
        dossier = await taken(submission, verifier)
        await verifier.see(dossier, state="in_review")
        await verifier.see(dossier, state="open")
        assert await verifier.queue(state="open") == [dossier]
        assert await verifier.queue(mine=True) == []


async def test_a_retried_claim_gives_the_same_token(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    headers = {**verifier.headers, **key()}
    first = await api.post(f"/dossiers/{dossier}/lease", headers=headers)
    again = await api.post(f"/dossiers/{dossier}/lease", headers=headers)
    assert first.json() == again.json()


async def test_a_dry_run_claims_and_stores_nothing(submission: Voice, verifier: Reviewer) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    answer = await verifier.post(f"/dossiers/{dossier}/lease", dry_run=1)
    assert (answer.json()["happened"], answer.json()["dry_run"]) == (["DossierLeased"], True)
    assert len(await submission.history.facts(DOSSIER.subject(dossier))) == 1


async def test_a_dossier_is_given_back_with_a_note(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await taken(submission, verifier)
    path, body = f"/dossiers/{dossier}/release", {"token": verifier.token, "note": NOTE}
    assert (await verifier.post(path, body)).json()["happened"] == ["DossierReleased"]
    seen = await colleague.see(dossier, last_note=NOTE)
    assert (seen["state"], seen["lease_holder"]) == ("open", None)
    assert (await colleague.claim(dossier)).status_code == 200


async def test_a_dossier_that_is_handed_over_is_kept_for_the_colleague(
    later: Later, submission: Voice, issuer: Issuer
) -> None:
    dossier = await taken(submission, later.verifier)
    outsider = Reviewer.of(later.verifier.api, issuer, OUTSIDER)
    body = {"token": later.verifier.token, "to": COLLEAGUE.by, "note": NOTE}
    path = f"/dossiers/{dossier}/handover"
    assert (await later.verifier.post(path, body)).json()["happened"] == ["DossierHandedOver"]
    seen = await later.colleague.see(dossier, reserved_for=COLLEAGUE.by)
    assert (seen["lease_holder"], seen["last_note"]) == (None, NOTE)
    for other in (outsider, later.verifier):
        assert refusal(await other.claim(dossier)) == (409, "dossier_reserved")
    assert (await later.colleague.claim(dossier)).status_code == 200


async def test_a_reservation_runs_out(later: Later, submission: Voice, issuer: Issuer) -> None:
    dossier = await taken(submission, later.verifier)
    body = {"token": later.verifier.token, "to": COLLEAGUE.by, "note": NOTE}
    await later.verifier.post(f"/dossiers/{dossier}/handover", body)
    outsider = Reviewer.of(later.verifier.api, issuer, OUTSIDER)
    assert refusal(await outsider.claim(dossier)) == (409, "dossier_reserved")
    later.go_on(hours=24.1)
    assert (await outsider.claim(dossier)).status_code == 200


async def test_a_supervisor_takes_a_dossier_away_with_a_reason(
    submission: Voice, verifier: Reviewer, colleague: Reviewer, supervisor: Reviewer
) -> None:
    dossier = await taken(submission, verifier)
    path = f"/dossiers/{dossier}/override"
    body = {"reason": "Ill since Monday.", "to": COLLEAGUE.by}
    assert (await supervisor.post(path, body)).json()["happened"] == ["LeaseRevoked"]
    late = await verifier.admit(dossier)
    assert refusal(late) == (412, "version_changed")
    verifier.version = supervisor.version
    late = await verifier.admit(dossier)
    assert refusal(late) == (409, "lease_lost")
    assert [each["criterion"] for each in late.json()["params"]["typed"]["findings"]] == [
        "renewal",
        "benefit",
        "no_burden",
        "own_authority",
        "replicable",
    ]
    assert refusal(await verifier.claim(dossier)) == (409, "dossier_reserved")
    assert (await colleague.claim(dossier)).status_code == 200
    assert refusal(await verifier.post(path, body)) == (403, "role_not_allowed")


async def test_a_dossier_is_taken_away_only_with_a_reason_and_only_where_one_may_look(
    submission: Voice, verifier: Reviewer, supervisor: Reviewer, issuer: Issuer
) -> None:
    dossier = await taken(submission, verifier)
    path = f"/dossiers/{dossier}/override"
    for body in ({}, {"reason": ""}, {"reason": "x" * 4001}, {"reason": "x", "to": "Siti Aminah"}):
        assert refusal(await supervisor.post(path, body)) == (422, "request_invalid")
    tied = Reviewer.of(verifier.api, issuer, OF_THE_AGENCY, "quality_controller")
    assert refusal(await tied.post(path, {"reason": "Mine."})) == (404, "not_found")
    assert refusal(await supervisor.post("/dossiers/inov-9/override", {"reason": "Gone."})) == (
        404,
        "not_found",
    )


async def test_a_token_that_never_was_saves_nothing(submission: Voice, verifier: Reviewer) -> None:
    dossier = await taken(submission, verifier)
    path = f"/dossiers/{dossier}"
    for route, more in (
        ("lease/heartbeat", {}),
        ("release", {"note": NOTE}),
        ("handover", {"to": COLLEAGUE.by, "note": NOTE}),
        ("verification", {}),
        ("revision-requests", {"message": NOTE, "fields": ["purpose"]}),
    ):
        answer = await verifier.post(f"{path}/{route}", {"token": "never", **more})
        assert refusal(answer) == (409, "lease_lost"), route
        params = answer.json()["params"]
        assert params["typed"].items() >= more.items()
        assert params["current"]["lease_holder"] == VERIFIER.by
