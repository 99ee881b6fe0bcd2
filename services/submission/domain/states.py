"""What an innovation is: its content in one of five states, and how facts change it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from shared.events.submission import (
    Claim,
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRefused,
    EvidenceWithdrawn,
    InnovationDrafted,
    InnovationEvent,
    InnovationReopened,
    InnovationSubmitted,
    InnovationWithdrawn,
    LevelClaimed,
    Profile,
    ProfileRevised,
)


@dataclass(frozen=True, slots=True)
class Content:
    """What an innovation holds, in whatever state it is."""

    drafted: InnovationDrafted
    profile: Profile
    claims: Mapping[str, Claim] = field(default_factory=dict[str, Claim])
    evidence: Mapping[str, EvidenceItem] = field(default_factory=dict[str, EvidenceItem])
    drafters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Missing:
    pass


@dataclass(frozen=True, slots=True)
class Draft:
    content: Content


@dataclass(frozen=True, slots=True)
class Submitted:
    content: Content
    round: int


@dataclass(frozen=True, slots=True)
class Reopened:
    """Only `indicators` may change, until `due`."""

    content: Content
    round: int
    indicators: frozenset[str]
    due: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    content: Content


Open = Draft | Reopened
State = Missing | Draft | Submitted | Reopened | Withdrawn


def evolve(state: State, event: InnovationEvent) -> State:
    if isinstance(event, InnovationDrafted):
        return Draft(Content(event, event.profile, drafters=frozenset({event.by})))
    if isinstance(state, Missing):
        return state
    match event:
        case InnovationSubmitted():
            drafters = state.content.drafters | {event.by}
            return Submitted(replace(state.content, drafters=drafters), event.round)
        case InnovationReopened():
            return Reopened(state.content, event.round, frozenset(event.indicators), event.due)
        case InnovationWithdrawn():
            return Withdrawn(state.content)
        case _:
            return replace(state, content=_changed(state.content, event))


def _changed(content: Content, event: InnovationEvent) -> Content:
    match event:
        case ProfileRevised():
            return _by(replace(content, profile=event.profile), event.by)
        case LevelClaimed():
            claims = {**content.claims, event.claim.indicator: event.claim}
            return _by(replace(content, claims=claims), event.by)
        case EvidenceDeclared():
            evidence = {**content.evidence, event.item.evidence_id: event.item}
            return _by(replace(content, evidence=evidence), event.by)
        case EvidenceAccepted():
            item = content.evidence[event.evidence_id].model_copy(update={"accepted": True})
            return replace(content, evidence={**content.evidence, event.evidence_id: item})
        case EvidenceRefused():
            return replace(content, evidence=_without(content, event.evidence_id))
        case EvidenceWithdrawn():
            return _by(replace(content, evidence=_without(content, event.evidence_id)), event.by)
        case _:
            return content


def _by(content: Content, person: str) -> Content:
    return replace(content, drafters=content.drafters | {person})


def _without(content: Content, evidence_id: str) -> dict[str, EvidenceItem]:
    return {key: item for key, item in content.evidence.items() if key != evidence_id}
