"""Ties that nobody has who decides on entries, disputes, panels and money of awards. Pure."""

from collections.abc import Iterable

from services.audit.domain.belonging import by_agency, with_innovation
from services.audit.domain.seals import entry_before
from services.audit.domain.world import World
from services.awards.domain.competition.doubts import doubts_of
from services.awards.domain.competition.questions import objections_of
from services.awards.domain.competition.states import Doubted, Drafted, Filed, Judging
from services.awards.domain.fund.states import Fund
from services.scoring.domain.seats import Open
from shared.events.awards import (
    AllocationApproved,
    DoubtDecided,
    EntryDisqualified,
    EntryEnrolled,
    ObjectionDecided,
    RoundOpened,
    TieResolved,
)
from shared.events.scoring import JudgeSeated, ScoreSealed


def on_seal(fact: ScoreSealed, before: Open, world: World) -> str | None:
    entry = entry_before(before, fact.innovation_id)
    if (fact.judge_id, fact.innovation_id) in before.recused:
        return f"{fact.judge_id} is recused from the entry and scored it all the same."
    if entry is None:
        return None
    return with_innovation(fact.judge_id, fact.by_agency, entry, world, "scored")


def on_seat(fact: JudgeSeated, before: Open) -> str | None:
    """Who made some of the entries is kept from those; who made all of them has nothing to read."""
    named = fact.innovations or tuple(each.innovation_id for each in before.opened.entries)
    entries = [each for each in before.opened.entries if each.innovation_id in named]
    if entries and all(fact.judge_id in each.drafters for each in entries):
        return f"{fact.judge_id} drafted all that they were seated to judge."
    return None


def on_round(fact: RoundOpened) -> str | None:
    judges = (*fact.judges, *fact.panel_rule.reserve_judges)
    entrants = {person for entry in fact.entries for person in entry.drafters}
    tied = sorted(entrants.intersection(judges))
    return f"{tied[0]} drafted an innovation of the round and is to judge it." if tied else None


def on_enrolment(fact: EntryEnrolled, before: object, world: World) -> str | None:
    """By hand or by rule; a judge's own innovation enters by rule only, and costs them the seat."""
    tied = with_innovation(fact.by, fact.by_agency, fact.entry, world)
    if tied is not None or not fact.reason or not isinstance(before, Judging):
        return tied
    mine = (each for each in before.rules.categories if each.code == fact.entry.category)
    judges = {judge for each in mine for rule in each.rounds for judge in rule.judges}
    judging = sorted(judges.intersection(fact.entry.drafters))
    if judging:
        return f"{judging[0]} judges the category and drafted what was entered in it by hand."
    return None


def on_entries(
    fact: EntryDisqualified | TieResolved,
    innovations: Iterable[str],
    before: Judging,
    world: World,
) -> str | None:
    entries = (before.entries.get(each) for each in innovations)
    found = (
        with_innovation(fact.by, fact.by_agency, entry, world)
        for entry in entries
        if entry is not None
    )
    return next((each for each in found if each is not None), None)


def on_objection(fact: ObjectionDecided, before: Drafted, world: World) -> str | None:
    objection = objections_of(before).get(fact.objection_id)
    entry = before.judged.entries.get(fact.innovation_id)
    if not isinstance(objection, Filed) or entry is None:
        return None
    if fact.by == objection.filed.by:
        return f"{fact.by} filed the objection and decided it."
    if fact.by in entry.deciders:
        return f"{fact.by} gave a verdict or verified before, and decided the objection."
    return with_innovation(fact.by, fact.decided_by_agency, entry, world)


def on_doubt(fact: DoubtDecided, before: Drafted, world: World) -> str | None:
    """Anybody may doubt, also of their own; who decides is a stranger to the doubt and to it."""
    doubt = doubts_of(before).get(fact.doubt_id)
    entry = before.judged.entries.get(fact.innovation_id)
    if not isinstance(doubt, Doubted) or entry is None:
        return None
    if fact.by == doubt.filed.by:
        return f"{fact.by} filed the doubt and decided it."
    return with_innovation(fact.by, fact.by_agency, entry, world)


def on_approval(fact: AllocationApproved, before: Fund, world: World) -> str | None:
    allocation = before.allocations.get(fact.allocation_id)
    if allocation is None:
        return None
    money = allocation.money
    if money.by == fact.by:
        return f"{fact.by} allocated the money and approved it."
    tied = by_agency(fact.by, fact.by_agency, money.agency_path, "approved money", world)
    if tied is not None or money.recipient is None:
        return tied
    recipient = money.recipient.recipient_id
    if recipient == fact.by:
        return f"{fact.by} approved money for themselves."
    if recipient == fact.by_agency:
        return f"{fact.by} approved money for their own {recipient}."
    return None
