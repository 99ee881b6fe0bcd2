"""One connection to NATS as one service, through its own account."""

import asyncio
from collections.abc import Callable

import structlog
from nats.js import JetStreamContext

from shared.history.headers import QuickClient
from shared.history.names import ADMIN_PREFIX, PREFIX

log = structlog.get_logger("history")


class Connection:
    """A client that is made at once and connected by `open`.

    `closed` is called when the connection is gone for good. An `admin` talks to the JetStream API
    itself, a service to what its account imports of it.
    """

    def __init__(
        self,
        servers: tuple[str, ...],
        user: str,
        seed: str | None,
        *,
        admin: bool = False,
        closed: Callable[[], None] = lambda: None,
    ) -> None:
        self._servers = servers
        self._user = user
        self._seed = seed
        self._closed = closed
        self.prefix = ADMIN_PREFIX if admin else PREFIX
        self.client = QuickClient()
        self.jetstream: JetStreamContext = self.client.jetstream(prefix=self.prefix, timeout=5)

    @property
    def is_connected(self) -> bool:
        return self.client.is_connected

    async def open(self, patience_seconds: float = 60.0) -> None:
        """Connects, waiting for a server that is still starting. Raises `TimeoutError`."""
        async with asyncio.timeout(patience_seconds):
            await self.client.connect(
                list(self._servers),
                name=f"inda-{self._user}",
                nkeys_seed_str=self._seed,
                inbox_prefix=f"_INBOX_{self._user}".encode(),
                error_cb=self._on_error,
                closed_cb=self._on_closed,
                # -1 also makes the first connection wait for a server that is still starting.
                max_reconnect_attempts=-1,
                reconnect_time_wait=1,
                connect_timeout=5,
                ping_interval=10,
                max_outstanding_pings=2,
            )

    async def close(self) -> None:
        await self.client.close()

    async def _on_error(self, error: Exception) -> None:
        # A denied publish answers nobody: this line is the only trace of it.
        log.warning("nats error", user=self._user, type=type(error).__name__, error=str(error))

    async def _on_closed(self) -> None:
        self._closed()


async def connect(
    servers: tuple[str, ...], user: str, seed: str | None, *, admin: bool = False
) -> Connection:
    """An open connection. Raises `TimeoutError` when no server answers."""
    connection = Connection(servers, user, seed, admin=admin)
    await connection.open()
    return connection
