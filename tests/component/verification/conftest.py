"""Verification on real servers, with the voices it hears."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from deploy.local.stack import Addresses
from services.verification.app import create_app
from services.verification.settings import Settings
from tests.apps import Issuer, serving, settings_for
from tests.builders.verification import (
    ALL_SAMPLED,
    COLLEAGUE,
    NO_SAMPLE,
    RESOLVER,
    SUPERVISOR,
    VERIFIER,
)
from tests.component.verification.world import CHECKED_SEASON, Later, Reviewer, Voice, speaking


@pytest.fixture
def settings(fresh_servers: Addresses, issuer: Issuer) -> Settings:
    return settings_for(Settings, "verification", fresh_servers, issuer)


@pytest.fixture(autouse=True)
async def rules(fresh_servers: Addresses) -> None:
    """No review of the usual season is drawn for a second look by chance."""
    async with speaking(fresh_servers, "verification") as verification:
        await verification.publish_rule("2026", NO_SAMPLE)
        await verification.publish_rule(CHECKED_SEASON, ALL_SAMPLED)


@pytest.fixture
async def api(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    async with serving(create_app, settings) as client:
        yield client


@pytest.fixture
async def later(settings: Settings, issuer: Issuer, tmp_path: Path) -> AsyncGenerator[Later]:
    file = tmp_path / "ahead"
    async with serving(create_app, settings.model_copy(update={"clock_ahead_file": file})) as api:
        first, second = (Reviewer.of(api, issuer, person) for person in (VERIFIER, COLLEAGUE))
        yield Later(first, second, file)


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


@pytest.fixture
def resolver(api: httpx.AsyncClient, issuer: Issuer) -> Reviewer:
    return Reviewer.of(api, issuer, RESOLVER, "quality_controller")


@pytest.fixture
def supervisor(api: httpx.AsyncClient, issuer: Issuer) -> Reviewer:
    return Reviewer.of(api, issuer, SUPERVISOR, "pemda_admin")
