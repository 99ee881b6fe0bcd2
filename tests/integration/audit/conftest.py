"""Told seasons on real servers."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from tests.apps import Issuer
from tests.integration.audit.world import World, all_services, append, write_context
from tests.unit.audit.checked import checked
from tests.unit.audit.past import Past
from tests.unit.audit.prized import prized
from tests.unit.audit.sequel import sequel
from tests.unit.audit.story import told


@pytest.fixture
async def world(fresh_servers: Addresses, issuer: Issuer, tmp_path: Path) -> AsyncGenerator[World]:
    async with served(await told(), fresh_servers, issuer, tmp_path) as world:
        yield world


@pytest.fixture
async def sequel_world(
    fresh_servers: Addresses, issuer: Issuer, tmp_path: Path
) -> AsyncGenerator[World]:
    async with served(await sequel(), fresh_servers, issuer, tmp_path) as world:
        yield world


@pytest.fixture
async def checked_world(
    fresh_servers: Addresses, issuer: Issuer, tmp_path: Path
) -> AsyncGenerator[World]:
    async with served(await checked(), fresh_servers, issuer, tmp_path) as world:
        yield world


@pytest.fixture
async def prized_world(
    fresh_servers: Addresses, issuer: Issuer, tmp_path: Path
) -> AsyncGenerator[World]:
    async with served(await prized(), fresh_servers, issuer, tmp_path) as world:
        yield world


@asynccontextmanager
async def served(past: Past, at: Addresses, issuer: Issuer, folder: Path) -> AsyncGenerator[World]:
    await append(at, past.messages)
    headers = issuer.headers("auditor-1", "auditor")
    async with all_services(at, issuer) as urls:
        token = headers["Authorization"].removeprefix("Bearer ")
        context = write_context(folder, at, urls, token)
        yield World(at, urls, headers, context)
