"""Composition root: the only place where the rooms of audit meet the outside."""

from collections.abc import Callable, Mapping
from datetime import datetime

import httpx
from fastapi import FastAPI

from services.audit import api
from services.audit.running import Replays
from services.audit.settings import Settings
from shared.service import Service, utc_now

REQUEST_SECONDS = 30.0


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    settings = settings or Settings.load()
    urls = settings.service_urls
    service = Service(settings, api.PERMISSIONS, (), now=now)
    kept = service.database.collection("replays")

    def clients(authorization: str) -> Mapping[str, httpx.AsyncClient]:
        return {name: client_of(url, authorization) for name, url in urls.items()}

    replays = Replays(service.connection, kept, clients, service.now)
    return service.app(
        "Inda: audit",
        [
            api.replays.routes(service.doors, replays),
            api.timelines.routes(service.doors, service.history.facts),
        ],
        beside=replays.ending(),
    )


def client_of(url: str, authorization: str) -> httpx.AsyncClient:
    """A client that speaks to a service as the auditor."""
    return httpx.AsyncClient(
        base_url=url, headers={"Authorization": authorization}, timeout=REQUEST_SECONDS
    )
