"""Every role at every door of audit, as one table, on real servers."""

import asyncio
import re
from collections.abc import AsyncGenerator

import httpx
import pytest

from deploy.local.stack import Addresses
from services.audit.api import PERMISSIONS, PUBLIC
from services.audit.app import create_app
from services.audit.settings import Settings
from shared.identity import Role
from shared.service.inspection import INSPECTION
from tests.apps import Issuer, serving, settings_for

Request = tuple[str, str, object]
NO_DIGEST = "0" * 64

REQUESTS: dict[str, Request] = {
    "start_replay": ("POST", "/replays?dry_run=1", {"until": 3}),
    "list_replays": ("GET", "/replays", None),
    "read_replay": ("GET", "/replays/none", None),
    "read_timeline": ("GET", "/timeline/awards/fund/none", None),
    "read_innovation_timeline": ("GET", "/timeline/innovation/none", None),
    "search_events": ("GET", "/events", None),
    "read_event": ("GET", "/events/1", None),
    "read_event_by_id": ("GET", "/events/by-id/none", None),
    "read_person_events": ("GET", "/people/none/events", None),
    "read_readers": ("GET", f"/documents/{NO_DIGEST}/readers", None),
    "export_case": ("GET", "/cases/innovation/none", None),
    "read_log_status": ("GET", "/log/status", None),
}
"""One request a route that asks for a token, by the route's name."""

OPERATION = {"read_innovation_timeline": "read_timeline", "read_event_by_id": "read_event"}
"""The operation of a route that has another name; every other route is called as its operation."""

OPEN = {
    "start_replay": 202,
    "list_replays": 200,
    "search_events": 200,
    "read_person_events": 200,
    "read_log_status": 200,
}
"""Where nothing exists yet an auditor is answered so; elsewhere, that there is no such thing."""

ANYBODY: dict[str, tuple[str, int]] = {
    "read_log_checkpoint": ("/log/checkpoint", 404),
    "read_log_keys": ("/log/vkey", 404),
    "read_log_tile": ("/log/tile/0/000", 404),
    "list_log_checkpoints": ("/log/checkpoints", 200),
    "read_signed_checkpoint": ("/log/checkpoints/1", 404),
    "read_log_proof": ("/log/proofs/1", 404),
    "read_log_inclusion": ("/log/inclusion?sequence=1", 404),
    "read_log_consistency": ("/log/consistency?from=1", 404),
    "read_log_timestamp": ("/log/timestamps/1", 404),
}
"""The same of a route that asks for none."""

HEALTH = {"live", "ready"}


@pytest.fixture
async def api(fresh_servers: Addresses, issuer: Issuer) -> AsyncGenerator[httpx.AsyncClient]:
    settings = settings_for(Settings, "audit", fresh_servers, issuer)
    async with serving(create_app, settings) as client:
        yield client


async def test_every_role_at_every_door(api: httpx.AsyncClient, issuer: Issuer):
    """Nothing exists yet: a door that opens leads to an empty list, a 404, or a dry yes."""
    assert {operation(name) for name in REQUESTS} == PERMISSIONS.keys()
    found: dict[tuple[str, str], int] = {}
    expected: dict[tuple[str, str], int] = {}
    for name, (method, path, body) in REQUESTS.items():
        nobody = await api.request(method, path, json=body)
        found[(name, "nobody")], expected[(name, "nobody")] = nobody.status_code, 401
        for role in Role:
            headers = issuer.headers(f"person-{role}", role, path=("kalsel", "hss"))
            keyed = {**headers, "Idempotency-Key": f"{name}-{role}"}
            answer = await api.request(method, path, json=body, headers=keyed)
            found[(name, role)] = answer.status_code
            expected[(name, role)] = OPEN.get(name, 404) if role is Role.AUDITOR else 403
    assert found == expected


def operation(name: str) -> str:
    return OPERATION.get(name, name)


async def test_the_log_is_for_anybody_with_any_token_or_none(
    api: httpx.AsyncClient, issuer: Issuer
):
    assert ANYBODY.keys() == PUBLIC
    callers: tuple[dict[str, str], ...] = (
        {},
        {"Authorization": "Bearer nonsense"},
        issuer.headers("judge-1", "judge"),
    )
    for headers in callers:
        answers = {
            name: (path, (await api.get(path, headers=headers)).status_code)
            for name, (path, _) in ANYBODY.items()
        }
        assert answers == ANYBODY


async def test_every_route_of_audit_is_in_one_of_the_tables(api: httpx.AsyncClient):
    told = (await api.get("/openapi.json")).json()
    names = {
        named(method, path, operation["operationId"])
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    }
    assert names == {*REQUESTS, *ANYBODY, *INSPECTION, *HEALTH}


def named(method: str, path: str, operation_id: str) -> str:
    """The name of a route from the id that it is documented by."""
    return operation_id.removesuffix(f"{re.sub(r'[^a-zA-Z0-9_]', '_', path)}_{method}")


async def test_an_empty_history_is_identical_and_audit_is_ready(
    api: httpx.AsyncClient, issuer: Issuer
):
    headers = {**issuer.headers("auditor-1", "auditor"), "Idempotency-Key": "replay-of-nothing"}
    assert (await api.get("/health/ready")).json()["ready"]
    started = (await api.post("/replays", json={"compare": False}, headers=headers)).json()
    told = started
    async with asyncio.timeout(20):
        while told["state"] == "running":
            await asyncio.sleep(0.02)
            told = (await api.get(f"/replays/{started['replay_id']}", headers=headers)).json()
    assert (told["state"], told["report"]["events"], told["report"]["is_identical"]) == (
        "done",
        0,
        True,
    )


async def test_another_body_under_the_same_key_is_not_another_replay(
    api: httpx.AsyncClient, issuer: Issuer
):
    headers = {**issuer.headers("auditor-1", "auditor"), "Idempotency-Key": "one-replay-only"}
    first = await api.post("/replays", json={"compare": False}, headers=headers)
    other = await api.post("/replays", json={"compare": False, "until": 1}, headers=headers)
    assert (first.status_code, other.status_code) == (202, 422)
    strange = await api.post("/replays", json={"sideways": True}, headers=headers)
    assert strange.status_code == 422
