"""What may happen to an innovation, and what is true of it after. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from services.submission.domain.commands import (
    AcceptEvidence,
    ClaimLevel,
    Command,
    DeclareEvidence,
    DraftInnovation,
    RefuseEvidence,
    Reopen,
    ReviseProfile,
    Submit,
    Withdraw,
    WithdrawEvidence,
)
from services.submission.domain.rules import (
    check_choices,
    check_claim,
    check_evidence,
    missing_for_submission,
)
from shared.decider import Decider
from shared.editions import Edition
from shared.errors import NotFound, Refused
from shared.events.submission import (
    Claim,
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRefused,
    EvidenceWithdrawn,
    FileEvidence,
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


def decide(command: Command, state: State) -> list[InnovationEvent]:
    match command, state:
        case DraftInnovation(), Missing():
            return _draft(command)
        case DraftInnovation(), _:
            raise Refused("innovation_exists", "This innovation is already drafted.")
        case _, Missing():
            raise NotFound("innovation_unknown", "There is no such innovation.")
        case Reopen(), Submitted():
            return _reopen(command, state)
        case Reopen(), _:
            raise Refused("nothing_to_reopen", "Only a submitted innovation can be reopened.")
        case Withdraw(), Withdrawn():
            return []
        case Withdraw(), _:
            return [_withdrawn(command, state.content)]
        case ((AcceptEvidence() | RefuseEvidence()), _):
            return _take_in(command, state.content)
        case _, (Submitted() | Withdrawn()):
            raise Refused(
                "innovation_locked",
                "It is with the verifiers or withdrawn: nothing can be changed now.",
                state=type(state).__name__.lower(),
            )
        case ReviseProfile(), _:
            return _revise(command, state)
        case DeclareEvidence(), _:
            return _declare(command, state)
        case WithdrawEvidence(), _:
            return _withdraw_evidence(command, state)
        case ClaimLevel(), _:
            return _claim(command, state)
        case Submit(), _:
            return _submit(command, state)
        case _:
            assert_never((command, state))


def _draft(command: DraftInnovation) -> list[InnovationEvent]:
    if command.at < command.opens_at:
        raise Refused("season_not_open", "The season has not begun.")
    _check_in_time(command.at, command.deadline)
    check_choices(command.profile, command.edition)
    return [
        InnovationDrafted(
            by=command.by,
            at=command.at,
            innovation_id=command.innovation_id,
            season_id=command.season_id,
            edition_id=command.edition.id,
            edition_digest=command.edition.digest,
            training=command.training,
            agency_id=command.agency_id,
            agency_path=command.agency_path,
            region_id=command.region_id,
            profile=command.profile,
        )
    ]


def _revise(command: ReviseProfile, state: Open) -> list[InnovationEvent]:
    if isinstance(state, Reopened):
        raise Refused("profile_locked", "In a revision only the reopened indicators can change.")
    _check_edition(state.content, command.edition)
    check_choices(command.profile, command.edition)
    if command.profile == state.content.profile:
        return []
    return [
        ProfileRevised(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            profile=command.profile,
        )
    ]


def _declare(command: DeclareEvidence, state: Open) -> list[InnovationEvent]:
    _check_edition(state.content, command.edition)
    _check_reopened(state, command.item.indicators, command.at)
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


def _take_in(command: AcceptEvidence | RefuseEvidence, content: Content) -> list[InnovationEvent]:
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


def _withdraw_evidence(command: WithdrawEvidence, state: Open) -> list[InnovationEvent]:
    item = state.content.evidence.get(command.evidence_id)
    if item is None:
        raise NotFound("evidence_unknown", "There is no such evidence.")
    _check_reopened(state, item.indicators, command.at)
    return [
        EvidenceWithdrawn(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            evidence_id=command.evidence_id,
            reason=command.reason,
        )
    ]


def _claim(command: ClaimLevel, state: Open) -> list[InnovationEvent]:
    _check_edition(state.content, command.edition)
    _check_reopened(state, (command.claim.indicator,), command.at)
    check_claim(command.claim, command.edition)
    if state.content.claims.get(command.claim.indicator) == command.claim:
        return []
    return [
        LevelClaimed(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            claim=command.claim,
        )
    ]


def _submit(command: Submit, state: Open) -> list[InnovationEvent]:
    content = state.content
    _check_edition(content, command.edition)
    _check_in_time(command.at, state.due if isinstance(state, Reopened) else command.deadline)
    missing = missing_for_submission(content.profile, command.edition)
    if missing:
        raise Refused("profile_incomplete", "The profile is not complete.", missing=missing)
    pending = tuple(_label(item) for item in content.evidence.values() if not item.accepted)
    if pending:
        raise Refused(
            "evidence_pending", "Some evidence was declared and never arrived.", files=pending
        )
    drafted = content.drafted
    return [
        InnovationSubmitted(
            by=command.by,
            at=command.at,
            innovation_id=drafted.innovation_id,
            season_id=drafted.season_id,
            edition_id=drafted.edition_id,
            edition_digest=drafted.edition_digest,
            training=drafted.training,
            agency_id=drafted.agency_id,
            agency_path=drafted.agency_path,
            region_id=drafted.region_id,
            round=state.round + 1 if isinstance(state, Reopened) else 1,
            profile=content.profile,
            claims=tuple(content.claims[code] for code in sorted(content.claims)),
            manifest=tuple(content.evidence[key] for key in sorted(content.evidence)),
            drafters=tuple(sorted(content.drafters | {command.by})),
        )
    ]


def _reopen(command: Reopen, state: Submitted) -> list[InnovationEvent]:
    if command.round != state.round:
        raise Refused("round_passed", "This revision was asked of an older round.")
    return [
        InnovationReopened(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            round=command.round,
            indicators=command.indicators,
            due=command.due,
        )
    ]


def _withdrawn(command: Withdraw, content: Content) -> InnovationWithdrawn:
    return InnovationWithdrawn(
        by=command.by,
        at=command.at,
        innovation_id=content.drafted.innovation_id,
        reason=command.reason,
    )


def _check_in_time(at: datetime, deadline: datetime) -> None:
    if at > deadline:
        raise Refused("deadline_passed", "The deadline has passed.", deadline=deadline.isoformat())


def _check_edition(content: Content, edition: Edition) -> None:
    if edition.digest != content.drafted.edition_digest:
        raise Refused(
            "edition_differs",
            "This innovation was drafted under another edition of the instrument.",
            edition=content.drafted.edition_id,
        )


def _check_reopened(state: Open, indicators: tuple[str, ...], at: datetime) -> None:
    if isinstance(state, Draft):
        return
    _check_in_time(at, state.due)
    closed = tuple(code for code in indicators if code not in state.indicators)
    if closed:
        raise Refused(
            "indicator_not_reopened",
            "In a revision only the reopened indicators can change.",
            indicators=closed,
        )


def _label(item: EvidenceItem) -> str:
    content = item.content
    return content.file_name if isinstance(content, FileEvidence) else content.url


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


decider = Decider[Command, State, InnovationEvent](Missing(), decide, evolve)
