"""Whatever is sent to the API, the answer is one that its documentation names, and never a 5xx."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
import pytest
from hypothesis import strategies as st
from schemathesis import Case

from deploy.local.stack import Addresses
from services.submission.app import create_app
from services.submission.settings import Settings
from tests.apps import Issuer, key, settings_for
from tests.builders.submission import PROFILE
from tests.component.cli.world import serving
from tests.documented import described, failures, operations

ROLES = ("pemda_admin", "skpd_operator", "skpd_head", "auditor")
PATH = ("kalsel", "hss", "hss-dinkes")


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody who may do much, and the names of things that exist, by parameter."""

    url: str
    headers: Mapping[str, str]
    known: Mapping[str, str]


@pytest.mark.timeout(300)
def test_no_answer_is_undocumented_and_none_is_a_server_error(
    fresh_servers: Addresses, issuer: Issuer
) -> None:
    given_settings = settings_for(Settings, "submission", fresh_servers, issuer)
    headers = issuer.headers("person-1", *ROLES, agency=PATH[-1], path=PATH)
    with serving(lambda: create_app(given_settings)) as url:
        office = furnished(url, headers)
        found = [
            f"{operation.method.upper()} {operation.path}: {failure}"
            for operation in operations(described(url))
            for failure in failures(operation, st.booleans(), partial(answered, office))
        ]
    assert not found, "\n\n".join(found)


def answered(office: Office, case: Case, is_known: bool) -> Any:
    """Sends the case, of what there is there if it is known."""
    if is_known:
        case.path_parameters = {
            name: office.known.get(name, value)
            for name, value in (case.path_parameters or {}).items()
        }
    return case.call(base_url=office.url, headers={**office.headers, **key()})


def furnished(url: str, headers: Mapping[str, str]) -> Office:
    """A season, its agencies, and a draft of theirs."""
    with httpx.Client(base_url=url, headers=dict(headers), trust_env=False) as client:

        def post(path: str, body: Mapping[str, Any]) -> Any:
            answer = client.post(path, json=body, headers=key())
            assert answer.status_code == 201, answer.text
            return answer.json()

        season = {
            "season_id": "2026",
            "name": "Musim 2026",
            "edition": "2026",
            "opens_at": "2026-01-01T00:00:00+08:00",
            "deadline": "2099-08-31T23:59:59+08:00",
        }
        post("/seasons", season)
        for number, kind in enumerate(("province", "regency", "agency")):
            parent = PATH[number - 1] if number else None
            named = {"agency_id": PATH[number], "name": PATH[number], "kind": kind}
            post("/agencies", {**named, "parent_id": parent})
        profile = PROFILE.model_dump(mode="json")
        draft = {"season_id": "2026", "agency_id": PATH[-1], "profile": profile}
        innovation = post("/innovations", draft)["id"]
        link = {
            "url": "https://example.com/buku",
            "evidence_kind": "public_link",
            "indicators": ["SID-11"],
        }
        evidence = post(f"/innovations/{innovation}/links", link)["evidence_id"]
    known = {
        "innovation_id": innovation,
        "season_id": "2026",
        "agency_id": PATH[-1],
        "evidence_id": evidence,
        "indicator": "SID-11",
    }
    return Office(url, headers, known)
