"""What a list begins with is the same, whether it is remembered how far that reached or not."""

import random
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta

import pytest

from services.verification.api.queue.asking import stored
from services.verification.api.queue.horizon import ENOUGH_TO_CHOOSE, Horizon, of_lists, of_turns
from shared.views import Collection, Database, Document
from tests.servers import Running

BEGAN = datetime(2026, 8, 1, tzinfo=UTC)
OPEN = {"state": "open"}
LIMIT = 12


@pytest.fixture
def queue(fresh_databases: Running) -> Generator[Collection]:
    url = fresh_databases.addresses.mongo_urls["verification"]
    database = Database(url, "verification")
    yield database.collection("queue")
    database.close()


def row(number: int, hours: float, state: str = "open") -> Document:
    since = stored(BEGAN + timedelta(hours=hours))
    key = f"d-{number:03}"
    return {
        "_id": key,
        "version": 1,
        "state": state,
        "waiting_since": since,
        "turn": f"000000/{since}",
    }


@pytest.mark.parametrize(("kind", "at_least"), [(of_lists, LIMIT), (of_turns, ENOUGH_TO_CHOOSE)])
async def test_it_is_the_beginning_whatever_comes_and_goes(
    queue: Collection, kind: Callable[[Collection], Horizon], at_least: int
) -> None:
    """A list shows whole pages; who chooses needs the best, not all of them."""
    chance = random.Random(4)
    horizon = kind(queue)
    for fields in (("waiting_since",), ("turn",)):
        await queue.index(*fields)
    await queue.put_newer([row(n, chance.choice([n, n, 5.0])) for n in range(60)])
    for _ in range(40):
        number = chance.randrange(90)
        state = chance.choice(["open", "verified", "verified"])
        await queue.put(row(number, chance.uniform(-2, 90), state))
        found = await horizon.first("all", OPEN, LIMIT)
        whole = await queue.page(OPEN, order=horizon.order, limit=LIMIT)
        assert found.items == whole.items[: len(found.items)]
        assert len(found.items) >= min(at_least, len(whole.items))
        if kind is of_lists:
            assert found == whole


async def test_another_list_is_remembered_on_its_own(queue: Collection) -> None:
    horizon = of_lists(queue)
    await queue.put_newer([row(n, n, "open" if n % 2 else "verified") for n in range(40)])
    for _ in range(2):
        for state, first in (("open", "d-001"), ("verified", "d-000")):
            page = await horizon.first(state, {"state": state}, LIMIT)
            assert (page.items[0]["_id"], len(page.items)) == (first, LIMIT)
