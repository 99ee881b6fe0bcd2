"""How entries and rounds of a competition change with its facts. Pure."""

from collections.abc import Callable
from typing import Any, assert_never

from services.awards.projections.parts import (
    CompetitionView,
    Disqualification,
    EntryView,
    NamedRecipients,
    RoundView,
    act,
)
from shared.events.awards import (
    EntryCorrected,
    EntryDisqualified,
    EntryEnrolled,
    RecipientsNamed,
    RoundClosed,
    RoundOpened,
)

Changes = dict[str, Any]


def entries(
    view: CompetitionView,
    fact: EntryEnrolled | EntryCorrected | EntryDisqualified | RecipientsNamed,
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
        case RecipientsNamed(recipients=recipients):
            named = NamedRecipients(by=fact.by, at=fact.at, recipients=recipients)
            return _mapped(view.entries, fact.innovation_id, lambda _: {"recipients": named})
        case _:
            assert_never(fact)


def _enrolled(known: tuple[EntryView, ...], fact: EntryEnrolled) -> tuple[EntryView, ...]:
    """A newer scorecard of an entry replaces the older one and keeps why it came in."""
    if any(each.entry.innovation_id == fact.entry.innovation_id for each in known):
        return _mapped(
            known,
            fact.entry.innovation_id,
            lambda e: {"entry": fact.entry, "reason": fact.reason or e.reason},
        )
    new = EntryView(
        entry=fact.entry,
        enrolled=act(fact),
        reason=fact.reason,
        corrected_by=(),
        disqualified=None,
        recipients=None,
    )
    return (*known, new)


def _mapped(
    known: tuple[EntryView, ...], innovation: str, change: Callable[[EntryView], Changes]
) -> tuple[EntryView, ...]:
    return tuple(
        each.model_copy(update=change(each)) if each.entry.innovation_id == innovation else each
        for each in known
    )


def rounds(view: CompetitionView, fact: RoundOpened | RoundClosed) -> tuple[RoundView, ...]:
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
