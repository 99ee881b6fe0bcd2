"""What may be granted: which level, on which basis, for which reason."""

from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.verification.domain import REASONS, State, decider
from services.verification.domain.commands import Command
from shared.errors import DomainError
from shared.events.submission import Claim, EvidenceItem
from shared.events.verification import DossierEvent, IndicatorDecided
from tests.builders.verification import (
    ADMITTED,
    ALL_DECIDED,
    AT,
    COLLEAGUE,
    FIRST_DIGEST,
    MANIFEST,
    NOT_ADMITTED,
    OPENED,
    REQUESTED,
    SECOND_DIGEST,
    THIRD_DIGEST,
    VERIFIED,
    decide,
    decided,
    evidence,
    leased,
)
from tests.spec import Given, given

HELD = given(decider, OPENED, leased(), ADMITTED)


def test_the_claimed_level_is_granted_on_the_evidence_shown() -> None:
    HELD.when(decide("SID-01", 3)).then(decided("SID-01", 3))


def test_less_is_granted_with_a_reason_and_a_note() -> None:
    HELD.when(decide("SID-01", 1)).then(decided("SID-01", 1))


def test_nothing_can_be_granted_where_no_evidence_is_shown() -> None:
    HELD.when(decide("SID-18", 1)).refused("evidence_missing")


def test_level_zero_needs_no_evidence_and_keeps_the_basis_of_the_claim() -> None:
    HELD.when(decide("SID-18", 0)).then(decided("SID-18", 0))


def test_no_verdict_before_the_criteria_are_decided() -> None:
    given(decider, OPENED, leased()).when(decide("SID-01", 3)).refused("admissibility_missing")


def test_no_verdict_where_a_criterion_is_not_met() -> None:
    HELD.after(NOT_ADMITTED).when(decide("SID-01", 3)).refused("inadmissible")
    HELD.after(NOT_ADMITTED, ADMITTED).when(decide("SID-01", 3)).then(decided("SID-01", 3))


# --- the level and its basis --------------------------------------------------------------


def _beneficiaries() -> Given[Command, State, DossierEvent]:
    return _shown(*MANIFEST, evidence("ev-3", THIRD_DIGEST, "SID-18"))


def test_a_level_names_the_basis_of_the_claim() -> None:
    shown = {"evidence": (THIRD_DIGEST,)}
    _beneficiaries().when(decide("SID-18", 1, **shown)).then(decided("SID-18", 1, **shown))
    _beneficiaries().when(decide("SID-18", 1, basis=None, **shown)).refused("basis_missing")


@pytest.mark.parametrize("granted", [0, 1])
def test_a_level_is_not_granted_on_another_basis(granted: int) -> None:
    _beneficiaries().when(decide("SID-18", granted, basis="b", evidence=(THIRD_DIGEST,))).refused(
        "basis_differs"
    )


def test_a_claim_without_a_basis_is_not_granted_on_one() -> None:
    HELD.when(decide("SID-01", 3, basis="a")).refused("basis_differs")


@pytest.mark.parametrize("basis", [None, "a"])
def test_level_zero_takes_the_basis_of_the_claim_whether_it_is_named_or_not(
    basis: str | None,
) -> None:
    HELD.when(decide("SID-18", 0, basis=basis)).then(decided("SID-18", 0))


@pytest.mark.parametrize("level", [-1, 3, 4])
def test_no_more_than_the_claim_is_granted_and_no_less_than_nothing(level: int) -> None:
    HELD.when(decide("SID-02", level)).refused("level_above_claim")


@pytest.mark.parametrize("indicator", ["SID-03", "SID-19"])
def test_what_was_not_claimed_is_not_decided(indicator: str) -> None:
    HELD.when(decide(indicator, 0)).refused("indicator_not_claimed")


@pytest.mark.parametrize("reason_code", [None, "because"])
def test_less_than_claimed_needs_a_reason_of_the_catalogue(reason_code: str | None) -> None:
    HELD.when(decide("SID-01", 1, reason_code=reason_code)).refused("reason_unknown")


def test_less_than_claimed_needs_a_note() -> None:
    HELD.when(decide("SID-01", 1, note=" \n")).refused("note_missing")


def test_the_full_claim_takes_no_reason() -> None:
    HELD.when(decide("SID-01", 3, reason_code="other")).refused("reason_without_cut")


def test_the_same_verdict_again_is_already_so() -> None:
    later = AT + timedelta(minutes=1)
    HELD.after(decided("SID-01", 1)).when(decide("SID-01", 1, at=later)).nothing()


def test_another_note_is_another_verdict() -> None:
    HELD.after(decided("SID-01", 1)).when(decide("SID-01", 1, note="Page 2 is missing.")).then(
        decided("SID-01", 1, note="Page 2 is missing.")
    )


def test_the_same_verdict_by_somebody_else_is_theirs() -> None:
    by_colleague = {"decided_by": COLLEAGUE.by, "decided_by_agency": COLLEAGUE.agency}
    released = HELD.after(decided("SID-01", 3), leased(COLLEAGUE, "token-2"))
    released.when(decide("SID-01", 3, COLLEAGUE, token="token-2")).then(
        decided("SID-01", 3, "token-2", **by_colleague)
    )


def test_no_verdict_while_the_agency_revises() -> None:
    HELD.after(REQUESTED).when(decide("SID-01", 3)).refused("waiting_for_revision")


def test_no_verdict_after_verification() -> None:
    HELD.after(*ALL_DECIDED, VERIFIED).when(decide("SID-01", 3)).refused("dossier_verified")


@for_all(
    claimed=st.integers(0, 3),
    granted=st.integers(-1, 4),
    accepted=st.booleans(),
    seen=st.sampled_from([(), (FIRST_DIGEST,), (SECOND_DIGEST,), (FIRST_DIGEST, SECOND_DIGEST)]),
    reason=st.sampled_from([None, "nonsense", *REASONS]),
    note=st.sampled_from(["", "A note."]),
)
def test_a_verdict_never_exceeds_the_claim_and_never_stands_without_evidence(
    claimed: int, granted: int, accepted: bool, seen: tuple[str, ...], reason: str | None, note: str
) -> None:
    state = _held(claimed, accepted=accepted)
    command = decide("SID-01", granted, reason_code=reason, note=note, evidence=seen)
    try:
        facts = decider.decide(command, state)
    except DomainError:
        return
    (fact,) = facts
    assert isinstance(fact, IndicatorDecided)
    found = fact.verdict
    assert 0 <= found.granted_level <= found.claimed_level == claimed
    assert found.evidence == ((FIRST_DIGEST,) if accepted else ()) == seen
    assert found.granted_level == 0 or accepted
    assert found.granted_level == claimed or (found.reason_code in REASONS and found.note)


def _held(claimed: int, *, accepted: bool) -> State:
    opened = OPENED.model_copy(
        update={
            "claims": (Claim(indicator="SID-01", level=claimed),),
            "manifest": (evidence("ev-1", FIRST_DIGEST, "SID-01", accepted=accepted),),
        }
    )
    return decider.replay((opened, leased(), ADMITTED))


def _shown(*manifest: EvidenceItem) -> Given[Command, State, DossierEvent]:
    opened = OPENED.model_copy(update={"manifest": manifest})
    return given(decider, opened, leased(), ADMITTED)
