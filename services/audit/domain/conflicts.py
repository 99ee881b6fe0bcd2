"""Conflicts of interest that a history must never show, each told in one sentence. Pure.

The rules refuse them too, but without a word about why: what a person may not touch is invisible.
"""

from typing import Any

from services.audit.domain.world import World
from services.awards.domain.competition.questions import objections_of
from services.awards.domain.competition.states import Drafted, Filed
from services.awards.domain.fund.states import Fund
from services.scoring.domain import panel
from services.scoring.domain.seats import Open
from services.verification.domain.states import InReview, Verified, WaitingForRevision
from shared.events.awards import AllocationApproved, Entry, ObjectionDecided
from shared.events.base import Fact
from shared.events.scoring import PanelEntry, ScoreSealed
from shared.events.verification import (
    DossierLeased,
    DossierVerified,
    IndicatorDecided,
    Subject,
    VerdictCorrected,
)


def conflict(fact: Fact, before: Any, world: World) -> str | None:
    """Why this person may not have said this; None if nothing known speaks against it."""
    match fact, before:
        case DossierLeased(), (InReview() | WaitingForRevision() | Verified()):
            return _with_innovation(
                fact.verifier_id, fact.verifier_agency, before.case.about, world
            ) or _recused(fact.verifier_id, before.case.recused)
        case IndicatorDecided(verdict=verdict), (InReview() | WaitingForRevision() | Verified()):
            return _with_innovation(
                verdict.decided_by, verdict.decided_by_agency, before.case.about, world
            ) or _recused(verdict.decided_by, before.case.recused)
        case DossierVerified(), _:
            return _with_innovation(fact.by, None, fact.about, world)
        case VerdictCorrected(corrected=verdict), Verified():
            return _with_innovation(
                verdict.decided_by, verdict.decided_by_agency, fact.about, world
            )
        case ScoreSealed(), Open():
            return _on_panel(fact, before)
        case ObjectionDecided(), Drafted():
            return _on_objection(fact, before, world)
        case AllocationApproved(), Fund():
            return _on_money(fact, before)
        case _:
            return None


def _with_innovation(
    person: str, agency: str | None, about: Subject | Entry, world: World
) -> str | None:
    if person in about.drafters:
        return f"{person} drafted the innovation and decided on it."
    if agency is not None and agency in about.agency_path:
        return f"{person} decided on an innovation of their own agency {agency}, or one below it."
    if about.agency_id in world.path_of(agency):
        return f"{person} decided on an innovation of {about.agency_id}, above their {agency}."
    return None


def _recused(person: str, recused: frozenset[str]) -> str | None:
    return f"{person} is recused and decided all the same." if person in recused else None


def _on_panel(fact: ScoreSealed, before: Open) -> str | None:
    entry = _entry(before, fact.innovation_id)
    if entry is not None and fact.judge_id in entry.drafters:
        return f"{fact.judge_id} drafted the innovation and scored it."
    if (fact.judge_id, fact.innovation_id) in before.recused:
        return f"{fact.judge_id} is recused from the entry and scored it all the same."
    return None


def _on_objection(fact: ObjectionDecided, before: Drafted, world: World) -> str | None:
    objection = objections_of(before).get(fact.objection_id)
    entry = before.judged.entries.get(fact.innovation_id)
    if not isinstance(objection, Filed) or entry is None:
        return None
    if fact.by == objection.filed.by:
        return f"{fact.by} filed the objection and decided it."
    if fact.by in entry.deciders:
        return f"{fact.by} gave a verdict before and decided the objection to one."
    return _with_innovation(fact.by, fact.decided_by_agency, entry, world)


def _on_money(fact: AllocationApproved, before: Fund) -> str | None:
    allocation = before.allocations.get(fact.allocation_id)
    if allocation is not None and allocation.money.by == fact.by:
        return f"{fact.by} allocated the money and approved it."
    return None


def seal_fault(fact: ScoreSealed, before: panel.State) -> str | None:
    """Why nobody could have sealed this; the scores themselves are judged at their reveal."""
    if not isinstance(before, Open):
        return "No open panel waits for scores."
    if fact.by != fact.judge_id or fact.judge_id not in before.opened.judges:
        return f"{fact.judge_id} is no judge of this panel, or {fact.by} sealed in their place."
    if _entry(before, fact.innovation_id) is None:
        return f"The innovation {fact.innovation_id} is not before this panel."
    return None


def _entry(before: Open, innovation_id: str) -> PanelEntry | None:
    entries = before.opened.entries
    return next((each for each in entries if each.innovation_id == innovation_id), None)
