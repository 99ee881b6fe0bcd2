"""What may happen to an innovation. Pure."""

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
from services.submission.domain.evidence import declare, take_in, withdraw_evidence
from services.submission.domain.guards import check_edition, check_in_time, check_reopened
from services.submission.domain.rules import check_choices, check_claim, missing_for_submission
from services.submission.domain.states import (
    Content,
    Missing,
    Open,
    Reopened,
    State,
    Submitted,
    Withdrawn,
    evolve,
)
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.submission import (
    EvidenceItem,
    FileEvidence,
    InnovationDrafted,
    InnovationEvent,
    InnovationReopened,
    InnovationSubmitted,
    InnovationWithdrawn,
    LevelClaimed,
    ProfileRevised,
)


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
            return take_in(command, state.content)
        case _, (Submitted() | Withdrawn()):
            raise Refused(
                "innovation_locked",
                "It is with the verifiers or withdrawn: nothing can be changed now.",
                state=type(state).__name__.lower(),
            )
        case ReviseProfile(), _:
            return _revise(command, state)
        case DeclareEvidence(), _:
            return declare(command, state)
        case WithdrawEvidence(), _:
            return withdraw_evidence(command, state)
        case ClaimLevel(), _:
            return _claim(command, state)
        case Submit(), _:
            return _submit(command, state)
        case _:
            assert_never((command, state))


def _draft(command: DraftInnovation) -> list[InnovationEvent]:
    if command.at < command.opens_at:
        raise Refused("season_not_open", "The season has not begun.")
    check_in_time(command.at, command.deadline)
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
    check_edition(state.content, command.edition)
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


def _claim(command: ClaimLevel, state: Open) -> list[InnovationEvent]:
    check_edition(state.content, command.edition)
    check_reopened(state, (command.claim.indicator,), command.at)
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
    check_edition(content, command.edition)
    check_in_time(command.at, state.due if isinstance(state, Reopened) else command.deadline)
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


def _label(item: EvidenceItem) -> str:
    content = item.content
    return content.file_name if isinstance(content, FileEvidence) else content.url


decider = Decider[Command, State, InnovationEvent](Missing(), decide, evolve)
