"""A revision that is awaited: how long, and what ends the wait, on the real servers."""

from datetime import UTC, datetime, timedelta

from tests.builders.verification import REVISED_MANIFEST
from tests.component.verification.world import Later, Reviewer, Voice, written

ITEM = {"indicator": "SID-18", "message": "Show the list of beneficiaries."}


async def asked_back(
    submission: Voice, verifier: Reviewer, innovation_id: str, due: datetime
) -> str:
    """A dossier that waits for a revision."""
    dossier = await submission.submit(innovation_id)
    await verifier.see(dossier)
    await verifier.claim(dossier)
    asked = {"token": verifier.token, "items": [ITEM], "message": "Please complete."}
    path = f"/dossiers/{dossier}/revision-requests"
    answer = await verifier.post(path, {**asked, "due": due.isoformat()})
    assert answer.status_code == 201, answer.text
    await verifier.see(dossier, state="waiting_revision")
    return dossier


def in_hours(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


async def test_a_revision_that_nobody_answers_lapses_by_itself(
    later: Later, submission: Voice
) -> None:
    dossier = await asked_back(submission, later.verifier, "inov-1", in_hours(1))
    later.go_on(hours=1.1)
    seen = await later.verifier.see(dossier, state="open")
    assert (seen["due"], seen["revisions"][0]["lapsed_at"] is not None) == (None, True)


async def test_a_revision_whose_files_are_on_their_way_does_not_lapse(
    later: Later, submission: Voice
) -> None:
    verifier, due, until = later.verifier, in_hours(1), in_hours(2)
    silent = await asked_back(submission, verifier, "inov-1", until)
    dossier = await asked_back(submission, verifier, "inov-2", due)
    await submission.submit(dossier, round=2, pending=("ev-3",), complete_by=until)
    waiting = await verifier.see(dossier, due=written(until))
    (revision,) = waiting["revisions"]
    assert (revision["due"], revision["files_until"]) == (written(due), written(until))
    refused = await verifier.claim(dossier)
    assert (refused.status_code, refused.json()["code"]) == (409, "waiting_for_revision")
    later.go_on(hours=2.5)
    await verifier.see(silent, state="open")
    await submission.complete(dossier, round=2, manifest=REVISED_MANIFEST)
    back = await verifier.see(dossier, round=2)
    assert (back["state"], back["due"], back["revisions"][0]["lapsed_at"]) == ("open", None, None)


async def test_a_revision_whose_files_are_never_settled_lapses_in_the_end(
    later: Later, submission: Voice
) -> None:
    verifier, until = later.verifier, in_hours(2)
    dossier = await asked_back(submission, verifier, "inov-1", in_hours(1))
    await submission.submit(dossier, round=2, pending=("ev-3",), complete_by=until)
    await verifier.see(dossier, due=written(until))
    later.go_on(hours=3.1)
    seen = await verifier.see(dossier, state="open")
    assert (seen["round"], seen["revisions"][0]["lapsed_at"] is not None) == (1, True)


async def test_an_answer_that_is_heard_of_after_the_lapse_is_waited_for(
    later: Later, submission: Voice
) -> None:
    verifier, until = later.verifier, in_hours(2)
    dossier = await asked_back(submission, verifier, "inov-1", in_hours(1))
    later.go_on(hours=1.1)
    await verifier.see(dossier, state="open")
    await submission.submit(dossier, round=2, pending=("ev-3",), complete_by=until)
    await verifier.see(dossier, state="waiting_revision", due=written(until))
    await submission.complete(dossier, round=2, manifest=REVISED_MANIFEST)
    await verifier.see(dossier, state="open", round=2)
