"""Histories in which a service went another way than the rules: each is found; what only crossed
is nobody's fault.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from services.audit.domain import Replay
from services.awards.domain import competition, fund, taxation
from services.awards.domain.entries import entry_of
from services.awards.reactions import on_time_run_out
from shared.editions import load
from shared.events.awards import (
    COMPETITION,
    FUND,
    TAX,
    AllocationPaid,
    AllocationReturned,
    CompetitionAnnounced,
    EntryEnrolled,
    MoneyAllocated,
    ObjectionLapsed,
    RecipientsNamed,
)
from shared.history import Cause, derived_id
from shared.history.envelope import Message, recorded
from tests.unit.audit.contest import ALONE, CHAIR, WON_BEFORE
from tests.unit.audit.past import Past, sequence_of
from tests.unit.audit.prize_rules import APBD, EARLIER, MAIN, RULES
from tests.unit.audit.prized import MEMBER, TABLE, Prized, person, until_decreed
from tests.unit.audit.test_replay import newest, replayed


async def owing(*, confirmed: bool = True) -> Prized:
    story = await until_decreed()
    await story.adopted()
    if confirmed:
        await story.confirmed()
    await story.allocated(APBD)
    return story


def paid(story: Prized, key: str) -> AllocationPaid:
    return AllocationPaid(
        by="treasurer-1",
        at=story.at,
        fund_id=APBD,
        allocation_id=key,
        reference="SP2D/9",
        paid_on=story.start.date(),
    )


async def test_a_payment_by_a_table_that_nobody_confirmed_is_found():
    story = await owing(confirmed=False)
    key = story.owed(APBD)[4].allocation_id
    await story.approved(APBD, key)
    await story.past.say(FUND, APBD, [paid(story, key)])
    found = newest(story.past, AllocationPaid)
    assert found.what == (
        "The rules refuse this:"
        " The treasurer confirms the table of taxes before anything is paid by it."
    )


async def test_a_payment_that_no_second_person_approved_is_found():
    story = await owing()
    await story.past.say(FUND, APBD, [paid(story, story.owed(APBD)[0].allocation_id)])
    found = newest(story.past, AllocationPaid)
    assert found.what == ("The rules refuse this: A second person approves before money is paid.")


async def test_a_payment_of_what_is_held_is_found():
    story = await owing()
    key = story.owed(APBD)[0].allocation_id
    await story.approved(APBD, key)
    hold = fund.Hold(by="chair-1", at=story.at, allocation_id=key, reason="Sengketa.")
    await story.past.give(FUND, APBD, hold)
    await story.past.say(FUND, APBD, [paid(story, key)])
    found = newest(story.past, AllocationPaid)
    assert found.what == "The rules refuse this: The allocation is held; release it first."


async def test_a_return_of_what_was_never_paid_is_found():
    story = await owing()
    line = story.owed(APBD)[0]
    back = AllocationReturned(
        by="treasurer-1",
        at=story.at,
        fund_id=APBD,
        allocation_id=line.allocation_id,
        amount_rupiah=line.amount_rupiah,
        reference="STS/9",
        returned_on=story.start.date(),
        reason="Salah.",
        allocated_rupiah=14_000_000,
    )
    await story.past.say(FUND, APBD, [back])
    found = newest(story.past, AllocationReturned)
    assert found.what == (
        "The rules refuse this: Only paid money comes back; reverse what is not paid."
    )


async def test_a_prize_of_a_promoted_tie_that_is_set_aside_twice_is_found():
    story = await owing()
    due = story.owed(APBD)
    await story.allocated(APBD, (*due, replace(due[4], allocation_id="second-1")))
    found = newest(story.past, MoneyAllocated)
    assert (found.what, found.expected, found.found) == (
        "Terbaik, Rp 6000000 to inov-4, is set aside once more than the results owe.",
        "1",
        "2",
    )


async def test_money_beside_what_a_former_recipient_still_holds_is_found():
    story = await owing()
    name = competition.NameRecipients(
        by="chair-1",
        at=story.at,
        agency=None,
        innovation_id=ALONE,
        recipients=(person("payee-z"),),
    )
    await story.past.give(COMPETITION, MAIN, name)
    allocate = fund.Allocate(
        by="chair-1", at=story.at, lines=story.owed(APBD)[4:], adopted_tables=(TABLE.digest,)
    )
    forgetful = replace(story.past.state(FUND, APBD), allocations={})
    await story.past.say(FUND, APBD, list(fund.decider.decide(allocate, forgetful)))
    found = newest(story.past, MoneyAllocated)
    assert found.what == (
        "The rules refuse this: The prize is set aside for somebody else; reverse that first."
    )


async def test_money_before_anybody_is_named_is_found():
    story = await owing()
    at = sequence_of(story.past.messages, RecipientsNamed, 1)
    without = renumbered([each for each in story.past.messages if each.sequence != at])
    told = {each.what for each in replayed(without).findings}
    assert "The rules refuse this: Name who receives what this innovation wins." in told


async def test_a_granted_objection_that_verification_never_corrected_lapses_by_the_clock():
    story = Prized(Past(), count())
    await story.began()
    await story.won_before()
    await story.entered()
    await story.read()
    await story.read_again()
    await story.revealed()
    await story.signed(1)
    await story.disputed()
    grant = competition.DecideObjection(
        **MEMBER,
        at=story.at,
        objection_id="objection-1",
        granted=True,
        granted_level=2,
        level=3,
        reason="Terbukti.",
    )
    granted = competition.decider.decide(grant, story.past.state(COMPETITION, MAIN))
    await story.past.say(COMPETITION, MAIN, list(granted), is_heard=False)
    due = grant.at + timedelta(days=3)
    to = on_time_run_out(MAIN, due)
    ticked = Cause(derived_id("tick", to.name, to.key, due.isoformat()))
    (lapsed,) = await story.past.give(COMPETITION, MAIN, to.command, ticked)
    assert (type(lapsed), lapsed.because) == (ObjectionLapsed, "uncorrected")
    report = replayed(story.past.messages)
    assert report.findings == ()
    assert [each.reaction for each in report.outstanding] == ["correct"]
    assert report.competitions[1].disputes.granted == report.competitions[1].disputes.lapsed == 1


async def announced() -> Prized:
    story = Prized(Past(), count())
    await story.began()
    await story.won_before()
    await story.announced_as(MAIN, RULES)
    return story


async def test_who_won_before_and_is_entered_by_hand_is_found():
    story = await announced()
    enrol = competition.EnrolByHand(
        **CHAIR,
        at=story.at,
        scorecard=story.past.scorecards[WON_BEFORE],
        category="skpd",
        reason="Usulan panitia.",
    )
    await story.past.give(COMPETITION, MAIN, enrol)
    found = newest(story.past, EntryEnrolled)
    assert found.what == (
        "The rules refuse this: The innovation won before and enters no more, as the rules have it."
    )


async def test_who_won_before_and_is_entered_by_rule_is_found():
    story = await announced()
    at = sequence_of(story.past.messages, CompetitionAnnounced, 1)
    event = recorded(story.past.messages[at - 1])
    enrol = competition.Enrol(
        by="system:awards", at=event.fact.at, scorecards=(story.past.scorecards[WON_BEFORE],)
    )
    await story.past.give(COMPETITION, MAIN, enrol, Cause.of(event, "enrol-known-0", MAIN))
    assert newest(story.past, EntryEnrolled).what == "The rules say no EntryEnrolled here."


async def test_a_judges_own_innovation_entered_by_hand_is_a_conflict():
    story = await announced()
    rules = RULES.categories[0].rounds[0]
    mine = story.past.scorecards[WON_BEFORE].model_copy(update={"drafters": rules.judges})
    entry = EntryEnrolled(
        by="chair-1",
        at=story.at,
        competition_id=MAIN,
        entry=entry_of(mine, "skpd"),
        reason="Usulan panitia.",
    )
    await story.past.say(COMPETITION, MAIN, [entry])
    found = newest(story.past, EntryEnrolled)
    assert (found.kind, found.what) == (
        "conflict",
        "judge-1 judges the category and drafted what was entered in it by hand.",
    )


async def test_a_win_that_was_published_while_somebody_entered_is_nobodys_fault():
    story = Prized(Past(), count())
    await story.began()
    await story.until_window(EARLIER)
    await story.announced_as(MAIN, RULES)
    await story.decreed(EARLIER)
    *before, entered = story.past.messages[: sequence_of(story.past.messages, EntryEnrolled, 1)]
    decreed = story.past.messages[entered.sequence :]
    assert len(decreed) == 2
    assert replayed(renumbered([*before, *decreed, entered])).findings == ()


async def test_a_fund_that_was_drawn_on_while_prizes_were_announced_is_nobodys_fault():
    story = await until_decreed()
    await story.adopted()
    category = RULES.categories[0]
    (first, _) = category.prizes
    prize = first.model_copy(update={"amount_rupiah": 22_000_000})
    by_hand = category.model_copy(update={"prizes": (prize,), "by_hand_only": True})
    rules = RULES.model_copy(update={"categories": (by_hand,)})
    await story.announced_as("kecil-2026", rules)
    await story.allocated(APBD)
    at = sequence_of(story.past.messages, CompetitionAnnounced, 2)
    late = story.past.messages[at - 1]
    others = [each for each in story.past.messages if each.sequence != at]
    assert replayed(renumbered([*others, late])).findings == ()


@pytest.mark.parametrize("is_crossing", [True, False], ids=["crossing", "after"])
async def test_a_payment_by_a_table_that_another_took_the_place_of(is_crossing: bool):
    """Found, unless the other was adopted at that very moment."""
    newer = TABLE.model_copy(update={"id": "2024-r2", "digest": "b" * 64})
    tables = {each.id: each for each in (TABLE, newer)}
    story = await owing()
    key = story.owed(APBD)[4].allocation_id
    await story.approved(APBD, key)
    adopt = taxation.AdoptTaxTable(
        by="chair-1",
        at=story.at,
        table_id=newer.id,
        digest=newer.digest,
        valid_from=newer.valid_from,
        valid_to=newer.valid_to,
    )
    if is_crossing:
        adopt = replace(adopt, at=adopt.at + timedelta(hours=1))
    await story.past.give(TAX, newer.id, adopt)
    await story.past.say(FUND, APBD, [paid(story, key)])
    replay = Replay(load, tables.__getitem__)
    for message in story.past.messages:
        replay.take(message)
    sentence = "Another table of taxes holds on that day; reverse and allocate anew."
    expected = [] if is_crossing else [f"The rules refuse this: {sentence}"]
    assert [each.what for each in replay.findings] == []
    assert [each.what for each in replay.finished().findings] == expected


def renumbered(messages: Sequence[Message]) -> list[Message]:
    return [replace(each, sequence=number) for number, each in enumerate(messages, 1)]
