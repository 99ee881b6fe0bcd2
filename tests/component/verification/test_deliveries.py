"""The queue of deliveries on a real server: each is somebody's, for a while, whoever asks."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest

from shared.notices import End, Outcome, Parcel, Queue
from shared.views import Database
from tests.servers import Running

AT = datetime(2026, 8, 4, 1, tzinfo=UTC)
DELIVERED = Outcome(End.DELIVERED, 200)
IN_VAIN = Outcome(End.AGAIN, 500, "status_500", "busy")


class Clock:
    """Goes on by a microsecond whenever it is looked at."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def queues(fresh_databases: Running, clock: Clock) -> AsyncGenerator[list[Queue]]:
    """The same deliveries as two replicas see them."""
    url = fresh_databases.addresses.mongo_urls["verification"]
    databases = [Database(url, "verification") for _ in range(2)]
    stored = [each.collection("deliveries") for each in databases]
    queues = [Queue(each, clock, schedule=(5.0, 30.0), lease_seconds=60.0) for each in stored]
    await queues[0].prepare()
    yield queues
    for each in databases:
        each.close()


def parcel(number: int = 1) -> Parcel:
    return Parcel(f"notice-{number}", "webhook", "webhook-1", "verified", {"body": "{}"})


async def test_of_many_who_ask_at_once_each_gets_another(queues: list[Queue]) -> None:
    for number in range(20):
        await queues[number % 2].add(parcel(number))
    asked = [queue.claim() for _, queue in zip(range(30), cycle(queues), strict=False)]
    claimed = [each for each in await asyncio.gather(*asked) if each is not None]
    assert sorted(each.parcel.id for each in claimed) == sorted(parcel(n).id for n in range(20))


async def test_what_was_added_twice_is_sent_once(queues: list[Queue]) -> None:
    for queue in queues:
        await queue.add(parcel())
    claimed = await queues[0].claim()
    assert claimed is not None
    assert await queues[0].close(claimed, AT, DELIVERED)
    await queues[1].add(parcel())
    assert [await queue.claim() for queue in queues] == [None, None]


async def test_who_dies_is_followed_when_the_lease_is_over_and_writes_nothing_any_more(
    queues: list[Queue], clock: Clock
) -> None:
    first, second = queues
    await first.add(parcel())
    lost = await first.claim()
    assert lost is not None
    clock.pass_by(59)
    assert await second.claim() is None
    clock.pass_by(2)
    taken = await second.claim()
    assert taken is not None
    assert (taken.parcel, taken.lease == lost.lease) == (lost.parcel, False)
    assert not await first.close(lost, AT, DELIVERED)
    assert await second.close(taken, clock.at, DELIVERED)
    stored = await first.get(parcel().id)
    assert stored is not None
    assert (stored["state"], len(stored["attempts"])) == ("delivered", 1)


async def test_it_is_tried_by_the_schedule_and_then_no_more(
    queues: list[Queue], clock: Clock
) -> None:
    queue = queues[0]
    await queue.add(parcel())
    for wait in (5, 30, 0):
        claimed = await queue.claim()
        assert claimed is not None
        began = clock.at - timedelta(seconds=0.25)
        assert await queue.close(claimed, began, IN_VAIN)
        clock.pass_by(wait - 1)
        assert await queue.claim() is None
        clock.pass_by(1 + wait * 0.1)
    stored = await queue.get(parcel().id)
    assert stored is not None
    assert (stored["state"], stored["due"], len(stored["attempts"])) == ("failed", None, 3)
    assert stored["attempts"][0] == {
        "at": "2026-08-04T00:59:59.750002Z",
        "status": 500,
        "milliseconds": 250,
        "error": "status_500",
        "answer": "busy",
    }


async def test_what_is_being_sent_is_not_sent_beside_it(queues: list[Queue]) -> None:
    first, second = queues
    await first.add(parcel())
    claimed = await first.claim()
    assert claimed is not None
    asked = await second.retry(parcel().id)
    assert asked is not None
    assert (asked["lease"], await second.claim()) == (claimed.lease, None)
    assert await second.retry("none") is None


async def test_the_log_is_told_newest_first_page_by_page(queues: list[Queue], clock: Clock) -> None:
    for number in range(5):
        await queues[0].add(parcel(number))
        clock.pass_by(1)
    await queues[0].add(Parcel("notice-1", "webhook", "webhook-2", "verified", {"body": "{}"}))
    first = await queues[1].page("webhook", "webhook-1", None, 3)
    rest = await queues[1].page("webhook", "webhook-1", first.next_cursor, 3)
    told = [each["notice_id"] for each in (*first.items, *rest.items)]
    assert (told, rest.next_cursor) == ([f"notice-{n}" for n in (4, 3, 2, 1, 0)], None)
