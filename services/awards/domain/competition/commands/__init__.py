"""What a competition can be told. `by` is a person or `system:awards`; `at` the moment, aware."""

from services.awards.domain.competition.commands.course import (
    Announce,
    CloseJudgedRound,
    CloseRound,
    Enrol,
    EnrolByHand,
    OpenRound,
)
from services.awards.domain.competition.commands.disputes import (
    CorrectEntry,
    DecideDoubt,
    DecideObjection,
    FileDoubt,
    FileObjection,
    LapseDisputes,
    OpenObjectionWindow,
    OpenPublicTest,
)
from services.awards.domain.competition.commands.outcome import (
    Determine,
    Disqualify,
    DraftResults,
    Publish,
    ResolveTie,
    SignMinutes,
)
from services.awards.domain.competition.commands.papers import (
    IssueDocument,
    NameRecipients,
)

Command = (
    Announce
    | Enrol
    | EnrolByHand
    | OpenRound
    | CloseRound
    | CloseJudgedRound
    | DraftResults
    | ResolveTie
    | Disqualify
    | SignMinutes
    | Determine
    | Publish
    | OpenObjectionWindow
    | FileObjection
    | DecideObjection
    | CorrectEntry
    | OpenPublicTest
    | FileDoubt
    | DecideDoubt
    | LapseDisputes
    | NameRecipients
    | IssueDocument
)

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
]
