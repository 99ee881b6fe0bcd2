"""What an objection may change in a verified dossier, and who may decide it."""

from datetime import timedelta

from services.verification.domain import decider
from shared.events.verification import VerdictCorrected
from tests.builders.verification import (
    AT,
    CLAIMS,
    INNOVATION,
    OBJECTION_DECIDER,
    OPENED,
    REJECTED,
    VERIFIED,
    VERIFIER,
    about,
    correct,
    verdict,
)
from tests.spec import given


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
    given(decider, OPENED, REJECTED).when(correct()).refused("dossier_not_verified")
