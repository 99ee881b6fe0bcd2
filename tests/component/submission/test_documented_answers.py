"""Whatever is sent to the API, the answer is one that its documentation names, and never a 5xx."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, checks
from schemathesis.core.failures import FailureGroup

from deploy.local.stack import Addresses
from services.submission.app import create_app
from services.submission.settings import Settings
from tests.apps import Issuer, key, settings_for
from tests.builders.submission import PROFILE
from tests.component.cli.world import serving

EXAMPLES = 10
ROLES = ("pemda_admin", "skpd_operator", "skpd_head", "auditor")
PATH = ("kalsel", "hss", "hss-dinkes")
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


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
        schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
        found = [
            f"{operation.method.upper()} {operation.path}: {failure}"
            for operation in (result.ok() for result in schema.get_all_operations())
            for failure in failures(operation, office)
        ]
    assert not found, "\n\n".join(found)


def failures(operation: Any, office: Office) -> list[str]:
    """The first failure of this operation, with both good and broken requests."""
    return [
        str(error)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        if (error := first_failure(operation, mode, office)) is not None
    ][:1]


def first_failure(operation: Any, mode: GenerationMode, office: Office) -> Exception | None:
    @given(case=operation.as_strategy(generation_mode=mode), is_known=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Case, is_known: bool) -> None:
        if is_known:
            case.path_parameters = {
                name: office.known.get(name, value)
                for name, value in (case.path_parameters or {}).items()
            }
        # Waiting for a sequence that never comes takes its five seconds, and no more is to learn.
        (case.query or {}).pop("min_seq", None)
        answer = case.call(base_url=office.url, headers={**office.headers, **key()})
        case.validate_response(answer, checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        return None  # nothing about this operation can be sent wrongly
    except (FailureGroup, AssertionError) as error:
        return error
    return None


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
