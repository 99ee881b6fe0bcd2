"""The three servers of a data folder, started and stopped together, and where to find them."""

import errno
import fcntl
import os
import shutil
from collections.abc import Generator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from deploy.local.databases import Sharing, database_program, databases, mongo_url, provision
from deploy.local.keys import S3Key, Secrets, load_or_make
from deploy.local.nats_servers import nats_programs, nats_url
from deploy.local.objects import make_buckets, objects_program
from deploy.local.ports import LOOPBACK, Ports
from deploy.local.processes import CannotStart, Program, together
from deploy.local.supervisor import Report, Supervisor

LEAST_FREE_BYTES = 512 * 1024 * 1024

Part = Literal["nats", "mongo", "objects"]
ALL_PARTS: tuple[Part, ...] = ("nats", "mongo", "objects")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers are and how to log in, by user or service; all on loopback."""

    nats_url: str
    nats_seeds: Mapping[str, str]
    nats_replicas: int
    nats_monitors: tuple[str, ...]
    mongo_urls: Mapping[str, str]
    s3_endpoint: str
    s3_keys: Mapping[str, S3Key]


class Servers:
    """`async with Servers(folder, ports) as servers: servers.addresses`.

    Entering returns when all serve, and raises CannotStart with one sentence when they cannot.
    The same folder gives the same data and secrets again; ports may differ from start to start.
    `supervisor` may be given further programs, which are stopped before the servers.
    """

    def __init__(
        self,
        folder: Path,
        ports: Ports,
        *,
        nodes: Literal[1, 3] = 1,
        sharing: Sharing = "each",
        parts: tuple[Part, ...] = ALL_PARTS,
        origins: tuple[str, ...] = ("*",),
        report: Report = print,
    ) -> None:
        self.folder = folder.absolute()
        self.supervisor = Supervisor(report)
        self._ports = ports
        self._nodes = ports.nats[:nodes]
        self._sharing: Sharing = sharing
        self._parts = parts
        self._origins = origins
        self._secrets: Secrets | None = None
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opening:
            with _in_one_sentence(self.folder):
                opening.enter_context(_owned(self.folder))
                self._secrets = load_or_make(self.folder)
                await opening.enter_async_context(self.supervisor)
                await self._start(self._secrets)
            self._open = opening.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    @property
    def addresses(self) -> Addresses:
        """Known once entered."""
        if self._secrets is None:
            raise RuntimeError("the servers have not been started")
        return Addresses(
            nats_url=nats_url(self._nodes),
            nats_seeds=self._secrets.nats_seeds,
            nats_replicas=len(self._nodes),
            nats_monitors=tuple(f"http://{LOOPBACK}:{node.monitor}" for node in self._nodes),
            mongo_urls=_mongo_urls(self._ports, self._sharing, self._secrets),
            s3_endpoint=_endpoint(self._ports),
            s3_keys=self._secrets.s3_keys,
        )

    async def _start(self, secrets: Secrets) -> None:
        programs: list[Program] = []
        if "nats" in self._parts:
            programs += nats_programs(self.folder, self._nodes, secrets)
        if "mongo" in self._parts:
            programs += await self._databases(secrets)
        if "objects" in self._parts:
            keys = secrets.s3_keys
            programs += [objects_program(self.folder, self._ports.s3, keys, self._origins)]
        await self.supervisor.start(*programs)
        if "objects" in self._parts:
            await make_buckets(_endpoint(self._ports), secrets.s3_keys["admin"])

    async def _databases(self, secrets: Secrets) -> list[Program]:
        passwords = secrets.mongo_passwords
        all_databases = databases(self.folder, self._ports.mongo, self._sharing)
        await together(*(provision(database, passwords) for database in all_databases))
        return [database_program(database, passwords) for database in all_databases]


def _mongo_urls(ports: Ports, sharing: Sharing, secrets: Secrets) -> dict[str, str]:
    return {
        service: mongo_url(service, database.port, secrets.mongo_passwords[service])
        for database in databases(Path(), ports.mongo, sharing)
        for service in database.services
    }


def _endpoint(ports: Ports) -> str:
    return f"{LOOPBACK}:{ports.s3.s3}"


@contextmanager
def _owned(folder: Path) -> Generator[None]:
    """Keeps a second stack from the same folder; the kernel lets go when this process ends."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with (folder / "stack.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStart(
                f"Another stack (process {lock.read().strip() or 'unknown'}) runs on the folder "
                f"{folder}; stop it or choose another folder."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


@contextmanager
def _in_one_sentence(folder: Path) -> Generator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise CannotStart(
                f"The disk of the folder {folder} is full; at least "
                f"{LEAST_FREE_BYTES // 1024**2} MiB must be free."
            ) from error
        raise CannotStart(f"The folder {folder} cannot be used: {error.strerror}.") from error
