"""Awards on real servers, with the voice of scoring and the people who decide."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.stack import Addresses
from services.awards.app import create_app
from services.awards.settings import Settings
from shared.events.awards import COMPETITION, FUND, TAX
from shared.history import HistoryLog
from shared.views import Database
from tests.apps import Issuer, serving, settings_for
from tests.builders.awards import COMPETITION_ID
from tests.component.awards.world import Clock, People, say
from tests.component.scoring.world import Person, speaking
from tests.unit.awards.story import (
    BANK_ID,
    CONFIRMED,
    FUND_ID,
    JUDGED,
    MONEY,
    NAME,
    PAID,
    PAYEE,
    TABLE,
    TAX_ID,
)


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
async def submission(fresh_servers: Addresses) -> AsyncGenerator[HistoryLog]:
    async with speaking(fresh_servers, "submission") as voice:
        yield voice.history


@pytest.fixture
def people(api: httpx.AsyncClient, issuer: Issuer) -> People:
    return People(api, issuer)


@pytest.fixture
async def story(awards: HistoryLog) -> HistoryLog:
    """A competition up to its decree and its money, as the history tells it."""
    await say(awards, COMPETITION, COMPETITION_ID, JUDGED)
    for fund in (FUND_ID, BANK_ID):
        mine = [fact for fact in (*MONEY, *PAID) if getattr(fact, "fund_id", None) == fund]
        await say(awards, FUND, fund, mine)
    await say(awards, TAX, TABLE, [MONEY[2], CONFIRMED])
    return awards


@pytest.fixture
async def payee(settings: Settings) -> None:
    """The one recipient whose name somebody gave."""
    database = Database(settings.mongo_url.get_secret_value(), settings.mongo_database)
    await database.collection("payees").put({"_id": PAYEE, "name": NAME, "tax_id": TAX_ID})
    database.close()


@pytest.fixture
def chair(people: People) -> Person:
    return people("person-chair", "committee")
