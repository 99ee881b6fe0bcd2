"""What is true of a competition after each fact. Never refuses, never computes."""

from dataclasses import replace
from typing import assert_never

from services.awards.domain.competition.states import (
    Corrected,
    Determined,
    Dismissed,
    Doubted,
    DoubtOver,
    Drafted,
    Filed,
    Granted,
    Judging,
    Lapsed,
    Missing,
    OpenedRound,
    Published,
    Refuted,
    State,
    Upheld,
    Window,
)
from services.awards.domain.ranking import Vote
from services.awards.domain.rounds import ClosedRound
from shared.events.awards import (
    CompetitionAnnounced,
    CompetitionEvent,
    DocumentIssued,
    DoubtDecided,
    DoubtFiled,
    DoubtLapsed,
    EntryCorrected,
    EntryDisqualified,
    EntryEnrolled,
    MinutesSigned,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionLapsed,
    ObjectionWindowOpened,
    PublicTestOpened,
    RecipientsNamed,
    ResultsDetermined,
    ResultsDrafted,
    ResultsPublished,
    RoundClosed,
    RoundOpened,
    TieResolved,
)


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
        case Determined(), _:
            return _while_determined(state, fact)
        case Published(determined=determined), _:
            return Published(_while_determined(determined, fact))
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
        case RecipientsNamed(innovation_id=innovation, recipients=named):
            return replace(state, recipients={**state.recipients, innovation: named})
        case DocumentIssued(document_id=document):
            return replace(state, documents={**state.documents, document: fact})
        case _:
            return state


def _while_drafted(state: Drafted, fact: CompetitionEvent) -> Drafted:
    match fact:
        case ResultsDrafted(version=version, ranking=ranking):
            return replace(state, version=version, ranking=ranking)
        case TieResolved(category=category, order=order):
            return replace(state, votes=(*state.votes, Vote(category, order)))
        case MinutesSigned():
            return replace(state, signatures=(*state.signatures, fact))
        case ObjectionWindowOpened(version=version, closes_at=closes_at):
            return replace(state, window=Window(version, closes_at))
        case PublicTestOpened(version=version, closes_at=closes_at):
            return replace(state, public_test=Window(version, closes_at))
        case ObjectionFiled() | ObjectionDecided() | ObjectionLapsed():
            return _objected(state, fact)
        case DoubtFiled() | DoubtDecided() | DoubtLapsed():
            return _doubted(state, fact)
        case EntryCorrected():
            judged = replace(state, judged=_while_judging(state.judged, fact))
            return _corrected(judged, fact.objection_id)
        case _:
            return replace(state, judged=_while_judging(state.judged, fact))


def _while_determined(state: Determined, fact: CompetitionEvent) -> Determined:
    """Who receives it and what is on paper may still be said of fixed results; nothing else."""
    match fact:
        case RecipientsNamed() | DocumentIssued():
            return replace(state, drafted=_while_drafted(state.drafted, fact))
        case _:
            return state


def _closed(fact: RoundClosed) -> ClosedRound:
    return ClosedRound(
        scores={each.innovation_id: each for each in fact.scores},
        first_criterion={each.innovation_id: each.mean for each in fact.first_criterion},
    )


def _objected(state: Drafted, fact: ObjectionFiled | ObjectionDecided | ObjectionLapsed) -> Drafted:
    known = state.objections.get(fact.objection_id)
    match fact, known:
        case ObjectionFiled(), _:
            after = Filed(fact)
        case ObjectionDecided(granted=True), Filed(filed=filed):
            after = Granted(filed, fact)
        case ObjectionDecided(), Filed(filed=filed):
            after = Dismissed(filed, fact)
        case ObjectionLapsed(), Filed(filed=filed):
            after = Lapsed(filed, None)
        case ObjectionLapsed(), Granted(filed=filed, decided=decided):
            after = Lapsed(filed, decided)
        case _:
            return state
    return replace(state, objections={**state.objections, fact.objection_id: after})


def _corrected(state: Drafted, objection_id: str) -> Drafted:
    match state.objections.get(objection_id):
        case Granted(filed=filed, decided=decided) | Lapsed(filed=filed, decided=decided):
            pass
        case _:
            return state
    if decided is None:
        return state
    after = Corrected(filed, decided)
    return replace(state, objections={**state.objections, objection_id: after})


def _doubted(state: Drafted, fact: DoubtFiled | DoubtDecided | DoubtLapsed) -> Drafted:
    known = state.doubts.get(fact.doubt_id)
    match fact, known:
        case DoubtFiled(), _:
            after = Doubted(fact)
        case DoubtDecided(upheld=True), Doubted(filed=filed):
            after = Upheld(filed, fact)
        case DoubtDecided(), Doubted(filed=filed):
            after = Refuted(filed, fact)
        case DoubtLapsed(), Doubted(filed=filed):
            after = DoubtOver(filed)
        case _:
            return state
    return replace(state, doubts={**state.doubts, fact.doubt_id: after})
