"""Every role at every route: who is let in, who is turned away, who sees nothing."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from services.verification.api import PERMISSIONS
from shared.identity import Role
from shared.service import INSPECTION
from tests.apps import Issuer, key
from tests.builders.verification import (
    COLLEAGUE,
    DRAFTER,
    FIRST_DIGEST,
    FROM_ABOVE,
    FROM_BELOW,
    OF_THE_AGENCY,
    OUTSIDER,
    VERIFIER,
    Person,
)
from tests.component.verification.world import Headers, Reviewer, Voice

DOSSIER = "inov-1"
CONFLICTED = (OF_THE_AGENCY, FROM_ABOVE, FROM_BELOW, DRAFTER)
REVIEWS = {"verifier"}
LOOKS_INSIDE = {"verifier", "quality_controller", "auditor"}
LOOKS_ON = {*LOOKS_INSIDE, "pemda_admin"}
ITEM = {"indicator": "SID-18", "message": "Show the list."}


@dataclass(frozen=True)
class Knock:
    """One request to one route, and the roles that it lets in."""

    operation: str
    method: str
    path: str
    roles: set[str]
    body: dict[str, Any] | None = None
    is_about_a_dossier: bool = True


KNOCKS = (
    Knock("list_dossiers", "GET", "/dossiers", LOOKS_ON, is_about_a_dossier=False),
    Knock("read_dossier", "GET", f"/dossiers/{DOSSIER}", LOOKS_ON),
    Knock("read_evidence", "GET", f"/dossiers/{DOSSIER}/evidence/{FIRST_DIGEST}", LOOKS_INSIDE),
    Knock("list_reason_codes", "GET", "/reason-codes", LOOKS_ON, is_about_a_dossier=False),
    Knock("claim_dossier", "POST", f"/dossiers/{DOSSIER}/lease", REVIEWS),
    Knock("release_dossier", "POST", f"/dossiers/{DOSSIER}/release", REVIEWS, {}),
    Knock(
        "decide_indicator",
        "PUT",
        f"/dossiers/{DOSSIER}/verdicts/SID-01",
        REVIEWS,
        {"granted_level": 3},
    ),
    Knock(
        "request_revision",
        "POST",
        f"/dossiers/{DOSSIER}/revision-requests",
        REVIEWS,
        {"items": [ITEM], "message": "Please."},
    ),
    Knock("verify_dossier", "POST", f"/dossiers/{DOSSIER}/verification", REVIEWS, {}),
    Knock("recuse", "POST", f"/dossiers/{DOSSIER}/recusals", REVIEWS, {"reason": "A friend."}),
)


@dataclass
class House:
    """One dossier, held by a verifier with every indicator decided; requests are rehearsed."""

    api: httpx.AsyncClient
    issuer: Issuer
    holder: Reviewer

    def headers(self, person: Person, *roles: str) -> Headers:
        return self.issuer.headers(person.by, *roles, agency=person.agency, path=person.agency_path)

    async def knock(self, knock: Knock, headers: Headers) -> httpx.Response:
        needs_token = knock.operation not in ("claim_dossier", "recuse")
        body = knock.body
        if body is not None and needs_token:
            body = {**body, "token": self.holder.token}
        return await self.api.request(
            knock.method,
            knock.path,
            params={"dry_run": 1} if knock.method != "GET" else None,
            json=body,
            headers={**headers, **key(), "If-Match": self.holder.version},
        )


@pytest.fixture
async def house(api: httpx.AsyncClient, issuer: Issuer, submission: Voice) -> House:
    holder = Reviewer.of(api, issuer, VERIFIER)
    await submission.submit(DOSSIER)
    await holder.see(DOSSIER)
    await holder.claim(DOSSIER)
    await holder.decide_all(DOSSIER)
    await holder.see(DOSSIER, decided_count=3)
    return House(api, issuer, holder)


async def test_nobody_enters_without_a_token(house: House) -> None:
    for knock in KNOCKS:
        answer = await house.knock(knock, {})
        assert answer.status_code == 401, knock


async def test_a_role_that_is_not_listed_is_turned_away(house: House) -> None:
    for knock in KNOCKS:
        for role in Role:
            if role in knock.roles:
                continue
            answer = await house.knock(knock, house.headers(COLLEAGUE, role))
            assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed"), (
                knock,
                role,
            )


async def test_a_role_that_is_listed_is_let_in(house: House) -> None:
    for knock in KNOCKS:
        for role in knock.roles:
            person = COLLEAGUE if knock.operation == "recuse" else VERIFIER
            answer = await house.knock(knock, house.headers(person, role))
            assert answer.status_code in (200, 201), (knock, role, answer.text)


async def test_somebody_from_outside_the_agencies_is_let_in(house: House) -> None:
    for knock in KNOCKS:
        answer = await house.knock(knock, house.headers(OUTSIDER, "verifier"))
        # They do not hold the lease: 409 is an answer of the decision itself.
        assert answer.status_code in (200, 201, 409), (knock, answer.text)


@pytest.mark.parametrize("person", CONFLICTED, ids=lambda person: person.by)
@pytest.mark.parametrize("role", ["verifier", "quality_controller"])
async def test_who_has_a_conflict_of_interest_sees_nothing(
    house: House, person: Person, role: str
) -> None:
    headers = house.headers(person, role)
    for knock in KNOCKS:
        if not knock.is_about_a_dossier or role not in knock.roles:
            continue
        answer = await house.knock(knock, headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), knock
    listed = await house.api.get("/dossiers", headers=headers)
    assert listed.json()["items"] == []


@pytest.mark.parametrize("person", CONFLICTED, ids=lambda person: person.by)
async def test_another_role_does_not_lift_a_conflict_of_interest(
    house: House, person: Person
) -> None:
    headers = house.headers(person, "verifier", "pemda_admin")
    assert (await house.api.get(f"/dossiers/{DOSSIER}", headers=headers)).status_code == 404
    assert (await house.api.get("/dossiers", headers=headers)).json()["items"] == []


@pytest.mark.parametrize("role", ["pemda_admin", "auditor"])
async def test_who_only_looks_on_is_not_asked_for_their_agency(house: House, role: str) -> None:
    headers = house.headers(OF_THE_AGENCY, role)
    assert (await house.api.get(f"/dossiers/{DOSSIER}", headers=headers)).status_code == 200
    listed = (await house.api.get("/dossiers", headers=headers)).json()["items"]
    assert [each["dossier_id"] for each in listed] == [DOSSIER]


async def test_a_dossier_that_is_not_there_looks_like_one_that_may_not_be_seen(
    house: House,
) -> None:
    verifier = house.headers(VERIFIER, "verifier")
    absent = await house.api.get("/dossiers/inov-9", headers=verifier)
    conflicted = house.headers(OF_THE_AGENCY, "verifier")
    hidden = await house.api.get(f"/dossiers/{DOSSIER}", headers=conflicted)
    assert (absent.status_code, hidden.status_code) == (404, 404)
    claimed = await house.api.post("/dossiers/inov-9/lease", headers={**verifier, **key()})
    assert (claimed.status_code, claimed.json()["code"]) == (404, absent.json()["code"])


@pytest.mark.parametrize("name", ["inov.1", "inov*", "a>b", "%20", "é"])
async def test_a_name_that_no_subject_can_carry_is_refused(house: House, name: str) -> None:
    headers = {**house.headers(VERIFIER, "verifier"), **key()}
    answer = await house.api.post(f"/dossiers/{name}/lease", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")


async def test_every_route_is_in_the_table(api: httpx.AsyncClient) -> None:
    paths = (await api.get("/openapi.json")).json()["paths"]
    summaries = {method["summary"] for path in paths.values() for method in path.values()}
    named = {summary.lower().replace(" ", "_") for summary in summaries}
    assert named - {"live", "ready"} == {*PERMISSIONS, *INSPECTION}
    assert {knock.operation for knock in KNOCKS} == set(PERMISSIONS)
