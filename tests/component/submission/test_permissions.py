"""Role x route, as a table: what `api.PERMISSIONS` says is what the doors do."""

import httpx
import pytest

from services.submission.api import PERMISSIONS
from shared.identity import Role
from tests.apps import Issuer, key
from tests.component.submission.conftest import PATH, Headers
from tests.component.submission.test_way_of_an_innovation import PROFILE, drafted

ROUTES = {
    "open_season": ("POST", "/seasons"),
    "extend_deadline": ("POST", "/seasons/2026/extensions"),
    "close_season": ("POST", "/seasons/none/closing"),
    "list_seasons": ("GET", "/seasons"),
    "read_season": ("GET", "/seasons/2026"),
    "register_agency": ("POST", "/agencies"),
    "rename_agency": ("PUT", "/agencies/hss/name"),
    "close_agency": ("POST", "/agencies/none/closing"),
    "sign_commitment": ("POST", "/agencies/hss-dinkes/commitments"),
    "list_agencies": ("GET", "/agencies"),
    "read_agency": ("GET", "/agencies/hss"),
    "draft_innovation": ("POST", "/innovations"),
    "revise_profile": ("PUT", "/innovations/{id}/profile"),
    "claim_level": ("PUT", "/innovations/{id}/claims/SID-01"),
    "declare_evidence": ("POST", "/innovations/{id}/evidence"),
    "take_in_evidence": ("POST", "/innovations/{id}/evidence/none/intake"),
    "withdraw_evidence": ("POST", "/innovations/{id}/evidence/none/withdrawal"),
    "submit_innovation": ("POST", "/innovations/{id}/submissions"),
    "withdraw_innovation": ("POST", "/innovations/{id}/withdrawal"),
    "list_innovations": ("GET", "/innovations"),
    "read_innovation": ("GET", "/innovations/{id}"),
    "read_receipt": ("GET", "/innovations/{id}/receipts/1"),
    "download_evidence": ("GET", "/innovations/{id}/evidence/none/download"),
}
OF_AN_INNOVATION = {
    "revise_profile": {**PROFILE},
    "claim_level": {"level": 1},
    "withdraw_innovation": {"reason": "x"},
    "submit_innovation": None,
    "read_innovation": None,
    "read_receipt": None,
    "take_in_evidence": None,
    "download_evidence": None,
}


def test_every_operation_has_its_route_here() -> None:
    assert set(ROUTES) == set(PERMISSIONS)


async def test_nobody_enters_without_a_token(api: httpx.AsyncClient, season: str) -> None:
    for method, path in ROUTES.values():
        answer = await api.request(method, path.format(id="none"), headers=key())
        assert (path, answer.status_code) == (path, 401)


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_that_is_not_listed_is_forbidden_and_one_that_is_goes_on(
    api: httpx.AsyncClient, season: str, operator: Headers, issuer: Issuer, role: Role
) -> None:
    innovation = await drafted(api, operator)
    person = issuer.headers("somebody", role, agency="hss-dinkes", path=PATH)
    for operation, (method, path) in ROUTES.items():
        answer = await api.request(
            method, path.format(id=innovation), headers={**person, **key(), "If-Match": '"1"'}
        )
        is_listed = role in PERMISSIONS[operation]
        assert (operation, answer.status_code != 403) == (operation, is_listed), answer.text


async def test_what_belongs_to_another_agency_is_not_there(
    api: httpx.AsyncClient, season: str, operator: Headers, issuer: Issuer
) -> None:
    innovation = await drafted(api, operator)
    stranger = issuer.headers("stranger", "skpd_operator", agency="balangan-dinkes")
    above = issuer.headers("head", "skpd_head", agency="hss", path=("kalsel", "hss"))
    for operation, body in OF_AN_INNOVATION.items():
        method, path = ROUTES[operation]
        url = path.format(id=innovation)
        sent = await api.request(
            method, url, json=body, headers={**stranger, **key(), "If-Match": '"1"'}
        )
        assert (operation, sent.status_code, sent.json()["code"]) == (operation, 404, "not_found")
    seen = await api.get(f"/innovations/{innovation}", headers=above)
    assert seen.status_code == 200
