"""What the routes of agencies are sent, and what they answer."""

from typing import Annotated

from pydantic import Field

from services.submission.api.texts import Day, Line
from services.submission.projections.agencies import AgencyView
from shared.events.base import Code
from shared.events.submission import AgencyKind
from shared.http import Answer, Body

Name = Annotated[Line, Field(min_length=1, max_length=250)]
ShortName = Annotated[Line, Field(max_length=60)]
LetterNumber = Annotated[Line, Field(min_length=1, max_length=120)]
Reason = Annotated[Line, Field(min_length=1, max_length=500)]


class RegisterAgencyRequest(Body):
    """`source` names the document or list that the agency is known from."""

    agency_id: Code
    name: Name
    short_name: ShortName = ""
    kind: AgencyKind
    parent_id: Code | None = None
    source: Annotated[Line, Field(max_length=500)] = ""
    sample: bool = False


class RenameAgencyRequest(Body):
    """The letter is the regulation that changed the name, and the day from which it holds."""

    name: Name
    short_name: ShortName = ""
    letter_number: Annotated[Line, Field(max_length=120)] = ""
    effective_on: Day | None = None


class SucceedAgencyRequest(Body):
    """Several carry on after a split, one after a merger; the letter is the regulation."""

    successors: Annotated[tuple[Code, ...], Field(min_length=1, max_length=50)]
    effective_on: Day
    letter_number: LetterNumber
    reason: Reason


class CloseAgencyRequest(Body):
    reason: Reason


class CommitmentRequest(Body):
    season_id: Code
    innovations_promised: Annotated[int, Field(ge=1, le=1000)] = 1
    letter_number: LetterNumber
    signed_on: Day


class AgencyList(Answer):
    items: tuple[AgencyView, ...]
    next_cursor: str | None


class Branch(Answer):
    """An agency in the tree; `open_children` counts those directly below it."""

    agency_id: str
    name: str
    short_name: str
    kind: str
    is_closed: bool
    open_children: int


class AgencyTree(Answer):
    """An agency and a page of those directly below it, by name."""

    agency: Branch
    children: tuple[Branch, ...]
    next_cursor: str | None
