"""Composition root: the only place where the rooms of verification meet the outside."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from fastapi import FastAPI

from services.verification import api
from services.verification.api.machine.examining import Examiner
from services.verification.api.machine.neighbours import Neighbourhood
from services.verification.api.machine.reading import Reader
from services.verification.api.machine.titles import KnownTitles
from services.verification.api.machine.wiring import machine_checks
from services.verification.api.notices.bulletin import Bulletin, Sending
from services.verification.api.people.ties import Ties
from services.verification.api.quality.rules import Rules
from services.verification.api.queue.asking import stored
from services.verification.api.queue.horizon import of_lists, of_turns
from services.verification.api.sight import Sight
from services.verification.consumers import commands
from services.verification.domain import decider, quality, verifier
from services.verification.projections import (
    DOSSIERS,
    PROJECTIONS,
    QUALITY_RULES,
    QUEUE,
    SUCCESSIONS,
    VERIFIERS,
    DossierView,
)
from services.verification.reactions import on_due_passed
from services.verification.settings import Settings
from shared.accesses import Openings, opening
from shared.contents import Contents, Readings
from shared.documents import Documents, documents_of
from shared.editions import Edition, EditionError, available, ids, load
from shared.errors import Refused
from shared.events.verification import ACCESS, DOSSIER, QUALITY, VERIFIER, EvidenceOpened
from shared.notices import Post, SmtpServer, by_smtp, into_folder
from shared.projector import bare
from shared.service import Service, Tick, Ticked, utc_now
from shared.views import Collection


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    settings = settings or Settings.load()
    service = Service(settings, api.PERMISSIONS, PROJECTIONS, now=now)
    doors = service.doors
    documents = documents_of(settings, now)
    dossiers = service.handler(DOSSIER, decider)
    verifiers = service.handler(VERIFIER, verifier.decider)
    qualities = service.handler(QUALITY, quality.decider)
    view, queue, known = map(service.view, (DOSSIERS, QUEUE, VERIFIERS))
    review = timedelta(days=settings.review_days)
    link_seconds = settings.download_link_seconds
    ties = Ties(verifiers, service.view(SUCCESSIONS))
    openings = Openings(service.handler(ACCESS, opening(EvidenceOpened)), service.dated)
    sight = Sight(view, ties, openings)
    desk = api.reviews.Desk(dossiers, Rules(qualities), ties, _terms(settings))
    contents = Contents(service.database)
    examiner = _examiner(sight, contents, documents, now)
    bulletin = _bulletin(service, settings, now)
    tries = service.database.collection("tries")
    lists = api.queue.listing.Lists(queue, of_lists(queue), ties, review, service.now)
    dispatch = api.queue.dispatch.Dispatch(desk, queue, of_turns(queue), known, tries)
    return service.app(
        "Inda: verification",
        [
            api.queue.listing.routes(doors, lists),
            api.queue.dispatch.routes(doors, dispatch),
            api.dossiers.routes(doors, sight, review, service.now),
            api.dossiers.evidence_routes(doors, sight, documents.download_link, link_seconds),
            api.catalogue.routes(doors),
            *api.reviews.routes(doors, desk, view, examiner),
            *machine_checks(doors, examiner, contents, documents),
            api.people.verifiers.routes(doors, verifiers, known, queue, known_affairs, service.now),
            api.people.conflicts.routes(doors, verifiers, service.view(SUCCESSIONS)),
            api.quality.rules.routes(doors, qualities, service.view(QUALITY_RULES), service.now),
            api.quality.agreement.routes(doors, view),
            api.quality.levels.routes(doors, view, settings.review_days, service.now),
            api.quality.minutes.routes(doors, sight, edition_of),
            *bulletin.routes(doors),
        ],
        reactions=commands,
        handlers={DOSSIER.label: dossiers},
        tick=_lapses(view, settings),
        work=[*bulletin.work, Reader(view, contents, examiner.readings).keep_reading],
        beside=_beside(documents, bulletin),
    )


def _examiner(
    sight: Sight, contents: Contents, documents: Documents, now: Callable[[], datetime]
) -> Examiner:
    neighbourhood = Neighbourhood(sight.view, contents, KnownTitles(sight.view, now))
    return Examiner(edition_of, Readings(contents, documents), neighbourhood, sight)


def _bulletin(service: Service, settings: Settings, now: Callable[[], datetime]) -> Bulletin:
    """Raises `SettingsError`."""
    facts, sending = service.history.facts, _sending(settings)
    return Bulletin(service.database, service.connection, facts, sending, now)


def _terms(settings: Settings) -> api.reviews.Terms:
    return api.reviews.Terms(
        lease_seconds=settings.lease_seconds,
        keep_seconds=settings.handover_hours * 3600,
        revision_days=settings.revision_days,
        max_revisions=settings.max_revisions,
    )


def _sending(settings: Settings) -> Sending:
    """Raises `SettingsError`."""
    return Sending(
        webhook_key=settings.webhook_key_bytes(),
        mail_from=settings.mail_from,
        post=_post(settings),
        retry_seconds=settings.notice_retry_seconds,
        lease_seconds=settings.delivery_lease_seconds,
        is_production=settings.environment == "production",
    )


def _post(settings: Settings) -> Post:
    if not settings.smtp_host:
        return into_folder(settings.mail_folder)
    password = settings.smtp_password
    return by_smtp(
        SmtpServer(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,
            settings.smtp_user or None,
            None if password is None else password.get_secret_value(),
        )
    )


def edition_of(edition_id: str) -> Edition:
    """The instrument. Raises `Refused` for one that this build does not have."""
    try:
        return load(edition_id)
    except EditionError as error:
        raise Refused("edition_unknown", str(error), edition=edition_id[:40]) from error


def known_affairs() -> frozenset[str]:
    """The affairs of every instrument that this build has."""
    return frozenset[str]().union(*(ids(load(each).affairs) for each in available()))


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
async def _beside(documents: Documents, bulletin: Bulletin) -> AsyncGenerator[None]:
    await bulletin.prepare()
    try:
        yield
    finally:
        documents.close()
