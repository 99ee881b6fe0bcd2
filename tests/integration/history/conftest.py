"""The stream on one node and on a cluster of three; tests bring keys of their own."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from itertools import count

import pytest

from shared.bus import apply
from shared.history import Connection
from tests.renaming import connected
from tests.servers import Running, nats_client
from tests.waiting import eventually

Connect = Callable[[], Awaitable[Connection]]
_KEYS = count(1)


@pytest.fixture(scope="session")
async def one_node(nats_server: Running) -> Running:
    return await with_stream(nats_server, 1)


@pytest.fixture(scope="session")
async def three_nodes(nats_cluster: Running) -> Running:
    return await with_stream(nats_cluster, 3)


async def with_stream(running: Running, replicas: int) -> Running:
    async with nats_client(running.addresses, "admin") as admin:
        await eventually(lambda: apply(admin, replicas))
    return running


@pytest.fixture(params=["one_node", "three_nodes"])
def stream(request: pytest.FixtureRequest) -> Running:
    return request.getfixturevalue(request.param)


@pytest.fixture
async def replica(stream: Running) -> AsyncGenerator[Connect]:
    """Makes connections, each as a further replica of the service."""
    opened: list[Connection] = []

    async def make() -> Connection:
        opened.append(await connected(stream))
        return opened[-1]

    yield make
    for each in opened:
        await each.close()


@pytest.fixture
def key() -> str:
    """An aggregate that no other test knows."""
    return f"renamed-{next(_KEYS)}"
