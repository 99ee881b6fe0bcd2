"""The log beside an archive, which vouches for every fact in it under a signed checkpoint."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.audit.archive.broken import LogMissing, LogShortened, SegmentChanged
from services.audit.archive.source import Archive, missing_behind
from shared.history.envelope import Message
from shared.transparency import (
    EMPTY_ROOT,
    LOG,
    Checkpoint,
    Shelf,
    Tree,
    Verifier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    leaf_of,
    opened,
    verify_consistency,
    verify_inclusion,
)
from shared.transparency.merkle import node_hash
from shared.transparency.tiles import WIDTH

CHECKPOINT = f"{LOG}checkpoint"
CHECKPOINTS = f"{LOG}checkpoints/"
VKEY = f"{LOG}vkey"


@dataclass(slots=True)
class Growing:
    """The root over leaves that come one after the other, by the complete subtrees so far."""

    size: int = 0
    _peaks: list[bytes] = field(default_factory=list[bytes])

    @classmethod
    def after(cls, size: int, tree: Tree) -> "Growing":
        """Behind the first `size` leaves of a tree. Raises `BrokenTile`."""
        peaks: list[bytes] = []
        first = 0
        for level in range(size.bit_length() - 1, -1, -1):
            if size >> level & 1:
                peaks.append(tree.at(level, first >> level))
                first += 1 << level
        return cls(size, peaks)

    def add(self, leaf: bytes) -> None:
        """`leaf` is the leaf's hash."""
        found, size = leaf, self.size
        while size & 1:
            found, size = node_hash(self._peaks.pop(), found), size >> 1
        self._peaks.append(found)
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY_ROOT
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node_hash(peak, found)
        return found


def keys_of(text: str) -> tuple[Verifier, ...]:
    """Of a file with a verifier key a line. Raises `BadNote`."""
    return tuple(Verifier.from_text(each) for each in text.splitlines() if each.strip())


def keys_beside(shelf: Shelf) -> tuple[Verifier, ...]:
    """Those that lie beside the log, which nobody vouches for. Raises `LogMissing`, `BadNote`."""
    found = shelf.get(VKEY)
    if found is None:
        raise LogMissing(f"There is no {VKEY}; name a file with the log's key.", VKEY)
    return keys_of(found.decode(errors="replace"))


def checkpoints_of(shelf: Shelf) -> dict[int, str]:
    """The path of every signed note that is kept, by the size of its tree."""
    paths = {path.removeprefix(CHECKPOINTS): path for path in shelf.listed(CHECKPOINTS)}
    return {int(name): path for name, path in sorted(paths.items()) if name.isdigit()}


class Voucher:
    """Compares facts, taken in order behind `after`, with the log under its checkpoint.

    All methods raise `Amiss`: for the first fact that is not the one in the log, for a log that
    is shorter than what it signed before, or for one that its checkpoint does not sign.
    """

    def __init__(self, shelf: Shelf, verifiers: Sequence[Verifier], after: int = 0) -> None:
        note = shelf.get(CHECKPOINT)
        if note is None:
            raise LogMissing(f"There is no {CHECKPOINT}.", CHECKPOINT)
        self.note = note.decode(errors="replace")
        self.head: Checkpoint = opened(self.note, verifiers).checkpoint
        newest = max(checkpoints_of(shelf), default=0)
        if newest > self.head.size:
            raise LogShortened(
                f"The log signed {newest} facts once, and {self.head.size} now.", CHECKPOINT
            )
        self._tree = Tree(shelf, self.head.size)
        self._growing = Growing.after(after, self._tree)
        self._bundle: tuple[int, tuple[bytes, ...]] = (-1, ())

    @property
    def size(self) -> int:
        """How many facts were taken."""
        return self._growing.size

    @property
    def root(self) -> bytes:
        """Over the facts that were taken."""
        return self._growing.root

    def take(self, messages: Sequence[Message], place: str = "") -> None:
        """`place` is where the facts come from."""
        for message in messages:
            leaf = leaf_of(message)
            if self._entry(message.sequence - 1) != leaf:
                raise self._differing(message.sequence, place)
            self._growing.add(leaf_hash(leaf))

    def prove(self) -> None:
        """That what was taken is the beginning of what the checkpoint signs, or all of it."""
        proof = consistency_proof(self.size, self.head.size, self._tree)
        verify_consistency(self.size, self.head.size, self.root, self.head.root, proof)

    def _differing(self, sequence: int, place: str) -> SegmentChanged:
        """Of the log only what its checkpoint signs may speak against the archive."""
        index, size = sequence - 1, self.head.size
        leaf = leaf_hash(self._tree.entry(index))
        proof = inclusion_proof(index, size, self._tree)
        verify_inclusion(leaf, index, size, self.head.root, proof)
        what = f"Fact {sequence} is not the one in the log."
        return SegmentChanged(what, place, sequence)

    def _entry(self, index: int) -> bytes:
        if index >= self.head.size:
            raise LogShortened(
                f"The archive holds fact {index + 1}, the log ends with {self.head.size}.",
                CHECKPOINT,
            )
        number, bundle = self._bundle
        if number != index // WIDTH:
            number = index // WIDTH
            bundle = self._tree.entries(number)
            self._bundle = number, bundle
        return bundle[index % WIDTH]


def check_ends(archive: Archive, voucher: Voucher) -> None:
    """That archive and log end alike. Raises `SegmentMissing`, `LogShortened`."""
    if archive.last < voucher.head.size:
        raise missing_behind(archive.last, voucher.head.size)
    if archive.last > voucher.head.size:
        raise LogShortened(
            f"The archive holds {archive.last} facts, the log ends with {voucher.head.size}.",
            CHECKPOINT,
        )
