"""The parts of a competition's view: entries, rounds, versions of the results, objections."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.events.awards import CompetitionRules, Entry, RankedEntry, RoundScore
from shared.events.base import Fact, Utc
from shared.events.scoring import EntryMean

CompetitionState = Literal[
    "announced", "judging", "drafted", "objection", "determined", "published"
]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Act(Part):
    """Who did it, and when."""

    by: str
    at: Utc


def act(fact: Fact) -> Act:
    return Act(by=fact.by, at=fact.at)


class Disqualification(Act):
    ground: str
    reason: str


class EntryView(Part):
    """`reason` is empty where the category's rule enrolled it."""

    entry: Entry
    enrolled: Act
    reason: str
    corrected_by: tuple[str, ...]
    disqualified: Disqualification | None


class RoundView(Part):
    """`scores` are there once it is closed, `panel_id` where judges score it."""

    category: str
    round: str
    scored_by: Literal["maturity", "panel"]
    panel_id: str | None
    judges: tuple[str, ...]
    entries: tuple[str, ...]
    opened: Act
    closed: Act | None
    means: tuple[EntryMean, ...]
    first_criterion: tuple[EntryMean, ...]
    scores: tuple[RoundScore, ...]


class Change(Part):
    """What a version of the results changed for one entry; None where it had, or has, no place."""

    innovation_id: str
    category: str
    rank_before: int | None
    rank: int | None
    score_before: str | None
    score: str | None


class ResultsView(Part):
    """`changes` compares with the version before; empty for the first."""

    version: int
    cause: Literal["first", "objection", "disqualification", "vote"]
    cause_id: str | None
    drafted: Act
    ranking: tuple[RankedEntry, ...]
    changes: tuple[Change, ...]


class VoteView(Act):
    category: str
    order: tuple[str, ...]
    reason: str


class WindowView(Act):
    version: int
    closes_at: Utc


class ObjectionDecision(Act):
    granted: bool
    level: int
    reason: str
    agency: str | None


class ObjectionView(Part):
    """`state` is `corrected` once a granted objection's new scorecard arrived."""

    objection_id: str
    innovation_id: str
    indicator: str
    level_sought: int
    reason: str
    filed: Act
    filed_by_agency: str
    state: Literal["filed", "granted", "dismissed", "corrected"]
    decision: ObjectionDecision | None


class Determination(Act):
    version: int
    decree_number: str
    decree_date: date


class CompetitionView(Part):
    """`results` are all versions, the newest last."""

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
    windows: tuple[WindowView, ...]
    objections: tuple[ObjectionView, ...]
    determination: Determination | None
    published: Act | None


def changes(before: Sequence[RankedEntry], after: Sequence[RankedEntry]) -> tuple[Change, ...]:
    """Every entry whose rank or final score differs, in the order of category and innovation."""
    old = {(each.category, each.innovation_id): each for each in before}
    new = {(each.category, each.innovation_id): each for each in after}
    compared = [_change(key, old.get(key), new.get(key)) for key in sorted({*old, *new})]
    return tuple(each for each in compared if each is not None)


def _change(
    key: tuple[str, str], before: RankedEntry | None, after: RankedEntry | None
) -> Change | None:
    category, innovation = key
    was = (before.rank, before.final_score) if before else None
    now = (after.rank, after.final_score) if after else None
    if was == now:
        return None
    return Change(
        innovation_id=innovation,
        category=category,
        rank_before=was[0] if was else None,
        rank=now[0] if now else None,
        score_before=f"{was[1]:f}" if was else None,
        score=f"{now[1]:f}" if now else None,
    )
