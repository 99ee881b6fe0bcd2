"""The outsiders' environment, and a log of more than ten thousand real facts."""

import os

import pytest

from shared.transparency import leaf_of
from tests.benchmarks.season import told_season
from tests.outside.environment import Environment, environment_in
from tests.outside.growing import GrownLog, grown_log

Folders = pytest.TempPathFactory
LEAST = 10_000


@pytest.fixture(scope="session")
def outsiders(tmp_path_factory: Folders) -> Environment:
    base = tmp_path_factory.getbasetemp()
    return environment_in(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
async def entries() -> tuple[bytes, ...]:
    """The leaves of a season as it was told."""
    found = tuple(map(leaf_of, await told_season(LEAST)))
    assert len(found) >= LEAST
    return found


@pytest.fixture
def log(tmp_path_factory: Folders, entries: tuple[bytes, ...]) -> GrownLog:
    """Of this test only, so that it may be spoiled."""
    return grown_log(tmp_path_factory.mktemp("log"), entries)
