"""What may be granted, on which evidence, and when a dossier is verified."""

from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.verification.domain import REASONS, State, decider
from shared.errors import DomainError
from shared.events.submission import Claim
from shared.events.verification import IndicatorDecided, VerdictCorrected
from tests.builders.verification import (
    ALL_DECIDED,
    AT,
    CLAIMS,
    COLLEAGUE,
    FIRST_DIGEST,
    INNOVATION,
    OBJECTION_DECIDER,
    OPENED,
    REQUESTED,
    VERIFIED,
    VERIFIER,
    about,
    attachment,
    claim,
    correct,
    decide,
    decided,
    evidence,
    leased,
    open_dossier,
    statement,
    verdict,
    verify,
)
from tests.spec import given

HELD = given(decider, OPENED, leased())


def test_the_claimed_level_is_granted_on_the_evidence_shown() -> None:
    HELD.when(decide("SID-01", 3)).then(decided("SID-01", 3))


def test_less_is_granted_with_a_reason_and_a_note() -> None:
    HELD.when(decide("SID-01", 1)).then(decided("SID-01", 1))


def test_nothing_can_be_granted_where_no_evidence_is_shown() -> None:
    HELD.when(decide("SID-18", 1)).refused("evidence_missing")


def test_level_zero_needs_no_evidence_and_keeps_the_basis_of_the_claim() -> None:
    HELD.when(decide("SID-18", 0)).then(decided("SID-18", 0))


def test_evidence_that_intake_did_not_accept_proves_nothing() -> None:
    declared = (evidence("ev-1", FIRST_DIGEST, "SID-01", accepted=False),)
    opened = OPENED.model_copy(update={"manifest": declared})
    given(decider, opened, leased()).when(decide("SID-01", 1)).refused("evidence_missing")


def test_an_attachment_of_the_profile_proves_nothing() -> None:
    opened = OPENED.model_copy(update={"manifest": (attachment("ev-5", FIRST_DIGEST),)})
    given(decider, opened, leased()).when(decide("SID-01", 1)).refused("evidence_missing")


def test_a_statement_of_replication_proves_a_claim_by_its_digest() -> None:
    opened = OPENED.model_copy(update={"manifest": (statement("ev-4", FIRST_DIGEST),)})
    given(decider, opened, leased()).when(decide("SID-18", 1)).then(
        decided("SID-18", 1, evidence=(FIRST_DIGEST,))
    )


def test_no_more_than_the_claim_is_granted() -> None:
    HELD.when(decide("SID-02", 3)).refused("level_above_claim")


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
    released = given(decider, OPENED, leased(), decided("SID-01", 3), leased(COLLEAGUE, "token-2"))
    released.when(decide("SID-01", 3, COLLEAGUE, token="token-2")).then(
        decided("SID-01", 3, "token-2", **by_colleague)
    )


def test_no_verdict_while_the_agency_revises() -> None:
    HELD.after(REQUESTED).when(decide("SID-01", 3)).refused("waiting_for_revision")


def test_no_verdict_after_verification() -> None:
    HELD.after(*ALL_DECIDED, VERIFIED).when(decide("SID-01", 3)).refused("dossier_verified")


def test_a_dossier_is_verified_when_every_claim_is_decided() -> None:
    HELD.after(*ALL_DECIDED).when(verify()).then(VERIFIED)


def test_a_dossier_is_not_verified_while_a_claim_is_undecided() -> None:
    state = decider.replay([OPENED, leased(), ALL_DECIDED[0]])
    with pytest.raises(DomainError) as refusal:
        decider.decide(verify(), state)
    assert (refusal.value.code, refusal.value.params) == (
        "indicators_undecided",
        {"indicators": ("SID-02", "SID-18")},
    )


def test_a_dossier_without_claims_is_verified_at_once() -> None:
    unclaimed = (Claim(indicator="SID-01", level=0),)
    opened = OPENED.model_copy(update={"claims": unclaimed})
    nothing_decided = {"claims": unclaimed, "verdicts": ()}
    given(decider, opened, leased()).when(verify()).then(
        VERIFIED.model_copy(update=nothing_decided)
    )


def test_who_verifies_the_verdicts_of_others_is_among_the_deciders() -> None:
    handed_on = given(decider, OPENED, leased(), *ALL_DECIDED, leased(COLLEAGUE, "token-2"))
    both = VERIFIED.model_copy(update={"by": COLLEAGUE.by, "deciders": (COLLEAGUE.by, VERIFIER.by)})
    handed_on.when(verify(COLLEAGUE, "token-2")).then(both)
    given(decider, OPENED, both).when(correct(decided_by=COLLEAGUE.by)).refused(
        "decider_not_independent"
    )


