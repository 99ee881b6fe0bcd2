"""How facts change an innovation. Never refuses: a recorded fact is true. Pure."""

from dataclasses import replace
from typing import Any

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
    change = _change(state.content, event)
    latest = max(state.content.latest, event.at)
    return _moved(state, replace(state.content, latest=latest, **change), event)


def _drafted(event: InnovationDrafted) -> Content:
    return Content(
        event,
        event.profile,
        event.at,
        claims={claim.indicator: claim for claim in event.claims},
        evidence={item.evidence_id: item for item in event.carried},
        drafters=frozenset({event.by}),
    )


def _moved(state: Known, content: Content, event: InnovationEvent) -> State:
    """The state that follows, `content` being what it holds now."""
    match event:
        case EvidenceAccepted() | EvidenceRefused() if isinstance(state, Submitted):
            return Submitted(content, state.round, _waiting_on(state, event), state.late)
        case InnovationSubmitted():
            return _submitted(content, event)
        case SubmissionCompleted():
            late = frozenset(event.missing) & state.content.evidence.keys()
            return Submitted(content, event.round, late=late)
        case InnovationReopened():
            return _reopened(content, event)
        case VerificationConcluded(rejected=True):
            return Rejected(_concluded_content(state, content), event.round)
        case VerificationConcluded():
            return Verified(_concluded_content(state, content), event.round, event.granted)
        case InnovationWithdrawn():
            return Withdrawn(content)
        case _:
            return Draft(content) if isinstance(state, Draft) else replace(state, content=content)


def _submitted(content: Content, event: InnovationSubmitted) -> Submitted:
    if not event.pending or event.complete_by is None:
        return Submitted(content, event.round)
    return Submitted(content, event.round, Waiting(frozenset(event.pending), event.complete_by))


def _reopened(content: Content, event: InnovationReopened) -> Reopened:
    return Reopened(
        content,
        event.round,
        frozenset(event.indicators),
        frozenset(event.fields),
        event.due,
        submitted=content,
    )


def _concluded_content(state: Known, changed: Content) -> Content:
    """What the verifiers had: changes of a revision that was never handed in are no part of it."""
    if not isinstance(state, Reopened):
        return changed
    return replace(state.submitted, latest=changed.latest, drafters=changed.drafters)


def _waiting_on(state: Submitted, event: EvidenceAccepted | EvidenceRefused) -> Waiting | None:
    if state.waiting is None:
        return None
    waiting = replace(state.waiting, pending=state.waiting.pending - {event.evidence_id})
    if isinstance(event, EvidenceRefused):
        waiting = replace(waiting, lost=waiting.lost | {event.evidence_id})
    return waiting


Change = dict[str, Any]
"""Fields of the content with what is in them after a fact."""


def _change(content: Content, event: InnovationEvent) -> Change:
    match event:
        case EvidenceDeclared():
            return {**_with(content, event.item), **_by(content, event.by)}
        case EvidenceAccepted():
            news = {"accepted": True, "properties": event.properties}
            return _with(content, content.evidence[event.evidence_id].model_copy(update=news))
        case LevelClaimed():
            claims = {**content.claims, event.claim.indicator: event.claim}
            return {"claims": claims, **_by(content, event.by)}
        case ProfileRevised():
            return {"profile": event.profile, **_by(content, event.by)}
        case EvidenceRevised():
            return {**_with(content, _told_anew(content, event)), **_by(content, event.by)}
        case EvidenceRefused():
            return _without(content, event.evidence_id)
        case EvidenceWithdrawn():
            return {**_without(content, event.evidence_id), **_by(content, event.by)}
        case InnovationEndorsed():
            return {"endorsement": event}
        case InnovationDeveloped():
            return {"successor": event}
        case InnovationSubmitted():
            return _by(content, event.by)
        case SubmissionCompleted():
            # What is missing leaves the content; if it was not refused by then it came too late.
            return _without(content, *event.missing)
        case _:
            return {}


def _told_anew(content: Content, event: EvidenceRevised) -> EvidenceItem:
    return content.evidence[event.evidence_id].model_copy(
        update={
            "indicators": event.indicators,
            "evidence_kind": event.evidence_kind,
            "letter": event.letter,
        }
    )


def _by(content: Content, person: str) -> Change:
    return {} if person in content.drafters else {"drafters": content.drafters | {person}}


def _with(content: Content, item: EvidenceItem) -> Change:
    return {"evidence": {**content.evidence, item.evidence_id: item}}


def _without(content: Content, *evidence_ids: str) -> Change:
    left = {key: item for key, item in content.evidence.items() if key not in evidence_ids}
    return {"evidence": left}
