"""Take the next one: fair, for the right person, once for two who ask, again for who asks twice."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

import httpx
import pytest

from services.verification.app import create_app
from services.verification.projections import QUEUE
from services.verification.settings import Settings
from shared.events.submission import AGENCY, AgencyRegistered, AgencySucceeded, Profile
from shared.events.verification import DOSSIER, DossierLeased
from shared.views import Database
from tests.apps import Issuer, key, serving
from tests.builders.verification import (
    AT,
    COLLEAGUE,
    DRAFTER,
    FROM_ABOVE,
    FROM_BELOW,
    OF_THE_AGENCY,
    VERIFIER,
    Person,
)
from tests.component.verification.world import CHECKED_SEASON, Reviewer, Row, Voice

NEXT = "/dossiers/next"
SOCIAL = Profile(title="Rumah Singgah", main_affair="sosial")
TEN = tuple(Person(f"verifier-{number}", "uni", ("uni",)) for number in range(10))


async def take(person: Reviewer, body: Row | None = None, **params: Any) -> Row:
    answer = await person.post(NEXT, body or {}, **params)
    if answer.is_success:
        await shown(person, answer)
    return {"status": answer.status_code, **answer.json()}


async def refusal(person: Reviewer, body: Row | None = None) -> tuple[int, str]:
    answer = await take(person, body)
    return answer["status"], answer["code"]


async def shown(person: Reviewer, written: httpx.Response) -> None:
    """Returns when lists show what was written."""
    await heard(person, int(written.headers["Inda-Sequence"]))


async def heard(person: Reviewer, sequence: int) -> None:
    params = {"min_seq": sequence}
    answer = await person.api.get("/criteria", params=params, headers=person.headers)
    assert answer.status_code == 200, answer.text


async def describe(person: Reviewer, who: Person, **changes: Any) -> None:
    body: Row = {"affairs": (), "capacity": 5, "active": True, **changes}
    path = f"/verifiers/{who.by}"
    answer = await person.api.put(path, json=body, headers=person.headers)
    assert answer.status_code == 200, answer.text
    await shown(person, answer)


async def waiting(submission: Voice, person: Reviewer, count: int, **changes: Any) -> list[str]:
    """So many dossiers, the oldest first, as far as lists show them."""
    now = datetime.now(UTC) - timedelta(hours=1)
    found = [
        await submission.submit(f"inov-{number}", at=now + timedelta(seconds=number), **changes)
        for number in range(1, count + 1)
    ]
    for dossier in found:
        await person.see(dossier)
    return found


async def test_the_next_one_was_looked_at_least_and_then_waits_longest(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    first, second, third = await waiting(submission, verifier, 3)
    await verifier.begin(first)
    given = await verifier.post(f"/dossiers/{first}/release", {"token": verifier.token})
    await shown(verifier, given)
    taken = await take(verifier)
    assert (taken["status"], taken["dossier_id"], taken["happened"]) == (
        200,
        second,
        ["DossierLeased"],
    )
    seen = await verifier.see(second)
    assert (seen["state"], seen["lease_until"]) == ("in_review", taken["until"])
    verifier.token = taken["token"]
    assert (await verifier.admit(second)).status_code == 200
    assert (await take(colleague))["dossier_id"] == third
    assert (await take(colleague))["dossier_id"] == first
    assert await refusal(colleague) == (404, "queue_empty")


async def test_expertise_comes_before_age_and_what_is_kept_for_me_before_both(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    first, second = await waiting(submission, verifier, 2)
    await submission.submit("inov-3", profile=SOCIAL)
    await verifier.see("inov-3")
    await describe(verifier, VERIFIER, affairs=["sosial"])
    await colleague.begin(second)
    body = {"token": colleague.token, "to": VERIFIER.by, "note": "You know the place."}
    await shown(verifier, await colleague.post(f"/dossiers/{second}/handover", body))
    assert (await take(colleague))["dossier_id"] == first
    assert await refusal(colleague, {"region_id": "kalsel", "affair": "kesehatan"}) == (
        404,
        "queue_empty",
    )
    assert await colleague.queue(state="open") == [second, "inov-3"]
    assert (await take(verifier))["dossier_id"] == second
    assert (await take(verifier))["dossier_id"] == "inov-3"


async def test_the_next_one_can_be_asked_for_by_season_region_and_affair(
    submission: Voice, verifier: Reviewer
) -> None:
    await waiting(submission, verifier, 1)
    await submission.submit("inov-2", profile=SOCIAL, region_id="tapin")
    await verifier.see("inov-2")
    assert await refusal(verifier, {"season_id": "2025"}) == (404, "queue_empty")
    assert await refusal(verifier, {"agency_id": "dinkes"}) == (422, "request_invalid")
    both = {"affair": "sosial", "region_id": "tapin"}
    assert (await take(verifier, both, dry_run=1))["dossier_id"] == "inov-2"
    assert (await take(verifier, both))["dossier_id"] == "inov-2"


async def test_who_holds_enough_or_takes_none_gets_none(
    submission: Voice, verifier: Reviewer
) -> None:
    first, second = await waiting(submission, verifier, 2)
    await describe(verifier, VERIFIER, capacity=1)
    taken = await take(verifier)
    assert taken["dossier_id"] == first
    assert await refusal(verifier) == (409, "capacity_reached")
    given = await verifier.post(f"/dossiers/{first}/release", {"token": taken["token"]})
    await shown(verifier, given)
    await describe(verifier, VERIFIER, active=False)
    assert await refusal(verifier) == (409, "verifier_inactive")
    await describe(verifier, VERIFIER)
    assert (await take(verifier))["dossier_id"] == second


@pytest.mark.parametrize(
    "person", [OF_THE_AGENCY, FROM_ABOVE, FROM_BELOW, DRAFTER], ids=lambda each: each.by
)
async def test_who_is_tied_by_agency_or_in_person_is_offered_nothing(
    submission: Voice, verifier: Reviewer, api: httpx.AsyncClient, issuer: Issuer, person: Person
) -> None:
    await waiting(submission, verifier, 2)
    assert await refusal(Reviewer.of(api, issuer, person)) == (404, "queue_empty")


async def test_who_stepped_aside_or_declared_a_conflict_is_offered_nothing(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    (dossier,) = await waiting(submission, verifier, 1)
    recused = await verifier.post(f"/dossiers/{dossier}/recusals", {"reason": "A friend."})
    await shown(verifier, recused)
    assert await refusal(verifier) == (404, "queue_empty")
    await heard(colleague, await registered(submission, "dinkes"))
    tie = {"agency_id": "dinkes", "reason": "My former office."}
    declared = await colleague.post(f"/verifiers/{COLLEAGUE.by}/conflicts", tie)
    assert declared.is_success, declared.text
    assert await refusal(colleague) == (404, "queue_empty")


async def test_an_agency_keeps_the_conflicts_of_the_one_it_carries_on_for(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    (dossier,) = await waiting(submission, verifier, 1)
    for agency in ("dinkes", "brida"):
        await registered(submission, agency)
    fact = AgencySucceeded(
        by="person-admin",
        at=AT,
        agency_id="dinkes",
        successors=("brida",),
        effective_on=date(2026, 1, 1),
        letter_number="PERDA 3/2025",
        reason="Merged.",
    )
    await heard(verifier, await submission.say(AGENCY, "dinkes", fact))
    assert await refusal(verifier) == (404, "queue_empty")
    assert (await take(colleague))["dossier_id"] == dossier


async def registered(submission: Voice, agency_id: str) -> int:
    fact = AgencyRegistered(
        by="person-admin",
        at=AT,
        agency_id=agency_id,
        name=agency_id.title(),
        short_name=agency_id,
        kind="agency",
        parent_id="kalsel",
        region_id="kalsel",
        path=("kalsel", agency_id),
        source="Register of agencies",
        sample=False,
    )
    return await submission.say(AGENCY, agency_id, fact)


async def test_a_second_look_is_offered_only_to_somebody_else(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    (dossier,) = await waiting(submission, verifier, 1, season_id=CHECKED_SEASON)
    ended = await verifier.review(dossier)
    assert ended.json()["happened"] == ["QualityCheckDrawn"]
    await shown(verifier, ended)
    assert await refusal(verifier) == (404, "queue_empty")
    assert await verifier.queue() == [dossier]
    assert (await take(colleague))["dossier_id"] == dossier


async def test_a_retry_gives_the_same_dossier_whatever_became_of_it(
    submission: Voice, verifier: Reviewer
) -> None:
    first, second = await waiting(submission, verifier, 2)
    await describe(verifier, VERIFIER, capacity=1)
    headers = {**verifier.headers, **key()}

    async def again(**body: str) -> httpx.Response:
        return await verifier.api.post(NEXT, json=body, headers=headers)

    at_once = await asyncio.gather(again(), again(), again())
    assert {each.json()["dossier_id"] for each in at_once} == {first}
    (taken,) = {each.json()["token"] for each in at_once}
    await shown(verifier, at_once[0])
    assert (await again()).json() == at_once[0].json()
    given = await verifier.post(f"/dossiers/{first}/release", {"token": taken})
    await shown(verifier, given)
    assert (await again()).json() == at_once[0].json()
    reused = await again(affair="kesehatan")
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")
    facts = await submission.history.facts(DOSSIER.subject(first))
    assert [type(each.fact).__name__ for each in facts].count("DossierLeased") == 1
    assert (await take(verifier))["dossier_id"] == second


@pytest.fixture
async def replicas(settings: Settings) -> AsyncGenerator[Sequence[httpx.AsyncClient]]:
    async with AsyncExitStack() as both:
        yield [await both.enter_async_context(serving(create_app, settings)) for _ in range(2)]


async def test_ten_who_ask_two_replicas_at_once_get_ten_dossiers(
    replicas: Sequence[httpx.AsyncClient], submission: Voice, issuer: Issuer
) -> None:
    people = [
        Reviewer.of(api, issuer, person) for person, api in zip(TEN, cycle(replicas), strict=False)
    ]
    dossiers = await waiting(submission, people[0], 10)
    answers = await asyncio.gather(*(take(person) for person in people))
    assert sorted(each["dossier_id"] for each in answers) == sorted(dossiers)
    for answer in answers:
        facts = await submission.history.facts(DOSSIER.subject(answer["dossier_id"]))
        leases = [each.fact for each in facts if isinstance(each.fact, DossierLeased)]
        assert [lease.token for lease in leases] == [answer["token"]]
    assert {await refusal(person) for person in people} == {(404, "queue_empty")}


async def test_a_retry_gives_the_same_dossier_also_where_nobody_has_seen_it_taken_yet(
    settings: Settings, submission: Voice, verifier: Reviewer
) -> None:
    """The service that took it died; its fact has not reached the read model."""
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    database = Database(settings.mongo_url.get_secret_value(), settings.mongo_database)
    queue = database.collection(QUEUE.collection)
    before = await queue.get(dossier)
    assert before is not None
    once = key()
    first = await verifier.api.post(NEXT, json={}, headers={**verifier.headers, **once})
    assert first.json()["dossier_id"] == dossier
    await verifier.see(dossier, state="in_review")
    await queue.put(before)
    await submission.submit("inov-0", at=datetime.now(UTC) - timedelta(days=1))
    await verifier.see("inov-0")
    again = await verifier.api.post(NEXT, json={}, headers={**verifier.headers, **once})
    database.close()
    assert (again.status_code, again.json()) == (200, first.json())
    facts = await submission.history.facts(DOSSIER.subject("inov-0"))
    assert not any(isinstance(event.fact, DossierLeased) for event in facts)
