"""What may happen to an innovation. Pure."""

from typing import assert_never

from services.submission.domain.commands import (
    AcceptEvidence,
    ClaimLevel,
    Command,
    CompleteSubmission,
    ConcludeVerification,
    DeclareEvidence,
    Develop,
    DraftInnovation,
    Endorse,
    RefuseEvidence,
    Reopen,
    ReviseEvidence,
    ReviseProfile,
    Submit,
    Withdraw,
    WithdrawEvidence,
)
from services.submission.domain.concluding import conclude, reopen
from services.submission.domain.drafting import claim_level, develop, draft, revise
from services.submission.domain.endorsing import endorse
from services.submission.domain.evidence import (
    declare,
    revise_evidence,
    take_in,
    withdraw_evidence,
)
from services.submission.domain.evolving import evolve
from services.submission.domain.guards import check_clock, check_not_developed, opened
from services.submission.domain.states import Known, Missing, Open, State, Withdrawn
from services.submission.domain.submitting import complete, submit
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.submission import InnovationEvent, InnovationWithdrawn

Told = Reopen | ConcludeVerification
"""Carries the moment of a fact of verification, which may be read late."""

Change = (
    ReviseProfile
    | DeclareEvidence
    | ReviseEvidence
    | WithdrawEvidence
    | ClaimLevel
    | Endorse
    | Submit
)


def decide(command: Command, state: State) -> list[InnovationEvent]:
    if isinstance(command, DraftInnovation):
        if isinstance(state, Missing):
            return draft(command)
        raise Refused("innovation_exists", "This innovation is already drafted.")
    if isinstance(state, Missing):
        raise NotFound("innovation_unknown", "There is no such innovation.")
    if not isinstance(command, Told):
        check_clock(state.content, command.at)
    match command:
        case Develop():
            return develop(command, state)
        case AcceptEvidence() | RefuseEvidence():
            return take_in(command, state)
        case CompleteSubmission():
            return complete(command, state)
        case Reopen():
            return reopen(command, state)
        case ConcludeVerification():
            return conclude(command, state)
        case Withdraw():
            return _withdraw(command, state)
        case _:
            return _change(command, opened(state))


def _change(command: Change, state: Open) -> list[InnovationEvent]:
    match command:
        case ReviseProfile():
            return revise(command, state)
        case DeclareEvidence():
            return declare(command, state)
        case ReviseEvidence():
            return revise_evidence(command, state)
        case WithdrawEvidence():
            return withdraw_evidence(command, state)
        case ClaimLevel():
            return claim_level(command, state)
        case Endorse():
            return endorse(command, state)
        case Submit():
            return submit(command, state)
        case _:
            assert_never(command)


def _withdraw(command: Withdraw, state: Known) -> list[InnovationEvent]:
    if isinstance(state, Withdrawn):
        return []
    check_not_developed(state.content)
    return [
        InnovationWithdrawn(
            by=command.by,
            at=command.at,
            innovation_id=state.content.drafted.innovation_id,
            reason=command.reason,
        )
    ]


decider = Decider[Command, State, InnovationEvent](Missing(), decide, evolve)
