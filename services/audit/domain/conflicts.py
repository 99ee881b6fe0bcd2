"""Conflicts of interest that a history must never show, each told in one sentence. Pure.

The rules refuse them too, but without a word about why: what a person may not touch is invisible.
A person's agency is the one of their token, as the fact says; its path is the tree's.
"""

from collections.abc import Iterable
from typing import Any

from services.audit.domain.independence import Acts, actor_of, repeated, tie_told
from services.audit.domain.seals import entry_before
from services.audit.domain.world import World
from services.awards.domain.competition.questions import judged, objections_of
from services.awards.domain.competition.states import Drafted, Filed, Judging
from services.awards.domain.fund.states import Fund
from services.scoring.domain.seats import Open
from services.verification.domain.states import Live, Verified
from shared.events.awards import (
    AllocationApproved,
    Entry,
    EntryDisqualified,
    EntryEnrolled,
    ObjectionDecided,
    TieResolved,
)
from shared.events.base import Fact, Path
from shared.events.scoring import PanelEntry, ScoreSealed
from shared.events.verification import Subject, VerdictCorrected


def conflict(fact: Fact, before: Any, world: World) -> str | None:
    """Why this person may not have said this; None if nothing known speaks against it."""
    match fact, before:
        case _ if isinstance(fact, Acts) and isinstance(before, Live):
            return _on_dossier(fact, before, world)
        case VerdictCorrected(corrected=verdict), Verified():
            agency = verdict.decided_by_agency
            return _with_innovation(verdict.decided_by, agency, fact.about, world)
        case ScoreSealed(), Open():
            return _on_panel(fact, before, world)
        case EntryEnrolled(), _:
            return _with_innovation(fact.by, fact.by_agency, fact.entry, world)
        case EntryDisqualified(), (Judging() | Drafted()):
            return _on_entries(fact, (fact.innovation_id,), judged(before), world)
        case TieResolved(), Drafted():
            return _on_entries(fact, fact.order, before.judged, world)
        case ObjectionDecided(), Drafted():
            return _on_objection(fact, before, world)
        case AllocationApproved(), Fund():
            return _on_money(fact, before, world)
        case _:
            return None


def _with_innovation(
    person: str,
    agency: str | None,
    about: Subject | Entry | PanelEntry,
    world: World,
    did: str = "decided on",
) -> str | None:
    if person in about.drafters:
        return f"{person} drafted the innovation and {did} it."
    return _by_agency(person, agency, about.agency_path, f"{did} an innovation", world)


def _by_agency(person: str, agency: str | None, owners: Path, did: str, world: World) -> str | None:
    """`owners` is the agency path of what was acted on: its own agency comes last."""
    if agency is not None and agency in owners:
        return f"{person} {did} of their own agency {agency}, or one below it."
    for owner in owners[-1:]:
        if owner in world.path_of(agency):
            return f"{person} {did} of {owner}, above their {agency}."
    return None


def _on_dossier(fact: Acts, before: Live, world: World) -> str | None:
    actor, case = actor_of(fact, before), before.case
    if actor.person in case.recused:
        return f"{actor.person} is recused and decided all the same."
    return (
        _with_innovation(actor.person, actor.agency, case.about, world)
        or tie_told(actor, case.about.agency_path, world)
        or repeated(fact, actor.person, before)
    )


def _on_panel(fact: ScoreSealed, before: Open, world: World) -> str | None:
    entry = entry_before(before, fact.innovation_id)
    if (fact.judge_id, fact.innovation_id) in before.recused:
        return f"{fact.judge_id} is recused from the entry and scored it all the same."
    if entry is None:
        return None
    return _with_innovation(fact.judge_id, fact.by_agency, entry, world, "scored")


def _on_entries(
    fact: EntryDisqualified | TieResolved,
    innovations: Iterable[str],
    before: Judging,
    world: World,
) -> str | None:
    entries = (before.entries.get(each) for each in innovations)
    found = (
        _with_innovation(fact.by, fact.by_agency, entry, world)
        for entry in entries
        if entry is not None
    )
    return next((each for each in found if each is not None), None)


def _on_objection(fact: ObjectionDecided, before: Drafted, world: World) -> str | None:
    objection = objections_of(before).get(fact.objection_id)
    entry = before.judged.entries.get(fact.innovation_id)
    if not isinstance(objection, Filed) or entry is None:
        return None
    if fact.by == objection.filed.by:
        return f"{fact.by} filed the objection and decided it."
    if fact.by in entry.deciders:
        return f"{fact.by} gave a verdict or verified before, and decided the objection."
    return _with_innovation(fact.by, fact.decided_by_agency, entry, world)


def _on_money(fact: AllocationApproved, before: Fund, world: World) -> str | None:
    allocation = before.allocations.get(fact.allocation_id)
    if allocation is None:
        return None
    money = allocation.money
    if money.by == fact.by:
        return f"{fact.by} allocated the money and approved it."
    return _by_agency(fact.by, fact.by_agency, money.agency_path, "approved money", world)
