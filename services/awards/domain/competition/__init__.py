"""What may happen to a competition, and what is true of it after. Pure."""

from typing import assert_never

from services.awards.domain.competition import (
    doubts,
    ending,
    entering,
    judging,
    lapsing,
    minutes,
    objections,
    papers,
    results,
)
from services.awards.domain.competition.commands import (
    Announce,
    CloseJudgedRound,
    CloseRound,
    Command,
    CorrectEntry,
    DecideDoubt,
    DecideObjection,
    Determine,
    Disqualify,
    DraftResults,
    Enrol,
    EnrolByHand,
    FileDoubt,
    FileObjection,
    IssueDocument,
    LapseDisputes,
    NameRecipients,
    OpenObjectionWindow,
    OpenPublicTest,
    OpenRound,
    Publish,
    ResolveTie,
    SignMinutes,
)
from services.awards.domain.competition.evolving import evolve
from services.awards.domain.competition.states import Missing, State
from shared.decider import Decider
from shared.events.awards import CompetitionEvent


def decide(command: Command, state: State) -> list[CompetitionEvent]:
    match command:
        case Announce():
            return entering.announce(command, state)
        case Enrol():
            return entering.enrol(command, state)
        case EnrolByHand():
            return entering.enrol_by_hand(command, state)
        case OpenRound() | CloseRound() | CloseJudgedRound():
            return judging.decide(command, state)
        case DraftResults() | ResolveTie() | Disqualify():
            return results.decide(command, state)
        case Determine() | Publish():
            return ending.decide(command, state)
        case OpenObjectionWindow() | FileObjection() | DecideObjection() | CorrectEntry():
            return objections.decide(command, state)
        case SignMinutes():
            return minutes.sign(command, state)
        case OpenPublicTest() | FileDoubt() | DecideDoubt():
            return doubts.decide(command, state)
        case LapseDisputes():
            return lapsing.lapse(command, state)
        case NameRecipients() | IssueDocument():
            return papers.decide(command, state)
        case _:
            assert_never(command)


decider = Decider[Command, State, CompetitionEvent](Missing(), decide, evolve)

__all__ = [
    "Announce",
    "CloseJudgedRound",
    "CloseRound",
    "Command",
    "CorrectEntry",
    "DecideDoubt",
    "DecideObjection",
    "Determine",
    "Disqualify",
    "DraftResults",
    "Enrol",
    "EnrolByHand",
    "FileDoubt",
    "FileObjection",
    "IssueDocument",
    "LapseDisputes",
    "NameRecipients",
    "OpenObjectionWindow",
    "OpenPublicTest",
    "OpenRound",
    "Publish",
    "ResolveTie",
    "SignMinutes",
    "State",
    "decider",
]
