"""A competition's view as a whole. Pure."""

from typing import Literal

from services.awards.projections.parts.acts import Act, Part, Proven
from services.awards.projections.parts.disputes import DoubtView, ObjectionView, WindowView
from services.awards.projections.parts.entries import EntryView, RoundView
from services.awards.projections.parts.results import (
    Determination,
    DocumentView,
    ResultsView,
    SignatureView,
    VoteView,
)
from shared.events.awards import CompetitionRules
from shared.events.base import Utc

CompetitionState = Literal[
    "announced", "judging", "drafted", "objection", "determined", "published"
]


class CompetitionView(Part):
    """`results` are all versions, the newest last; `minutes` the signatures under each of them.

    `lapses_at` is when the next objection or doubt lapses that nobody decided, or corrected.
    """

    competition_id: str
    name: str
    season_id: str
    state: CompetitionState
    rules: CompetitionRules
    rules_digest: str
    announced: Act
    entries: tuple[EntryView, ...]
    rounds: tuple[RoundView, ...]
    results: tuple[ResultsView, ...]
    votes: tuple[VoteView, ...]
    minutes: tuple[SignatureView, ...]
    windows: tuple[WindowView, ...]
    objections: tuple[ObjectionView, ...]
    public_tests: tuple[WindowView, ...]
    doubts: tuple[DoubtView, ...]
    lapses_at: Utc | None
    documents: tuple[DocumentView, ...]
    determination: Determination | None
    published: Proven | None
