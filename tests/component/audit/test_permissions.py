"""Every role at every door of audit, as one table, on real servers."""

import asyncio
from collections.abc import AsyncGenerator

import httpx
import pytest

from deploy.local.stack import Addresses
from services.audit.api import PERMISSIONS, PUBLIC
from services.audit.app import create_app
from services.audit.settings import Settings
from shared.identity import Role
from tests.apps import Issuer, serving, settings_for

REQUESTS: dict[str, tuple[str, str, object, int]] = {
    "start_replay": ("POST", "/replays?dry_run=1", {"until": 3}, 202),
    "list_replays": ("GET", "/replays", None, 200),
    "read_replay": ("GET", "/replays/none", None, 404),
    "read_timeline": ("GET", "/timeline/awards/fund/none", None, 404),
    "search_events": ("GET", "/events", None, 200),
    "read_event": ("GET", "/events/1", None, 404),
    "read_person_events": ("GET", "/people/none/events", None, 200),
    "read_readers": ("GET", f"/documents/{'0' * 64}/readers", None, 404),
    "export_case": ("GET", "/cases/innovation/none", None, 404),
    "read_log_status": ("GET", "/log/status", None, 200),
}

IN_PATHS = (
    *("replay_id", "service", "aggregate", "key", "innovation_id", "event_id", "sequence"),
    *("person_id", "sha256", "kind", "path", "size", "name"),
)


@pytest.fixture
async def api(fresh_servers: Addresses, issuer: Issuer) -> AsyncGenerator[httpx.AsyncClient]:
    settings = settings_for(Settings, "audit", fresh_servers, issuer)
    async with serving(create_app, settings) as client:
        yield client


async def test_every_role_at_every_door(api: httpx.AsyncClient, issuer: Issuer):
    """Nothing exists yet: a door that opens leads to an empty list, a 404, or a dry yes."""
    assert REQUESTS.keys() == PERMISSIONS.keys()
    found: dict[tuple[str, str], int] = {}
    expected: dict[tuple[str, str], int] = {}
    for operation, (method, path, body, opened) in REQUESTS.items():
        nobody = await api.request(method, path, json=body)
        found[(operation, "nobody")], expected[(operation, "nobody")] = nobody.status_code, 401
        for role in Role:
            headers = issuer.headers(f"person-{role}", role)
            keyed = {**headers, "Idempotency-Key": f"{operation}-{role}"}
            answer = await api.request(method, path, json=body, headers=keyed)
            found[(operation, role)] = answer.status_code
            expected[(operation, role)] = opened if role is Role.AUDITOR else 403
    assert found == expected


async def test_every_route_of_audit_asks_for_a_token_or_is_known_to_ask_for_none(
    api: httpx.AsyncClient,
):
    told = (await api.get("/openapi.json")).json()
    open_: set[str] = set()
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            asked = path.format_map(dict.fromkeys(IN_PATHS, "1"))
            if (await api.request(method, asked)).status_code != 401:
                open_.add(operation["operationId"])
    public = open_ - {"live_health_live_get", "ready_health_ready_get"}
    assert {name for name in PUBLIC if any(each.startswith(name) for each in public)} == PUBLIC
    assert len(public) == len(PUBLIC)


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
