"""Every refusal is one kind of answer, and every request is read strictly."""

import dataclasses
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI
from pydantic import Field

from shared.errors import (
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    Stale,
    Unauthenticated,
    Unavailable,
)
from shared.history import Cause
from shared.http import Ask, Body, Doors, install_problem_answers
from shared.http.doors import parsed_if_match
from shared.identity import Access, Caller, Relation, Role
from tests.renaming import AT

KEY = {"Idempotency-Key": "a-key-of-mine"}
ERRORS = {
    "unauthenticated": (Unauthenticated, 401),
    "forbidden": (Forbidden, 403),
    "not-found": (NotFound, 404),
    "refused": (Refused, 409),
    "stale": (Stale, 412),
    "invalid": (Invalid, 422),
    "unavailable": (Unavailable, 503),
}


class Named(Body):
    name: str
    count: int = Field(default=0)


def allowed(operation: str) -> Callable[[], Awaitable[Access]]:
    async def access() -> Access:
        return Access(Caller("p-1", frozenset({Role.AUDITOR})), frozenset({Relation.ANY}))

    return access


def clock() -> Iterator[datetime]:
    return (AT + timedelta(seconds=second) for second in count())


async def position() -> int:
    return 41


@pytest.fixture
def causes() -> list[Cause]:
    return []


@pytest.fixture
def waited() -> list[int]:
    return []


@pytest.fixture
async def client(causes: list[Cause], waited: list[int]) -> AsyncGenerator[httpx.AsyncClient]:
    async def reached(sequence: int) -> bool:
        waited.append(sequence)
        return True

    doors = Doors(allowed, clock().__next__, position, reached)
    app = FastAPI()
    install_problem_answers(app)

    @app.get("/errors/{name}")
    async def fail(name: str) -> None:
        kind, _ = ERRORS[name]
        raise kind("some_code", "One clear sentence.", agency="hss", limit=3)

    @app.post("/things")
    async def make(body: Named, ask: Annotated[Ask, doors.writes("make")]) -> dict[str, str]:
        causes.append(dataclasses.replace(ask.cause, traceparent=None))
        return {"id": ask.new_id("thing"), "by": ask.by, "rehearsed": str(ask.dry_run)}

    @app.post("/things/{key}/close")
    async def close(key: str, ask: Annotated[Ask, doors.writes("close")]) -> None:
        causes.append(dataclasses.replace(ask.cause, traceparent=None))

    @app.put("/things/{key}")
    async def put(key: str, body: Named, ask: Annotated[Ask, doors.writes("put")]) -> None:
        causes.append(dataclasses.replace(ask.cause, traceparent=None))

    @app.put("/texts/{key}")
    async def replace(
        key: str, body: Named, ask: Annotated[Ask, doors.writes("put", if_match=True)]
    ) -> None:
        causes.append(dataclasses.replace(ask.cause, traceparent=None))

    @app.get("/things", dependencies=[doors.lists("list")])
    async def listed() -> list[str]:
        return []

    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://inda") as opened:
        yield opened


def code(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["type"] == f"urn:inda:problem:{told['code']}"
    return answer.status_code, told["code"]


# --- problems -----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "status"), [(each, ERRORS[each][1]) for each in ERRORS])
async def test_each_kind_of_no_has_its_status(
    client: httpx.AsyncClient, name: str, status: int
) -> None:
    answer = await client.get(f"/errors/{name}")
    assert code(answer) == (status, "some_code")
    assert answer.json()["detail"] == "One clear sentence."
    assert answer.json()["params"] == {"agency": "hss", "limit": 3}
    assert answer.headers.get("Retry-After") == ("2" if status == 503 else None)
    assert answer.headers.get("WWW-Authenticate") == ("Bearer" if status == 401 else None)


async def test_unknown_addresses_and_methods_are_problems_too(client: httpx.AsyncClient) -> None:
    assert code(await client.get("/nowhere")) == (404, "not_found")
    assert code(await client.delete("/things")) == (405, "method_not_allowed")


def test_every_kind_of_no_is_tried_here() -> None:
    assert {kind for kind, _ in ERRORS.values()} == set(DomainError.__subclasses__())


# --- bodies -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "answered"),
    [
        (b'{"name": "a", "nickname": "b"}', (422, "request_invalid")),
        (b'{"count": 1}', (422, "request_invalid")),
        (b'{"name": 7}', (422, "request_invalid")),
        (b"name=a", (422, "request_invalid")),
        (b"", (422, "request_invalid")),
        (b"\xff\xfe", (422, "request_invalid")),
        (b"[" * 100_000, (400, "unreadable")),
        (b'{"name": "a", "count": 99999999999999999999}', (422, "body_unreadable")),
        (b'{"name": "\\ud800"}', (422, "body_unreadable")),
    ],
)
async def test_a_body_that_is_not_as_described_is_refused(
    client: httpx.AsyncClient, causes: list[Cause], body: bytes, answered: tuple[int, str]
) -> None:
    headers = {**KEY, "content-type": "application/json"}
    assert code(await client.post("/things", content=body, headers=headers)) == answered
    assert causes == []


