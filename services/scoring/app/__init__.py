"""Composition root: the only place where the rooms of scoring meet the outside."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI

from services.scoring import api
from services.scoring.app.sealing import Sealing
from services.scoring.consumers import commands
from services.scoring.domain import panel, region, scorecard
from services.scoring.projections import PANELS, PROJECTIONS, REGIONS, SCORECARDS
from services.scoring.settings import Settings
from shared.editions import Edition, EditionError, load
from shared.errors import Refused
from shared.events.scoring import PANEL, REGION, SCORECARD
from shared.service import Service, utc_now


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    settings = settings or Settings.load()
    service = Service(settings, api.PERMISSIONS, PROJECTIONS, now=now)
    sealing = Sealing(settings.sealing_key.get_secret_value())
    scorecards = service.handler(SCORECARD, scorecard.decider)
    regions = service.handler(REGION, region.decider)
    panels = service.handler(PANEL, panel.decider)
    doors = service.doors
    sources = api.regions.Sources(
        service.view(REGIONS), service.view(SCORECARDS), service.history.facts, edition_of
    )
    return service.app(
        "Inda: scoring",
        [
            api.scorecards.routes(doors, service.view(SCORECARDS)),
            api.explaining.routes(doors, service.view(SCORECARDS), edition_of),
            api.regions.routes(doors, regions, sources),
            api.coaching.routes(doors, service.view(REGIONS), edition_of),
            api.panels.routes(doors, service.view(PANELS)),
            api.judging.routes(doors, panels, sealing),
            api.seating.routes(doors, panels),
        ],
        reactions=commands(edition_of),
        handlers={SCORECARD.label: scorecards, REGION.label: regions, PANEL.label: panels},
    )


def edition_of(edition_id: str) -> Edition:
    """The instrument. Raises `Refused` for one that this build does not have."""
    try:
        return load(edition_id)
    except EditionError as error:
        raise Refused("edition_unknown", str(error), edition=edition_id[:40]) from error
