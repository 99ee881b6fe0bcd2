"""Whatever the script and the length of texts, what is saved can be handed in as one fact."""

from datetime import date
from typing import Any

import pytest

from services.submission.domain.commands import DeclareEvidence, Original, ReviseProfile
from services.submission.domain.innovation import decider
from shared.errors import Refused
from shared.events.submission import FileEvidence, InnovationEvent, Letter
from tests.builders.innovation import revise, submit
from tests.builders.submission import (
    DRAFTED,
    EDITION,
    LATER,
    NOW,
    OPERATOR,
    PROFILE,
    SHA,
    declared,
    draft,
    item,
)
from tests.spec import given

MESSAGE_BYTES = 256 * 1024
LONG = PROFILE.model_copy(update={"design_narrative": "kata " * 42_000})
LONG_LETTER = Letter(number="1", signed_on=date(2024, 1, 1), subject="x" * 210_000)


def with_name(number: int, name: str) -> dict[str, Any]:
    content = FileEvidence(file_name=name, sha256=SHA, size_bytes=100, media_type="application/pdf")
    return {"evidence_id": f"ev-{number}", "content": content}


def declare(**changes: Any) -> DeclareEvidence:
    return DeclareEvidence(OPERATOR, NOW, EDITION, item(**changes), 1000)


def test_texts_that_no_fact_can_hold_are_refused() -> None:
    given(decider).when(draft(profile=LONG)).refused("content_too_large")
    given(decider, DRAFTED).when(ReviseProfile(OPERATOR, NOW, EDITION, LONG)).refused(
        "content_too_large"
    )


def test_bytes_count_and_not_characters() -> None:
    texts = {"design_narrative": "kata " * 300 + "ꦲ" * 35_000, "purpose": "ꦲ" * 35_000}
    profile = PROFILE.model_copy(update=texts)
    with pytest.raises(Refused) as refusal:
        given(decider).when(draft(profile=profile)).run()
    assert refusal.value.code == "content_too_large"
    assert refusal.value.params["max_bytes"] == 200 * 1024


def test_what_an_original_carries_counts_too() -> None:
    evidence = (item(accepted=True, letter=LONG_LETTER),)
    given(decider).when(draft(original=Original("inno-0", (), (), evidence))).refused(
        "content_too_large"
    )


def test_a_letter_told_anew_counts_too() -> None:
    given(decider, DRAFTED, declared()).when(revise(("SID-01",), "decree", LONG_LETTER)).refused(
        "content_too_large"
    )


@pytest.mark.parametrize("name", ["berkas.pdf", "ꦧꦼꦂꦏꦱ꧀" * 60 + ".pdf", "\x01" * 1500])
def test_as_many_files_as_are_taken_can_be_handed_in(name: str) -> None:
    history: list[InnovationEvent] = [DRAFTED]
    for number in range(151):
        state = decider.replay(history)
        try:
            history += decider.decide(declare(**with_name(number, name)), state)
        except Refused as refusal:
            assert refusal.code in ("too_many_files", "content_too_large")
            break
    assert len(history) > 20
    handed_in = decider.decide(submit(at=LATER, grace_minutes=1), decider.replay(history))
    assert len(handed_in[0].model_dump_json().encode()) < MESSAGE_BYTES * 0.9