@pytest.mark.parametrize("body", [b"not json", b"\xff", b"NaN", b"[" * 100_000, b'"\\ud800"'])
async def test_a_body_that_nobody_asked_for_must_still_be_json(
    client: httpx.AsyncClient, causes: list[Cause], body: bytes
) -> None:
    answer = await client.post("/things/1/close", content=body, headers=KEY)
    assert code(answer) == (422, "body_unreadable")
    assert causes == []


async def test_the_field_at_fault_is_named(client: httpx.AsyncClient) -> None:
    answer = await client.post("/things", json={"name": "a", "nickname": "b"}, headers=KEY)
    assert answer.json()["params"]["faults"][0]["field"] == "body.nickname"


# --- once ---------------------------------------------------------------------------------


async def test_a_post_needs_a_key(client: httpx.AsyncClient) -> None:
    answer = await client.post("/things", json={"name": "a"})
    assert code(answer) == (400, "idempotency_key_missing")


@pytest.mark.parametrize("key", ["", "short", "x" * 201])
async def test_a_key_is_neither_short_nor_endless(client: httpx.AsyncClient, key: str) -> None:
    answer = await client.post("/things", json={"name": "a"}, headers={"Idempotency-Key": key})
    assert code(answer) == (422, "request_invalid")


async def test_a_retry_has_the_same_cause_and_makes_the_same_id(
    client: httpx.AsyncClient, causes: list[Cause]
) -> None:
    one = await client.post("/things", json={"name": "a", "count": 1}, headers=KEY)
    again = await client.post("/things", json={"count": 1, "name": "a"}, headers=KEY)
    other = await client.post("/things", json={"name": "b"}, headers=KEY)
    third = await client.post("/things", json={"name": "a"}, headers={"Idempotency-Key": "k" * 8})
    assert one.json() == again.json() == other.json()
    assert causes[0] == causes[1]
    assert causes[2].command_id == causes[0].command_id
    assert causes[2].digest != causes[0].digest
    assert third.json()["id"] != one.json()["id"]


async def test_a_put_over_the_same_version_is_the_same_command(
    client: httpx.AsyncClient, causes: list[Cause]
) -> None:
    for version in ('"3"', '"3"', '"4"'):
        await client.put("/texts/1", json={"name": "a"}, headers={"If-Match": version})
    one, again, later = causes
    assert one == again
    assert later.command_id != one.command_id


async def test_a_put_without_a_version_is_decided_each_time(
    client: httpx.AsyncClient, causes: list[Cause]
) -> None:
    """The same text, put back after another one, is a change and no retry."""
    for _ in range(2):
        await client.put("/things/1", json={"name": "a"})
    one, again = causes
    assert one.command_id != again.command_id


async def test_a_rehearsal_is_told_apart(client: httpx.AsyncClient) -> None:
    answer = await client.post("/things?dry_run=1", json={"name": "a"}, headers=KEY)
    assert answer.json()["rehearsed"] == "True"


# --- versions and positions ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "version"),
    [(None, None), ("*", None), ('"12"', 12), ('W/"12"', 12), (" 12 ", 12), ('"0"', 0)],
)
def test_an_if_match_is_the_version_it_names(header: str | None, version: int | None) -> None:
    assert parsed_if_match(header) == version


@pytest.mark.parametrize("header", ["", '"abc"', '"1", "2"', "-1", '"1.5"', "²", '"'])
def test_a_broken_if_match_is_refused(header: str) -> None:
    with pytest.raises(Invalid) as caught:
        parsed_if_match(header)
    assert caught.value.code == "if_match_broken"


async def test_a_text_is_replaced_only_over_a_version_that_was_seen(
    client: httpx.AsyncClient,
) -> None:
    assert code(await client.put("/texts/1", json={"name": "a"})) == (428, "if_match_missing")
    star = await client.put("/texts/1", json={"name": "a"}, headers={"If-Match": "*"})
    assert code(star) == (428, "if_match_missing")


async def test_a_list_waits_as_asked_and_says_what_it_shows(
    client: httpx.AsyncClient, waited: list[int]
) -> None:
    answer = await client.get("/things?min_seq=7")
    assert (answer.headers["Inda-Sequence"], waited) == ("41", [7])
    assert code(await client.get("/things?min_seq=-1")) == (422, "request_invalid")
