"""The register over HTTP: what may be taken up, who did, and what its owner makes of it."""

from fastapi import APIRouter

from services.submission.api.desk import Desk
from services.submission.api.replications import reading, stating
from services.submission.api.replications.stating import Replications
from shared.http import Doors
from shared.views import Collection


def routes(
    doors: Doors,
    desk: Desk,
    replications: Replications,
    view: Collection,
    innovation_view: Collection,
    agency_view: Collection,
) -> APIRouter:
    router = APIRouter(tags=["replications"])
    stating.add(router, doors, desk, replications)
    reading.add(router, doors, desk, view, innovation_view, agency_view)
    return router


__all__ = ["routes"]
