"""Composition root: the only place where the rooms of submission meet the outside."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import FastAPI

from services.submission import api
from services.submission.consumers import commands
from services.submission.domain import agency, innovation, season
from services.submission.projections import AGENCIES, INNOVATIONS, PROJECTIONS, SEASONS
from services.submission.settings import Settings
from shared.documents import Documents, documents_of
from shared.editions import Edition, EditionError, load
from shared.errors import Refused
from shared.events.submission import AGENCY, INNOVATION, SEASON
from shared.service import Service, utc_now


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    settings = settings or Settings.load()
    service = Service(settings, api.PERMISSIONS, PROJECTIONS, now=now)
    documents = documents_of(settings, now)
    seasons = service.handler(SEASON, season.decider)
    agencies = service.handler(AGENCY, agency.decider)
    innovations = service.handler(INNOVATION, innovation.decider)
    doors = service.doors
    innovation_view = service.view(INNOVATIONS)
    return service.app(
        "Inda: submission",
        [
            # Routes are tried in this order: those that are asked most come first.
            api.innovations.routes(
                doors, innovations, agencies, seasons, innovation_view, edition_of
            ),
            api.evidence.routes(doors, innovations, documents, edition_of, settings.max_bytes),
            api.agencies.routes(doors, agencies, seasons, service.view(AGENCIES)),
            api.seasons.routes(doors, seasons, service.view(SEASONS), edition_of),
        ],
        reactions=commands,
        handlers={INNOVATION.label: innovations},
        beside=_storage(documents),
    )


def edition_of(edition_id: str) -> Edition:
    """The instrument. Raises `Refused` for one that this build does not have."""
    try:
        return load(edition_id)
    except EditionError as error:
        raise Refused("edition_unknown", str(error), edition=edition_id[:40]) from error


@asynccontextmanager
async def _storage(documents: Documents) -> AsyncGenerator[None]:
    await documents.ensure_ready()
    try:
        yield
    finally:
        documents.close()
