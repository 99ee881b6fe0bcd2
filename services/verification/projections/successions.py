"""Which agencies carry on for which, and where they stand in the tree. Pure."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.base import Recorded
from shared.events.submission import AGENCY, AgencyRegistered, AgencySucceeded
from shared.projector import Projection


class SuccessionView(BaseModel):
    """`successors` carry on for the agency: all that were ever named, in that order.

    `path` runs from the root of the tree to the agency itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency_id: str
    path: tuple[str, ...]
    successors: tuple[str, ...] = ()


def fold(view: SuccessionView | None, event: Recorded[Any]) -> SuccessionView:
    match event.fact, view:
        case AgencyRegistered() as fact, _:
            return SuccessionView(agency_id=fact.agency_id, path=fact.path)
        case AgencySucceeded() as fact, SuccessionView():
            successors = tuple(dict.fromkeys((*view.successors, *fact.successors)))
            return view.model_copy(update={"successors": successors})
        case _, SuccessionView():
            return view
        case fact, None:
            raise ValueError(f"An agency cannot begin with {type(fact).__name__}.")


SUCCESSIONS = Projection("successions", AGENCY, SuccessionView, fold, (("successors",),))
