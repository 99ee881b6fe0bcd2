"""Log and archive of any history on a shelf, sealed as the signer does it."""

import json
from collections.abc import Sequence
from itertools import pairwise

from services.audit.archive import SegmentName, lines_of, ranges
from services.audit.archive.editions import keep_rules
from shared.history.envelope import Message
from shared.transparency import Checkpoint, Shelf, SigningKey, Tree, grown, leaf_of, root_of, signed

ORIGIN = "inda.test/log"


def facts(number: int) -> list[Message]:
    """So many small facts of nobody."""
    return [
        Message(
            f"inda.v1.awards.fund.fund-{sequence % 7}",
            sequence,
            {
                "ce-id": f"id-{sequence}",
                "ce-time": "2026-11-22T08:00:00.000000Z",
                "content-type": "application/json",
                "Nats-Expected-Stream": "INDA",
            },
            json.dumps({"number": sequence, "name": "Dana “A”"}, ensure_ascii=False).encode(),
        )
        for sequence in range(1, number + 1)
    ]


def seal(
    shelf: Shelf,
    messages: Sequence[Message],
    sizes: Sequence[int],
    key: SigningKey,
    *,
    after: int = 0,
) -> None:
    """Signs a checkpoint at each of these sizes, and archives what it covers."""
    keep_rules(shelf)
    for before, size in pairwise((0, *sizes)):
        entries = [leaf_of(each) for each in messages[before:size]]
        for path, content in grown(Tree(shelf, before), entries):
            shelf.put(path, content)
        sign(shelf, size, key)
        for first, last in ranges(before, size):
            content = lines_of(messages[first - 1 : last])
            shelf.put(SegmentName.of(first, last, content).path, content)


def sign(shelf: Shelf, size: int, *keys: SigningKey) -> None:
    """A checkpoint over what the tiles say now, as the latest."""
    checkpoint = Checkpoint(keys[0].name, size, root_of(size, Tree(shelf, size)))
    note = signed(checkpoint, keys).encode()
    shelf.put_newest(f"log/checkpoints/{size:012d}", note)
    shelf.put_newest("log/checkpoint", note)
    shelf.put_newest("log/vkey", f"{keys[0].verifier.text}\n".encode())
