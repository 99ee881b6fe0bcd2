"""What is stated, linked, withdrawn and adopted."""

from typing import Annotated

from fastapi import APIRouter

from services.submission.api.desk import Desk
from services.submission.api.reach import thing_of
from services.submission.api.replications.bodies import (
    Adopted,
    AdoptionRequest,
    ReplicaRequest,
    StatementRequest,
    WithdrawalRequest,
)
from services.submission.domain.agency import Agency
from services.submission.domain.commands import DeclareEvidence
from services.submission.domain.replication import (
    Command,
    LinkReplica,
    Missing,
    Replica,
    Replicable,
    State,
    StateReplication,
    Withdrawn,
    WithdrawReplication,
    replication_id_of,
)
from services.submission.domain.states import Content, Verified
from services.submission.domain.states import Missing as MissingInnovation
from shared.errors import NotFound, Refused
from shared.events.base import Key
from shared.events.submission import (
    EvidenceItem,
    ReplicationEvent,
    ReplicationEvidence,
    ReplicationStated,
)
from shared.history import Handler
from shared.http import Ask, Doors, Written

Replications = Handler[Command, State, ReplicationEvent]
INDICATOR = "SID-16"
EVIDENCE_KIND = "replication_statement"


def add(router: APIRouter, doors: Doors, desk: Desk, replications: Replications) -> None:
    @router.post(
        "/innovations/{innovation_id}/replications", name="state_replication", status_code=201
    )
    async def state_replication(
        innovation_id: Key,
        body: StatementRequest,
        ask: Annotated[Ask, doors.writes("state_replication")],
    ) -> Written:
        agency = await _replicating(desk, ask, body.agency_id)
        command = StateReplication(
            by=ask.by,
            at=ask.at,
            replication_id=replication_id_of(innovation_id, agency.agency_id),
            original=await _replicable(desk, innovation_id),
            agency_id=agency.agency_id,
            agency_path=agency.path,
            region_id=agency.region_id,
            letter=body.letter.letter(),
            started_on=body.started_on,
            contact_body=body.contact_body,
        )
        return ask.written(await ask.send(replications, command.replication_id, command, new=True))

    @router.post("/replications/{replication_id}/replica", name="link_replication")
    async def link_replication(
        replication_id: Key,
        body: ReplicaRequest,
        ask: Annotated[Ask, doors.writes("link_replication")],
    ) -> Written:
        stated = await _stated(desk, ask, replications, replication_id)
        replica = await _replica(desk, ask, stated, body.innovation_id)
        command = LinkReplica(ask.by, ask.at, replica)
        return ask.written(await ask.send(replications, replication_id, command))

    @router.post("/replications/{replication_id}/withdrawal", name="withdraw_replication")
    async def withdraw_replication(
        replication_id: Key,
        body: WithdrawalRequest,
        ask: Annotated[Ask, doors.writes("withdraw_replication")],
    ) -> Written:
        await _stated(desk, ask, replications, replication_id)
        command = WithdrawReplication(ask.by, ask.at, body.reason)
        return ask.written(await ask.send(replications, replication_id, command))

    @router.post(
        "/innovations/{innovation_id}/adoptions", name="adopt_replication", status_code=201
    )
    async def adopt_replication(
        innovation_id: Key,
        body: AdoptionRequest,
        ask: Annotated[Ask, doors.writes("adopt_replication")],
    ) -> Adopted:
        content = await desk.content(ask, innovation_id)
        stated = await _adoptable(replications, body.replication_id, content)
        item = _evidence(stated, ask)
        edition = desk.edition_of(content.drafted.edition_id)
        command = DeclareEvidence(ask.by, ask.at, edition, item, max_bytes=0)
        outcome = await ask.send(desk.innovations, innovation_id, command)
        written = await desk.written(ask, outcome, content.drafted)
        return Adopted(**written.model_dump(), evidence_id=item.evidence_id)


async def _replicating(desk: Desk, ask: Ask, agency_id: str) -> Agency:
    """The agency that took it up, if this person speaks for it."""
    state = (await desk.agencies.state(agency_id)).state
    await desk.require(ask, state.path if isinstance(state, Agency) else ())
    if not isinstance(state, Agency) or state.is_closed:
        raise Refused("agency_unknown", "There is no such open agency.", agency=agency_id)
    return state


async def _replicable(desk: Desk, innovation_id: str) -> Replicable:
    state = (await desk.innovations.state(innovation_id)).state
    if isinstance(state, MissingInnovation):
        raise NotFound("not_found", "There is no such thing, or none that you may see.")
    drafted = state.content.drafted
    return Replicable(
        innovation_id=innovation_id,
        agency_path=drafted.agency_path,
        region_id=drafted.region_id,
        training=drafted.training,
        is_verified=isinstance(state, Verified),
        heirs=await _heirs(desk, drafted.agency_id),
    )


async def _heirs(desk: Desk, agency_id: str) -> tuple[str, ...]:
    thing = await thing_of(desk.agencies, (agency_id,), remembered=False)
    return thing.agency_path[:-1]


async def _stated(
    desk: Desk, ask: Ask, replications: Replications, replication_id: str
) -> ReplicationStated:
    """The statement, if this person speaks for the agency that made it."""
    state = (await replications.state(replication_id)).state
    if isinstance(state, Missing):
        raise NotFound("not_found", "There is no such thing, or none that you may see.")
    await desk.require(ask, state.stated.agency_path)
    return state.stated


async def _replica(desk: Desk, ask: Ask, stated: ReplicationStated, innovation_id: str) -> Replica:
    drafted = (await desk.content(ask, innovation_id)).drafted
    owners = (stated.agency_id, *await _heirs(desk, stated.agency_id))
    return Replica(
        innovation_id=innovation_id,
        training=drafted.training,
        is_own=any(owner in drafted.agency_path for owner in owners),
    )


async def _adoptable(
    replications: Replications, replication_id: str, content: Content
) -> ReplicationStated:
    """The statement about this innovation, or about an earlier edition of it."""
    state = (await replications.state(replication_id)).state
    editions = (content.drafted.innovation_id, *content.drafted.lineage)
    if isinstance(state, Missing) or state.stated.innovation_id not in editions:
        raise NotFound("replication_unknown", "No such statement was made about this innovation.")
    if isinstance(state, Withdrawn):
        raise Refused("replication_withdrawn", "This statement was withdrawn.")
    return state.stated


def _evidence(stated: ReplicationStated, ask: Ask) -> EvidenceItem:
    return EvidenceItem(
        evidence_id=ask.new_id("adoption"),
        indicators=(INDICATOR,),
        evidence_kind=EVIDENCE_KIND,
        content=ReplicationEvidence(
            replication_id=stated.replication_id,
            agency_id=stated.agency_id,
            region_id=stated.region_id,
            started_on=stated.started_on,
            contact_body=stated.contact_body,
            sha256=stated.statement_digest,
        ),
        letter=stated.letter,
        accepted=True,
        declared_by=ask.by,
    )
