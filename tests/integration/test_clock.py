"""A host whose clock jumped dates nothing, goes on showing, and says that it is not ready."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter

from deploy.local.stack import Addresses
from services.submission.domain import season
from services.submission.projections.seasons import SEASONS
from services.submission.settings import Settings
from shared.events.submission import SEASON
from shared.http import Ask, Written
from shared.identity import Relation, Role
from shared.service import Service, utc_now
from tests.apps import Issuer, key, settings_for

HOUR = timedelta(hours=1)
MAY = {"open_season": {Role.PEMDA_ADMIN: Relation.ANY}}
PROJECTIONS = (SEASONS,)


@dataclass
class Wall:
    """The clock of this host, which somebody may have set wrongly."""

    off: timedelta = field(default=timedelta(0))

    def __call__(self) -> datetime:
        return utc_now() + self.off


@dataclass(frozen=True)
class Host:
    wall: Wall
    service: Service
    http: httpx.AsyncClient
    admin: dict[str, str]

    async def opens(self, season_id: str) -> httpx.Response:
        return await self.http.post(f"/{season_id}", headers={**self.admin, **key()})


@pytest.fixture
async def host(fresh_servers: Addresses, issuer: Issuer) -> AsyncGenerator[Host]:
    settings = settings_for(Settings, "submission", fresh_servers, issuer)
    wall = Wall()
    service = Service(settings, MAY, PROJECTIONS, wall=wall)
    app = service.app("one route", [_route(service)])
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://host") as http,
    ):
        yield Host(wall, service, http, issuer.headers("admin-1", "pemda_admin", "auditor"))


def _route(service: Service) -> APIRouter:
    router = APIRouter()
    seasons = service.handler(SEASON, season.decider)

    @router.post("/{season_id}")
    async def open_season(
        season_id: str, ask: Annotated[Ask, service.doors.writes("open_season")]
    ) -> Written:
        command = season.OpenSeason(
            by=ask.by,
            at=ask.at,
            season_id=season_id,
            name=season_id,
            assessment_year=2026,
            edition_id="2026-r1",
            edition_digest="0" * 64,
            opens_at=ask.at,
            deadline=datetime(2099, 1, 1, tzinfo=UTC),
            revision_days=7,
            training=False,
        )
        return ask.written(await ask.send(seasons, season_id, command, new=True))

    return router


async def test_a_clock_that_jumped_stops_writing_until_it_is_right_again(host: Host) -> None:
    assert (await host.opens("first")).status_code == 200
    for off, way in ((HOUR, "3600 seconds ahead of"), (-HOUR, "3600 seconds behind")):
        host.wall.off = off
        await host.service.skew.measure()
        refused = await host.opens("second")
        assert (refused.status_code, refused.json()["code"]) == (503, "clock_skewed")
        assert way in refused.json()["detail"]
        assert refused.headers["Retry-After"] == "2"
        shown = await host.http.get("/views?min_seq=1", headers=host.admin)
        assert (shown.status_code, shown.json()["position"]) == (200, 1)
        ready = await host.http.get("/health/ready")
        assert (ready.status_code, ready.json()) == (
            503,
            {"ready": False, "history": True, "views": True, "clock": False},
        )
    host.wall.off = timedelta(seconds=3)
    await host.service.skew.measure()
    assert (await host.opens("second")).status_code == 200
    assert (await host.http.get("/health/ready")).json()["ready"]


async def test_who_may_not_write_is_told_so_whatever_the_clock_says(host: Host) -> None:
    host.wall.off = HOUR
    await host.service.skew.measure()
    assert (await host.http.post("/first", headers=key())).status_code == 401


async def test_the_clock_is_compared_before_the_first_request(
    fresh_servers: Addresses, issuer: Issuer
) -> None:
    settings = settings_for(Settings, "submission", fresh_servers, issuer)
    service = Service(settings, MAY, PROJECTIONS, wall=Wall(HOUR))
    app = service.app("nothing", [])
    async with app.router.lifespan_context(app):
        assert service.skew.is_skewed


async def test_a_training_clock_is_nobodys_fault(fresh_servers: Addresses, issuer: Issuer) -> None:
    settings = settings_for(Settings, "submission", fresh_servers, issuer)
    service = Service(settings, MAY, PROJECTIONS, now=lambda: datetime(2031, 1, 1, tzinfo=UTC))
    app = service.app("nothing", [])
    async with app.router.lifespan_context(app):
        assert (service.skew.is_skewed, service.dated().year) == (False, 2031)
