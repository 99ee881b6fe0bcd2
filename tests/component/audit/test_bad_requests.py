"""Callers who mean no good, or mistype: a reason for each no, and nobody else has to wait."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Mapping
from datetime import timedelta
from time import monotonic
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.audit.api import timestamps
from services.audit.storing import BucketShelf
from shared.documents.storage import Connection, Storage
from shared.http import install_problem_answers
from shared.service import utc_now
from shared.transparency.tiles import entries_of
from tests.component.audit.conftest import Story

AT_ONCE = 200
READY_SECONDS = 5.0
"""Whoever asks whether the service is ready gives up then."""

NEVER = 10**15 - 1
FRESH, FOR_EVER = "no-cache", "public, max-age=31536000, immutable"

NO_TILES = (
    *(
        "",
        "/",
        "0/",
        "0/001",
        "0/0",
        "0/0000",
        "00/000",
        "-1/000",
        "64/000",
        "63/000",
        "tile/0/000",
    ),
    *("0/000.p", "0/000.p/", "0/000.p/0", "0/000.p/00", "0/000.p/01", "0/000.p/-1", "0/000.p/1/2"),
    *("0/000.p/255", "0/000.p/256", "0/000.p/257", "entries/000.p/256", "Entries/000", "data/000"),
    *("0/x0001/000", "0/x001/x000", "0/x001/000", "0/x000/000", f"0/{'x001/' * 500}000"),
    *("..", "../checkpoint", "0/../0/000", "%2e%2e/checkpoint", "%2e%2e%2fcheckpoint", "0//000"),
    *("..%2f..%2farchive", "0%5c000", "0/000%00", "%ff", "0/%D9%A0%D9%A0%D9%A0", "%F0%9F%A6%89"),
)
NO_NUMBERS = ("0", "-1", str(2**53 + 1), str(2**64), "9" * 5000, "1e3", "0x1", "NaN", "%00", "%ff")
OF_NUMBERS = (
    *("/log/proofs/{}", "/log/checkpoints/{}", "/log/proofs/5?size={}", "/log/consistency?from={}"),
    *("/log/consistency?from=3&to={}", "/log/inclusion?sequence={}", "/log/checkpoints?before={}"),
    *(
        "/log/checkpoints?limit={}",
        "/events/{}",
        "/events?limit={}",
        "/people/judge-1/events?limit={}",
    ),
)
REFUSED: Mapping[str, tuple[int, str]] = {
    **{f"/log/tile/{path}": (404, "tile_unknown") for path in NO_TILES},
    **{
        path.format(number): (422, "request_invalid")
        for path in OF_NUMBERS
        for number in NO_NUMBERS
    },
    "/log/proofs/999": (404, "not_logged_yet"),
    "/log/proofs/5?size=3": (404, "not_logged_yet"),
    f"/log/proofs/5?size={NEVER}": (404, "size_not_signed"),
    f"/log/checkpoints/{NEVER}": (404, "size_not_signed"),
    f"/log/timestamps/{NEVER}": (404, "not_stamped"),
    "/log/timestamps/-1": (422, "request_invalid"),
    "/log/consistency?from=256&to=3": (422, "sizes_swapped"),
    f"/log/consistency?from=3&to={NEVER}": (404, "size_not_signed"),
    "/log/consistency": (422, "request_invalid"),
    "/log/inclusion": (422, "sequence_needed"),
    "/log/inclusion?id=": (422, "request_invalid"),
    "/log/inclusion?id=none": (404, "event_unknown"),
    "/log/inclusion?id=none&sequence=3": (422, "fact_named_twice"),
    "/log/checkpoints?limit=1000000000": (422, "request_invalid"),
    "/events?limit=1000000000": (422, "request_invalid"),
    "/events?from=9999-12-31T23:59:59-23:59": (422, "request_invalid"),
    "/events?to=0001-01-01T00:00:00%2B23:59": (422, "request_invalid"),
    "/events?from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z": (422, "span_empty"),
    "/events?fact=": (422, "request_invalid"),
    "/events?aggregate=": (422, "aggregate_unknown"),
    "/events?aggregate=nothing": (422, "aggregate_unknown"),
    f"/events?cursor={'9' * 16}": (422, "cursor_broken"),
    "/events?cursor=-1": (422, "cursor_broken"),
    "/events?cursor=%D9%A1": (422, "cursor_broken"),
    "/timeline/innovation/inov-1?cursor=x": (422, "cursor_broken"),
    "/replays?cursor=x": (422, "cursor_broken"),
    "/events/by-id/%2e%2e": (404, "event_unknown"),
    "/timeline/awards/%2e%2e/x": (404, "aggregate_unknown"),
    f"/documents/{'F' * 64}/readers": (422, "request_invalid"),
    "/cases/innovation/%2e%2e": (404, "case_unknown"),
    "/cases/innovation/%22%0d%0aSet-Cookie:x": (404, "case_unknown"),
    "//log/checkpoint": (404, "not_found"),
    "/log/../log/checkpoint": (404, "not_found"),
}


@pytest.fixture
async def api(story: Story) -> AsyncGenerator[httpx.AsyncClient]:
    # No connection is used twice, or it might be closed by then.
    limits = httpx.Limits(max_connections=2 * AT_ONCE + 10, max_keepalive_connections=0)
    async with httpx.AsyncClient(
        base_url=story.url, headers=story.auditor, limits=limits, timeout=60, trust_env=False
    ) as client:
        yield client


async def plainly(api: httpx.AsyncClient, path: str) -> httpx.Response:
    """Asks for exactly this path: nothing in it is tidied up before."""
    return await api.get("/", extensions={"target": path.encode()})


def refusal(answer: httpx.Response) -> Any:
    """Status and code of a problem that says in a sentence what is wrong; else what came."""
    if answer.headers["content-type"] != "application/problem+json":
        return answer.status_code, answer.text
    told = answer.json()
    is_whole = told["status"] == answer.status_code and told["title"] and told["detail"]
    is_named = told["type"] == f"urn:inda:problem:{told['code']}"
    return (answer.status_code, told["code"]) if is_whole and is_named else told


async def test_what_nobody_can_mean_is_refused_with_a_reason(api: httpx.AsyncClient) -> None:
    found = {path: refusal(await plainly(api, path)) for path in REFUSED}
    assert found == REFUSED


async def test_only_what_never_changes_may_be_kept(api: httpx.AsyncClient, story: Story) -> None:
    size = story.sizes[-1]
    event = story.messages[0].headers["ce-id"]
    expected = {
        "/log/checkpoint": FRESH,
        "/log/vkey": FRESH,
        "/log/checkpoints": FRESH,
        f"/log/checkpoints/{size}": FRESH,
        "/log/proofs/1": FRESH,
        f"/log/inclusion?id={event}": FRESH,
        "/log/consistency?from=3": FRESH,
        "/log/tile/0/000": FOR_EVER,
        "/log/tile/entries/000": FOR_EVER,
        f"/log/tile/0/001.p/{size - 256}": FOR_EVER,
        f"/log/timestamps/{story.stamped}": FOR_EVER,
    }
    answers = {path: await api.get(path) for path in expected}
    assert {
        path: (each.status_code, each.headers.get("cache-control"))
        for path, each in answers.items()
    } == {path: (200, kept) for path, kept in expected.items()}
    for name, value in (("If-None-Match", "*"), ("Range", "bytes=0-1"), ("Accept-Language", "x;q")):
        again = await api.get("/log/tile/entries/000", headers={name: value})
        assert (again.status_code, len(entries_of(again.content, ""))) == (200, 256)


async def test_other_ways_to_ask_are_refused_with_the_ones_there_are(
    api: httpx.AsyncClient,
) -> None:
    for method in ("OPTIONS", "POST", "PUT", "DELETE", "PATCH"):
        for path in ("/log/checkpoint", "/log/tile/0/000", "/log/proofs/1", "/events"):
            answer = await api.request(method, path)
            assert refusal(answer) == (405, "method_not_allowed"), (method, path)
            assert answer.headers["allow"] == "GET"
    head = await api.head("/log/checkpoint")
    assert (head.status_code, head.content, head.headers["allow"]) == (405, b"", "GET")


async def test_a_list_of_checkpoints_that_ends_does_not_lead_on(api: httpx.AsyncClient) -> None:
    whole = (await api.get("/log/checkpoints?limit=100")).json()
    count = len(whole["items"])
    assert whole["next_before"] is None
    assert (await api.get(f"/log/checkpoints?limit={count}")).json() == whole
    part = (await api.get(f"/log/checkpoints?limit={count - 1}")).json()
    assert part == {
        "items": whole["items"][:-1],
        "next_before": whole["items"][-2]["size"],
    }


async def test_many_who_ask_for_proofs_keep_nobody_from_hearing_that_it_is_ready(
    api: httpx.AsyncClient,
) -> None:
    paths = [f"/log/proofs/{number}" for number in range(1, AT_ONCE + 1)]
    paths += ["/log/tile/0/000", "/log/tile/entries/000"] * (AT_ONCE // 2)
    asking = asyncio.gather(*(api.get(path) for path in paths))
    waits: list[float] = []
    while not asking.done():
        began = monotonic()
        ready = await api.get("/health/ready")
        waits.append(monotonic() - began)
        assert (ready.status_code, ready.json()["ready"]) == (200, True)
    assert {each.status_code for each in await asking} == {200}
    assert max(waits) < READY_SECONDS


async def test_a_storage_that_says_nothing_is_told_of_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        storage = Storage(Connection(f"127.0.0.1:{silent.getsockname()[1]}", "key", "secret-key"))
        shelf = BucketShelf(storage, "log", timedelta(days=1), utc_now)
        app = FastAPI()
        install_problem_answers(app)
        app.include_router(timestamps.routes(shelf, answer_seconds=0.2))
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://audit") as client:
            async with asyncio.timeout(READY_SECONDS):
                answers = await asyncio.gather(
                    *(client.get(f"/log/timestamps/{size}") for size in range(1, 21))
                )
    storage.close()
    assert {refusal(each) for each in answers} == {(503, "storage_timeout")}
