"""Scoring on real servers, with the voices it hears."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from deploy.local.stack import Addresses
from services.scoring.app import create_app
from services.scoring.settings import Settings
from tests.apps import Issuer, serving, settings_for
from tests.component.scoring.world import SEALING_KEY, Person, Voice, person, speaking


@pytest.fixture
def settings(fresh_servers: Addresses, issuer: Issuer) -> Settings:
    return settings_for(Settings, "scoring", fresh_servers, issuer, sealing_key=SEALING_KEY)


@pytest.fixture
async def api(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    async with serving(create_app, settings) as client:
        yield client


@pytest.fixture
async def verification(fresh_servers: Addresses) -> AsyncGenerator[Voice]:
    async with speaking(fresh_servers, "verification") as voice:
        yield voice


@pytest.fixture
async def awards(fresh_servers: Addresses) -> AsyncGenerator[Voice]:
    async with speaking(fresh_servers, "awards") as voice:
        yield voice


@pytest.fixture
def admin(api: httpx.AsyncClient, issuer: Issuer) -> Person:
    return person(api, issuer, "person-admin", "pemda_admin", path=("kalsel", "brida"))


@pytest.fixture
def committee(api: httpx.AsyncClient, issuer: Issuer) -> Person:
    return person(api, issuer, "person-committee", "committee", path=("kalsel", "setda"))
