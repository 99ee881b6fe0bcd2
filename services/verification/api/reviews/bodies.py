"""What the routes of a review are sent, and how long it may be."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from services.verification.domain.commands import Granting
from shared.events.base import Digest, Indicator, Key, Level, PersonId
from shared.events.submission import Profile
from shared.events.verification import (
    Criterion,
    CriterionFinding,
    Place,
    RevisionItem,
    VisitFinding,
    VisitOutcome,
)
from shared.http import Body

MAX_EVIDENCE = 200
MAX_PARTICIPANTS = 30

Note = Annotated[str, Field(max_length=4000)]
"""A text that may be left out."""

Sentence = Annotated[str, Field(min_length=1, max_length=4000)]
FieldName = Annotated[str, Field(min_length=1, max_length=64)]
Choice = Annotated[str, Field(min_length=1, max_length=64)]
Person = Annotated[PersonId, StringConstraints(pattern=r"^\S+$")]
"""The id of a person: a name, which has blanks, would stay in the history for ever."""


class HeldBody(Body):
    """What only the holder of a lease may ask: `token` is the lease's."""

    token: Key


class ReleaseRequest(HeldBody):
    note: Note = ""


class HandoverRequest(HeldBody):
    """`to` is the id of the colleague for whom the dossier is kept."""

    to: Person
    note: Note = ""


class OverrideRequest(Body):
    """A supervisor says why, and for whom the dossier is kept, if for anybody."""

    reason: Sentence
    to: Person | None = None


class CriterionBody(Body):
    """`note` is required where the criterion is not met."""

    criterion: Criterion
    met: bool
    note: Note = ""

    def finding(self) -> CriterionFinding:
        return CriterionFinding(criterion=self.criterion, met=self.met, note=self.note)


Criteria = Annotated[tuple[CriterionBody, ...], Field(max_length=10)]


class AdmissibilityRequest(HeldBody):
    """The five criteria, each once."""

    findings: Criteria


class PlaceBody(Body):
    """Where in one of the files it was seen: a page, counted from 1, or a second."""

    sha256: Digest
    page: Annotated[int | None, Field(ge=1, le=100_000)] = None
    second: Annotated[int | None, Field(ge=0, le=1_000_000)] = None

    def place(self) -> Place:
        return Place(sha256=self.sha256, page=self.page, second=self.second)


class GrantedBody(Body):
    """`evidence` are the digests of all that was looked at for the indicator.

    `basis` is the claim's, where it has one and a level above 0 is granted. `reason_code` and
    `note` are required where less is granted than was claimed.
    """

    granted_level: Level
    evidence: Annotated[tuple[Digest, ...], Field(max_length=MAX_EVIDENCE)] = ()
    basis: Choice | None = None
    reason_code: Choice | None = None
    note: Note = ""
    place: PlaceBody | None = None

    def granting(self, indicator: str) -> Granting:
        return Granting(
            indicator=indicator,
            granted_level=self.granted_level,
            evidence=self.evidence,
            basis=self.basis,
            reason_code=self.reason_code,
            note=self.note,
            place=None if self.place is None else self.place.place(),
        )


class VerdictRequest(GrantedBody, HeldBody):
    pass


class AcceptanceRequest(HeldBody):
    """Without `indicators`: all that are trivially good."""

    indicators: Annotated[tuple[Indicator, ...] | None, Field(min_length=1, max_length=20)] = None


class RevisionItemRequest(Body):
    indicator: Indicator
    message: Sentence

    def item(self) -> RevisionItem:
        return RevisionItem(indicator=self.indicator, message=self.message)


class RevisionRequest(HeldBody):
    """Indicators, fields of the profile, or both: nothing else may change meanwhile.

    `due` is set by the service's rule when it is left out.
    """

    items: Annotated[tuple[RevisionItemRequest, ...], Field(max_length=20)] = ()
    fields: Annotated[tuple[FieldName, ...], Field(max_length=len(Profile.model_fields))] = ()
    message: Sentence
    due: AwareDatetime | None = None


class VerificationRequest(HeldBody):
    pass


class ResolvedBody(GrantedBody):
    indicator: Indicator


class ResolutionRequest(Body):
    """A verdict for every indicator that the two differ in; `findings` if they differ in those."""

    verdicts: Annotated[tuple[ResolvedBody, ...], Field(max_length=20)] = ()
    findings: Criteria = ()
    note: Sentence


class RecusalRequest(Body):
    reason: Sentence


class VisitFindingBody(Body):
    indicator: Indicator
    outcome: VisitOutcome
    note: Note = ""

    def finding(self) -> VisitFinding:
        return VisitFinding(indicator=self.indicator, outcome=self.outcome, note=self.note)


class VisitRequest(Body):
    """`participants` are the ids of those who were there."""

    visited_on: date
    participants: Annotated[tuple[Person, ...], Field(max_length=MAX_PARTICIPANTS)] = ()
    findings: Annotated[tuple[VisitFindingBody, ...], Field(max_length=20)] = ()
    note: Sentence
