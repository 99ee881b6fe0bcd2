"""Verifiers as they and their supervisors describe them, and what they hold now."""

from typing import Any

import httpx
import pytest

from shared.editions import available, load
from shared.events.verification import VERIFIER as VERIFIERS
from shared.events.verification import VerifierDescribed
from tests.apps import Issuer
from tests.builders.verification import COLLEAGUE, OUTSIDER, SUPERVISOR, VERIFIER, Person
from tests.component.verification.world import Later, Reviewer, Voice

HEALTH = {"affairs": ["pangan", "kesehatan"], "capacity": 7}


def page_of(person: Person) -> str:
    return f"/verifiers/{person.by}"


async def describe(asking: Reviewer, person: Person, **changes: Any) -> httpx.Response:
    body = {**HEALTH, **changes}
    return await asking.api.put(page_of(person), json=body, headers=asking.headers)


async def read(asking: Reviewer, person: Person, written: httpx.Response) -> dict[str, Any]:
    """What is known of them, as soon as this is shown."""
    params = {"min_seq": written.json()["sequence"]}
    answer = await asking.api.get(page_of(person), params=params, headers=asking.headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["ETag"] == f'"{written.json()["version"]}"'
    found: dict[str, Any] = answer.json()
    return found


async def test_a_verifier_describes_themselves(verifier: Reviewer) -> None:
    written = await describe(verifier, VERIFIER)
    assert (written.status_code, written.json()["happened"]) == (200, ["VerifierDescribed"])
    found = await read(verifier, VERIFIER, written)
    assert found.pop("changed_at")
    assert found == {
        "verifier_id": VERIFIER.by,
        "agency_id": "brida",
        "agency_path": ["kalsel", "brida"],
        "affairs": ["kesehatan", "pangan"],
        "capacity": 7,
        "active": True,
        "conflicts": [],
        "load": 0,
    }
    again = await describe(verifier, VERIFIER)
    assert (again.json()["version"], again.json()["happened"]) == (1, [])


async def test_a_supervisor_keeps_the_agency_that_is_known(
    verifier: Reviewer, supervisor: Reviewer, submission: Voice
) -> None:
    await describe(verifier, VERIFIER)
    written = await describe(supervisor, VERIFIER, capacity=2, active=False)
    found = await read(supervisor, VERIFIER, written)
    assert (found["agency_id"], found["agency_path"]) == ("brida", ["kalsel", "brida"])
    assert (found["capacity"], found["active"]) == (2, False)
    facts = await submission.history.facts(VERIFIERS.subject(VERIFIER.by))
    assert [type(each.fact) for each in facts] == [VerifierDescribed, VerifierDescribed]
    assert [each.fact.by for each in facts] == [VERIFIER.by, SUPERVISOR.by]


async def test_a_supervisor_describes_somebody_new_without_an_agency(
    supervisor: Reviewer,
) -> None:
    written = await describe(supervisor, OUTSIDER)
    found = await read(supervisor, OUTSIDER, written)
    assert (found["agency_id"], found["agency_path"]) == (None, [])


async def test_a_verifier_knows_and_describes_nobody_else(
    verifier: Reviewer, colleague: Reviewer
) -> None:
    written = await describe(colleague, COLLEAGUE)
    await read(colleague, COLLEAGUE, written)
    other = await verifier.api.get(page_of(COLLEAGUE), headers=verifier.headers)
    absent = await verifier.api.get("/verifiers/nobody", headers=verifier.headers)
    described = await describe(verifier, COLLEAGUE, capacity=1)
    for answer in (other, absent, described):
        assert (answer.status_code, answer.json()["code"]) == (404, "verifier_unknown")


async def test_the_list_shows_what_everybody_holds_now(
    submission: Voice, verifier: Reviewer, colleague: Reviewer, supervisor: Reviewer
) -> None:
    await describe(colleague, COLLEAGUE, active=False)
    await describe(verifier, VERIFIER)
    for number in (1, 2, 3):
        dossier = await submission.submit(f"inov-{number}")
        await verifier.see(dossier)
        assert (await verifier.claim(dossier)).status_code == 200
    released = await verifier.post(f"/dossiers/{dossier}/release", {"token": verifier.token})

    async def loads(**params: Any) -> dict[str, int]:
        params["min_seq"] = released.json()["sequence"]
        answer = await supervisor.api.get("/verifiers", params=params, headers=supervisor.headers)
        assert answer.status_code == 200, answer.text
        return {each["verifier_id"]: each["load"] for each in answer.json()["items"]}

    assert await loads() == {VERIFIER.by: 2, COLLEAGUE.by: 0}
    assert await loads(active=True) == {VERIFIER.by: 2}
    assert await loads(active=False) == {COLLEAGUE.by: 0}


async def test_the_list_comes_in_pages(supervisor: Reviewer) -> None:
    people = [Person(f"person-{number}") for number in range(5)]
    written = [await describe(supervisor, person) for person in people]
    seen: list[str] = []
    params: dict[str, Any] = {"limit": 2, "min_seq": written[-1].json()["sequence"]}
    while True:
        answer = await supervisor.api.get("/verifiers", params=params, headers=supervisor.headers)
        seen += [each["verifier_id"] for each in answer.json()["items"]]
        if answer.json()["next_cursor"] is None:
            break
        params["cursor"] = answer.json()["next_cursor"]
    assert seen == [person.by for person in people]


async def test_a_lease_that_has_ended_is_no_load(later: Later, submission: Voice) -> None:
    person = later.verifier
    written = await describe(person, VERIFIER)
    dossier = await submission.submit("inov-1")
    await person.see(dossier)
    assert (await person.claim(dossier)).status_code == 200
    await person.see(dossier, lease_holder=VERIFIER.by)
    assert (await read(person, VERIFIER, written))["load"] == 1
    later.go_on(hours=1)
    assert (await read(person, VERIFIER, written))["load"] == 0


async def test_an_unknown_affair_is_refused_with_those_that_are_known(
    verifier: Reviewer,
) -> None:
    answer = await describe(verifier, VERIFIER, affairs=["kesehatan", "kesehtan", "sihir"])
    known = sorted({affair.id for each in available() for affair in load(each).affairs})
    assert (answer.status_code, answer.json()["code"]) == (422, "affair_unknown")
    assert answer.json()["params"] == {"unknown": ["kesehtan", "sihir"], "known": known}


async def test_every_affair_of_the_instruments_fits(verifier: Reviewer) -> None:
    known = sorted({affair.id for each in available() for affair in load(each).affairs})
    answer = await describe(verifier, VERIFIER, affairs=known[:40])
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"capacity": 0}, 422, "request_invalid"),
        ({"capacity": 101}, 422, "request_invalid"),
        ({"capacity": "many"}, 422, "request_invalid"),
        ({"affairs": ["pangan"] * 41}, 422, "request_invalid"),
        ({"affairs": ["pangan", "pangan"]}, 409, "affair_twice"),
        ({"agency_id": "dinkes"}, 422, "request_invalid"),
    ],
    ids=["none", "too many", "no number", "all affairs", "twice", "agency"],
)
async def test_what_cannot_be_a_description_is_refused(
    verifier: Reviewer, change: dict[str, Any], status: int, code: str
) -> None:
    answer = await describe(verifier, VERIFIER, **change)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_description_on_an_old_version_is_refused(verifier: Reviewer) -> None:
    await describe(verifier, VERIFIER)
    await describe(verifier, VERIFIER, capacity=8)
    stale = await verifier.api.put(
        page_of(VERIFIER), json=HEALTH, headers={**verifier.headers, "If-Match": '"1"'}
    )
    assert (stale.status_code, stale.json()["code"]) == (412, "version_changed")


async def test_a_leader_reads_and_a_person_with_two_roles_describes_themselves(
    api: httpx.AsyncClient, issuer: Issuer, verifier: Reviewer
) -> None:
    written = await describe(verifier, VERIFIER)
    leader = Reviewer.of(api, issuer, OUTSIDER, "leader")
    assert (await read(leader, VERIFIER, written))["capacity"] == 7
    both = Reviewer.of(api, issuer, SUPERVISOR, "pemda_admin", "verifier")
    own = await describe(both, SUPERVISOR)
    assert (await read(both, SUPERVISOR, own))["agency_id"] == "brida"
