"""How facts change an innovation. Never refuses: a recorded fact is true. Pure."""

from dataclasses import replace

from services.submission.domain.states import (
    Content,
    Draft,
    Known,
    Missing,
    Rejected,
    Reopened,
    State,
    Submitted,
    Verified,
    Waiting,
    Withdrawn,
)
from shared.events.submission import (
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRefused,
    EvidenceRevised,
    EvidenceWithdrawn,
    InnovationDeveloped,
    InnovationDrafted,
    InnovationEndorsed,
    InnovationEvent,
    InnovationReopened,
    InnovationSubmitted,
    InnovationWithdrawn,
    LevelClaimed,
    ProfileRevised,
    SubmissionCompleted,
    VerificationConcluded,
)


def evolve(state: State, event: InnovationEvent) -> State:
    if isinstance(event, InnovationDrafted):
        return Draft(_drafted(event))
    if isinstance(state, Missing):
        return state
    latest = max(state.content.latest, event.at)
    return _moved(replace(state, content=replace(state.content, latest=latest)), event)


def _drafted(event: InnovationDrafted) -> Content:
    return Content(
        event,
        event.profile,
        event.at,
        claims={claim.indicator: claim for claim in event.claims},
        evidence={item.evidence_id: item for item in event.carried},
        drafters=frozenset({event.by}),
    )


def _moved(state: Known, event: InnovationEvent) -> State:
    match event:
        case InnovationSubmitted():
            return _submitted(state, event)
        case SubmissionCompleted():
            return _completed(state, event)
        case InnovationReopened():
            return _reopened(state, event)
        case VerificationConcluded(rejected=True):
            return Rejected(_concluded_content(state), event.round)
        case VerificationConcluded():
            return Verified(_concluded_content(state), event.round, event.granted)
        case InnovationWithdrawn():
            return Withdrawn(state.content)
        case EvidenceAccepted() | EvidenceRefused():
            taken = replace(state, content=_changed(state.content, event))
            return _waiting_on(taken, event) if isinstance(taken, Submitted) else taken
        case _:
            return replace(state, content=_changed(state.content, event))


def _submitted(state: Known, event: InnovationSubmitted) -> Submitted:
    content = _by(state.content, event.by)
    if not event.pending or event.complete_by is None:
        return Submitted(content, event.round)
    return Submitted(content, event.round, Waiting(frozenset(event.pending), event.complete_by))


def _completed(state: Known, event: SubmissionCompleted) -> Submitted:
    """What is missing leaves the content; what had not been refused by then came too late."""
    missing = frozenset(event.missing)
    evidence = {k: item for k, item in state.content.evidence.items() if k not in missing}
    late = missing & state.content.evidence.keys()
    return Submitted(replace(state.content, evidence=evidence), event.round, late=late)


def _reopened(state: Known, event: InnovationReopened) -> Reopened:
    return Reopened(
        state.content,
        event.round,
        frozenset(event.indicators),
        frozenset(event.fields),
        event.due,
        submitted=state.content,
    )


def _concluded_content(state: Known) -> Content:
    """What the verifiers had: changes of a revision that was never handed in are no part of it."""
    if not isinstance(state, Reopened):
        return state.content
    changed, before = state.content, state.submitted
    return replace(before, latest=changed.latest, drafters=changed.drafters)


def _waiting_on(state: Submitted, event: EvidenceAccepted | EvidenceRefused) -> Submitted:
    if state.waiting is None:
        return state
    waiting = replace(state.waiting, pending=state.waiting.pending - {event.evidence_id})
    if isinstance(event, EvidenceRefused):
        waiting = replace(waiting, lost=waiting.lost | {event.evidence_id})
    return replace(state, waiting=waiting)


def _changed(content: Content, event: InnovationEvent) -> Content:
    match event:
        case ProfileRevised():
            return _by(replace(content, profile=event.profile), event.by)
        case LevelClaimed():
            claims = {**content.claims, event.claim.indicator: event.claim}
            return _by(replace(content, claims=claims), event.by)
        case EvidenceDeclared():
            return _by(_with(content, event.item), event.by)
        case EvidenceRevised():
            return _by(_with(content, _told_anew(content, event)), event.by)
        case EvidenceAccepted():
            news = {"accepted": True, "properties": event.properties}
            return _with(content, content.evidence[event.evidence_id].model_copy(update=news))
        case EvidenceRefused():
            return _without(content, event.evidence_id)
        case EvidenceWithdrawn():
            return _by(_without(content, event.evidence_id), event.by)
        case InnovationEndorsed():
            return replace(content, endorsement=event)
        case InnovationDeveloped():
            return replace(content, successor=event)
        case _:
            return content


def _told_anew(content: Content, event: EvidenceRevised) -> EvidenceItem:
    return content.evidence[event.evidence_id].model_copy(
        update={
            "indicators": event.indicators,
            "evidence_kind": event.evidence_kind,
            "letter": event.letter,
        }
    )


def _by(content: Content, person: str) -> Content:
    return replace(content, drafters=content.drafters | {person})


def _with(content: Content, item: EvidenceItem) -> Content:
    return replace(content, evidence={**content.evidence, item.evidence_id: item})


def _without(content: Content, evidence_id: str) -> Content:
    left = {key: item for key, item in content.evidence.items() if key != evidence_id}
    return replace(content, evidence=left)
