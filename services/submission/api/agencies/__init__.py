"""Agencies over HTTP: registered, renamed, succeeded, closed; found in lists and in the tree."""

from fastapi import APIRouter

from services.submission.api.agencies import changing, reading
from services.submission.api.agencies.changing import CaughtUp, Seasons, parent_of
from services.submission.api.reach import Agencies
from shared.http import Doors
from shared.views import Collection


def routes(
    doors: Doors, agencies: Agencies, seasons: Seasons, view: Collection, caught_up: CaughtUp
) -> APIRouter:
    """`caught_up` waits until `view` shows every fact there is; False if it does not in time."""
    router = APIRouter(prefix="/agencies", tags=["agencies"])
    changing.add(router, doors, agencies, seasons, view, caught_up)
    reading.add(router, doors, view)
    return router


__all__ = ["parent_of", "routes"]
