"""What the log says of each fact, for those who hold facts against it. Calls block."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.history.envelope import Message
from shared.transparency import BrokenTile, Checkpoint, Readable, Tree, leaf_hash, leaf_of
from shared.transparency.tiles import WIDTH

FIELDS = ("sequence", "subject", "id", "time", "headers", "body")


@dataclass(frozen=True, slots=True)
class Unlike:
    """The first field in which a fact is not the one that was sealed."""

    sequence: int
    field: str
    expected: str
    found: str


class Sealed:
    """The log under one checkpoint. `unknown` counts facts of which it cannot say anything, since
    its own files are broken: the check of the log names that.
    """

    def __init__(self, shelf: Readable, head: Checkpoint) -> None:
        self._tree = Tree(shelf, head.size)
        self._bundle: tuple[int, tuple[bytes, ...] | None] = (-1, None)
        self.size = head.size
        self.unknown = 0

    def unlike(self, message: Message) -> Unlike | None:
        """None for a fact that is as it was sealed, or lies beyond the checkpoint."""
        index = message.sequence - 1
        if not 0 <= index < self.size:
            return None
        leaf = leaf_of(message)
        sealed, entry = self._hash(index), self._entry(index)
        # One of the two may be spoiled in the log: what fits either was sealed so.
        if leaf_hash(leaf) == sealed or leaf == entry:
            return None
        if entry is None and sealed is None:
            self.unknown += 1
            return None
        if entry is None:
            return Unlike(message.sequence, "leaf", (sealed or b"").hex(), leaf_hash(leaf).hex())
        return _first(message.sequence, _told(entry), _told(leaf))

    def _hash(self, index: int) -> bytes | None:
        try:
            return self._tree.at(0, index)
        except BrokenTile:
            return None

    def _entry(self, index: int) -> bytes | None:
        number, within = divmod(index, WIDTH)
        if self._bundle[0] != number:
            self._bundle = number, self._entries(number)
        entries = self._bundle[1]
        return None if entries is None else entries[within]

    def _entries(self, number: int) -> tuple[bytes, ...] | None:
        try:
            return self._tree.entries(number)
        except BrokenTile:
            return None


def _told(entry: bytes) -> Mapping[str, Any]:
    try:
        return dict(json.loads(entry))
    except (ValueError, TypeError):
        return {}


def _first(sequence: int, sealed: Mapping[str, Any], found: Mapping[str, Any]) -> Unlike:
    for name in FIELDS:
        expected, other = str(sealed.get(name, "")), str(found.get(name, ""))
        if expected != other:
            return Unlike(sequence, name, expected, other)
    return Unlike(sequence, "entry", "", "")
