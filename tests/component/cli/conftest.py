"""Stacks for the command line: submission alone, with verification, or all four services."""

from collections.abc import Generator
from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from tests.component.cli.world import SERVICES, Stack, stack


@pytest.fixture
def submission(fresh_servers: Addresses, tmp_path: Path) -> Generator[Stack]:
    with stack(tmp_path, fresh_servers, ["submission"]) as started:
        yield started


@pytest.fixture
def review(fresh_servers: Addresses, tmp_path: Path) -> Generator[Stack]:
    with stack(tmp_path, fresh_servers, ["submission", "verification"]) as started:
        yield started


@pytest.fixture
def everything(fresh_servers: Addresses, tmp_path: Path) -> Generator[Stack]:
    with stack(tmp_path, fresh_servers, SERVICES) as started:
        yield started
