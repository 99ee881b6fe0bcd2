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
from shared.documents import Connection, Documents
from shared.editions import Edition, EditionError, load
from shared.errors import Refused
from shared.events.submission import AGENCY, INNOVATION, SEASON
from shared.service import Service, utc_now


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    settings = settings or Settings.load()
    service = Service(settings, api.PERMISSIONS, PROJECTIONS, now=now)
    documents = _documents(settings, now)
    seasons = service.handler(SEASON, season.decider)
    agencies = service.handler(AGENCY, agency.decider)
    innovations = service.handler(INNOVATION, innovation.decider)
    doors = service.doors
    innovation_view = service.view(INNOVATIONS)
    return service.app(
        "Inda: submission",
        [
            api.seasons.routes(doors, seasons, service.view(SEASONS), edition_of),
            api.agencies.routes(doors, agencies, seasons, service.view(AGENCIES)),
            api.innovations.routes(
                doors, innovations, agencies, seasons, innovation_view, edition_of
            ),
            api.evidence.routes(doors, innovations, documents, edition_of, settings.max_bytes),
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


def _documents(settings: Settings, now: Callable[[], datetime]) -> Documents:
    connection = Connection(
        endpoint=settings.s3_endpoint,
        access_key=settings.s3_access_key.get_secret_value(),
        secret_key=settings.s3_secret_key.get_secret_value(),
        region=settings.s3_region,
        is_secure=settings.s3_secure,
        public_endpoint=settings.s3_public_endpoint,
    )
    return Documents(
        connection,
        quarantine_bucket=settings.quarantine_bucket,
        evidence_bucket=settings.evidence_bucket,
        retention_days=settings.evidence_retention_days,
        max_bytes=settings.max_bytes,
        now=now,
        upload_seconds=settings.upload_link_seconds,
        download_seconds=settings.download_link_seconds,
    )


@asynccontextmanager
async def _storage(documents: Documents) -> AsyncGenerator[None]:
    await documents.ensure_ready()
    try:
        yield
    finally:
        documents.close()
