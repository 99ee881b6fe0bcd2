"""What the routes of the register are sent, and what they answer."""

from typing import Annotated

from pydantic import Field

from services.submission.api.desk import InnovationWritten
from services.submission.api.texts import Day, LetterBody, Line, Name
from services.submission.projections.replications import ReplicationView
from shared.events.base import Code, Key
from shared.http import Answer, Body


class StatementRequest(Body):
    """`agency_id` took the innovation up by `letter`, from `started_on`.

    `contact_body` is the body that answers questions about it, never a person.
    """

    agency_id: Code
    letter: LetterBody
    started_on: Day
    contact_body: Name


class ReplicaRequest(Body):
    """The innovation by which the replicating agency reports what it took up."""

    innovation_id: Key


class WithdrawalRequest(Body):
    reason: Annotated[Line, Field(min_length=1, max_length=500)]


class AdoptionRequest(Body):
    replication_id: Key


class Adopted(InnovationWritten):
    """The statement is now evidence of the innovation, under `evidence_id`."""

    evidence_id: str


class ReplicationList(Answer):
    items: tuple[ReplicationView, ...]
    next_cursor: str | None


class RegisterEntry(Answer):
    """A verified innovation that others may take up, and how often and where they did."""

    innovation_id: str
    title: str
    season_id: str
    agency_id: str
    agency_name: str
    region_id: str
    affair: str | None
    kind: str | None
    purpose: str
    benefit: str
    replications: int
    regions: int


class Register(Answer):
    items: tuple[RegisterEntry, ...]
    next_cursor: str | None
