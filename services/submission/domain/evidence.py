"""Evidence of an innovation: declared, taken in or refused, withdrawn. Pure."""

from services.submission.domain.commands import (
    AcceptEvidence,
    DeclareEvidence,
    RefuseEvidence,
    WithdrawEvidence,
)
from services.submission.domain.guards import check_edition, check_reopened
from services.submission.domain.rules import check_evidence
from services.submission.domain.states import Content, Open
from shared.errors import NotFound, Refused
from shared.events.submission import (
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceRefused,
    EvidenceWithdrawn,
    InnovationEvent,
)


def declare(command: DeclareEvidence, state: Open) -> list[InnovationEvent]:
    check_edition(state.content, command.edition)
    check_reopened(state, command.item.indicators, command.at)
    check_evidence(command.item, command.edition, command.max_bytes)
    known = state.content.evidence.get(command.item.evidence_id)
    if known is not None:
        return []
    return [
        EvidenceDeclared(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            item=command.item,
        )
    ]


def take_in(command: AcceptEvidence | RefuseEvidence, content: Content) -> list[InnovationEvent]:
    item = content.evidence.get(command.evidence_id)
    if item is None:
        raise NotFound("evidence_unknown", "There is no such evidence.")
    if item.accepted:
        return []
    innovation_id = content.drafted.innovation_id
    if isinstance(command, RefuseEvidence):
        return [
            EvidenceRefused(
                by=command.by,
                at=command.at,
                innovation_id=innovation_id,
                evidence_id=command.evidence_id,
                rule=command.rule,
                detail=dict(command.detail),
            )
        ]
    if command.sha256 != item.content.sha256:
        raise Refused("digest_mismatch", "The file is not the one that was declared.")
    return [
        EvidenceAccepted(
            by=command.by,
            at=command.at,
            innovation_id=innovation_id,
            evidence_id=command.evidence_id,
            sha256=command.sha256,
            size_bytes=command.size_bytes,
            media_type=command.media_type,
            object_key=command.object_key,
            object_version=command.object_version,
        )
    ]


def withdraw_evidence(command: WithdrawEvidence, state: Open) -> list[InnovationEvent]:
    item = state.content.evidence.get(command.evidence_id)
    if item is None:
        raise NotFound("evidence_unknown", "There is no such evidence.")
    check_reopened(state, item.indicators, command.at)
    return [
        EvidenceWithdrawn(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            evidence_id=command.evidence_id,
            reason=command.reason,
        )
    ]
