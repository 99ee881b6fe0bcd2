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
from tests.component.verification.world import Headers, Reviewer, Voice, findings

DOSSIER = "inov-1"
CONFLICTED = (OF_THE_AGENCY, FROM_ABOVE, FROM_BELOW, DRAFTER)
REVIEWS = {"verifier", "quality_controller"}
RESOLVES = {"quality_controller"}
LOOKS_INSIDE = {*REVIEWS, "auditor"}
LOOKS_ON = {*LOOKS_INSIDE, "pemda_admin"}
SUPERVISES = {"pemda_admin", "quality_controller"}
MEASURES = {*SUPERVISES, "auditor", "leader"}
IS_TOLD = {"skpd_operator", "skpd_head", "pemda_admin"}
ITEM = {"indicator": "SID-18", "message": "Show the list."}
ME = f"/verifiers/{VERIFIER.by}"
RULE = {"sample_permille": 100, "large_change": 2, "effective_from": "2099-01-01T00:00:00Z"}
VISIT = {"visited_on": "2026-08-03", "note": "All posts work."}


@dataclass(frozen=True)
class Knock:
    """One request to one route, and the roles that it lets in."""

    operation: str
    method: str
    path: str
    roles: set[str]
    body: dict[str, Any] | None = None
    is_held: bool = False
    is_about_a_dossier: bool = False


def inside(
    operation: str,
    method: str,
    rest: str,
    roles: set[str],
    body: dict[str, Any] | None = None,
    *,
    is_held: bool = False,
) -> Knock:
    """About the dossier; `is_held` where only the holder of its lease may ask."""
    path = f"/dossiers/{DOSSIER}{rest}"
    return Knock(operation, method, path, roles, body, is_held, is_about_a_dossier=True)


KNOCKS = (
    Knock("list_dossiers", "GET", "/dossiers", LOOKS_ON),
    Knock("count_dossiers", "GET", "/dossiers/counts", LOOKS_ON),
    Knock("list_reason_codes", "GET", "/reason-codes", LOOKS_ON),
    Knock("list_criteria", "GET", "/criteria", LOOKS_ON),
    Knock("claim_next", "POST", "/dossiers/next", REVIEWS, {}),
    inside("read_dossier", "GET", "", LOOKS_ON),
    inside("read_changes", "GET", "/changes", LOOKS_ON),
    inside("read_minutes", "GET", "/minutes", LOOKS_ON),
    inside("read_evidence", "GET", f"/evidence/{FIRST_DIGEST}", LOOKS_INSIDE),
    inside("read_findings", "GET", "/findings", LOOKS_INSIDE),
    inside("read_similar", "GET", "/similar", LOOKS_INSIDE),
    inside("claim_dossier", "POST", "/lease", REVIEWS),
    inside("renew_lease", "POST", "/lease/heartbeat", REVIEWS, {}, is_held=True),
    inside("release_dossier", "POST", "/release", REVIEWS, {}, is_held=True),
    inside("hand_over", "POST", "/handover", REVIEWS, {"to": COLLEAGUE.by}, is_held=True),
    inside("revoke_lease", "POST", "/override", SUPERVISES, {"reason": "On leave."}),
    inside(
        "decide_admissibility",
        "PUT",
        "/admissibility",
        REVIEWS,
        {"findings": findings()},
        is_held=True,
    ),
    inside(
        "decide_indicator",
        "PUT",
        "/verdicts/SID-02",
        REVIEWS,
        {"granted_level": 2, "evidence": [FIRST_DIGEST]},
        is_held=True,
    ),
    inside("accept_indicators", "POST", "/acceptances", REVIEWS, {}, is_held=True),
    inside(
        "request_revision",
        "POST",
        "/revision-requests",
        REVIEWS,
        {"items": [ITEM], "message": "Please."},
        is_held=True,
    ),
    inside("verify_dossier", "POST", "/verification", REVIEWS, {}, is_held=True),
    inside("resolve_discrepancy", "POST", "/resolution", RESOLVES, {"note": "Page two."}),
    inside("record_visit", "POST", "/visits", REVIEWS, VISIT),
    inside("recuse", "POST", "/recusals", REVIEWS, {"reason": "A friend."}),
    Knock("list_verifiers", "GET", "/verifiers", MEASURES),
    Knock("read_verifier", "GET", ME, {*MEASURES, *REVIEWS}),
    Knock(
        "describe_verifier",
        "PUT",
        ME,
        {*SUPERVISES, "verifier"},
        {"affairs": [], "capacity": 5, "active": True},
    ),
    Knock(
        "declare_conflict",
        "POST",
        f"{ME}/conflicts",
        REVIEWS,
        {"agency_id": "rsud", "reason": "My former office."},
    ),
    Knock("read_quality", "GET", "/quality?season_id=2026", {*MEASURES, "verifier"}),
    Knock("publish_quality_rule", "POST", "/quality-rules/2026", {"pemda_admin"}, RULE),
    Knock("read_service_levels", "GET", "/service-levels?season_id=2026", MEASURES),
    Knock(
        "export_service_levels", "GET", "/service-levels/export?season_id=2026&format=csv", MEASURES
    ),
    Knock("list_notices", "GET", "/notices", IS_TOLD),
    Knock("read_notices", "POST", "/notices/read", IS_TOLD, {"up_to": 0}),
    Knock("read_notice_address", "GET", "/notice-address", IS_TOLD),
    Knock("set_notice_address", "PUT", "/notice-address", IS_TOLD, {"email": None, "kinds": []}),
    Knock("list_webhooks", "GET", "/webhooks", IS_TOLD),
    Knock("register_webhook", "POST", "/webhooks", IS_TOLD, {"url": "https://example.org/"}),
    Knock("remove_webhook", "DELETE", "/webhooks/none", IS_TOLD),
    Knock("test_webhook", "POST", "/webhooks/none/test", IS_TOLD),
    Knock("list_deliveries", "GET", "/webhooks/none/deliveries", IS_TOLD),
    Knock("retry_delivery", "POST", "/webhooks/none/deliveries/none/retry", IS_TOLD),
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
        body = knock.body
        if body is not None and knock.is_held:
            body = {**body, "token": self.holder.token}
        seen = {"If-Match": self.holder.version} if knock.is_about_a_dossier else {}
        return await self.api.request(
            knock.method,
            knock.path,
            params={"dry_run": 1} if knock.method != "GET" else None,
            json=body,
            headers={**headers, **key(), **seen},
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
            assert is_let_in(knock, answer), (knock, role, answer.text)


async def test_somebody_from_outside_the_agencies_is_let_in(house: House) -> None:
    for knock in KNOCKS:
        if "verifier" in knock.roles and not knock.path.startswith(ME):
            answer = await house.knock(knock, house.headers(OUTSIDER, "verifier"))
            assert is_let_in(knock, answer), (knock, answer.text)


def is_let_in(knock: Knock, answer: httpx.Response) -> bool:
    """Past the door: what is there is answered, or the decision itself says no."""
    if answer.is_success:
        return True
    code = answer.json()["code"]
    is_hidden = code == "not_found" and "/none" not in knock.path
    return answer.status_code in (404, 409, 422) and not is_hidden and code != "request_invalid"


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
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), (
            knock,
            answer.text,
        )
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
    exported = {"export_service_levels"}
    assert named - {"live", "ready"} == {*PERMISSIONS, *INSPECTION, *exported}
    assert {knock.operation for knock in KNOCKS} == {*PERMISSIONS, *exported}
