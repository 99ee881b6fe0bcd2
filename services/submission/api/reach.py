"""Whose an innovation is today: its agency's, those above it, and those that carry on for them."""

from collections.abc import Iterable
from typing import Any

from services.submission.domain.agency import Agency, Command, State
from shared.events.submission import AgencyEvent
from shared.history import Handler
from shared.identity import Access, Relation, Thing
from shared.views import Collection, Document

Agencies = Handler[Command, State, AgencyEvent]


async def thing_of(
    agencies: Agencies, agency_path: tuple[str, ...], *, remembered: bool = True
) -> Thing:
    """The path, before it the successors of every agency in it, to the last of them."""
    found: list[str] = []
    waiting = list(agency_path)
    while waiting:
        state = (await agencies.state(waiting.pop(), remembered=remembered)).state
        if isinstance(state, Agency):
            new = [each for each in state.successors if each not in (*found, *agency_path)]
            found += new
            waiting += new
    return Thing((*found, *agency_path))


async def require_reach(access: Access, agencies: Agencies, agency_path: tuple[str, ...]) -> None:
    """NotFound unless the caller may touch what belongs to this path, itself or by succession.

    What is remembered is enough for a yes; a no is said only after a look at the history.
    """
    if access.may(Thing(agency_path)):
        return
    if access.may(await thing_of(agencies, agency_path)):
        return
    access.require(await thing_of(agencies, agency_path, remembered=False))


async def seen_by(access: Access, agency_view: Collection) -> dict[str, Any]:
    """The part of a list that this person may see, as a query on `agency_path`."""
    if Relation.ANY in access.relations:
        return {}
    agency = access.caller.agency
    if agency is None:
        return {"agency_path": None}
    return {"agency_path": {"$in": [agency, *await predecessors_of([agency], agency_view)]}}


async def predecessors_of(agency_ids: Iterable[str], agency_view: Collection) -> list[str]:
    """Every agency that one of these carries on for, however many steps back."""
    known = set(agency_ids)
    return sorted(set(await heirs_of(known, agency_view)) - known)


async def heirs_of(agency_ids: Iterable[str], agency_view: Collection) -> dict[str, set[str]]:
    """Whose innovations count for these agencies: each one's own, and their predecessors'.

    The keys are those who reported, the values those of `agency_ids` that it counts for.
    """
    heirs = {each: {each} for each in agency_ids}
    newest = set(heirs)
    while newest:
        before = await agency_view.all({"successors": {"$in": sorted(newest)}})
        newest = {each["_id"] for each in before if _inherits(each, heirs)}
    return heirs


def _inherits(document: Document, heirs: dict[str, set[str]]) -> bool:
    """Whether anything new counts for somebody; a circle ends because sets only grow."""
    inherited = {heir for each in document["successors"] for heir in heirs.get(each, ())}
    known = heirs.setdefault(document["_id"], set())
    is_new = not inherited <= known
    known |= inherited
    return is_new
