"""A leaf is canonical JSON of what was said, and of nothing that a broker or publisher adds."""

from hashlib import sha256

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from shared.history.envelope import Message
from shared.transparency import leaf_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
OURS = st.dictionaries(st.sampled_from(["ce-id", "ce-time", "ce-type", "content-type"]), TEXTS)
THEIRS = st.dictionaries(st.sampled_from(["Nats-Msg-Id", "Nats-Sequence", "Traceparent"]), TEXTS)


@given(OURS, THEIRS, st.integers(1, 2**53 - 1), TEXTS, st.binary())
def test_a_leaf_is_the_canonical_json_of_what_was_said(
    ours: dict[str, str], theirs: dict[str, str], sequence: int, subject: str, body: bytes
) -> None:
    expected = {
        "body": sha256(body).hexdigest(),
        "headers": sha256(rfc8785.dumps(dict(ours))).hexdigest(),
        "id": ours.get("ce-id", ""),
        "sequence": sequence,
        "subject": subject,
        "time": ours.get("ce-time", ""),
    }
    message = Message(subject, sequence, {**theirs, **ours}, body)
    assert leaf_of(message) == rfc8785.dumps(expected)
