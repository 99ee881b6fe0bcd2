"""Composition root: the only place where the rooms of verification meet the outside."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from fastapi import FastAPI

from services.verification import api
from services.verification.api.queue import stored
from services.verification.consumers import commands
from services.verification.domain import decider
from services.verification.projections import DOSSIERS, PROJECTIONS, DossierView
from services.verification.reactions import on_due_passed
from services.verification.settings import Settings
from shared.documents import Documents, documents_of
from shared.events.verification import DOSSIER
from shared.projector import bare
from shared.service import Service, Tick, Ticked, utc_now
from shared.views import Collection


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    settings = settings or Settings.load()
    service = Service(settings, api.PERMISSIONS, PROJECTIONS, now=now)
    documents = documents_of(settings, now)
    dossiers = service.handler(DOSSIER, decider)
    view = service.view(DOSSIERS)
    link_seconds = settings.download_link_seconds
    terms = api.reviews.Terms(
        settings.lease_seconds, settings.revision_days, settings.max_revisions
    )
    return service.app(
        "Inda: verification",
        [
            api.dossiers.routes(service.doors, view, documents.download_link, link_seconds, now),
            api.reviews.routes(service.doors, dossiers, terms),
        ],
        reactions=commands,
        handlers={DOSSIER.label: dossiers},
        tick=_lapses(view, settings),
        beside=_closing(documents),
    )


def _lapses(view: Collection, settings: Settings) -> Tick:
    """Finds the revisions whose due date passed; whether they lapse is decided on the facts."""
    answer = timedelta(seconds=settings.revision_grace_seconds)
    files = timedelta(seconds=settings.files_grace_seconds)

    async def tick(at: datetime) -> list[Ticked]:
        soonest = stored(at - min(answer, files))
        late = await view.all({"state": "waiting_revision", "due": {"$lt": soonest}})
        shown = [DossierView.model_validate(bare(each)) for each in late]
        return [
            Ticked(on_due_passed(each.dossier_id, each.round, each.due, at), each.due)
            for each in shown
            if each.due is not None and each.due < at - (files if each.is_announced else answer)
        ]

    return tick


@asynccontextmanager
async def _closing(documents: Documents) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        documents.close()
