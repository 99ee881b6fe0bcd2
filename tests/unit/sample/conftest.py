"""The whole sample season, built once: it is frozen and the same every time."""

import pytest

from deploy.sample.plan import Script
from deploy.sample.script import EDITION_ID, whole_season
from shared.editions import Edition, load


@pytest.fixture(scope="session")
def script() -> Script:
    return whole_season()


@pytest.fixture(scope="session")
def edition() -> Edition:
    return load(EDITION_ID)
