"""In a revision only what was named may change, and only until it is due."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.submission.domain.commands import (
    DeclareEvidence,
    ReviseEvidence,
    ReviseProfile,
    WithdrawEvidence,
)
from services.submission.domain.innovation import decider
from shared.errors import Refused
from shared.events.submission import (
    Letter,
    Profile,
    ProfileRevised,
)
from tests.builders.innovation import accepted, reopened, revise, revised, submitted
from tests.builders.submission import (
    DRAFTED,
    EDITION,
    LATER,
    OPERATOR,
    PROFILE,
    attachment,
    declared,
    item,
)
from tests.spec import Given, given

LETTER = Letter(number="188/1/2024", signed_on=date(2024, 3, 1), subject="Penetapan inovasi")


def profile(**changes: Any) -> Profile:
    return PROFILE.model_copy(update=changes)


def in_revision(*facts: Any, **changes: Any) -> Given[Any, Any, Any]:
    return given(decider, DRAFTED, *facts, submitted(), reopened(**changes))


def test_a_revision_takes_evidence_for_the_reopened_indicators_only() -> None:
    open_again = in_revision(declared(), accepted(), indicators=("SID-02",))
    new = {"evidence_id": "ev-2", "indicators": ("SID-02",)}
    open_again.when(DeclareEvidence(OPERATOR, LATER, EDITION, item(**new), max_bytes=1000)).then(
        declared(at=LATER, **new)
    )
    closed = {"evidence_id": "ev-2", "indicators": ("SID-01", "SID-02")}
    open_again.when(
        DeclareEvidence(OPERATOR, LATER, EDITION, item(**closed), max_bytes=1000)
    ).refused("indicator_not_reopened")
    open_again.when(WithdrawEvidence(OPERATOR, LATER, "ev-1", "x")).refused(
        "indicator_not_reopened"
    )


def test_in_a_revision_an_item_comes_to_a_reopened_indicator_and_stays_with_the_others() -> None:
    open_again = in_revision(declared(), accepted(), indicators=("SID-02",))
    more = revise(("SID-01", "SID-02"))
    open_again.when(more).then(revised(more))
    for command in (
        revise(("SID-02",)),
        revise(("SID-01", "SID-02"), letter=LETTER),
        revise(("SID-01", "SID-08")),
    ):
        open_again.when(command).refused("indicator_not_reopened")


def test_an_attachment_changes_in_a_revision_with_the_field_that_it_proves() -> None:
    def answer(kind: str, *fields: str) -> Any:
        new = {"evidence_id": "ev-2", **attachment(kind)}
        command = DeclareEvidence(OPERATOR, LATER, EDITION, item(**new), max_bytes=1000)
        return in_revision(fields=fields).when(command), declared(at=LATER, **new)

    for kind, fields in (
        ("budget", ("budget_rupiah",)),
        ("intellectual_property", ("intellectual_property", "title")),
        ("award", ("result",)),
        ("business_profile", ("purpose",)),
    ):
        when, fact = answer(kind, *fields)
        when.then(fact)
    answer("budget", "title")[0].refused("field_not_reopened")
    for kind in ("budget", "award"):
        answer(kind)[0].refused("profile_locked")


def test_an_attachment_is_withdrawn_and_made_evidence_in_a_revision_only_where_both_are_open() -> (
    None
):
    budget = declared(**attachment("budget"))
    withdraw = WithdrawEvidence(OPERATOR, LATER, "ev-1", "x")
    locked = in_revision(budget, accepted(), indicators=("SID-03",))
    locked.when(withdraw).refused("profile_locked")
    locked.when(revise(("SID-03",), "budget_document")).refused("profile_locked")
    open_again = in_revision(budget, accepted(), indicators=("SID-03",), fields=("budget_rupiah",))
    shown = revise(("SID-03",), "budget_document")
    open_again.when(shown).then(revised(shown))
    open_again.when(revise(("SID-06",), "rkpd")).refused("indicator_not_reopened")


def test_evidence_of_a_revision_is_late_after_its_due_date() -> None:
    open_again = in_revision(declared(indicators=("SID-02",)), accepted())
    late = reopened().due + timedelta(microseconds=1)
    for command in (
        DeclareEvidence(OPERATOR, late, EDITION, item(indicators=("SID-02",)), 1000),
        WithdrawEvidence(OPERATOR, late, "ev-1", "x"),
        ReviseEvidence(OPERATOR, late, EDITION, "ev-1", ("SID-02",), "decree", LETTER),
    ):
        open_again.when(command).refused("deadline_passed")


def test_a_revision_changes_the_fields_that_were_named_and_no_other() -> None:
    changed = profile(purpose="Menurunkan stunting separuhnya.")
    revise = ReviseProfile(OPERATOR, submitted().at, EDITION, changed)
    history = (DRAFTED, declared(), submitted())
    named = given(decider, *history, reopened(fields=("purpose", "benefit")))
    named.when(revise).then(
        ProfileRevised(by=OPERATOR, at=revise.at, innovation_id="inno-1", profile=changed)
    )
    other = changed.model_copy(update={"title": "LAIN", "result": "Lain."})
    with pytest.raises(Refused) as refusal:
        named.when(ReviseProfile(OPERATOR, revise.at, EDITION, other)).run()
    assert (refusal.value.code, refusal.value.params) == (
        "field_not_reopened",
        {"fields": ("title", "result"), "reopened": ("benefit", "purpose")},
    )


def test_a_revision_that_names_no_field_keeps_the_profile_locked() -> None:
    history = given(decider, DRAFTED, submitted(), reopened())
    for typed in (PROFILE, profile(purpose="Lain.")):
        history.when(ReviseProfile(OPERATOR, submitted().at, EDITION, typed)).refused(
            "profile_locked"
        )


def test_a_revision_saves_nothing_new_after_its_due_date() -> None:
    history = given(decider, DRAFTED, submitted(), reopened(fields=("purpose",)))
    at = reopened().due + timedelta(microseconds=1)
    history.when(ReviseProfile(OPERATOR, at, EDITION, profile(purpose="Lain."))).refused(
        "deadline_passed"
    )


def test_a_revision_refuses_typing_errors_too() -> None:
    history = given(decider, DRAFTED, submitted(), reopened(fields=("main_affair",)))
    history.when(
        ReviseProfile(OPERATOR, submitted().at, EDITION, profile(main_affair="sihir"))
    ).refused("choice_unknown")
