"""Masa sanggah: the window, filing, deciding, and version n+1 of the results."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.awards.domain.competition import (
    CorrectEntry,
    DecideObjection,
    Determine,
    FileObjection,
    OpenObjectionWindow,
    decider,
)
from services.awards.domain.entries import entry_of
from shared.events.awards import (
    EntryCorrected,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionWindowOpened,
    ResultsDetermined,
    ResultsDrafted,
)
from tests.builders.awards import (
    AT,
    CHAIR,
    COMPETITION_ID,
    DAY,
    DRAFTED,
    JUDGED,
    MEMBER,
    OBJECTING,
    OPEN_WINDOW,
    SYSTEM,
    happened,
    scored,
)
from tests.spec import given
from tests.unit.awards.test_results import out, ranking_of

FILE = FileObjection(
    by="person-head",
    at=AT + DAY,
    agency="dinkes",
    objection_id="objection-1",
    innovation_id="inov-2",
    indicator="SID-16",
    granted_level=1,
    level_sought=3,
    reason="Perda sudah ditetapkan dan terlampir",
)
GRANT = DecideObjection(
    by=MEMBER,
    at=AT + 2 * DAY,
    agency="brida",
    agency_path=("kalsel", "brida"),
    objection_id="objection-1",
    granted=True,
    granted_level=1,
    level=3,
    reason="Perda memang berlaku",
)
DISMISS = replace(GRANT, granted=False, reason="Perda belum berlaku")
DETERMINE = Determine(
    by=CHAIR, at=AT + 3 * DAY, decree_number="188/12/2026", decree_date=date(2026, 9, 4)
)
BETTER = scored(
    "inov-2", "111", number=2, competition_id=COMPETITION_ID, objection_id="objection-1"
)
CORRECT = CorrectEntry(by=SYSTEM, at=AT + 2 * DAY, objection_id="objection-1", scorecard=BETTER)
FILED = happened(decider, FILE, before=OBJECTING)
GRANTED = happened(decider, GRANT, before=FILED)
DISMISSED = happened(decider, DISMISS, before=FILED)
CORRECTED = happened(decider, CORRECT, before=GRANTED)
DETERMINED = happened(decider, DETERMINE, before=CORRECTED)


def test_the_window_lasts_the_days_that_the_rules_say() -> None:
    given(decider, *DRAFTED).when(OPEN_WINDOW).then(
        ObjectionWindowOpened(
            by=CHAIR, at=AT, competition_id=COMPETITION_ID, version=1, closes_at=AT + 3 * DAY
        )
    )
    given(decider, *OBJECTING).when(OPEN_WINDOW).nothing()
    given(decider, *JUDGED).when(OPEN_WINDOW).refused("not_drafted")


def test_a_window_opens_for_the_newest_version_after_the_earlier_one_is_over() -> None:
    history = happened(decider, out("inov-3"), before=OBJECTING)
    again = OpenObjectionWindow(by=CHAIR, at=AT + 3 * DAY, version=2)
    given(decider, *history).when(replace(again, version=3)).refused("version_not_current")
    given(decider, *history).when(replace(again, at=AT + DAY)).refused("window_open")
    given(decider, *history).when(again).then(
        ObjectionWindowOpened(
            by=CHAIR,
            at=AT + 3 * DAY,
            competition_id=COMPETITION_ID,
            version=2,
            closes_at=AT + 6 * DAY,
        )
    )


def test_an_agency_objects_to_a_verdict_of_its_own() -> None:
    given(decider, *OBJECTING).when(FILE).then(
        ObjectionFiled(
            by="person-head",
            at=AT + DAY,
            competition_id=COMPETITION_ID,
            objection_id="objection-1",
            innovation_id="inov-2",
            indicator="SID-16",
            level_sought=3,
            reason="Perda sudah ditetapkan dan terlampir",
            filed_by_agency="dinkes",
        )
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(FILE, agency="rsud"), "not_own_agency"),
        (replace(FILE, agency=None), "not_own_agency"),
        (replace(FILE, innovation_id="inov-8"), "entry_unknown"),
        (replace(FILE, level_sought=1), "level_not_higher"),
        (replace(FILE, reason=" "), "reason_missing"),
        (replace(FILE, at=AT + 3 * DAY), "window_closed"),
    ],
)
def test_an_objection_that_may_not_be_filed_is_refused(command: FileObjection, code: str) -> None:
    given(decider, *OBJECTING).when(command).refused(code)


def test_an_objection_needs_an_open_window_and_a_living_entry() -> None:
    given(decider, *DRAFTED).when(FILE).refused("window_never_opened")
    given(decider, *JUDGED).when(FILE).refused("not_drafted")
    history = happened(decider, out("inov-2"), before=OBJECTING)
    given(decider, *history).when(FILE).refused("entry_disqualified")


def test_a_verdict_is_objected_to_once() -> None:
    given(decider, *FILED).when(replace(FILE, objection_id="objection-2")).refused(
        "already_objected"
    )
    other = replace(FILE, objection_id="objection-2", indicator="SID-17")
    assert isinstance(decider.decide(other, decider.replay(FILED))[0], ObjectionFiled)


def test_an_objection_is_decided_by_somebody_who_decided_nothing_before() -> None:
    given(decider, *FILED).when(GRANT).then(
        ObjectionDecided(
            by=MEMBER,
            at=AT + 2 * DAY,
            competition_id=COMPETITION_ID,
            objection_id="objection-1",
            innovation_id="inov-2",
            indicator="SID-16",
            granted=True,
            level=3,
            reason="Perda memang berlaku",
            decided_by_agency="brida",
        )
    )


def test_a_dismissed_objection_leaves_the_level_as_it_was() -> None:
    (fact,) = decider.decide(DISMISS, decider.replay(FILED))
    assert isinstance(fact, ObjectionDecided)
    assert (fact.granted, fact.level) == (False, 1)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(GRANT, by="person-verifier"), "decided_before"),
        (replace(GRANT, by="person-drafter"), "conflict_of_interest"),
        (replace(GRANT, by="person-head"), "conflict_of_interest"),
        (replace(GRANT, agency="hss", agency_path=("kalsel", "hss")), "conflict_of_interest"),
        (
            replace(GRANT, agency="pkm", agency_path=("kalsel", "hss", "dinkes", "pkm")),
            "conflict_of_interest",
        ),
        (replace(GRANT, reason=""), "reason_missing"),
        (replace(GRANT, level=1), "level_out_of_reach"),
        (replace(GRANT, level=4), "level_out_of_reach"),
        (replace(GRANT, objection_id="objection-9"), "objection_unknown"),
    ],
)
def test_a_decision_that_may_not_be_taken_is_refused(command: DecideObjection, code: str) -> None:
    given(decider, *FILED).when(command).refused(code)


def test_an_objection_is_decided_once() -> None:
    given(decider, *GRANTED).when(GRANT).nothing()
    given(decider, *GRANTED).when(DISMISS).refused("already_decided")
    given(decider, *DETERMINED).when(DISMISS).refused("already_decided")


def test_an_objection_that_nobody_decided_can_be_dismissed_after_the_window() -> None:
    late = replace(DISMISS, at=AT + 30 * DAY)
    given(decider, *FILED).when(replace(DETERMINE, at=AT + 29 * DAY)).refused("objection_undecided")
    history = happened(decider, late, replace(DETERMINE, at=AT + 31 * DAY), before=FILED)
    assert isinstance(history[-1], ResultsDetermined)


def test_a_granted_objection_leads_to_the_next_version() -> None:
    facts = decider.decide(CORRECT, decider.replay(GRANTED))
    assert facts[0] == EntryCorrected(
        by=SYSTEM,
        at=AT + 2 * DAY,
        competition_id=COMPETITION_ID,
        objection_id="objection-1",
        entry=entry_of(BETTER, "skpd"),
    )
    results = facts[1]
    assert isinstance(results, ResultsDrafted)
    assert (results.version, results.cause, results.cause_id) == (2, "objection", "objection-1")
    # inov-2: (40 x 100.00 + 60 x 70.00) / 100
    assert ranking_of((results,)) == [
        ("inov-1", 1, Decimal("82.83")),
        ("inov-2", 2, Decimal("82.00")),
        ("inov-3", 3, Decimal("61.22")),
    ]


def test_determination_waits_for_decision_and_correction() -> None:
    given(decider, *FILED).when(DETERMINE).refused("objection_undecided")
    given(decider, *GRANTED).when(DETERMINE).refused("correction_awaited")
    (fact,) = decider.decide(DETERMINE, decider.replay(CORRECTED))
    assert isinstance(fact, ResultsDetermined)
    assert fact.version == 2


def test_a_disqualified_entry_holds_determination_up_no_longer() -> None:
    for history in (FILED, GRANTED):
        after = happened(decider, out("inov-2"), DETERMINE, before=history)
        assert isinstance(after[-1], ResultsDetermined)
    moot = happened(decider, out("inov-2"), before=FILED)
    given(decider, *moot).when(GRANT).refused("entry_disqualified")
    given(decider, *happened(decider, out("inov-2"), before=GRANTED)).when(CORRECT).nothing()


def test_a_correction_happens_once_and_only_for_a_granted_objection() -> None:
    given(decider, *CORRECTED).when(CORRECT).nothing()
    given(decider, *DETERMINED).when(CORRECT).nothing()
    given(decider, *DISMISSED).when(CORRECT).refused("objection_not_granted")
    given(decider, *OBJECTING).when(CORRECT).refused("objection_unknown")
    wrong = replace(CORRECT, scorecard=scored("inov-1"))
    given(decider, *GRANTED).when(wrong).refused("other_innovation")


def test_a_correction_that_comes_late_never_brings_an_older_scorecard_back() -> None:
    second = replace(FILE, objection_id="objection-2", indicator="SID-17")
    grant = replace(GRANT, objection_id="objection-2")
    newest = scored("inov-2", "111", number=3)
    older = scored("inov-2", "95", number=2)
    history = happened(
        decider,
        second,
        grant,
        replace(CORRECT, objection_id="objection-2", scorecard=newest),
        replace(CORRECT, scorecard=older),
        before=GRANTED,
    )
    assert ranking_of(history)[1] == ("inov-2", 2, Decimal("82.00"))
    results = [f for f in history if isinstance(f, ResultsDrafted)]
    assert [each.version for each in results] == [1, 2, 3]
    assert results[2].ranking == results[1].ranking
