"""A document is found again in the history, whatever was said right before it was recorded."""

from services.awards.api.documents.again import contents_before
from services.awards.api.papers import content_of
from shared.events.awards import AllocationApproved
from tests.unit.awards.story import AT, FUND_ID, MEMBER, WHOLE, asked, certificate, past

LIST = asked("payment_list")
APPROVED = AllocationApproved(by=MEMBER, at=AT, fund_id=FUND_ID, allocation_id="alloc-2-2")
LATER = APPROVED.model_copy(update={"allocation_id": "alloc-3-3"})


def test_the_first_guess_is_all_that_was_said_before_the_document() -> None:
    history = past(*WHOLE, certificate(), APPROVED)
    found = next(iter(contents_before(history, LIST, len(WHOLE) + 1)))
    assert found == content_of(past(*WHOLE), {}, LIST)


def test_a_move_of_money_between_making_and_recording_is_left_out_again() -> None:
    made = content_of(past(*WHOLE), {}, LIST)
    history = past(*WHOLE, APPROVED, LATER, certificate(), APPROVED)
    digests = [each.digest for each in contents_before(history, LIST, len(WHOLE) + 3)]
    assert digests.index(made.digest) == 2
    assert len(set(digests[:3])) == 3


def test_nothing_is_guessed_from_before_the_competition_last_moved() -> None:
    history = past(*WHOLE, certificate(), APPROVED, certificate(document_id="doc-2"))
    found = list(contents_before(history, LIST, len(WHOLE) + 3))
    assert [each.told for each in found] == [
        content_of(past(*WHOLE, APPROVED), {}, LIST).told,
        content_of(past(*WHOLE), {}, LIST).told,
    ]
