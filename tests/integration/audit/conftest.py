"""A told season on real servers."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from tests.apps import Issuer
from tests.integration.audit.world import World, all_services, append, write_context
from tests.unit.audit.story import told


@pytest.fixture
async def world(fresh_servers: Addresses, issuer: Issuer, tmp_path: Path) -> AsyncGenerator[World]:
    past = await told()
    await append(fresh_servers, past.messages)
    headers = issuer.headers("auditor-1", "auditor")
    async with all_services(fresh_servers, issuer) as urls:
        token = headers["Authorization"].removeprefix("Bearer ")
        context = write_context(tmp_path, fresh_servers, urls, token)
        yield World(fresh_servers, urls, headers, context)
