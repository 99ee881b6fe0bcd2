"""A witness that others wrote, as a process of its own on loopback."""

import asyncio
import signal
import socket
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from services.audit.witnessing import Witness
from shared.transparency import Verifier
from tests.outside.environment import Environment, alone
from tests.waiting import holds

NAME = "saksi.test/1"
STOP_SECONDS = 10.0


@dataclass
class OutsideWitness:
    """`stop` and `start` as its operator would; it remembers what it saw."""

    environment: Environment
    config: Path
    port: int
    vkey: str
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def witness(self) -> Witness:
        return Witness(Verifier.from_text(self.vkey), f"http://127.0.0.1:{self.port}")

    async def start(self) -> None:
        self._serve()
        await holds(self._listens)

    def _serve(self) -> None:
        with (self.config.parent / "witness.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.environment.program("aics-witness"), "serve", "--config", str(self.config)],
                stdout=log,
                stderr=log,
                env=alone(),
            )

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(STOP_SECONDS)
            self.process = None

    async def _listens(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True


@contextmanager
def outside_witness(
    environment: Environment, folder: Path, origin: str, vkey: str
) -> Generator[OutsideWitness]:
    """It knows the log's key and has seen nothing of it; not started yet."""
    config = folder / "witness.json"
    port = _free_port()
    listen = ("--listen", f"127.0.0.1:{port}")
    made = environment.run("aics-witness", "init", "--config", str(config), "--name", NAME, *listen)
    assert made.returncode == 0, made.stderr
    log = ("--origin", origin, "--vkey", vkey)
    added = environment.run("aics-witness", "add-log", "--config", str(config), *log)
    assert added.returncode == 0, added.stderr
    found = OutsideWitness(environment, config, port, made.stdout.strip())
    try:
        yield found
    finally:
        found.stop()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