def test_verifying_needs_the_lease() -> None:
    HELD.after(*ALL_DECIDED).when(verify(token="token-0")).refused("lease_lost")


def test_verifying_twice_is_already_so() -> None:
    HELD.after(*ALL_DECIDED, VERIFIED).when(verify()).nothing()


def test_a_granted_objection_corrects_one_verdict_on_the_same_evidence() -> None:
    corrected = verdict(
        "SID-01",
        3,
        note="The bylaw stands on page 4.",
        decided_by=OBJECTION_DECIDER.by,
        decided_by_agency=OBJECTION_DECIDER.agency,
        decided_at=AT + timedelta(days=30),
    )
    given(decider, OPENED, VERIFIED).when(correct()).then(
        VerdictCorrected(
            by="system:verification",
            at=AT + timedelta(days=30),
            dossier_id=INNOVATION,
            competition_id="kia-2026",
            objection_id="objection-1",
            corrected=corrected,
            about=about(),
            round=1,
            claims=CLAIMS,
            verdicts=(corrected, *VERIFIED.verdicts[1:]),
            deciders=tuple(sorted((OBJECTION_DECIDER.by, VERIFIER.by))),
        )
    )


def test_an_objection_corrects_once() -> None:
    state = decider.replay([OPENED, VERIFIED])
    once = decider.decide(correct(), state)
    given(decider, OPENED, VERIFIED, *once).when(correct()).nothing()


def test_who_decided_before_does_not_decide_an_objection() -> None:
    given(decider, OPENED, VERIFIED).when(correct(decided_by=VERIFIER.by)).refused(
        "decider_not_independent"
    )


def test_who_decided_one_objection_does_not_decide_the_next() -> None:
    once = decider.decide(correct(), decider.replay([OPENED, VERIFIED]))
    second = correct(objection_id="objection-2", indicator="SID-02")
    given(decider, OPENED, VERIFIED, *once).when(second).refused("decider_not_independent")


def test_an_objection_grants_no_level_without_evidence() -> None:
    given(decider, OPENED, VERIFIED).when(correct(indicator="SID-18", level=1)).refused(
        "evidence_missing"
    )


def test_an_objection_grants_no_more_than_was_claimed() -> None:
    given(decider, OPENED, VERIFIED).when(correct(indicator="SID-02", level=3)).refused(
        "level_above_claim"
    )


def test_an_objection_to_what_was_never_claimed_is_refused() -> None:
    given(decider, OPENED, VERIFIED).when(correct(indicator="SID-07")).refused(
        "indicator_not_claimed"
    )


def test_an_objection_needs_a_verdict_to_correct() -> None:
    missing = VERIFIED.model_copy(update={"verdicts": ()})
    given(decider, OPENED, missing).when(correct()).refused("verdict_missing")


def test_an_objection_waits_for_verification() -> None:
    given(decider, OPENED).when(correct()).refused("dossier_not_verified")


@for_all(
    claimed=st.integers(0, 3),
    granted=st.integers(-1, 4),
    accepted=st.booleans(),
    reason=st.sampled_from([None, "nonsense", *REASONS]),
    note=st.sampled_from(["", "A note."]),
)
def test_a_verdict_never_exceeds_the_claim_and_never_stands_without_evidence(
    claimed: int, granted: int, accepted: bool, reason: str | None, note: str
) -> None:
    state = _held(claimed, accepted=accepted)
    command = decide("SID-01", granted, reason_code=reason, note=note)
    try:
        facts = decider.decide(command, state)
    except DomainError:
        return
    (fact,) = facts
    assert isinstance(fact, IndicatorDecided)
    found = fact.verdict
    assert 0 <= found.granted_level <= found.claimed_level == claimed
    assert found.granted_level == 0 or found.evidence == (FIRST_DIGEST,)
    assert found.granted_level == claimed or (found.reason_code in REASONS and found.note)


def _held(claimed: int, *, accepted: bool) -> State:
    opening = open_dossier(
        claims=(Claim(indicator="SID-01", level=claimed),),
        manifest=(evidence("ev-1", FIRST_DIGEST, "SID-01", accepted=accepted),),
    )
    state = decider.replay(decider.decide(opening, decider.initial))
    return decider.replay(decider.decide(claim(), state), state)
