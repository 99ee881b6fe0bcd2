"""Regions over HTTP: their index, its parts, how it came about, and what would change it."""

from fastapi import APIRouter

from services.scoring.api.regions import aspect, history, reading, simulating
from services.scoring.api.regions.changes import Changes, steps_of
from services.scoring.api.regions.sources import Facts, Regions, Sources
from shared.http import Doors


def routes(doors: Doors, regions: Regions, sources: Sources) -> APIRouter:
    router = APIRouter(prefix="/regions", tags=["regions"])
    reading.add_to(router, doors, sources)
    aspect.add_to(router, doors, regions, sources)
    history.add_to(router, doors, sources)
    simulating.add_to(router, doors, sources)
    return router


__all__ = ["Changes", "Facts", "Regions", "Sources", "routes", "steps_of"]
