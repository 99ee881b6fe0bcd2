"""Real servers for tests: each test worker has its own, on free ports, in a folder of its own."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import nats
from nats.aio.client import Client

from deploy.local.nats_config import inbox
from deploy.local.ports import free_ports
from deploy.local.stack import ALL_PARTS, Addresses, Part, Servers

T = TypeVar("T")


class Run(Protocol):
    """Runs a coroutine elsewhere and waits for what it returns."""

    def __call__(self, work: Coroutine[Any, Any, T]) -> T: ...


@dataclass(frozen=True, slots=True)
class Running:
    """Started servers. `reports` collects what the supervisor says, such as restarts."""

    addresses: Addresses
    pids: Callable[[], dict[str, int]]
    reports: list[str]


@contextmanager
def running(
    folder: Path, *, nodes: Literal[1, 3] = 1, parts: tuple[Part, ...] = ALL_PARTS
) -> Generator[Running]:
    """Starts servers for synchronous code and for any event loop, and stops them on leaving.

    Their supervisor lives in a thread, because the loop of the tests runs only during a test.
    """
    reports: list[str] = []
    with free_ports() as ports, _background() as run:
        servers = Servers(
            folder, ports, nodes=nodes, sharing="shared", parts=parts, report=reports.append
        )
        run(servers.__aenter__())
        try:
            yield Running(servers.addresses, servers.supervisor.pids, reports)
        finally:
            run(servers.__aexit__(None, None, None))


@contextmanager
def _background() -> Generator[Run]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="servers", daemon=True)
    thread.start()

    def run(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    try:
        yield run
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


@asynccontextmanager
async def nats_client(
    addresses: Addresses, user: str, denials: list[str] | None = None
) -> AsyncGenerator[Client]:
    """A connection as a service or as `admin`; what the server denies is added to `denials`."""

    async def note(error: Exception) -> None:
        if denials is not None:
            denials.append(str(error))

    client = await nats.connect(
        addresses.nats_url.split(","),
        nkeys_seed_str=addresses.nats_seeds[user],
        inbox_prefix=inbox(user).encode(),
        error_cb=note,
        max_reconnect_attempts=-1,
    )
    try:
        yield client
    finally:
        await client.close()


async def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Returns when it holds; raises TimeoutError when it does not in time."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.01)
