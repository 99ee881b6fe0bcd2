"""Composition root: the only place where the rooms of awards meet the outside."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from fastapi import APIRouter, FastAPI

from services.awards import api
from services.awards.api.agencies import Agencies
from services.awards.api.doubts.evidence import Evidence, Keep
from services.awards.api.doubts.kept import KeptDoubts
from services.awards.api.files import Files
from services.awards.api.past import PastWins
from services.awards.api.reading import Competitions, Funds
from services.awards.api.strangers import Strangers
from services.awards.api.taxes import Tables
from services.awards.api.verifying import Proofs
from services.awards.consumers import commands
from services.awards.domain import competition, fund, taxation
from services.awards.projections import (
    AGENCIES,
    COMPETITIONS,
    DOCUMENTS,
    FUNDS,
    PAYOUTS,
    PROJECTIONS,
    SCORECARDS,
    TAX_TABLES,
    ScorecardView,
)
from services.awards.reactions import Inviting
from services.awards.settings import Settings
from shared.accesses import Openings, opening
from shared.documents import Documents, NoScanner, documents_of
from shared.documents.bucket import BucketReader
from shared.documents.clamav import ClamAV
from shared.documents.inspection import Limits
from shared.documents.sandbox import Sandbox
from shared.documents.storage import Storage
from shared.documents.wiring import connection_of
from shared.events.awards import (
    ACCESS,
    COMPETITION,
    FUND,
    TAX,
    CompetitionRules,
    EvidenceOpened,
)
from shared.events.scoring import InnovationScored
from shared.history.reader import last_sequence
from shared.projector import bare
from shared.service import Service, utc_now
from shared.transparency import LogReader
from shared.views import Collection


class Lookups:
    """What reactions and routes ask of the read models."""

    def __init__(self, competitions: Collection, scorecards: Collection) -> None:
        self._competitions = competitions
        self._scorecards = scorecards
        self.past_wins = PastWins(competitions)

    async def competitions_of(self, season: str) -> list[Inviting]:
        """The competitions of a season that may still take entries."""
        states = {"$in": ["announced", "judging"]}
        asked = {"season_id": season, "state": states}
        found = await self._competitions.all(asked, only=("rules",))
        rules = {each["_id"]: CompetitionRules.model_validate(each["rules"]) for each in found}
        return [Inviting(key, await self.past_wins(each)) for key, each in rules.items()]

    async def scorecards_of(self, season: str) -> list[InnovationScored]:
        found = await self._scorecards.all({"season_id": season})
        return [ScorecardView.model_validate(bare(each)).scored for each in found]

    async def scored(self, innovation: str) -> InnovationScored | None:
        found = await self._scorecards.get(innovation)
        return None if found is None else ScorecardView.model_validate(bare(found)).scored


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    settings = settings or Settings.load()
    service = Service(settings, api.PERMISSIONS, PROJECTIONS, now=now)
    doors = service.doors
    competitions = service.handler(COMPETITION, competition.decider)
    funds = service.handler(FUND, fund.decider)
    view = service.view(COMPETITIONS)
    look = Lookups(view, service.view(SCORECARDS))
    scored, past_wins = look.scored, look.past_wins
    agencies = Agencies(service.view(AGENCIES))
    # The storage checks signatures and locks by the true time, whatever time a training plays.
    documents = documents_of(settings, utc_now)
    papers = documents_of(_of_papers(settings), utc_now)
    bucket = BucketReader(Storage(connection_of(settings)), settings.log_bucket)
    proofs = _proofs(settings, bucket)
    sandbox = Sandbox(Limits(settings.max_pdf_pages, settings.max_image_pixels))
    openings = Openings(service.handler(ACCESS, opening(EvidenceOpened)), service.dated)
    files = Files(documents, openings, settings.download_link_seconds)
    kept = KeptDoubts(service.database.collection("doubts"))
    door = api.doubts.Door(Strangers(service.dated), _evidence(settings, documents, sandbox), kept)
    known = api.competitions.Known(view, agencies, funds, scored, past_wins, service.now)
    entrants = api.eligibility.Known(view, agencies, scored, past_wins)
    tested = api.public_test.Known(view, agencies, service.now)
    disputed = api.objections.Known(view, scored, files, service.now)
    return service.app(
        "Inda: awards",
        [
            api.competitions.routes(doors, competitions, known),
            api.eligibility.routes(doors, entrants),
            api.results.routes(doors, competitions, view),
            api.minutes.routes(doors, competitions),
            api.objections.routes(doors, competitions, disputed),
            api.public_test.routes(doors, competitions, tested),
            api.doubts.filing_routes(competitions, door),
            api.doubts.routes(doors, competitions, view, kept, files),
            api.published.routes(view, agencies, settings.public_url),
            api.verifying.results_routes(view, agencies, proofs),
            api.calendar.routes(doors, service.now),
            *_money(service, competitions, funds),
            *_papers(service, settings, competitions, papers, proofs),
        ],
        reactions=commands(
            service.projector.reached, look.competitions_of, look.scorecards_of, past_wins
        ),
        handlers={COMPETITION.label: competitions},
        tick=api.deadlines.lapses(view),
        beside=_beside(sandbox, documents, papers, bucket),
    )


def _money(service: Service, competitions: Competitions, funds: Funds) -> list[APIRouter]:
    """The routes of funds, of what is set aside and paid, of recipients and of taxes."""
    doors, view = service.doors, service.view(FUNDS)
    tables = Tables(service.handler(TAX, taxation.decider))
    payees = service.database.collection("payees")
    return [
        api.funds.routes(doors, funds, view, service.now),
        api.ledgers.routes(doors, view, service.history.facts),
        api.allocations.routes(doors, competitions, funds, tables),
        api.payments.routes(doors, funds, tables),
        api.recipients.routes(doors, competitions, payees),
        api.payees.routes(doors, payees),
        api.scenarios.routes(doors, competitions, funds),
        api.taxes.routes(doors, tables, service.view(TAX_TABLES)),
    ]


def _papers(
    service: Service,
    settings: Settings,
    competitions: Competitions,
    kept: Documents,
    proofs: Proofs,
) -> list[APIRouter]:
    """The routes of documents that are issued, and of their verification by anybody."""
    view, payouts = service.view(DOCUMENTS), service.view(PAYOUTS)
    lasts = timedelta(days=settings.document_retention_days)
    office = api.documents.Office(
        api.documents.Gathering(
            service.history.facts,
            partial(last_sequence, service.connection),
            service.projector.reached,
            view,
        ),
        api.documents.Archive(kept, settings.documents_bucket, lasts, utc_now),
        competitions,
        service.database.collection("payees"),
        settings.public_url,
    )
    shelf = api.documents.Shelf(view, payouts, competitions)
    return [
        api.documents.routes(service.doors, office, shelf),
        api.verifying.routes(api.verifying.Finder(view, payouts), proofs),
    ]


def _proofs(settings: Settings, bucket: BucketReader) -> Proofs:
    """What the log proves to the public, where this instance is told whose log it is."""
    trusted = settings.log_verifiers()
    return Proofs(LogReader(bucket, trusted) if trusted else None)


def _of_papers(settings: Settings) -> Settings:
    """The same storage, where what is kept by its digest are documents."""
    return settings.model_copy(update={"evidence_bucket": settings.documents_bucket})


def _evidence(settings: Settings, documents: Documents, sandbox: Sandbox) -> Evidence:
    """What judges and keeps the files of doubts."""
    host, port = settings.clamav_host, settings.clamav_port
    keep = Keep(settings.evidence_bucket, timedelta(days=settings.doubt_retention_days))
    scanner = ClamAV(host, port) if host else NoScanner()
    return Evidence(documents, sandbox, scanner, keep, utc_now)


@asynccontextmanager
async def _beside(sandbox: Sandbox, *kept: Documents | BucketReader) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        sandbox.close()
        for each in kept:
            each.close()
