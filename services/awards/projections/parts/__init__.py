"""The parts of a competition's view: entries, rounds, versions of the results, disputes."""

from services.awards.projections.parts.acts import Act, Part, Proven, act, proven
from services.awards.projections.parts.disputes import (
    DoubtDecision,
    DoubtView,
    Lapse,
    ObjectionDecision,
    ObjectionView,
    WindowView,
)
from services.awards.projections.parts.entries import (
    Disqualification,
    EntryView,
    NamedRecipients,
    RoundView,
)
from services.awards.projections.parts.results import (
    About,
    Change,
    Determination,
    DocumentView,
    ResultsView,
    SignatureView,
    VoteView,
    changes,
)
from services.awards.projections.parts.view import CompetitionState, CompetitionView

__all__ = [
    "About",
    "Act",
    "Change",
    "CompetitionState",
    "CompetitionView",
    "Determination",
    "Disqualification",
    "DocumentView",
    "DoubtDecision",
    "DoubtView",
    "EntryView",
    "Lapse",
    "NamedRecipients",
    "ObjectionDecision",
    "ObjectionView",
    "Part",
    "Proven",
    "ResultsView",
    "RoundView",
    "SignatureView",
    "VoteView",
    "WindowView",
    "act",
    "changes",
    "proven",
]
