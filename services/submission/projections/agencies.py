"""The tree of agencies and their commitments. Pure."""

import re
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
    AgencySucceeded,
)
from shared.projector import Projection


class Commitment(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    season_id: str
    innovations_promised: int
    letter_number: str
    signed_on: date


class FormerName(BaseModel):
    """A name until it was changed, and the letter that changed it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    short_name: str
    letter_number: str
    changed_on: date | None


class Succession(BaseModel):
    """The regulation by which others carry on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    effective_on: date
    letter_number: str


class AgencyView(BaseModel):
    """`path` runs from the root of the tree to the agency itself.

    Lists are sorted by `name_key` and searched by `words`, all of them in small letters.
    """

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
    closed_because: str | None
    successors: tuple[str, ...]
    succession: Succession | None
    former_names: tuple[FormerName, ...]
    name_key: str
    words: tuple[str, ...]
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
            return view.model_copy(update=_renamed(view, fact))
        case AgencySucceeded() as fact, AgencyView():
            return view.model_copy(update=_succeeded(fact))
        case AgencyClosed() as fact, AgencyView():
            return view.model_copy(update={"is_closed": True, "closed_because": fact.reason})
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
        closed_because=None,
        successors=(),
        succession=None,
        former_names=(),
        name_key=fact.name.casefold(),
        words=words_of(fact.name, fact.short_name),
        source=fact.source,
        sample=fact.sample,
    )


def _renamed(view: AgencyView, fact: AgencyRenamed) -> dict[str, object]:
    former = FormerName(
        name=view.name,
        short_name=view.short_name,
        letter_number=fact.letter_number,
        changed_on=fact.effective_on,
    )
    return {
        "name": fact.name,
        "short_name": fact.short_name,
        "former_names": (*view.former_names, former),
        "name_key": fact.name.casefold(),
        "words": words_of(fact.name, fact.short_name),
    }


def _succeeded(fact: AgencySucceeded) -> dict[str, object]:
    return {
        "is_closed": True,
        "closed_because": fact.reason,
        "successors": fact.successors,
        "succession": Succession(effective_on=fact.effective_on, letter_number=fact.letter_number),
    }


def words_of(*texts: str) -> tuple[str, ...]:
    """What a search compares: the words in small letters, each once."""
    found = (word for text in texts for word in re.findall(r"\w+", text.casefold()))
    return tuple(dict.fromkeys(found))


AGENCIES = Projection(
    "agencies",
    AGENCY,
    AgencyView,
    fold,
    (
        ("name_key",),
        ("region_id", "name_key"),
        ("path", "name_key"),
        ("parent_id", "name_key"),
        ("successors",),
        ("words",),
    ),
)
