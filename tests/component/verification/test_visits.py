"""What was found on the spot, recorded against indicators; on real servers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.events.verification import DOSSIER
from tests.apps import Issuer
from tests.builders.verification import COLLEAGUE, OF_THE_AGENCY, VERIFIER
from tests.component.verification.world import Reviewer, Voice, refusal, written

FOUND = {"indicator": "SID-01", "outcome": "confirmed", "note": "The decree hangs on the wall."}
VISIT: dict[str, Any] = {
    "visited_on": "2026-03-02",
    "participants": [VERIFIER.by, COLLEAGUE.by],
    "findings": [FOUND],
    "note": "We spoke with the staff.",
}


async def test_a_visit_is_recorded_and_shown_whoever_holds_the_dossier(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier)
    recorded = await colleague.post(f"/dossiers/{dossier}/visits", VISIT)
    assert (recorded.status_code, recorded.json()["happened"]) == (201, ["FieldVisitRecorded"])
    visit_id = recorded.json()["visit_id"]
    visit = {"visit_id": visit_id, "recorded_by": COLLEAGUE.by, **VISIT}
    facts = await submission.history.facts(DOSSIER.subject(dossier))
    row = {**visit, "recorded_at": written(facts[-1].fact.at)}
    seen = await verifier.see(dossier, visits=[row])
    assert (seen["decided_count"], seen["lease_holder"]) == (0, VERIFIER.by)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"participants": [f"person-{n}" for n in range(31)]}, 422, "request_invalid"),
        ({"participants": ["Siti Aminah"]}, 422, "request_invalid"),
        ({"participants": []}, 409, "participants_missing"),
        ({"note": "x" * 100_000}, 422, "request_invalid"),
        ({"note": ""}, 422, "request_invalid"),
        ({"findings": []}, 409, "findings_missing"),
        ({"findings": [{**FOUND, "outcome": "nice"}]}, 422, "request_invalid"),
        ({"findings": [{**FOUND, "indicator": "SID-19"}]}, 409, "indicator_not_claimed"),
        ({"findings": [FOUND, FOUND]}, 409, "items_repeated"),
        (
            {"findings": [{"indicator": "SID-01", "outcome": "not_confirmed"}]},
            409,
            "note_missing",
        ),
        ({"visited_on": "2026-02-30"}, 422, "request_invalid"),
    ],
    ids=[
        "too many people",
        "a name",
        "nobody",
        "too long",
        "no note",
        "no finding",
        "unknown outcome",
        "not claimed",
        "twice",
        "unexplained",
        "no such day",
    ],
)
async def test_a_visit_that_says_too_little_or_too_much_is_refused(
    submission: Voice, verifier: Reviewer, changes: dict[str, Any], status: int, code: str
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    answer = await verifier.post(f"/dossiers/{dossier}/visits", VISIT | changes)
    assert refusal(answer) == (status, code)


async def test_a_visit_of_tomorrow_is_refused(submission: Voice, verifier: Reviewer) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    ahead = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    answer = await verifier.post(f"/dossiers/{dossier}/visits", VISIT | {"visited_on": ahead})
    assert refusal(answer) == (409, "visit_in_the_future")


async def test_who_is_tied_records_no_visit(
    submission: Voice, verifier: Reviewer, issuer: Issuer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    tied = Reviewer.of(verifier.api, issuer, OF_THE_AGENCY)
    answer = await tied.post(f"/dossiers/{dossier}/visits", VISIT)
    assert refusal(answer) == (404, "not_found")
