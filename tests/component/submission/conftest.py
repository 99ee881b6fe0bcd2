"""The submission service on real servers, with the people who use it."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from services.submission.app import create_app
from services.submission.settings import Settings
from tests.apps import Issuer, key, serving, settings_for

PATH = ("kalsel", "hss", "hss-dinkes")
NEXT, NEXT_OPENS = "2027", "2026-02-01T00:00:00+08:00"
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
def head(issuer: Issuer) -> Headers:
    """The head of the operator's agency."""
    return issuer.headers("head-1", "skpd_head", agency="hss-dinkes", path=PATH)


@pytest.fixture
def stranger(issuer: Issuer) -> Headers:
    """An operator of an agency that has no part in anything here."""
    return issuer.headers("stranger", "skpd_operator", agency="balangan-dinkes")


@pytest.fixture
async def season(api: httpx.AsyncClient, admin: Headers) -> str:
    """An open season, and the agency that the operator belongs to."""
    await opened(api, admin, "2026")
    for number, kind in enumerate(("province", "regency", "agency")):
        await registered(api, admin, PATH[: number + 1], kind)
    return "2026"


@pytest.fixture
async def seasons(api: httpx.AsyncClient, season: str, admin: Headers) -> tuple[str, str]:
    """The season of before, and the one that began after it."""
    await opened(api, admin, NEXT, opens_at=NEXT_OPENS)
    return season, NEXT


async def opened(api: httpx.AsyncClient, admin: Headers, season_id: str, **changes: Any) -> None:
    """A season that runs until 2099, changed by name."""
    body = {
        "season_id": season_id,
        "name": f"Musim {season_id}",
        "edition": "2026",
        "opens_at": "2026-01-01T00:00:00+08:00",
        "deadline": "2099-08-31T23:59:59+08:00",
        **changes,
    }
    answer = await api.post("/seasons", json=body, headers={**admin, **key()})
    assert answer.status_code == 201, answer.text


async def registered(
    api: httpx.AsyncClient, admin: Headers, path: tuple[str, ...], kind: str = "agency"
) -> None:
    """The agency at the end of the path; those above it must be there."""
    *above, agency_id = path
    body = {
        "agency_id": agency_id,
        "name": agency_id,
        "kind": kind,
        "parent_id": above[-1] if above else None,
    }
    answer = await api.post("/agencies", json=body, headers={**admin, **key()})
    assert answer.status_code == 201, answer.text


async def shown(
    api: httpx.AsyncClient, person: Headers, innovation: str, written: httpx.Response
) -> dict[str, Any]:
    """The innovation as this person reads it once it shows what was written."""
    assert written.status_code < 300, written.text
    seen = await api.get(
        f"/innovations/{innovation}",
        params={"min_seq": written.headers["Inda-Sequence"]},
        headers=person,
    )
    assert seen.status_code == 200, seen.text
    return seen.json()
