"""How far second looks agree with the first, told to who measures and to each verifier."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query

from services.verification.api.people.verifiers import MEASURING
from services.verification.api.quality.agreement.counting import (
    Agreement,
    Compared,
    IndicatorLine,
    VerifierLine,
    agreement,
)
from services.verification.api.quality.agreement.seen import FIELDS, CheckSeen, DossierSeen
from shared.errors import Refused
from shared.events.base import Code
from shared.http import Doors
from shared.identity import Access, Caller
from shared.views import MAX_PAGE, Collection

MOST: Final = 20_000
"""More checked dossiers than this are not read at once."""

Where = dict[str, Any]


class QualityAnswer(Agreement):
    """`disputed` dossiers wait for a third person now."""

    season_id: str
    affair: str | None
    disputed: int


def routes(doors: Doors, view: Collection) -> APIRouter:
    """`view` are the documents of the dossiers."""
    router = APIRouter(prefix="/quality", tags=["quality"])

    @router.get("", name="read_quality")
    async def read_quality(
        access: Annotated[Access, doors.lists("read_quality")],
        season_id: Code,
        affair: Annotated[str | None, Query(max_length=100)] = None,
    ) -> QualityAnswer:
        """The numbers are the same for all; of the lines per verifier one sees their own, unless
        they measure the work of all.
        """
        where = {"season_id": season_id, **({} if affair is None else {"affair": affair})}
        counted = agreement(await _checked(view, where), await _unchecked(view, where))
        disputed = await view.count({**where, "state": "disputed"})
        lines = _seen_by(access.caller, counted.verifiers)
        told = {**dict(counted), "verifiers": lines, "disputed": disputed}
        return QualityAnswer.model_validate({**told, "season_id": season_id, "affair": affair})

    return router


async def _checked(view: Collection, where: Where) -> list[DossierSeen]:
    """Every dossier that was drawn at least once, of each only what is counted."""
    keys = await view.keys({**where, "checks.0": {"$exists": True}})
    if len(keys) > MOST:
        raise Refused("too_many_checks", "Ask for one affair at a time.", most=MOST)
    found: list[DossierSeen] = []
    for start in range(0, len(keys), MAX_PAGE):
        some = {"_id": {"$in": keys[start : start + MAX_PAGE]}}
        page = await view.page(some, limit=MAX_PAGE, only=FIELDS)
        found += [DossierSeen.model_validate(each) for each in page.items]
    return found


async def _unchecked(view: Collection, where: Where) -> dict[str, int]:
    """How many reviews each person ended in dossiers that were never drawn."""
    ended = {**where, "verified_by": {"$ne": None}, "checks": {"$size": 0}}
    groups = await view.grouped(ended, ["verified_by"])
    return {group.values[0]: group.count for group in groups}


def _seen_by(caller: Caller, lines: tuple[VerifierLine, ...]) -> tuple[VerifierLine, ...]:
    if not caller.roles.isdisjoint(MEASURING):
        return lines
    return tuple(line for line in lines if line.verifier_id == caller.id)


__all__ = [
    "Agreement",
    "CheckSeen",
    "Compared",
    "DossierSeen",
    "IndicatorLine",
    "QualityAnswer",
    "VerifierLine",
    "agreement",
    "routes",
]
