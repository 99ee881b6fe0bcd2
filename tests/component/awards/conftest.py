"""Awards on real servers, with the voice of scoring and the people who decide."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.stack import Addresses
from services.awards.app import create_app
from services.awards.settings import Settings
from shared.history import HistoryLog
from tests.apps import Issuer, serving, settings_for
from tests.component.awards.world import Clock, People
from tests.component.scoring.world import speaking


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(fresh_servers: Addresses, issuer: Issuer) -> Settings:
    return settings_for(Settings, "awards", fresh_servers, issuer)


@pytest.fixture
async def api(settings: Settings, clock: Clock) -> AsyncGenerator[httpx.AsyncClient]:
    def app(settings: Settings) -> FastAPI:
        return create_app(settings, now=clock)

    async with serving(app, settings) as client:
        yield client


@pytest.fixture
async def scoring(fresh_servers: Addresses) -> AsyncGenerator[HistoryLog]:
    async with speaking(fresh_servers, "scoring") as voice:
        yield voice.history


@pytest.fixture
async def awards(fresh_servers: Addresses) -> AsyncGenerator[HistoryLog]:
    async with speaking(fresh_servers, "awards") as voice:
        yield voice.history


@pytest.fixture
def people(api: httpx.AsyncClient, issuer: Issuer) -> People:
    return People(api, issuer)
