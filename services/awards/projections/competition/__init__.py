"""A competition as people see it: who entered, how it was scored, and why it ended so. Pure."""

from typing import Any, assert_never

from services.awards.projections.competition import disputes, entering, results
from services.awards.projections.parts import CompetitionView, act, proven
from shared.events.awards import (
    COMPETITION,
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
from shared.events.base import Recorded
from shared.projector import Projection

Changes = dict[str, Any]


def fold(view: CompetitionView | None, event: Recorded[Any]) -> CompetitionView:
    fact: CompetitionEvent = event.fact
    if isinstance(fact, CompetitionAnnounced):
        return _announced(fact)
    if view is None:
        raise ValueError(f"A competition cannot begin with {type(fact).__name__}.")
    after = view.model_copy(update=_changes(view, fact, event))
    return after.model_copy(update={"lapses_at": disputes.lapses_at(after)})


def _changes(view: CompetitionView, fact: CompetitionEvent, event: Recorded[Any]) -> Changes:
    match fact:
        case CompetitionAnnounced():
            return {}
        case EntryEnrolled() | EntryDisqualified() | RecipientsNamed():
            return {"entries": entering.entries(view, fact)}
        case EntryCorrected():
            entries = {"entries": entering.entries(view, fact)}
            return {**entries, **disputes.changes(view, fact)}
        case RoundOpened() | RoundClosed():
            return {"rounds": entering.rounds(view, fact), "state": "judging"}
        case TieResolved() | ResultsDrafted() | MinutesSigned() | DocumentIssued():
            return results.changes(view, fact, event)
        case ObjectionWindowOpened() | PublicTestOpened():
            return disputes.opened(view, fact)
        case ObjectionFiled() | ObjectionDecided() | ObjectionLapsed():
            return disputes.changes(view, fact)
        case DoubtFiled() | DoubtDecided() | DoubtLapsed():
            return disputes.changes(view, fact)
        case ResultsDetermined():
            determination = results.determination(fact, event)
            return {"determination": determination, "state": "determined"}
        case ResultsPublished():
            return {"published": proven(event), "state": "published"}
        case _:
            assert_never(fact)


def _announced(fact: CompetitionAnnounced) -> CompetitionView:
    return CompetitionView(
        competition_id=fact.competition_id,
        name=fact.name,
        season_id=fact.season_id,
        state="announced",
        rules=fact.rules,
        rules_digest=fact.rules_digest,
        announced=act(fact),
        entries=(),
        rounds=(),
        results=(),
        votes=(),
        minutes=(),
        windows=(),
        objections=(),
        public_tests=(),
        doubts=(),
        lapses_at=None,
        documents=(),
        determination=None,
        published=None,
    )


COMPETITIONS = Projection(
    "competitions",
    COMPETITION,
    CompetitionView,
    fold,
    (("season_id",), ("state",), ("lapses_at",)),
)
