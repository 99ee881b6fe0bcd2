"""Composition root: the only place where the rooms of awards meet the outside."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI

from services.awards import api
from services.awards.consumers import commands
from services.awards.domain import competition, fund
from services.awards.projections import (
    COMPETITIONS,
    FUNDS,
    PROJECTIONS,
    SCORECARDS,
    ScorecardView,
)
from services.awards.settings import Settings
from shared.events.awards import COMPETITION, FUND
from shared.events.scoring import InnovationScored
from shared.projector import bare
from shared.service import Service, utc_now
from shared.views import Collection


class Lookups:
    """What reactions and routes ask of the read models."""

    def __init__(self, competitions: Collection, scorecards: Collection) -> None:
        self._competitions = competitions
        self._scorecards = scorecards

    async def competitions_of(self, season: str) -> list[str]:
        """The competitions of a season that may still take entries."""
        states = {"$in": ["announced", "judging"]}
        found = await self._competitions.all({"season_id": season, "state": states})
        return [each["_id"] for each in found]

    async def scorecards_of(self, season: str) -> list[InnovationScored]:
        found = await self._scorecards.all({"season_id": season})
        return [ScorecardView.model_validate(bare(each)).scored for each in found]

    async def scored(self, innovation: str) -> InnovationScored | None:
        found = await self._scorecards.get(innovation)
        return None if found is None else ScorecardView.model_validate(bare(found)).scored


def create_app(
    settings: Settings | None = None, *, now: Callable[[], datetime] = utc_now
) -> FastAPI:
    service = Service(settings or Settings.load(), api.PERMISSIONS, PROJECTIONS, now=now)
    doors = service.doors
    competitions = service.handler(COMPETITION, competition.decider)
    funds = service.handler(FUND, fund.decider)
    view = service.view(COMPETITIONS)
    look = Lookups(view, service.view(SCORECARDS))
    return service.app(
        "Inda: awards",
        [
            api.competitions.routes(doors, competitions, view, look.scored),
            api.results.routes(doors, competitions, view),
            api.objections.routes(doors, competitions, view, look.scored),
            api.published.routes(view),
            api.funds.routes(doors, funds, service.view(FUNDS)),
            api.allocations.routes(doors, competitions, funds),
        ],
        reactions=commands(service.projector.reached, look.competitions_of, look.scorecards_of),
        handlers={COMPETITION.label: competitions},
    )
