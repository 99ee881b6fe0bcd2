"""From a submission to verified, through the API and the real servers."""

from datetime import UTC, datetime, timedelta

import httpx

from shared.events.awards import ObjectionDecided
from shared.events.verification import (
    DOSSIER,
    AdmissibilityDecided,
    DossierLeased,
    DossierOpened,
    DossierVerified,
    IndicatorDecided,
    VerdictCorrected,
)
from tests.builders.verification import (
    MANIFEST,
    OBJECTION_DECIDER,
    REVISED_MANIFEST,
    THIRD_DIGEST,
    VERIFIER,
)
from tests.component.verification.world import Reviewer, Voice, eventually

ITEM = {"indicator": "SID-18", "message": "Show the list of beneficiaries."}


async def test_a_submission_becomes_a_verified_dossier(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    seen = await verifier.see(dossier)
    assert (seen["state"], seen["claimed_count"], seen["decided_count"]) == ("open", 3, 0)
    assert (await verifier.claim(dossier)).status_code == 200
    await verifier.decide_all(dossier)
    verified = await verifier.verify(dossier)
    assert (verified.status_code, verified.json()["happened"]) == (200, ["DossierVerified"])
    seen = await verifier.see(dossier, state="verified")
    assert (seen["decided_count"], seen["deciders"]) == (3, [VERIFIER.by])
    granted = {row["indicator"]: row["verdict"]["granted_level"] for row in seen["indicators"]}
    assert granted == {"SID-01": 3, "SID-02": 2, "SID-18": 0}
    facts = await submission.history.facts(DOSSIER.subject(dossier))
    assert [type(each.fact) for each in facts] == [
        DossierOpened,
        DossierLeased,
        AdmissibilityDecided,
        IndicatorDecided,
        IndicatorDecided,
        IndicatorDecided,
        DossierVerified,
    ]
    assert facts[0].causation_id is not None


async def test_the_queue_is_ordered_by_age_and_filtered(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    now = datetime.now(UTC)
    for number, age in ((1, 2), (2, 3), (3, 1)):
        await submission.submit(f"inov-{number}", at=now - timedelta(hours=age))
    for number in (1, 2, 3):
        await verifier.see(f"inov-{number}")
    assert await verifier.queue() == ["inov-2", "inov-1", "inov-3"]
    await verifier.claim("inov-1")
    await verifier.see("inov-1", state="in_review")
    assert await verifier.queue(mine=True) == ["inov-1"]
    assert await colleague.queue(mine=True) == []
    assert await verifier.queue(state="open") == ["inov-2", "inov-3"]
    assert await verifier.queue(state="in_review") == ["inov-1"]
    assert await verifier.queue(agency_id="dinkes", region_id="kalsel", affair="kesehatan") == [
        "inov-2",
        "inov-1",
        "inov-3",
    ]
    assert await verifier.queue(agency_id="disdik") == []
    assert await verifier.queue(affair="sosial") == []


async def test_the_queue_comes_in_pages(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient
) -> None:
    expected = [await submission.submit(f"inov-{number}") for number in range(5)]
    for dossier in expected:
        await verifier.see(dossier)
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await api.get("/dossiers", params={"limit": 2, **cursor}, headers=verifier.headers)
        page = answer.json()
        found += [each["dossier_id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found == expected


async def test_one_revision_brings_back_only_what_changed(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    await verifier.claim(dossier)
    await verifier.decide_all(dossier)
    asked = {"token": verifier.token, "items": [ITEM], "message": "Please complete."}
    requested = await verifier.post(f"/dossiers/{dossier}/revision-requests", asked)
    assert requested.status_code == 201, requested.text
    waiting = await verifier.see(dossier, state="waiting_revision")
    due = datetime.fromisoformat(waiting["due"])
    assert timedelta(days=6, hours=23) < due - datetime.now(UTC) <= timedelta(days=7)
    refused = await verifier.decide(dossier, "SID-01", 3)
    assert (refused.status_code, refused.json()["code"]) == (409, "waiting_for_revision")
    await submission.submit(dossier, round=2, manifest=REVISED_MANIFEST)
    back = await verifier.see(dossier, round=2)
    assert (back["state"], back["decided_count"]) == ("open", 2)
    (row,) = (row for row in back["indicators"] if row["verdict"] is None)
    assert (row["indicator"], row["evidence"], row["lapsed"]["granted_level"]) == (
        "SID-18",
        [THIRD_DIGEST],
        0,
    )
    await verifier.claim(dossier)
    assert (await verifier.decide(dossier, "SID-18", 1)).status_code == 200
    again = await verifier.post(
        f"/dossiers/{dossier}/revision-requests", {**asked, "token": verifier.token}
    )
    assert (again.status_code, again.json()["code"]) == (409, "revision_limit")
    assert (await verifier.verify(dossier)).status_code == 200


async def test_a_submission_waits_for_the_files_that_are_on_their_way(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient
) -> None:
    ends = datetime.now(UTC) + timedelta(hours=1)
    dossier = await submission.submit("inov-1", pending=("ev-2",), complete_by=ends)
    await submission.submit("inov-2")
    await verifier.see("inov-2")
    assert await verifier.queue() == ["inov-2"]
    await submission.complete(dossier, manifest=MANIFEST[:1], missing=("ev-2",))
    seen = await verifier.see(dossier)
    assert [item["evidence_id"] for item in seen["manifest"]] == ["ev-1"]


async def test_a_revision_may_ask_for_fields_of_the_profile_alone(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    await verifier.claim(dossier)
    asked = {"token": verifier.token, "fields": ["no_such_field"], "message": "The dates."}
    path = f"/dossiers/{dossier}/revision-requests"
    refused = await verifier.post(path, asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "field_unknown")
    fine = await verifier.post(path, {**asked, "fields": ["implemented_on"]})
    assert fine.status_code == 201, fine.text
    waiting = await verifier.see(dossier, state="waiting_revision")
    (revision,) = waiting["revisions"]
    assert (revision["items"], revision["fields"]) == ([], ["implemented_on"])


async def test_a_withdrawn_innovation_leaves_the_queue(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    await submission.withdraw(dossier)
    seen = await verifier.see(dossier, state="withdrawn")
    assert seen["withdrawn_reason"] == "Filed twice."
    assert await verifier.queue() == []
    assert await verifier.queue(state="withdrawn") == [dossier]
    answer = await verifier.claim(dossier)
    assert (answer.status_code, answer.json()["code"]) == (409, "dossier_withdrawn")


async def test_a_draft_that_was_withdrawn_is_no_dossier(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient
) -> None:
    await submission.withdraw("inov-1")
    await submission.submit("inov-2")
    await verifier.see("inov-2")
    assert await verifier.queue(state="withdrawn") == []
    answer = await api.get("/dossiers/inov-1", headers=verifier.headers)
    assert answer.status_code == 404


async def test_a_granted_objection_corrects_the_verdict(
    submission: Voice, awards: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    await verifier.claim(dossier)
    await verifier.decide_all(dossier)
    await verifier.decide(
        dossier, "SID-01", 1, reason_code="lower_level_proven", note="A decree only."
    )
    assert (await verifier.verify(dossier)).status_code == 200
    decided = ObjectionDecided(
        by=OBJECTION_DECIDER.by,
        at=datetime.now(UTC),
        competition_id="kia-2026",
        objection_id="objection-1",
        innovation_id=dossier,
        indicator="SID-01",
        granted=True,
        level=3,
        reason="The bylaw stands on page 4.",
        decided_by_agency=OBJECTION_DECIDER.agency,
    )
    await awards.decide_objection(decided)
    await awards.decide_objection(decided)

    async def corrected() -> list[VerdictCorrected] | None:
        facts = await awards.history.facts(DOSSIER.subject(dossier))
        found = [each.fact for each in facts if isinstance(each.fact, VerdictCorrected)]
        return found or None

    await eventually(corrected)
    rejected = decided.model_copy(update={"granted": False, "objection_id": "objection-2"})
    await awards.decide_objection(rejected)
    seen = await verifier.see(dossier, deciders=sorted((OBJECTION_DECIDER.by, VERIFIER.by)))
    assert [each["objection_id"] for each in seen["corrections"]] == ["objection-1"]
    verdict = seen["indicators"][0]["verdict"]
    assert (verdict["granted_level"], verdict["decided_by"]) == (3, OBJECTION_DECIDER.by)
