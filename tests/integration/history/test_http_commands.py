"""A command over HTTP on the real history: happens once, says its version, refuses plainly."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI

from shared.http import Ask, Body, Doors, Written, install_problem_answers
from shared.identity import Access, Caller, Relation, Role
from tests.integration.history.conftest import Connect
from tests.renaming import Rename, Renaming, renaming


class Names(Body):
    names: tuple[str, ...]
    after: str | None = None


def allowed(operation: str) -> Callable[[], Awaitable[Access]]:
    async def access() -> Access:
        return Access(Caller("p-1", frozenset({Role.AUDITOR})), frozenset({Relation.ANY}))

    return access


async def position() -> int:
    return 0


async def reached(sequence: int) -> bool:
    return True


def application(handle: Renaming) -> FastAPI:
    doors = Doors(allowed, lambda: datetime.now(UTC), position, reached)
    app = FastAPI()
    install_problem_answers(app)

    @app.post("/agencies/{key}/names")
    async def rename(key: str, body: Names, ask: Annotated[Ask, doors.writes("rename")]) -> Written:
        return ask.written(await ask.send(handle, key, Rename(body.names, body.after)))

    @app.put("/agencies/{key}/name")
    async def replace(
        key: str, body: Names, ask: Annotated[Ask, doors.writes("rename")]
    ) -> Written:
        return ask.written(await ask.send(handle, key, Rename(body.names, body.after)))

    return app


@pytest.fixture
async def client(replica: Connect) -> AsyncGenerator[httpx.AsyncClient]:
    app = application(renaming(await replica(), deadline_seconds=5))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://inda") as opened:
        yield opened


def idempotency(key: str, if_match: str | None = None) -> dict[str, str]:
    return {"Idempotency-Key": key} | ({} if if_match is None else {"If-Match": if_match})


async def test_a_write_says_what_it_led_to_and_a_retry_says_the_same(
    client: httpx.AsyncClient, key: str
) -> None:
    url = f"/agencies/{key}/names"
    one = await client.post(url, json={"names": ["a", "b"]}, headers=idempotency("first-key"))
    assert one.status_code == 200
    told = one.json()
    assert told == {
        "id": key,
        "version": 2,
        "sequence": told["sequence"],
        "happened": ["AgencyRenamed", "AgencyRenamed"],
        "dry_run": False,
    }
    assert (one.headers["ETag"], one.headers["Inda-Sequence"]) == ('"2"', str(told["sequence"]))
    await client.post(url, json={"names": ["c"]}, headers=idempotency("second-key"))
    again = await client.post(url, json={"names": ["a", "b"]}, headers=idempotency("first-key"))
    assert (again.json(), again.headers["ETag"]) == (told, '"2"')


async def test_a_key_used_for_another_request_is_refused(
    client: httpx.AsyncClient, key: str
) -> None:
    url = f"/agencies/{key}/names"
    await client.post(url, json={"names": ["a"]}, headers=idempotency("first-key"))
    other = await client.post(url, json={"names": ["b"]}, headers=idempotency("first-key"))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_an_older_version_is_refused_with_both_numbers(
    client: httpx.AsyncClient, key: str
) -> None:
    url = f"/agencies/{key}/names"
    for name in ("a", "b"):
        await client.post(url, json={"names": [name]}, headers=idempotency(f"{name}-is-the-key"))
    stale = await client.post(url, json={"names": ["c"]}, headers=idempotency("stale-key", '"1"'))
    assert (stale.status_code, stale.json()["code"]) == (412, "version_changed")
    assert stale.json()["params"] == {"expected": 1, "current": 2}
    good = await client.post(url, json={"names": ["c"]}, headers=idempotency("good-key", '"2"'))
    assert good.headers["ETag"] == '"3"'


async def test_a_rehearsal_answers_and_stores_nothing(client: httpx.AsyncClient, key: str) -> None:
    url = f"/agencies/{key}/names?dry_run=1"
    told = await client.post(url, json={"names": ["a"]}, headers=idempotency("first-key"))
    assert (told.json()["happened"], told.json()["dry_run"]) == (["AgencyRenamed"], True)
    assert told.headers["ETag"] == '"0"'
    refused = {"names": ["a"], "after": "never"}
    no = await client.post(url, json=refused, headers=idempotency("other-key"))
    assert (no.status_code, no.json()["code"]) == (409, "not_yet")
    real = await client.post(
        f"/agencies/{key}/names", json={"names": ["a"]}, headers=idempotency("first-key")
    )
    assert real.headers["ETag"] == '"1"'


async def test_a_text_that_is_put_back_is_a_change(client: httpx.AsyncClient, key: str) -> None:
    url = f"/agencies/{key}/name"
    for version, name in enumerate(("a", "b", "a"), start=1):
        answer = await client.put(url, json={"names": [name]})
        assert answer.headers["ETag"] == f'"{version}"'
    already = await client.put(url, json={"names": ["a"]})
    assert (already.json()["happened"], already.headers["ETag"]) == ([], '"3"')


@pytest.mark.parametrize("no_key", ["a.b", "*", "%3E", "a%20b"])
async def test_what_can_be_no_key_is_not_found(client: httpx.AsyncClient, no_key: str) -> None:
    url = f"/agencies/{no_key}/names"
    answer = await client.post(url, json={"names": ["a"]}, headers=idempotency("first-key"))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
