"""Which facts of other services ask for which commands."""

from datetime import timedelta

import pytest

from services.verification import reactions
from services.verification.consumers import commands
from services.verification.domain import (
    AnnounceRevision,
    CorrectVerdict,
    OpenDossier,
    ReceiveRevision,
)
from shared.events.awards import ObjectionDecided
from shared.events.submission import InnovationEndorsed, InnovationWithdrawn
from shared.events.verification import DOSSIER
from shared.reactions import To
from tests.builders.verification import (
    AT,
    DUE,
    FILES_UNTIL,
    INNOVATION,
    MANIFEST,
    OBJECTION_DECIDER,
    announce,
    completed,
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
ENDORSED = InnovationEndorsed(
    by="person-head", at=AT, innovation_id=INNOVATION, content_digest="c" * 64, capacity="head"
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


def test_a_first_submission_with_files_on_their_way_is_waited_for() -> None:
    fact = submitted(pending=("ev-2",), complete_by=DUE)
    assert reactions.on_innovation_submitted(recorded(fact)) == ()


@pytest.mark.parametrize("round", [2, 3])
def test_a_later_submission_with_files_on_their_way_is_announced(round: int) -> None:
    fact = submitted(round=round, at=DUE, pending=("ev-2",), complete_by=FILES_UNTIL)
    (asked,) = reactions.on_innovation_submitted(recorded(fact))
    assert asked == To("announce", DOSSIER, INNOVATION, announce(round))
    assert isinstance(asked.command, AnnounceRevision)


def test_a_submission_that_became_whole_opens_a_dossier() -> None:
    arrived = MANIFEST[:1]
    fact = completed(at=AT, manifest=arrived, missing=("ev-2",))
    assert reactions.on_submission_completed(recorded(fact)) == (
        To("take-in", DOSSIER, INNOVATION, open_dossier(at=AT, manifest=arrived)),
    )


def test_a_later_submission_that_became_whole_is_a_revision() -> None:
    back = receive()
    fact = completed(round=2, at=AT, manifest=back.manifest)
    assert reactions.on_submission_completed(recorded(fact)) == (
        To("take-in", DOSSIER, INNOVATION, back),
    )


async def test_each_fact_is_heard_by_its_reaction() -> None:
    whole, waiting = submitted(), submitted(pending=("ev-2",), complete_by=DUE)
    opened = (To("take-in", DOSSIER, INNOVATION, open_dossier()),)
    assert await commands(recorded(whole)) == opened
    assert await commands(recorded(waiting)) == ()
    coming = submitted(round=2, at=DUE, pending=("ev-2",), complete_by=FILES_UNTIL)
    announced = (To("announce", DOSSIER, INNOVATION, announce()),)
    assert await commands(recorded(coming)) == announced
    assert await commands(recorded(completed())) == opened
    assert await commands(recorded(ENDORSED)) == ()


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
    assert reactions.on_due_passed(INNOVATION, 1, DUE, late) == To(
        "lapse", DOSSIER, INNOVATION, lapse(late)
    )


def test_a_rejected_objection_asks_nothing() -> None:
    rejected = DECIDED.model_copy(update={"granted": False})
    assert reactions.on_objection_decided(recorded(rejected)) == ()
