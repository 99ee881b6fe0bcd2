"""One season, told once: what reads it never changes it."""

import pytest

from tests.unit.audit.past import Past
from tests.unit.audit.story import told


@pytest.fixture(scope="session")
async def past() -> Past:
    return await told()
