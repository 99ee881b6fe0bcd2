"""The register of replications, as both sides read it. Pure."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.base import Recorded, Utc
from shared.events.submission import (
    REPLICATION,
    Letter,
    ReplicationLinked,
    ReplicationStated,
    ReplicationWithdrawn,
)
from shared.projector import Projection


class ReplicationView(BaseModel):
    """An agency's statement that it took up the innovation of another; the last one counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    replication_id: str
    innovation_id: str
    original_agency_id: str
    original_agency_path: tuple[str, ...]
    original_region_id: str
    agency_id: str
    agency_path: tuple[str, ...]
    region_id: str
    letter: Letter
    started_on: date
    contact_body: str
    replica_id: str | None
    statement_digest: str
    stated_by: str
    stated_at: Utc
    is_standing: bool
    withdrawn_because: str | None
    withdrawn_at: Utc | None


def fold(view: ReplicationView | None, event: Recorded[Any]) -> ReplicationView:
    match event.fact, view:
        case ReplicationStated() as fact, _:
            return _stated(fact)
        case ReplicationLinked() as fact, ReplicationView():
            return view.model_copy(update={"replica_id": fact.replica_id})
        case ReplicationWithdrawn() as fact, ReplicationView():
            return view.model_copy(
                update={
                    "is_standing": False,
                    "withdrawn_because": fact.reason,
                    "withdrawn_at": fact.at,
                }
            )
        case fact, _:
            raise ValueError(f"A replication cannot begin with {type(fact).__name__}.")


def _stated(fact: ReplicationStated) -> ReplicationView:
    return ReplicationView(
        replication_id=fact.replication_id,
        innovation_id=fact.innovation_id,
        original_agency_id=fact.original_agency_path[-1],
        original_agency_path=fact.original_agency_path,
        original_region_id=fact.original_region_id,
        agency_id=fact.agency_id,
        agency_path=fact.agency_path,
        region_id=fact.region_id,
        letter=fact.letter,
        started_on=fact.started_on,
        contact_body=fact.contact_body,
        replica_id=fact.replica_id,
        statement_digest=fact.statement_digest,
        stated_by=fact.by,
        stated_at=fact.at,
        is_standing=True,
        withdrawn_because=None,
        withdrawn_at=None,
    )


REPLICATIONS = Projection(
    "replications",
    REPLICATION,
    ReplicationView,
    fold,
    (
        ("stated_at",),
        ("innovation_id", "stated_at"),
        ("agency_path", "stated_at"),
        ("original_agency_path", "stated_at"),
    ),
)
