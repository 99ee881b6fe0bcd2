"""Which ports the stack listens on: the usual ones, a block that was asked for, or a free block."""

import asyncio
import fcntl
import os
import secrets
import socket
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from deploy.local.processes import CannotStart
from shared.bus import SERVICES

SETTING = "INDA_PORT_BASE"
LOOPBACK = "127.0.0.1"
BLOCK = 64
LOWEST, HIGHEST = 10_240, 32_704  # below what Linux hands out to outgoing connections
LEFTOVER_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class NatsPorts:
    client: int
    monitor: int
    route: int


@dataclass(frozen=True, slots=True)
class S3Ports:
    """SeaweedFS is several servers in one process; each would else claim a fixed port."""

    s3: int
    s3_grpc: int
    master: int
    master_grpc: int
    volume: int
    volume_grpc: int
    filer: int
    filer_grpc: int
    admin: int
    admin_grpc: int

    def all(self) -> tuple[int, ...]:
        return tuple(int(getattr(self, name)) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Ports:
    """`nats` has three, of which a single node uses the first; `services` are the HTTP ports."""

    nats: tuple[NatsPorts, NatsPorts, NatsPorts]
    mongo: Mapping[str, int]
    s3: S3Ports
    services: Mapping[str, int]
    issuer: int


def usual_ports() -> Ports:
    """The ports of `make run` when nothing is set: each server's own, where it has one."""
    return Ports(
        nats=(
            NatsPorts(4222, 8222, 6222),
            NatsPorts(4223, 8223, 6223),
            NatsPorts(4224, 8224, 6224),
        ),
        mongo=dict(zip(SERVICES, count(27021), strict=False)),
        s3=S3Ports(8333, 18333, 9333, 19333, 9340, 19340, 8888, 18888, 9646, 19646),
        services=dict(zip(SERVICES, count(8001), strict=False)),
        issuer=8010,
    )


def block_ports(first: int) -> Ports:
    """Consecutive ports from `first`; fewer than 64 are used."""
    numbers = count(first)

    def three() -> NatsPorts:
        return NatsPorts(next(numbers), next(numbers), next(numbers))

    return Ports(
        nats=(three(), three(), three()),
        mongo={service: next(numbers) for service in SERVICES},
        s3=S3Ports(*(next(numbers) for _ in S3Ports.__slots__)),
        services={service: next(numbers) for service in SERVICES},
        issuer=next(numbers),
    )


def ports_from(environment: Mapping[str, str]) -> Ports:
    """The usual ports, or the block that INDA_PORT_BASE names. Raises CannotStart on nonsense."""
    base = environment.get(SETTING, "")
    if not base:
        return usual_ports()
    if not base.isdecimal() or not 1024 <= int(base) <= 65_535 - BLOCK:
        raise CannotStart(
            f"{SETTING} is {base!r}; it must be a number from 1024 to {65_535 - BLOCK}."
        )
    return block_ports(int(base))


@contextmanager
def free_ports() -> Generator[Ports]:
    """A block of free ports, kept from other stacks of this user that ask here until it is left."""
    folder = Path(tempfile.gettempdir()) / f"inda-ports-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    for _ in range(200):
        first = LOWEST + BLOCK * secrets.randbelow((HIGHEST - LOWEST) // BLOCK)
        with (folder / str(first)).open("a") as claim:
            if _claimed(claim.fileno()) and all(is_free(first + i) for i in range(BLOCK)):
                yield block_ports(first)
                return
    raise CannotStart(f"No {BLOCK} free ports in a row were found above {LOWEST}.")


def _claimed(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as candidate:
        # without it, connections that are merely fading away would count as taken
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


async def refuse_busy(name: str, ports: tuple[int, ...]) -> None:
    """Raises CannotStart naming the first port that stays taken, and by whom.

    Waits a little first: what a killed stack leaves behind is still dying.
    """
    deadline = time.monotonic() + LEFTOVER_SECONDS
    for port in ports:
        while not is_free(port):
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"Port {port} for {name} is taken by {holder(port)}; "
                    f"stop it, or set {SETTING} to the first of {BLOCK} free ports."
                )
            await asyncio.sleep(0.1)


def holder(port: int) -> str:
    """Who listens on a port, as far as this user may see."""
    # only where a stack runs: the image of the services comes without it
    import psutil

    try:
        listening = [c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
        pids = {c.pid for c in listening if c.pid and c.laddr and c.laddr.port == port}
        names = [f"{psutil.Process(pid).name()} (process {pid})" for pid in sorted(pids)]
    except psutil.Error:
        names = []
    return ", ".join(names) or "another process"
