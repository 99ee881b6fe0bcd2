"""What is true of a competition after each fact. Never refuses, never computes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import assert_never

from services.awards.domain.ranking import Vote
from services.awards.domain.rounds import ClosedRound
from shared.events.awards import (
    CompetitionAnnounced,
    CompetitionEvent,
    CompetitionRules,
    Entry,
    EntryCorrected,
    EntryDisqualified,
    EntryEnrolled,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionWindowOpened,
    RankedEntry,
    ResultsDetermined,
    ResultsDrafted,
    ResultsPublished,
    RoundClosed,
    RoundOpened,
    TieResolved,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """Not announced."""


@dataclass(frozen=True, slots=True)
class OpenedRound:
    panel_id: str | None
    entries: tuple[str, ...]


RoundKey = tuple[str, str]
Rounds = Mapping[RoundKey, OpenedRound | ClosedRound]


@dataclass(frozen=True, slots=True)
class Judging:
    """Announced: entries come in, then rounds open and close. Rounds by (category, round)."""

    announced: CompetitionAnnounced
    entries: Mapping[str, Entry] = field(default_factory=dict[str, Entry])
    disqualified: frozenset[str] = frozenset()
    rounds: Rounds = field(default_factory=dict[RoundKey, OpenedRound | ClosedRound])

    @property
    def rules(self) -> CompetitionRules:
        return self.announced.rules


@dataclass(frozen=True, slots=True)
class Filed:
    """An objection that nobody has decided."""

    filed: ObjectionFiled


@dataclass(frozen=True, slots=True)
class Dismissed:
    filed: ObjectionFiled
    decided: ObjectionDecided


@dataclass(frozen=True, slots=True)
class Granted:
    """The corrected scorecard has not arrived yet."""

    filed: ObjectionFiled
    decided: ObjectionDecided


@dataclass(frozen=True, slots=True)
class Corrected:
    filed: ObjectionFiled
    decided: ObjectionDecided


Objection = Filed | Dismissed | Granted | Corrected


@dataclass(frozen=True, slots=True)
class Window:
    """Masa sanggah for a version of the results; over, without anybody's doing, at `closes_at`."""

    version: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Drafted:
    """There are results; they may be objected to and corrected until they are determined."""

    judged: Judging
    version: int
    ranking: tuple[RankedEntry, ...]
    votes: tuple[Vote, ...] = ()
    window: Window | None = None
    objections: Mapping[str, Objection] = field(default_factory=dict[str, Objection])


@dataclass(frozen=True, slots=True)
class Determined:
    drafted: Drafted
    decree_number: str
    decree_date: date


@dataclass(frozen=True, slots=True)
class Published:
    determined: Determined


State = Missing | Judging | Drafted | Determined | Published


def evolve(state: State, fact: CompetitionEvent) -> State:
    match state, fact:
        case _, CompetitionAnnounced():
            return Judging(fact)
        case Missing(), _:
            return state
        case Drafted(), ResultsDetermined(decree_number=number, decree_date=day):
            return Determined(state, number, day)
        case Determined(), ResultsPublished():
            return Published(state)
        case Judging(), ResultsDrafted(version=version, ranking=ranking):
            return Drafted(state, version, ranking)
        case Judging(), _:
            return _while_judging(state, fact)
        case Drafted(), _:
            return _while_drafted(state, fact)
        case ((Determined() | Published()), _):
            return state
        case _:
            assert_never(state)


def _while_judging(state: Judging, fact: CompetitionEvent) -> Judging:
    match fact:
        case EntryEnrolled(entry=entry) | EntryCorrected(entry=entry):
            return replace(state, entries={**state.entries, entry.innovation_id: entry})
        case EntryDisqualified(innovation_id=innovation):
            return replace(state, disqualified=state.disqualified | {innovation})
        case RoundOpened(category=category, round=code):
            opened = OpenedRound(fact.panel_id, tuple(each.innovation_id for each in fact.entries))
            return replace(state, rounds={**state.rounds, (category, code): opened})
        case RoundClosed(category=category, round=code):
            return replace(state, rounds={**state.rounds, (category, code): _closed(fact)})
        case _:
            return state


def _while_drafted(state: Drafted, fact: CompetitionEvent) -> Drafted:
    match fact:
        case ResultsDrafted(version=version, ranking=ranking):
            return replace(state, version=version, ranking=ranking)
        case TieResolved(category=category, order=order):
            return replace(state, votes=(*state.votes, Vote(category, order)))
        case ObjectionWindowOpened(version=version, closes_at=closes_at):
            return replace(state, window=Window(version, closes_at))
        case ObjectionFiled(objection_id=objection):
            return replace(state, objections={**state.objections, objection: Filed(fact)})
        case ObjectionDecided():
            return _decided(state, fact)
        case EntryCorrected():
            judged = replace(state, judged=_while_judging(state.judged, fact))
            return _corrected(judged, fact.objection_id)
        case _:
            return replace(state, judged=_while_judging(state.judged, fact))


def _closed(fact: RoundClosed) -> ClosedRound:
    return ClosedRound(
        scores={each.innovation_id: each for each in fact.scores},
        first_criterion={each.innovation_id: each.mean for each in fact.first_criterion},
    )


def _decided(state: Drafted, fact: ObjectionDecided) -> Drafted:
    objection = state.objections.get(fact.objection_id)
    if objection is None:
        return state
    outcome = Granted if fact.granted else Dismissed
    after = outcome(objection.filed, fact)
    return replace(state, objections={**state.objections, fact.objection_id: after})


def _corrected(state: Drafted, objection_id: str) -> Drafted:
    objection = state.objections.get(objection_id)
    if not isinstance(objection, Granted):
        return state
    after = Corrected(objection.filed, objection.decided)
    return replace(state, objections={**state.objections, objection_id: after})
