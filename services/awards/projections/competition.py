"""A competition as people see it: who entered, how it was scored, and why it ended so. Pure."""

from collections.abc import Callable
from typing import Any

from services.awards.projections.parts import (
    CompetitionView,
    Determination,
    Disqualification,
    EntryView,
    ObjectionDecision,
    ObjectionView,
    ResultsView,
    RoundView,
    VoteView,
    WindowView,
    act,
    changes,
)
from shared.events.awards import (
    COMPETITION,
    CompetitionAnnounced,
    CompetitionEvent,
    EntryCorrected,
    EntryDisqualified,
    EntryEnrolled,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionWindowOpened,
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
    return view.model_copy(update=_changes(view, fact))


def _changes(view: CompetitionView, fact: CompetitionEvent) -> Changes:
    match fact:
        case CompetitionAnnounced():
            return {}
        case EntryEnrolled() | EntryDisqualified():
            return {"entries": _entries(view, fact)}
        case EntryCorrected(objection_id=objection):
            objections = _objections(view, objection, {"state": "corrected"})
            return {"entries": _entries(view, fact), "objections": objections}
        case RoundOpened() | RoundClosed():
            return {"rounds": _rounds(view, fact), "state": "judging"}
        case TieResolved(category=category, order=order, reason=reason):
            vote = VoteView(by=fact.by, at=fact.at, category=category, order=order, reason=reason)
            return {"votes": (*view.votes, vote)}
        case ResultsDrafted():
            state = "drafted" if view.state in ("announced", "judging") else view.state
            return {"results": (*view.results, _results(view, fact)), "state": state}
        case ObjectionWindowOpened(version=version, closes_at=closes_at):
            window = WindowView(by=fact.by, at=fact.at, version=version, closes_at=closes_at)
            return {"windows": (*view.windows, window), "state": "objection"}
        case ObjectionFiled():
            return {"objections": (*view.objections, _filed(fact))}
        case ObjectionDecided():
            return {"objections": _decided(view, fact)}
        case ResultsDetermined():
            return {"determination": _determination(fact), "state": "determined"}
        case ResultsPublished():
            return {"published": act(fact), "state": "published"}


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
        windows=(),
        objections=(),
        determination=None,
        published=None,
    )


def _entries(
    view: CompetitionView, fact: EntryEnrolled | EntryCorrected | EntryDisqualified
) -> tuple[EntryView, ...]:
    match fact:
        case EntryEnrolled():
            return _enrolled(view.entries, fact)
        case EntryCorrected(entry=entry, objection_id=objection):
            return _mapped(
                view.entries,
                entry.innovation_id,
                lambda e: {"entry": entry, "corrected_by": (*e.corrected_by, objection)},
            )
        case EntryDisqualified(ground=ground, reason=reason):
            out = Disqualification(by=fact.by, at=fact.at, ground=ground, reason=reason)
            return _mapped(view.entries, fact.innovation_id, lambda _: {"disqualified": out})


def _enrolled(entries: tuple[EntryView, ...], fact: EntryEnrolled) -> tuple[EntryView, ...]:
    """A newer scorecard of an entry replaces the older one and keeps why it came in."""
    if any(each.entry.innovation_id == fact.entry.innovation_id for each in entries):
        return _mapped(
            entries,
            fact.entry.innovation_id,
            lambda e: {"entry": fact.entry, "reason": fact.reason or e.reason},
        )
    new = EntryView(
        entry=fact.entry,
        enrolled=act(fact),
        reason=fact.reason,
        corrected_by=(),
        disqualified=None,
    )
    return (*entries, new)


def _mapped(
    entries: tuple[EntryView, ...], innovation: str, change: Callable[[EntryView], Changes]
) -> tuple[EntryView, ...]:
    return tuple(
        each.model_copy(update=change(each)) if each.entry.innovation_id == innovation else each
        for each in entries
    )


def _rounds(view: CompetitionView, fact: RoundOpened | RoundClosed) -> tuple[RoundView, ...]:
    if isinstance(fact, RoundOpened):
        return (*view.rounds, _opened(fact))
    change = {
        "closed": act(fact),
        "means": fact.means,
        "first_criterion": fact.first_criterion,
        "scores": fact.scores,
    }
    here = (fact.category, fact.round)
    return tuple(
        each.model_copy(update=change) if (each.category, each.round) == here else each
        for each in view.rounds
    )


def _opened(fact: RoundOpened) -> RoundView:
    return RoundView(
        category=fact.category,
        round=fact.round,
        scored_by=fact.scored_by,
        panel_id=fact.panel_id,
        judges=fact.judges,
        entries=tuple(each.innovation_id for each in fact.entries),
        opened=act(fact),
        closed=None,
        means=(),
        first_criterion=(),
        scores=(),
    )


def _results(view: CompetitionView, fact: ResultsDrafted) -> ResultsView:
    before = view.results[-1].ranking if view.results else None
    return ResultsView(
        version=fact.version,
        cause=fact.cause,
        cause_id=fact.cause_id,
        drafted=act(fact),
        ranking=fact.ranking,
        changes=() if before is None else changes(before, fact.ranking),
    )


def _filed(fact: ObjectionFiled) -> ObjectionView:
    return ObjectionView(
        objection_id=fact.objection_id,
        innovation_id=fact.innovation_id,
        indicator=fact.indicator,
        level_sought=fact.level_sought,
        reason=fact.reason,
        filed=act(fact),
        filed_by_agency=fact.filed_by_agency,
        state="filed",
        decision=None,
    )


def _decided(view: CompetitionView, fact: ObjectionDecided) -> tuple[ObjectionView, ...]:
    decision = ObjectionDecision(
        by=fact.by,
        at=fact.at,
        granted=fact.granted,
        level=fact.level,
        reason=fact.reason,
        agency=fact.decided_by_agency,
    )
    state = "granted" if fact.granted else "dismissed"
    return _objections(view, fact.objection_id, {"decision": decision, "state": state})


def _objections(view: CompetitionView, key: str, change: Changes) -> tuple[ObjectionView, ...]:
    return tuple(
        each.model_copy(update=change) if each.objection_id == key else each
        for each in view.objections
    )


def _determination(fact: ResultsDetermined) -> Determination:
    return Determination(
        by=fact.by,
        at=fact.at,
        version=fact.version,
        decree_number=fact.decree_number,
        decree_date=fact.decree_date,
    )


COMPETITIONS = Projection(
    "competitions", COMPETITION, CompetitionView, fold, (("season_id",), ("state",))
)
