"""Verification on real servers, with the voices it hears."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from deploy.local.stack import Addresses
from services.verification.app import create_app
from services.verification.settings import Settings
from tests.apps import Issuer, serving, settings_for
from tests.builders.verification import COLLEAGUE, VERIFIER
from tests.component.verification.world import Reviewer, Voice, speaking


@pytest.fixture
def settings(fresh_servers: Addresses, issuer: Issuer) -> Settings:
    return settings_for(Settings, "verification", fresh_servers, issuer)


@pytest.fixture
async def api(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    async with serving(create_app, settings) as client:
        yield client


@pytest.fixture
async def submission(fresh_servers: Addresses) -> AsyncGenerator[Voice]:
    async with speaking(fresh_servers, "submission") as voice:
        yield voice


@pytest.fixture
async def awards(fresh_servers: Addresses) -> AsyncGenerator[Voice]:
    async with speaking(fresh_servers, "awards") as voice:
        yield voice


@pytest.fixture
def verifier(api: httpx.AsyncClient, issuer: Issuer) -> Reviewer:
    return Reviewer.of(api, issuer, VERIFIER)


@pytest.fixture
def colleague(api: httpx.AsyncClient, issuer: Issuer) -> Reviewer:
    return Reviewer.of(api, issuer, COLLEAGUE)
