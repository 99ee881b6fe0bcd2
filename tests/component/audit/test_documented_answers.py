"""Whatever is sent to the API, the answer is one that its documentation names, and never a 5xx."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from hypothesis import strategies as st
from schemathesis import Case

from tests.apps import key
from tests.component.audit.conftest import Story
from tests.documented import (
    Witness,
    all_failures,
    described,
    operations,
    replaced,
    spoilt_failures,
    unfit,
)
from tests.spoiling import Good
from tests.unit.audit.contest import FIRST
from tests.unit.audit.prize_rules import APBD
from tests.waiting import found_in_time

EXAMPLES = 5
"""Of either kind, beside the hundreds of requests that are spoilt one by one."""

NEVER_WELL = {
    "GET /views/{name}/digests",
    "GET /views/{name}/{key}",
    "POST /faults/{key}/retry",
}
"""Audit has no read models, and no faults."""

TILE = "GET /log/tile/{path}"
"""Its path has several parts, by which the documentation is not found again."""


@dataclass(frozen=True)
class House:
    """The application after a story, and what there is now by the names of parameters."""

    url: str
    client: httpx.Client
    headers: Mapping[str, str]
    witness: Witness
    known: Mapping[str, Any]

    def answered(self, case: Case, is_of_known: bool) -> Any:
        """Sends the case by an auditor: of what there is, or as it is."""
        case.query = case.query or {}
        if is_of_known:
            case.path_parameters = replaced(case.path_parameters or {}, self.known)
            case.query = replaced(case.query, self.known)
            case.query.pop("cursor", None)
        if case.method == "POST":
            # Only two replays run at once: the others would be told to wait.
            case.query["dry_run"] = True
        return case.call(base_url=self.url, headers={**self.headers, **key()})

    def tile(self) -> Good:
        (operation,) = (each for each in operations(self.witness.schema) if each.label == TILE)
        answer = self.client.get(f"{self.url}/log/tile/0/000", headers=dict(self.headers))
        assert (answer.status_code, unfit(operation, answer)) == (200, None)
        return Good(operation, answer.request)


@pytest.fixture
async def house(story: Story) -> AsyncGenerator[House]:
    async with AsyncExitStack() as open_:
        witness = Witness(described(story.url))
        hooks = {"response": [witness.hear]}
        api = httpx.AsyncClient(
            base_url=story.url,
            headers=story.auditor,
            event_hooks=hooks,
            timeout=60,
            trust_env=False,
        )
        await open_.enter_async_context(api)
        replay_id = await replayed(api)
        for path in questions(story, replay_id):
            await api.get(path)
        client = open_.enter_context(httpx.Client(timeout=60, trust_env=False))
        yield House(story.url, client, story.auditor, witness, there_is(story, replay_id))


async def replayed(api: httpx.AsyncClient) -> str:
    """A replay that has ended; the last request for one was only tried."""
    asked = {"until": 20, "compare": False}
    started = (await api.post("/replays", json=asked, headers=key())).json()
    await api.post("/replays", params={"dry_run": 1}, json=asked, headers=key())

    async def ended() -> bool | None:
        told = (await api.get(f"/replays/{started['replay_id']}")).json()
        return True if told["state"] == "done" else None

    await found_in_time(ended)
    return started["replay_id"]


def questions(story: Story, replay_id: str) -> Iterator[str]:
    """One for every operation that only reads."""
    event = story.messages[9].headers["ce-id"]
    span = "from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z"
    yield from ("/health/live", "/health/ready", "/views", "/faults")
    yield from ("/replays", f"/replays/{replay_id}")
    yield from (f"/timeline/awards/fund/{APBD}", f"/timeline/innovation/{FIRST}?limit=3")
    yield f"/events?{span}&service=awards&aggregate=fund&key={APBD}&about=fund:{APBD}&order=desc"
    yield from ("/events?by=chair-1&fact=PanelOpened&limit=2", "/events/10")
    yield from (f"/events/by-id/{event}", "/people/judge-1/events?named=true")
    yield f"/documents/{story.document}/readers"
    yield f"/cases/fund/{APBD}"
    yield f"/cases/fund/{APBD}?first=1&last={len(story.messages)}&format=pdf"
    yield from ("/log/checkpoint", "/log/vkey", "/log/status", "/log/checkpoints?limit=1")
    yield from (f"/log/checkpoints/{size}" for size in story.sizes)
    yield f"/log/timestamps/{story.stamped}"
    yield from (
        "/log/proofs/1",
        f"/log/proofs/2?size={story.sizes[0]}",
        "/log/inclusion?sequence=9",
    )
    yield from (
        f"/log/inclusion?id={event}&size={story.sizes[1]}",
        "/log/consistency?from=3&to=256",
    )


def there_is(story: Story, replay_id: str) -> dict[str, Any]:
    """What parameters may be."""
    return {
        "sequence": 10,
        "size": story.sizes[-1],
        "event_id": story.messages[9].headers["ce-id"],
        "id": story.messages[9].headers["ce-id"],
        "path": "entries/000",
        "sha256": story.document,
        "person_id": "judge-1",
        "innovation_id": FIRST,
        "service": "awards",
        "aggregate": "fund",
        "kind": "fund",
        "key": APBD,
        "about": f"innovation:{FIRST}",
        "fact": "MoneyAllocated",
        "by": "chair-1",
        "replay_id": replay_id,
    }


@pytest.mark.timeout(300)
async def test_every_operation_answers_as_documented_also_where_one_thing_is_wrong(
    house: House,
) -> None:
    assert not house.witness.failures(), "\n\n".join(house.witness.failures())
    goods = {**house.witness.well_answered(), TILE: house.tile()}
    named = {each.label for each in operations(house.witness.schema)}
    assert named - set(goods) == NEVER_WELL
    found = await asyncio.to_thread(spoilt_failures, goods.values(), house.client)
    assert not found, "\n\n".join(found)


@pytest.mark.timeout(300)
async def test_no_answer_is_undocumented_and_none_is_a_server_error(house: House) -> None:
    failed = await asyncio.to_thread(
        all_failures, house.witness.schema, st.booleans(), house.answered, EXAMPLES
    )
    assert not failed, "\n\n".join(failed)
