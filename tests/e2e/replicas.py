"""Processes of a service on the same databases and consumers, killed as a test wishes."""

import os
import re
import signal
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from deploy.local.applications import service_programs
from deploy.local.ports import LOOPBACK, Ports, free_ports
from deploy.local.processes import Program
from deploy.local.stack import Addresses
from deploy.local.supervisor import Supervisor
from tests.apps import ISSUER, Issuer
from tests.e2e.program import until

NAMES = ("verification", "verification-2")
RESTART_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Replicas:
    """`urls` are where they answer, `said` is what their supervisor reports."""

    urls: tuple[str, ...]
    supervisor: Supervisor
    said: list[str]

    async def kill(self, name: str) -> None:
        """Ends when it serves again."""
        before = self._returns(name)
        os.kill(self.supervisor.pids()[name], signal.SIGKILL)
        await until(lambda: self._returns(name) > before, RESTART_SECONDS, self.told)

    def ends(self) -> list[tuple[str, str]]:
        """Which of them ended, and by what, in order."""
        return re.findall(r"^(\S+) ended with (.+?);", self.told(), re.MULTILINE)

    def told(self) -> str:
        return "\n".join(self.said)

    def _returns(self, name: str) -> int:
        return sum(line.startswith(f"{name} serves again") for line in self.said)


@asynccontextmanager
async def replicas(
    folder: Path, at: Addresses, issuer: Issuer, *, lease_seconds: int
) -> AsyncGenerator[Replicas]:
    """Two of verification. Both serve when it is entered; each is restarted whenever it dies."""
    with free_ports() as ports:
        both = _ports(ports)
        env = {**_trusting(issuer), "INDA_LEASE_SECONDS": str(lease_seconds)}
        async with _supervised(_programs(folder, at, ports, both[1], env), both) as kept:
            yield kept


@asynccontextmanager
async def alone(folder: Path, at: Addresses, issuer: Issuer, name: str) -> AsyncGenerator[Replicas]:
    """One of this service; it serves when it is entered, and is restarted whenever it dies."""
    with free_ports() as ports:
        (found,) = [each for each in service_programs(folder, at, ports) if each.name == name]
        program = replace(found, env={**found.env, **_trusting(issuer)})
        async with _supervised([program], [ports.services[name]]) as kept:
            yield kept


@asynccontextmanager
async def _supervised(
    programs: Sequence[Program], ports: Sequence[int]
) -> AsyncGenerator[Replicas]:
    said: list[str] = []
    async with Supervisor(said.append) as supervisor:
        await supervisor.start(*programs)
        yield Replicas(tuple(f"http://{LOOPBACK}:{port}" for port in ports), supervisor, said)


def _trusting(issuer: Issuer) -> dict[str, str]:
    return {"INDA_JWKS_URL": issuer.jwks_url, "INDA_ISSUER": ISSUER}


def _ports(ports: Ports) -> tuple[int, int]:
    """Submission does not run here, so its port is free for the second one."""
    return ports.services["verification"], ports.services["submission"]


def _programs(
    folder: Path, at: Addresses, ports: Ports, second: int, env: dict[str, str]
) -> list[Program]:
    programs = service_programs(folder, at, ports, replicas={"verification": second})
    return [replace(each, env={**each.env, **env}) for each in programs if each.name in NAMES]
