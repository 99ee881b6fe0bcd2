"""Answers to batched direct gets: whole, empty, and with messages lost on the way."""

from shared.history.batch import Batch
from shared.history.envelope import Message

SUBJECT = "inda.v1.submission.agency.hss"
END = {"Status": "204", "Description": "EOB"}


def headers(sequence: int, before: int) -> dict[str, str]:
    return {
        "Nats-Subject": SUBJECT,
        "Nats-Sequence": str(sequence),
        "Nats-Last-Sequence": str(before),
    }


def heard(*told: dict[str, str]) -> tuple[list[Message], bool]:
    batch = Batch()
    for each in told:
        batch.hear(each, b"{}")
    return batch.messages, batch.is_over


def message(sequence: int, before: int) -> Message:
    return Message(SUBJECT, sequence, headers(sequence, before), b"{}")


def test_a_batch_is_over_with_its_status():
    told = heard(headers(4, 0), headers(9, 4), {**END, "Nats-Last-Sequence": "9"})
    assert told == ([message(4, 0), message(9, 4)], True)


def test_a_batch_goes_on_until_then():
    assert heard(headers(4, 0)) == ([message(4, 0)], False)


def test_a_replica_that_has_no_more_says_only_that():
    assert heard({"Status": "404", "Description": "Message Not Found"}) == ([], True)


def test_a_batch_ends_before_the_first_message_that_was_lost():
    assert heard(headers(4, 0), headers(6, 5)) == ([message(4, 0)], True)


def test_a_batch_whose_beginning_was_lost_is_empty():
    assert heard(headers(5, 4), headers(6, 5)) == ([], True)


def test_what_comes_after_the_end_is_not_heard():
    assert heard(headers(4, 0), END, headers(5, 4)) == ([message(4, 0)], True)
