"""The five criteria of article 6: answered first, each once, a no explained."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.verification.domain import decider
from shared.errors import DomainError
from shared.events.verification import AdmissibilityDecided, Criterion, CriterionFinding
from tests.builders.verification import (
    ADMITTED,
    AT,
    COLLEAGUE,
    CRITERIA,
    NOT_ADMITTED,
    OPENED,
    REJECTED,
    REQUESTED,
    SECOND_TOKEN,
    VERIFIED,
    VERIFIER,
    about,
    admitted,
    decide_admissibility,
    findings,
    leased,
    verify,
)
from tests.spec import given

HELD = given(decider, OPENED, leased())


def test_an_innovation_that_meets_all_five_criteria_is_admissible() -> None:
    HELD.when(decide_admissibility()).then(ADMITTED)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_one_criterion_that_is_not_met_makes_it_inadmissible(criterion: Criterion) -> None:
    HELD.when(decide_admissibility(criterion)).then(admitted(criterion))
    assert not admitted(criterion).admissibility.admissible


def test_the_decision_is_bound_to_the_profile_that_was_read() -> None:
    (fact,) = HELD.when(decide_admissibility()).run()
    assert isinstance(fact, AdmissibilityDecided)
    written = json.dumps(
        about().profile.model_dump(mode="json"), sort_keys=True, separators=(",", ":")
    )
    assert fact.admissibility.profile_digest == sha256(written.encode()).hexdigest()


def test_the_criteria_stand_in_their_order_however_they_were_told() -> None:
    HELD.when(decide_admissibility(findings=findings()[::-1])).then(ADMITTED)


@pytest.mark.parametrize("criterion", CRITERIA)
def test_every_criterion_is_answered(criterion: Criterion) -> None:
    four = tuple(each for each in findings() if each.criterion != criterion)
    HELD.when(decide_admissibility(findings=four)).refused("criteria_incomplete")


def test_no_criterion_is_answered_twice() -> None:
    for twice in (
        (*findings(), findings()[0]),
        (*findings(), findings("renewal")[0]),
        (*findings()[:4], findings()[0]),
    ):
        HELD.when(decide_admissibility(findings=twice)).refused("criteria_incomplete")


def test_nothing_is_no_answer() -> None:
    HELD.when(decide_admissibility(findings=())).refused("criteria_incomplete")


@pytest.mark.parametrize("note", ["", " \n\t"])
def test_a_criterion_that_is_not_met_is_explained(note: str) -> None:
    unexplained = CriterionFinding(criterion="benefit", met=False, note=note)
    told = tuple(unexplained if each.criterion == "benefit" else each for each in findings())
    HELD.when(decide_admissibility(findings=told)).refused("note_missing")


def test_a_criterion_that_is_met_may_be_explained() -> None:
    explained = tuple(each.model_copy(update={"note": "Seen."}) for each in findings())
    HELD.when(decide_admissibility(findings=explained)).then(admitted(findings=explained))


def test_the_same_decision_again_is_already_so() -> None:
    later = AT + timedelta(minutes=1)
    HELD.after(ADMITTED).when(decide_admissibility(at=later)).nothing()
    HELD.after(NOT_ADMITTED).when(decide_admissibility("renewal", at=later)).nothing()


def test_a_decision_is_changed_until_the_review_ends() -> None:
    HELD.after(ADMITTED).when(decide_admissibility("renewal")).then(NOT_ADMITTED)
    HELD.after(NOT_ADMITTED).when(decide_admissibility()).then(ADMITTED)


def test_the_same_decision_by_somebody_else_is_theirs() -> None:
    HELD.after(ADMITTED, leased(COLLEAGUE, SECOND_TOKEN)).when(
        decide_admissibility(person=COLLEAGUE, token=SECOND_TOKEN)
    ).then(admitted(person=COLLEAGUE, token=SECOND_TOKEN))


def test_the_criteria_are_decided_only_while_the_dossier_is_held() -> None:
    given(decider, OPENED).when(decide_admissibility()).refused("lease_lost")
    HELD.when(decide_admissibility(token="never")).refused("lease_lost")
    HELD.after(REQUESTED).when(decide_admissibility()).refused("waiting_for_revision")
    HELD.after(VERIFIED).when(decide_admissibility()).refused("dossier_verified")
    HELD.after(REJECTED).when(decide_admissibility()).refused("dossier_rejected")


def test_nothing_ends_before_the_criteria_are_decided() -> None:
    HELD.when(verify()).refused("admissibility_missing")


@for_all(
    told=st.lists(
        st.builds(
            CriterionFinding,
            criterion=st.sampled_from(CRITERIA),
            met=st.booleans(),
            note=st.sampled_from(["", " ", "Done before."]),
        ),
        max_size=7,
    )
)
def test_no_decision_leaves_a_criterion_open_or_a_no_unexplained(
    told: list[CriterionFinding],
) -> None:
    try:
        (fact,) = HELD.when(decide_admissibility(findings=tuple(told))).run()
    except DomainError as refusal:
        assert refusal.code in {"criteria_incomplete", "note_missing"}
        return
    assert isinstance(fact, AdmissibilityDecided)
    found = fact.admissibility
    assert tuple(each.criterion for each in found.findings) == CRITERIA
    assert found.admissible == all(each.met for each in found.findings)
    assert all(each.met or each.note.strip() for each in found.findings)
    assert found.decided_by == VERIFIER.by
