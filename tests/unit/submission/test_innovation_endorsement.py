"""The agency's head stands by one content: any change of it lapses the endorsement."""

from datetime import date

import pytest

from services.submission.domain.commands import Endorse
from services.submission.domain.endorsing import digest_of
from services.submission.domain.innovation import decider
from services.submission.domain.states import Missing
from shared.events.submission import (
    Claim,
    EvidenceRevised,
    EvidenceWithdrawn,
    InnovationEvent,
    Letter,
    LevelClaimed,
    ProfileRevised,
)
from tests.builders.innovation import accepted, endorsed, refused, reopened, submit, submitted
from tests.builders.submission import DRAFTED, HEAD, LATER, NOW, OPERATOR, PROFILE, declared, item
from tests.spec import given

APPOINTMENT = Letter(number="821/3", signed_on=date(2026, 6, 1), subject="Pelaksana harian")
DECLARED = (DRAFTED, declared(), declared(evidence_id="ev-2"))
READY = (DRAFTED, declared(), accepted())
IDS = {"by": OPERATOR, "at": NOW, "innovation_id": "inno-1"}


def digest(*history: InnovationEvent) -> str:
    state = decider.replay(history)
    assert not isinstance(state, Missing)
    return digest_of(state.content)


def endorse(content_digest: str, by: str = HEAD) -> Endorse:
    return Endorse(by, NOW, content_digest, "head", None)


def test_the_head_endorses_what_was_read_and_once_is_enough() -> None:
    fact = endorsed(digest(*READY))
    given(decider, *READY).when(endorse(digest(*READY))).then(fact)
    given(decider, *READY, fact).when(endorse(digest(*READY))).nothing()


def test_another_person_endorses_the_same_content_too() -> None:
    seen = digest(*READY)
    given(decider, *READY, endorsed(seen)).when(endorse(seen, "sekretaris")).then(
        endorsed(seen, by="sekretaris")
    )


def test_what_changed_since_it_was_read_is_not_endorsed() -> None:
    given(decider, *READY).when(endorse(digest(DRAFTED))).refused("content_changed")


def test_who_acts_for_the_head_names_the_appointment() -> None:
    seen = digest(*READY)
    acting = Endorse("sekretaris", NOW, seen, "acting", None)
    given(decider, *READY).when(acting).refused("appointment_missing")
    appointed = Endorse("sekretaris", NOW, seen, "acting", APPOINTMENT)
    given(decider, *READY).when(appointed).then(
        endorsed(seen, by="sekretaris", capacity="acting", appointment=APPOINTMENT)
    )


def test_a_submission_says_who_stands_by_it() -> None:
    history = given(decider, *READY, endorsed(digest(*READY)))
    for required in (True, False):
        history.when(submit(endorsement_required=required)).then(submitted(endorsed_by=HEAD))


def test_a_submission_without_the_endorsement_that_the_season_asks_for_is_refused() -> None:
    given(decider, *READY).when(submit(endorsement_required=True)).refused("endorsement_missing")
    given(decider, *READY).when(submit()).then(submitted())


LAPSING: list[InnovationEvent] = [
    ProfileRevised(**IDS, profile=PROFILE.model_copy(update={"purpose": "Lain."})),
    LevelClaimed(**IDS, claim=Claim(indicator="SID-01", level=1)),
    declared(evidence_id="ev-3"),
    refused("ev-2"),
    EvidenceWithdrawn(**IDS, evidence_id="ev-2", reason="x"),
    EvidenceRevised(
        **IDS, evidence_id="ev-2", indicators=("SID-02",), evidence_kind="decree", letter=None
    ),
]


@pytest.mark.parametrize("change", LAPSING, ids=lambda fact: type(fact).__name__)
def test_any_change_lapses_the_endorsement(change: InnovationEvent) -> None:
    history = given(decider, *DECLARED, endorsed(digest(*DECLARED)), change)
    asked = submit(endorsement_required=True, grace_minutes=60)
    history.when(asked).refused("endorsement_lapsed")
    (fact,) = history.when(submit(grace_minutes=60)).run()
    assert fact.endorsed_by is None


def test_what_intake_says_of_a_file_does_not_lapse_it() -> None:
    before = (DRAFTED, declared())
    given(decider, *before, endorsed(digest(*before)), accepted()).when(
        submit(endorsement_required=True)
    ).then(submitted(endorsed_by=HEAD))


def test_what_is_changed_back_is_what_was_endorsed() -> None:
    there = LAPSING[0]
    back = ProfileRevised(**IDS, profile=PROFILE)
    given(decider, *READY, endorsed(digest(*READY)), there, back).when(
        submit(endorsement_required=True)
    ).then(submitted(endorsed_by=HEAD))


def test_a_resubmission_needs_an_endorsement_of_its_own_content() -> None:
    sent = (*READY, endorsed(digest(*READY)), submitted(endorsed_by=HEAD), reopened())
    claim = Claim(indicator="SID-02", level=1)
    changed = LevelClaimed(**{**IDS, "at": LATER}, claim=claim)
    asked = submit(endorsement_required=True)
    history = given(decider, *sent, changed)
    history.when(asked).refused("endorsement_lapsed")
    seen = digest(*sent, changed)
    again = Endorse(HEAD, LATER, seen, "head", None)
    history.when(again).then(endorsed(seen, at=LATER))
    history.after(endorsed(seen, at=LATER)).when(asked).then(
        submitted(round=2, claims=(claim,), endorsed_by=HEAD)
    )


def test_the_digest_is_that_of_profile_claims_and_evidence_in_any_order() -> None:
    one = digest(DRAFTED, declared(), declared(evidence_id="ev-2"))
    other = digest(DRAFTED, declared(evidence_id="ev-2"), declared())
    assert one == other
    assert one != digest(DRAFTED, declared())
    assert digest(*READY) == submitted(manifest=(item(),)).content_digest
