"""Where the claims are measured: the local stack, and beside it a bare broker of its own."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from deploy.local.applications import base_urls, issuer_program, issuer_url, service_programs
from deploy.local.issuer import DevelopmentKeys
from deploy.local.ports import Ports, free_ports
from deploy.local.run import apply_stream
from deploy.local.stack import Addresses, Servers
from shared.bus import durables
from shared.history import Connection, connect
from shared.history.names import ADMIN_PREFIX, STREAM
from tests.builders.submission import PROFILE

SEASON = "2026"
PATH = ("kalsel", "hss", "hss-dinkes")
SETTLE_SECONDS = 60.0
BETWEEN_LOOKS_SECONDS = 0.05
Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """The servers and the issuer run; `start` adds services.

    `bare` is one more nats-server with the same configuration and the same stream settings;
    `spare_port` is free for a program that the supervisor of `servers` may be given.
    """

    folder: Path
    servers: Servers
    ports: Ports
    bare: Addresses
    spare_port: int
    http: httpx.AsyncClient
    keys: DevelopmentKeys
    admin: Connection
    numbers: "count[int]"

    async def start(self, *services: str) -> None:
        """The services, each as a process of its own, as `make run` starts them."""
        programs = service_programs(self.folder, self.servers.addresses, self.ports)
        wanted = [program for program in programs if program.name in services]
        await self.servers.supervisor.start(*wanted)

    def bearer(self, person: str, *roles: str) -> Headers:
        """Headers of somebody from the health office."""
        token = self.keys.token(sub=person, roles=roles, agency=PATH[-1], agency_path=PATH)
        return {"Authorization": f"Bearer {token}"}

    async def post(self, path: str, body: Any, bearer: Headers) -> Any:
        """Asks submission; each call is a command of its own. Raises `HTTPStatusError`."""
        headers = {**bearer, "Idempotency-Key": f"bench-{next(self.numbers):09d}"}
        url = f"{base_urls(self.ports)['submission']}{path}"
        answer = await self.http.post(url, json=body, headers=headers)
        answer.raise_for_status()
        return answer.json()

    async def settled(self, *services: str) -> None:
        """Returns when these services have heard everything. Raises `TimeoutError`."""
        async with asyncio.timeout(SETTLE_SECONDS):
            while not await self._have_heard_all(services):  # noqa: ASYNC110 - in other processes
                await asyncio.sleep(BETWEEN_LOOKS_SECONDS)

    async def _have_heard_all(self, services: tuple[str, ...]) -> bool:
        for durable in (name for service in services for name in durables(service)):
            subject = f"{ADMIN_PREFIX}.CONSUMER.INFO.{STREAM}.{durable}"
            told = json.loads((await self.admin.client.request(subject, b"", timeout=5)).data)
            if told["num_pending"] or told["num_ack_pending"]:
                return False
        return True

    async def opened_season(self) -> None:
        """A season without an end in sight, and the health office with the agencies above it."""
        body = {
            "season_id": SEASON,
            "name": "Musim 2026",
            "edition": "2026",
            "opens_at": "2026-01-01T00:00:00+08:00",
            "deadline": "2099-08-31T23:59:59+08:00",
        }
        admin = self.bearer("admin-1", "pemda_admin")
        await self.post("/seasons", body, admin)
        for number, kind in enumerate(("province", "regency", "agency")):
            agency = {
                "agency_id": PATH[number],
                "name": PATH[number],
                "kind": kind,
                "parent_id": PATH[number - 1] if number else None,
            }
            await self.post("/agencies", agency, admin)

    async def drafted(self, operator: Headers) -> str:
        """The id of a fresh innovation of the health office with a complete profile."""
        body = {
            "season_id": SEASON,
            "agency_id": PATH[-1],
            "profile": PROFILE.model_dump(mode="json"),
        }
        return str((await self.post("/innovations", body, operator))["id"])


@asynccontextmanager
async def ground() -> AsyncGenerator[Ground]:
    """Everything on free ports in a folder that is gone afterwards. Raises `CannotStart`."""
    with (
        TemporaryDirectory(prefix="inda-bench-") as name,
        free_ports() as ports,
        free_ports() as others,
    ):
        folder = Path(name)
        async with (
            Servers(folder / "bare", others, parts=("nats",), report=quiet) as bare,
            Servers(folder / "ours", ports, report=quiet) as servers,
            httpx.AsyncClient(trust_env=False, timeout=30) as http,
        ):
            at = servers.addresses
            await apply_stream(bare.addresses)
            await apply_stream(at)
            await servers.supervisor.start(issuer_program(servers.folder, ports))
            keys = DevelopmentKeys(servers.folder / "issuer", issuer=issuer_url(ports))
            admin = await connect((at.nats_url,), "admin", at.nats_seeds["admin"], admin=True)
            try:
                yield Ground(
                    folder=servers.folder,
                    servers=servers,
                    ports=ports,
                    bare=bare.addresses,
                    spare_port=others.services["submission"],
                    http=http,
                    keys=keys,
                    admin=admin,
                    numbers=count(1),
                )
            finally:
                await admin.close()


def quiet(line: str) -> None:
    """Nobody reads what a supervisor reports in the middle of a measurement."""


def dealt(items: Sequence[str], groups: int) -> tuple[tuple[str, ...], ...]:
    """The items dealt out to so many groups, one after the other."""
    return tuple(tuple(items[number::groups]) for number in range(groups))
