"""The submission service on real servers, with the people who use it."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from deploy.local.stack import Addresses
from services.submission.app import create_app
from services.submission.settings import Settings
from tests.apps import Issuer, key, serving, settings_for

PATH = ("kalsel", "hss", "hss-dinkes")
Headers = dict[str, str]


@pytest.fixture
async def api(fresh_servers: Addresses, issuer: Issuer) -> AsyncGenerator[httpx.AsyncClient]:
    settings = settings_for(Settings, "submission", fresh_servers, issuer)
    async with serving(create_app, settings) as client:
        yield client


@pytest.fixture
def admin(issuer: Issuer) -> Headers:
    return issuer.headers("admin-1", "pemda_admin", agency="kalsel-brida")


@pytest.fixture
def operator(issuer: Issuer) -> Headers:
    return issuer.headers("operator-1", "skpd_operator", agency="hss-dinkes", path=PATH)


@pytest.fixture
async def season(api: httpx.AsyncClient, admin: Headers) -> str:
    """An open season, and the agency that the operator belongs to."""
    body = {
        "season_id": "2026",
        "name": "Musim 2026",
        "edition": "2026",
        "opens_at": "2026-01-01T00:00:00+08:00",
        "deadline": "2099-08-31T23:59:59+08:00",
    }
    answer = await api.post("/seasons", json=body, headers={**admin, **key()})
    assert answer.status_code == 201, answer.text
    for number, kind in enumerate(("province", "regency", "agency")):
        agency = {
            "agency_id": PATH[number],
            "name": PATH[number],
            "kind": kind,
            "parent_id": PATH[number - 1] if number else None,
        }
        answer = await api.post("/agencies", json=agency, headers={**admin, **key()})
        assert answer.status_code == 201, answer.text
    return "2026"
