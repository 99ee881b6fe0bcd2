"""Programs of other people in an environment of their own: unmodified, from a hashed lock."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCK = Path(__file__).with_name("requirements-aics.txt")
INSTALLED = "installed"
SECONDS = 60.0


@dataclass(frozen=True)
class Told:
    """What `aics-tlog` said: one JSON object, and its exit code."""

    exit_code: int
    report: Mapping[str, Any]

    @property
    def is_accepted(self) -> bool:
        return self.exit_code == 0 and self.report["ok"] is True

    @property
    def error(self) -> str:
        assert (self.exit_code, self.report["ok"]) == (1, False), self
        return str(self.report["error"])


@dataclass(frozen=True)
class Environment:
    """The folder of a virtual environment that knows nothing of this repository."""

    folder: Path

    def program(self, name: str) -> str:
        return str(self.folder / "bin" / name)

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.program(name), *arguments],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env=alone(),
            cwd=self.folder,
            check=False,
        )

    def tlog(self, *arguments: str) -> Told:
        done = self.run("aics-tlog", *arguments)
        assert done.stderr == "", done.stderr
        return Told(done.returncode, json.loads(done.stdout))


def alone() -> dict[str, str]:
    """This process's environment without what would lead a Python back to this repository."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def environment_in(shared: Path) -> Environment:
    """Made once for all workers of a run; who comes while it is made waits."""
    found = Environment(shared / "aics")
    with (shared / "aics.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (found.folder / INSTALLED).exists():
            _make(found)
            (found.folder / INSTALLED).touch()
    return found


def _make(environment: Environment) -> None:
    """Both packages ask for Python 3.12 and run on 3.11."""
    _checked(sys.executable, "-m", "venv", "--clear", str(environment.folder))
    pip = (environment.program("python"), "-m", "pip", "install", "--disable-pip-version-check")
    _checked(*pip, "--ignore-requires-python", "--require-hashes", "-r", str(LOCK))


def _checked(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=alone(), check=False)
    assert done.returncode == 0, done.stdout + done.stderr
