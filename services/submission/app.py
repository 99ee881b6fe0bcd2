"""Composition root: the only place where the rooms of submission meet the outside."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from fastapi import FastAPI

from services.submission import api
from services.submission.api.desk import Desk
from services.submission.api.intake import Intake
from services.submission.api.receipts import Receipts
from services.submission.api.sweeping import Janitor, Sweeper
from services.submission.consumers import commands
from services.submission.domain import agency, innovation, replication, season
from services.submission.projections import (
    AGENCIES,
    INNOVATIONS,
    PROJECTIONS,
    REPLICATIONS,
    SEASONS,
)
from services.submission.settings import Settings
from shared.accesses import Openings, opening
from shared.contents import Contents, Readings
from shared.documents import Documents, documents_of
from shared.editions import Edition, EditionError, load
from shared.errors import Refused
from shared.events.submission import (
    ACCESS,
    AGENCY,
    INNOVATION,
    REPLICATION,
    SEASON,
    EvidenceOpened,
)
from shared.history.reader import last_sequence
from shared.seals import BadKey, Seal
from shared.service import Service, utc_now
from shared.settings import SettingsError


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    settings = settings or Settings.load()
    service = Service(settings, api.PERMISSIONS, PROJECTIONS, now=now)
    documents = documents_of(settings, now)
    seasons = service.handler(SEASON, season.decider)
    agencies = service.handler(AGENCY, agency.decider)
    innovations = service.handler(INNOVATION, innovation.decider)
    replications = service.handler(REPLICATION, replication.decider)
    doors = service.doors
    innovation_view, agency_view = service.view(INNOVATIONS), service.view(AGENCIES)
    desk = Desk(innovations, agencies, seasons, edition_of, service.now)
    season_view, replication_view = service.view(SEASONS), service.view(REPLICATIONS)
    people = service.database.collection("people")
    contents = Contents(service.database)
    intake = Intake(innovations, documents, contents, service.history.facts)
    receipts = Receipts(settings.receipt_issuer, _seal(settings))
    sweeper = Sweeper(innovation_view, innovations, intake, service.dated, settings.intake_seconds)
    janitor = Janitor(innovation_view, documents, now)
    openings = Openings(service.handler(ACCESS, opening(EvidenceOpened)), service.dated)
    shown = api.exports.Shown(documents.stream, openings)
    wait = timedelta(seconds=settings.completion_wait_seconds)

    async def caught_up() -> bool:
        return await service.reached(await last_sequence(service.connection))

    return service.app(
        "Inda: submission",
        [
            # Routes are tried in this order: those that are asked most come first.
            api.innovations.routes(doors, desk, innovation_view),
            api.profiles.routes(doors, desk),
            api.listings.routes(doors, desk, innovation_view, agency_view),
            api.preflight.routes(
                doors,
                desk,
                Readings(contents, documents),
                api.preflight.Neighbourhood(innovation_view, contents, agencies, now),
            ),
            api.coaching.routes(doors, desk),
            api.endorsements.routes(doors, desk),
            api.developments.routes(doors, desk),
            api.contacts.routes(doors, desk, people),
            api.histories.routes(doors, desk, service.history.facts),
            api.declarations.routes(doors, desk, documents, settings.max_bytes),
            api.uploads.routes(doors, desk, documents),
            api.evidence.routes(doors, desk, intake, documents, openings),
            api.submissions.routes(doors, desk, receipts),
            api.receipts.routes(doors, desk, receipts, service.history.facts),
            api.replications.routes(
                doors, desk, replications, replication_view, innovation_view, agency_view
            ),
            api.compliance.routes(doors, season_view, agency_view, innovation_view, service.now),
            api.agencies.routes(doors, agencies, seasons, agency_view, caught_up),
            api.exports.routes(doors, desk, innovation_view, agency_view, shown),
            api.imports.routes(
                doors, desk, service.history, innovation_view, agency_view, caught_up
            ),
            api.seasons.routes(doors, seasons, agencies, season_view, edition_of, service.now),
        ],
        reactions=commands,
        handlers={INNOVATION.label: innovations},
        tick=api.deadlines.run_out(innovation_view, wait),
        work=[sweeper.keep_sweeping, janitor.keep_clearing],
        beside=_storage(documents),
    )


def _seal(settings: Settings) -> Seal:
    """Raises `SettingsError`."""
    try:
        return Seal(settings.receipt_key_pem(), settings.receipt_old_keys())
    except BadKey as error:
        raise SettingsError(f"The settings of the key of receipts: {error}") from error


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
