"""Which facts of other services ask for which commands."""

from datetime import timedelta

from services.verification import reactions
from services.verification.domain import CorrectVerdict, OpenDossier, ReceiveRevision
from shared.events.awards import ObjectionDecided
from shared.events.submission import InnovationWithdrawn
from shared.events.verification import DOSSIER
from shared.reactions import To
from tests.builders.verification import (
    AT,
    DUE,
    INNOVATION,
    OBJECTION_DECIDER,
    correct,
    lapse,
    open_dossier,
    receive,
    recorded,
    submitted,
    withdraw,
)

DECIDED = ObjectionDecided(
    by=OBJECTION_DECIDER.by,
    at=AT + timedelta(days=30),
    competition_id="kia-2026",
    objection_id="objection-1",
    innovation_id=INNOVATION,
    indicator="SID-01",
    granted=True,
    level=3,
    reason="The bylaw stands on page 4.",
    decided_by_agency=OBJECTION_DECIDER.agency,
)


def test_a_first_submission_opens_a_dossier() -> None:
    (asked,) = reactions.on_innovation_submitted(recorded(submitted()))
    assert asked == To("take-in", DOSSIER, INNOVATION, open_dossier())
    assert isinstance(asked.command, OpenDossier)


def test_a_later_submission_is_a_revision() -> None:
    back = receive()
    fact = submitted(round=2, at=AT, manifest=back.manifest)
    (asked,) = reactions.on_innovation_submitted(recorded(fact))
    assert asked == To("take-in", DOSSIER, INNOVATION, back)
    assert isinstance(asked.command, ReceiveRevision)


def test_a_withdrawn_innovation_withdraws_its_dossier() -> None:
    fact = InnovationWithdrawn(
        by="person-operator", at=AT, innovation_id=INNOVATION, reason="Filed twice."
    )
    assert reactions.on_innovation_withdrawn(recorded(fact)) == (
        To("withdraw", DOSSIER, INNOVATION, withdraw()),
    )


def test_a_granted_objection_corrects_the_verdict() -> None:
    (asked,) = reactions.on_objection_decided(recorded(DECIDED))
    assert asked == To("correct", DOSSIER, INNOVATION, correct())
    assert isinstance(asked.command, CorrectVerdict)


def test_a_due_date_that_passed_lapses_the_revision() -> None:
    late = DUE + timedelta(seconds=1)
    assert reactions.on_due_passed(INNOVATION, 1, late) == To(
        "lapse", DOSSIER, INNOVATION, lapse(late)
    )


def test_a_rejected_objection_asks_nothing() -> None:
    rejected = DECIDED.model_copy(update={"granted": False})
    assert reactions.on_objection_decided(recorded(rejected)) == ()
