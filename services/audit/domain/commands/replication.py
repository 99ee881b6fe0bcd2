"""The commands behind the facts of the register of replications. Pure."""

from collections.abc import Sequence

from services.audit.domain.world import World
from services.submission.domain import replication
from services.submission.domain.states import Verified
from shared.events.base import Fact
from shared.events.submission import (
    ReplicationLinked,
    ReplicationStated,
    ReplicationWithdrawn,
)


def replication_command(
    facts: Sequence[Fact], before: replication.State, world: World
) -> replication.Command | None:
    match facts:
        case [ReplicationStated() as fact]:
            return _state(fact, world)
        case [ReplicationLinked() as fact]:
            return _link(fact, before, world)
        case [ReplicationWithdrawn() as fact]:
            return replication.WithdrawReplication(fact.by, fact.at, fact.reason)
        case _:
            return None


def _state(fact: ReplicationStated, world: World) -> replication.StateReplication:
    """Of the original as it stood, by the agency as it stood."""
    original = world.innovation(fact.innovation_id)
    drafted = original.content.drafted
    agency = world.agency(fact.agency_id)
    return replication.StateReplication(
        by=fact.by,
        at=fact.at,
        replication_id=fact.replication_id,
        original=replication.Replicable(
            innovation_id=drafted.innovation_id,
            agency_path=drafted.agency_path,
            region_id=drafted.region_id,
            training=drafted.training,
            is_verified=isinstance(original, Verified),
            heirs=tuple(world.carried_on_by(drafted.agency_id) - {drafted.agency_id}),
        ),
        agency_id=agency.agency_id,
        agency_path=agency.path,
        region_id=agency.region_id,
        letter=fact.letter,
        started_on=fact.started_on,
        contact_body=fact.contact_body,
    )


def _link(
    fact: ReplicationLinked, before: replication.State, world: World
) -> replication.LinkReplica:
    replica = world.innovation(fact.replica_id).content.drafted
    owner = None if isinstance(before, replication.Missing) else before.stated.agency_id
    owners = world.carried_on_by(owner).intersection(replica.agency_path)
    return replication.LinkReplica(
        by=fact.by,
        at=fact.at,
        replica=replication.Replica(replica.innovation_id, replica.training, bool(owners)),
    )
