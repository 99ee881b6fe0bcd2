"""What verification asks of a submitted innovation: a revision, or an end. Pure."""

from services.submission.domain.commands import ConcludeVerification, Reopen
from services.submission.domain.guards import check_not_developed
from services.submission.domain.states import (
    Draft,
    Known,
    Rejected,
    Submitted,
    Verified,
    Withdrawn,
)
from shared.errors import Refused
from shared.events.submission import InnovationEvent, InnovationReopened, VerificationConcluded


def reopen(command: Reopen, state: Known) -> list[InnovationEvent]:
    if not isinstance(state, Submitted | Verified):
        raise Refused("nothing_to_reopen", "Only a submitted innovation can be reopened.")
    check_not_developed(state.content)
    if command.round != state.round:
        raise Refused("round_passed", "This revision was asked of an older round.")
    _check_complete(state)
    return [
        InnovationReopened(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            round=command.round,
            indicators=command.indicators,
            due=command.due,
            fields=command.fields,
        )
    ]


def conclude(command: ConcludeVerification, state: Known) -> list[InnovationEvent]:
    """A revision whose time ran out is concluded too: what was submitted before it holds."""
    if isinstance(state, Withdrawn):
        return []
    if isinstance(state, Draft) or command.round > state.round:
        raise Refused("round_unknown", "Nothing was submitted in this round.", round=command.round)
    if command.round < state.round:
        return []
    if _is_told(command, state):
        return []
    _check_complete(state)
    return [
        VerificationConcluded(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            round=command.round,
            granted=command.granted,
            rejected=command.rejected,
        )
    ]


def _is_told(command: ConcludeVerification, state: Known) -> bool:
    match state:
        case Verified(granted=granted):
            return not command.rejected and granted == command.granted
        case Rejected():
            return command.rejected
        case _:
            return False


def _check_complete(state: Known) -> None:
    if isinstance(state, Submitted) and state.waiting is not None:
        raise Refused(
            "submission_pending", "Some files of this round may still come in.", round=state.round
        )
