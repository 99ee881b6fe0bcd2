"""Evidence of an innovation: declared, told anew, taken in or refused, withdrawn. Pure."""

from services.submission.domain.commands import (
    AcceptEvidence,
    DeclareEvidence,
    RefuseEvidence,
    ReviseEvidence,
    WithdrawEvidence,
)
from services.submission.domain.evolving import evolve
from services.submission.domain.guards import (
    check_edition,
    check_fits,
    check_item_reopened,
    check_reopened,
)
from services.submission.domain.rules import check_evidence
from services.submission.domain.states import Content, Known, Open, Submitted, Withdrawn
from services.submission.domain.submitting import completed
from shared.errors import NotFound, Refused
from shared.events.submission import (
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRefused,
    EvidenceRevised,
    EvidenceWithdrawn,
    InnovationEvent,
    ReplicationEvidence,
)

MAX_ITEMS = 150


def declare(command: DeclareEvidence, state: Open) -> list[InnovationEvent]:
    content, item = state.content, command.item
    check_edition(content, command.edition)
    check_item_reopened(state, item, command.at)
    check_evidence(item, command.edition, command.max_bytes)
    if item.evidence_id in content.evidence:
        return []
    if len(content.evidence) >= MAX_ITEMS:
        raise Refused("too_many_files", f"At most {MAX_ITEMS} items can be shown.", most=MAX_ITEMS)
    _check_adopted_once(item, content)
    check_fits(content.profile, (*content.evidence.values(), item))
    return [
        EvidenceDeclared(
            by=command.by,
            at=command.at,
            innovation_id=content.drafted.innovation_id,
            item=item,
        )
    ]


def _check_adopted_once(item: EvidenceItem, content: Content) -> None:
    if not isinstance(item.content, ReplicationEvidence):
        return
    for known in content.evidence.values():
        if known.content == item.content:
            raise Refused(
                "replication_adopted",
                "This statement of replication is already among the evidence.",
                evidence_id=known.evidence_id,
            )


def revise_evidence(command: ReviseEvidence, state: Open) -> list[InnovationEvent]:
    content = state.content
    check_edition(content, command.edition)
    before = _item(content, command.evidence_id)
    told = {
        "indicators": command.indicators,
        "evidence_kind": command.evidence_kind,
        "letter": command.letter,
    }
    after = before.model_copy(update=told)
    if after == before:
        return []
    if isinstance(before.content, ReplicationEvidence):
        raise Refused("statement_fixed", "A statement of replication is shown as it was made.")
    _check_revisable(command, state, before, after)
    check_evidence(after, command.edition, None)
    check_fits(content.profile, {**content.evidence, after.evidence_id: after}.values())
    return [
        EvidenceRevised(
            by=command.by,
            at=command.at,
            innovation_id=content.drafted.innovation_id,
            evidence_id=command.evidence_id,
            indicators=command.indicators,
            evidence_kind=command.evidence_kind,
            letter=command.letter,
        )
    ]


def _check_revisable(
    command: ReviseEvidence, state: Open, before: EvidenceItem, after: EvidenceItem
) -> None:
    """In a revision no indicator that is closed may see the item come, go or change."""
    is_moved = (before.evidence_kind, before.letter) == (after.evidence_kind, after.letter)
    if is_moved and before.indicators and after.indicators:
        moved = set(before.indicators) ^ set(after.indicators)
        check_reopened(state, tuple(sorted(moved)), command.at)
        return
    check_item_reopened(state, before, command.at)
    check_item_reopened(state, after, command.at)


def take_in(command: AcceptEvidence | RefuseEvidence, state: Known) -> list[InnovationEvent]:
    """What intake says of a file; the last one that a submission waits for completes it."""
    if isinstance(state, Withdrawn):
        raise Refused(
            "innovation_locked", "It is withdrawn: nothing is taken in.", state="withdrawn"
        )
    if isinstance(state, Submitted) and command.evidence_id in state.late:
        raise _grace_passed()
    item = _item(state.content, command.evidence_id)
    if item.accepted:
        return []
    if isinstance(command, RefuseEvidence):
        return _with_completion(_refused(command, state.content), state)
    if isinstance(state, Submitted) and state.waiting and command.at > state.waiting.until:
        raise _grace_passed()
    if command.sha256 != item.content.sha256:
        raise Refused("digest_mismatch", "The file is not the one that was declared.")
    return _with_completion(_accepted(command, state.content), state)


def _with_completion(
    taken: EvidenceAccepted | EvidenceRefused, state: Known
) -> list[InnovationEvent]:
    if not isinstance(state, Submitted):
        return [taken]
    after = evolve(state, taken)
    if not isinstance(after, Submitted) or after.waiting is None or after.waiting.pending:
        return [taken]
    return [taken, completed(taken.by, taken.at, after, after.waiting)]


def _accepted(command: AcceptEvidence, content: Content) -> EvidenceAccepted:
    return EvidenceAccepted(
        by=command.by,
        at=command.at,
        innovation_id=content.drafted.innovation_id,
        evidence_id=command.evidence_id,
        sha256=command.sha256,
        size_bytes=command.size_bytes,
        media_type=command.media_type,
        object_key=command.object_key,
        object_version=command.object_version,
        properties=command.properties,
    )


def _refused(command: RefuseEvidence, content: Content) -> EvidenceRefused:
    return EvidenceRefused(
        by=command.by,
        at=command.at,
        innovation_id=content.drafted.innovation_id,
        evidence_id=command.evidence_id,
        rule=command.rule,
        detail=dict(command.detail),
    )


def _grace_passed() -> Refused:
    return Refused("grace_passed", "The time in which declared files could come in has run out.")


def withdraw_evidence(command: WithdrawEvidence, state: Open) -> list[InnovationEvent]:
    item = _item(state.content, command.evidence_id)
    check_item_reopened(state, item, command.at)
    return [
        EvidenceWithdrawn(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            evidence_id=command.evidence_id,
            reason=command.reason,
        )
    ]


def _item(content: Content, evidence_id: str) -> EvidenceItem:
    item = content.evidence.get(evidence_id)
    if item is None:
        raise NotFound("evidence_unknown", "There is no such evidence.")
    return item
