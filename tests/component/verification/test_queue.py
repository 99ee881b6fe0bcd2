"""The review queue as a list: filters, counts, pages, and what is late."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from services.verification.domain import CRITERIA, REASONS
from shared.events.submission import Profile
from tests.apps import Issuer
from tests.builders.verification import DRAFTER, VERIFIER
from tests.component.verification.world import (
    CHECKED_SEASON,
    Later,
    Reviewer,
    Row,
    Voice,
    eventually,
)

SOCIAL = Profile(title="Rumah Singgah", main_affair="sosial")


async def counts(person: Reviewer, **filters: Any) -> Row:
    answer = await person.api.get("/dossiers/counts", params=filters, headers=person.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def rows(person: Reviewer, **filters: Any) -> list[Row]:
    answer = await person.api.get("/dossiers", params=filters, headers=person.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def season(submission: Voice, verifier: Reviewer) -> None:
    """Three dossiers: the oldest of the health office, one verified, one of another affair."""
    now = datetime.now(UTC)
    await submission.submit("inov-1", at=now - timedelta(days=3))
    await submission.submit("inov-2", at=now - timedelta(days=2))
    await submission.submit(
        "inov-3",
        at=now - timedelta(days=1),
        profile=SOCIAL,
        agency_id="dinsos",
        agency_path=("kalsel", "tapin", "dinsos"),
        region_id="tapin",
    )
    assert (await verifier.review("inov-2")).status_code == 200
    await verifier.see("inov-3")
    await verifier.see("inov-2", state="verified")


async def test_each_filter_narrows_list_and_counts_alike(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    await season(submission, verifier)
    await verifier.begin("inov-1", is_admitted=True)
    assert (await verifier.decide("inov-1", "SID-01", 3)).status_code == 200
    await verifier.see("inov-1", decided_count=1)
    narrowed: dict[tuple[tuple[str, object], ...], list[str]] = {
        (): ["inov-1", "inov-2", "inov-3"],
        (("affair", "sosial"),): ["inov-3"],
        (("region_id", "kalsel"),): ["inov-1", "inov-2"],
        (("agency_id", "tapin"),): ["inov-3"],
        (("agency_id", "kalsel"), ("state", "open")): ["inov-3"],
        (("season_id", "2025"),): [],
        (("indicator", "SID-01"),): ["inov-3"],
        (("indicator", "SID-18"),): ["inov-1", "inov-3"],
        (("state", "in_review"),): ["inov-1"],
        (("mine", True),): ["inov-1"],
        (("mine", True), ("state", "in_review")): ["inov-1"],
        (("overdue", True),): [],
    }
    for filters, expected in narrowed.items():
        assert await verifier.queue(**dict(filters)) == expected, filters
        assert (await counts(verifier, **dict(filters)))["total"] == len(expected), filters
    assert await colleague.queue(mine=True) == []
    assert await counts(verifier) == {
        "states": {"in_review": 1, "open": 1, "verified": 1},
        "total": 3,
        "overdue": 0,
        "mine": 1,
        "dossiers_done": 1,
        "claimed": 9,
        "decided": 4,
    }


async def test_a_row_tells_what_is_left_to_do(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    at = datetime.now(UTC) - timedelta(days=1)
    dossier = await submission.submit("inov-1", at=at)
    await verifier.begin(dossier, is_admitted=True)
    assert (await verifier.decide(dossier, "SID-02", 2)).status_code == 200
    seen = await verifier.see(dossier, decided_count=1)
    (row,) = await rows(colleague)
    written = at.isoformat().replace("+00:00", "Z")
    due = (at + timedelta(days=14)).isoformat().replace("+00:00", "Z")
    assert row == {
        "dossier_id": dossier,
        "state": "in_review",
        "title": "Posyandu Digital",
        "season_id": "2026",
        "agency_id": "dinkes",
        "region_id": "kalsel",
        "affair": "kesehatan",
        "round": 1,
        "opened_at": written,
        "waiting_since": written,
        "due": None,
        "due_at": due,
        "overdue": False,
        "lease_holder": VERIFIER.by,
        "lease_until": seen["lease_until"],
        "reserved_for": None,
        "times_leased": 1,
        "claimed_count": 3,
        "decided_count": 1,
        "undecided": ["SID-01", "SID-18"],
    }
    assert seen["review_due"] == due


async def test_what_waits_too_long_is_overdue_and_a_lease_that_ran_out_is_open(
    submission: Voice, later: Later
) -> None:
    verifier = later.verifier
    await submission.submit("inov-1", at=datetime.now(UTC) - timedelta(days=10))
    await submission.submit("inov-2")
    await verifier.begin("inov-1")
    await verifier.see("inov-1", state="in_review")
    await verifier.see("inov-2")
    assert (await counts(verifier))["states"] == {"in_review": 1, "open": 1}
    later.go_on(hours=24 * 5)

    async def late() -> list[str] | None:
        return await verifier.queue(overdue=True) or None

    assert await eventually(late) == ["inov-1"]
    assert await verifier.queue(overdue=True, state="waiting_revision") == []
    assert await verifier.queue(overdue=True, state="open") == ["inov-1"]
    assert await verifier.queue(state="open") == ["inov-1", "inov-2"]
    told = await counts(verifier)
    assert (told["states"], told["overdue"], told["mine"]) == ({"open": 2}, 1, 0)
    first, second = await rows(verifier)
    assert (first["state"], first["lease_holder"], first["overdue"]) == ("open", None, True)
    assert second["overdue"] is False


async def test_the_first_page_is_right_however_often_it_was_asked_for(
    submission: Voice, verifier: Reviewer
) -> None:
    """It is found by how far it reached before; what leaves and what comes in moves that."""
    now = datetime.now(UTC)
    for number in range(2, 9):
        await submission.submit(f"inov-{number}", at=now + timedelta(seconds=number))
    for number in range(2, 9):
        await verifier.see(f"inov-{number}")
    for _ in range(2):
        assert await verifier.queue(limit=2) == ["inov-2", "inov-3"]
    for number in (2, 3, 4, 5, 6):
        await submission.withdraw(f"inov-{number}")
        await verifier.see(f"inov-{number}", state="withdrawn")
    assert await verifier.queue(limit=2) == ["inov-7", "inov-8"]
    await submission.submit("inov-1", at=now)
    await verifier.see("inov-1")
    for _ in range(2):
        assert await verifier.queue(limit=2) == ["inov-1", "inov-7"]
    assert await verifier.queue(state="withdrawn", limit=3) == ["inov-2", "inov-3", "inov-4"]


async def test_a_second_look_is_blind_in_lists_counts_and_the_dossier(
    api: httpx.AsyncClient,
    issuer: Issuer,
    submission: Voice,
    verifier: Reviewer,
    colleague: Reviewer,
) -> None:
    dossier = await submission.submit("inov-1", season_id=CHECKED_SEASON)
    ended = await verifier.review(dossier)
    assert "QualityCheckDrawn" in ended.json()["happened"], ended.text
    await colleague.see(dossier, state="checking")
    assert await colleague.queue(indicator="SID-01") == [dossier]
    await colleague.begin(dossier, is_admitted=True)
    assert (await colleague.decide(dossier, "SID-01", 3)).status_code == 200
    mine = await colleague.see(dossier, decided_count=1)
    assert VERIFIER.by not in str(mine)
    assert [row["verdict"] is not None for row in mine["indicators"]] == [True, False, False]
    theirs = await verifier.see(dossier, decided_count=3)
    assert theirs["checks"][0]["second"] == []
    auditor = Reviewer(api, issuer.headers("auditor-1", "auditor"))
    whole = await auditor.see(dossier, decided_count=3)
    assert (len(whole["checks"][0]["first"]), len(whole["checks"][0]["second"])) == (3, 1)
    decided = {
        name: (await rows(person))[0]["decided_count"]
        for name, person in (("first", verifier), ("second", colleague), ("auditor", auditor))
    }
    assert decided == {"first": 3, "second": 1, "auditor": 3}
    for person in (verifier, colleague, auditor):
        assert (await counts(person))["decided"] == 0


async def test_the_changes_of_each_round_are_told(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient, issuer: Issuer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier, is_admitted=True)
    body = {"token": verifier.token, "fields": ["title"], "message": "Name it properly."}
    asked = await verifier.post_on_seen(f"/dossiers/{dossier}/revision-requests", body)
    assert asked.status_code == 201, asked.text
    title = Profile(title="Posyandu Digital Terpadu", main_affair="kesehatan")
    await submission.submit(dossier, round=2, profile=title)
    await verifier.see(dossier, round=2)
    answer = await verifier.api.get(f"/dossiers/{dossier}/changes", headers=verifier.headers)
    (change,) = answer.json()["items"]
    assert change["profile"] == [
        {"field": "title", "before": "Posyandu Digital", "after": "Posyandu Digital Terpadu"}
    ]
    drafter = Reviewer.of(api, issuer, DRAFTER)
    hidden = await api.get(f"/dossiers/{dossier}/changes", headers=drafter.headers)
    assert hidden.status_code == 404


async def test_the_catalogues_speak_the_language_of_the_reader(verifier: Reviewer) -> None:
    told: dict[str, tuple[list[str], str, int]] = {}
    for language in ("id", "en"):
        headers = {**verifier.headers, "Accept-Language": language}
        criteria = (await verifier.api.get("/criteria", headers=headers)).json()["items"]
        reasons = (await verifier.api.get("/reason-codes", headers=headers)).json()["items"]
        assert {each["source"] for each in criteria} == {"PP 38/2017 article 6"}
        assert [each["code"] for each in reasons] == list(REASONS)
        names = [each["criterion"] for each in criteria]
        told[language] = (names, criteria[4]["sentence"], len({r["sentence"] for r in reasons}))
    assert told == {
        "id": (list(CRITERIA), "Dapat direplikasi.", len(REASONS)),
        "en": (list(CRITERIA), "It can be replicated elsewhere.", len(REASONS)),
    }
