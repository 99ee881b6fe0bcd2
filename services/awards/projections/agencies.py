"""Agencies by the names that people know: facts of awards hold their codes only. Pure."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.base import Recorded
from shared.events.submission import (
    AGENCY,
    AgencyClosed,
    AgencyRegistered,
    AgencyRenamed,
    AgencySucceeded,
)
from shared.projector import Projection


class AgencyView(BaseModel):
    """`path` runs from the root of the tree to the agency itself; `former_names` the oldest first.

    Closed is also who ended and has successors.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency_id: str
    name: str
    short_name: str
    kind: str
    region_id: str
    path: tuple[str, ...]
    is_closed: bool
    former_names: tuple[str, ...]


def fold(view: AgencyView | None, event: Recorded[Any]) -> AgencyView:
    match event.fact, view:
        case AgencyRegistered() as fact, _:
            return AgencyView(
                agency_id=fact.agency_id,
                name=fact.name,
                short_name=fact.short_name,
                kind=fact.kind,
                region_id=fact.region_id,
                path=fact.path,
                is_closed=False,
                former_names=(),
            )
        case AgencyRenamed(name=name, short_name=short), AgencyView():
            former = (*view.former_names, view.name)
            return view.model_copy(
                update={"name": name, "short_name": short, "former_names": former}
            )
        case AgencySucceeded() | AgencyClosed(), AgencyView():
            return view.model_copy(update={"is_closed": True})
        case _, AgencyView():
            return view
        case fact, None:
            raise ValueError(f"An agency cannot begin with {type(fact).__name__}.")


AGENCIES = Projection("agencies", AGENCY, AgencyView, fold)
