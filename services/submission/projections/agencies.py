"""The tree of agencies and their commitments. Pure."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.base import Recorded
from shared.events.submission import (
    AGENCY,
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyRegistered,
    AgencyRenamed,
)
from shared.projector import Projection


class Commitment(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    season_id: str
    innovations_promised: int
    letter_number: str
    signed_on: date


class AgencyView(BaseModel):
    """`path` runs from the root of the tree to the agency itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency_id: str
    name: str
    short_name: str
    kind: str
    parent_id: str | None
    region_id: str
    path: tuple[str, ...]
    commitments: tuple[Commitment, ...]
    is_closed: bool
    source: str
    sample: bool


def fold(view: AgencyView | None, event: Recorded[Any]) -> AgencyView:
    match event.fact, view:
        case AgencyRegistered() as fact, _:
            return _registered(fact)
        case AgencyCommitmentSigned() as fact, AgencyView():
            commitment = Commitment(
                season_id=fact.season_id,
                innovations_promised=fact.innovations_promised,
                letter_number=fact.letter_number,
                signed_on=fact.signed_on,
            )
            others = tuple(c for c in view.commitments if c.season_id != fact.season_id)
            return view.model_copy(update={"commitments": (*others, commitment)})
        case AgencyRenamed() as fact, AgencyView():
            return view.model_copy(update={"name": fact.name, "short_name": fact.short_name})
        case AgencyClosed(), AgencyView():
            return view.model_copy(update={"is_closed": True})
        case fact, _:
            raise ValueError(f"An agency cannot begin with {type(fact).__name__}.")


def _registered(fact: AgencyRegistered) -> AgencyView:
    return AgencyView(
        agency_id=fact.agency_id,
        name=fact.name,
        short_name=fact.short_name,
        kind=fact.kind,
        parent_id=fact.parent_id,
        region_id=fact.region_id,
        path=fact.path,
        commitments=(),
        is_closed=False,
        source=fact.source,
        sample=fact.sample,
    )


AGENCIES = Projection("agencies", AGENCY, AgencyView, fold, (("region_id",), ("path",)))
