"""The register of replications: who took up whose innovation, by their own statement."""

from datetime import date
from typing import ClassVar

from shared.events.base import Aggregate, Code, Digest, Fact, Key, Path, facts_of
from shared.events.submission.evidence import Letter


class ReplicationStated(Fact):
    """An agency states, by letter, that it took up a verified innovation of another.

    `started_on` is the first day of the replication there; `contact_body` the body (never a
    person) that answers questions about it. `statement_digest` is SHA-256 over the canonical JSON
    of the statement. `replica_id` names the replicating agency's own innovation, once it has one.
    """

    ce_type: ClassVar[str] = "inda.submission.replication-stated.v1"

    replication_id: Key
    innovation_id: Key
    original_agency_path: Path
    original_region_id: Code
    agency_id: Code
    agency_path: Path
    region_id: Code
    letter: Letter
    started_on: date
    contact_body: str
    replica_id: Key | None
    statement_digest: Digest


class ReplicationLinked(Fact):
    """The replicating agency now reports the replica as an innovation of its own."""

    ce_type: ClassVar[str] = "inda.submission.replication-linked.v1"

    replication_id: Key
    replica_id: Key


class ReplicationWithdrawn(Fact):
    ce_type: ClassVar[str] = "inda.submission.replication-withdrawn.v1"

    replication_id: Key
    reason: str


ReplicationEvent = ReplicationStated | ReplicationLinked | ReplicationWithdrawn
REPLICATION = Aggregate[ReplicationEvent]("submission", "replication", facts_of(ReplicationEvent))
