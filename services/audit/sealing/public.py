"""What anybody may ask of the log: files as they lie in the bucket, and proofs made from them."""

import asyncio
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from services.audit.sealing.publishing import CHECKPOINT, VKEY, note_path
from services.audit.witnessing.cosignatures import cosignatures_of, served_note
from shared.errors import Invalid, NotFound, Unavailable
from shared.history.checkpoints import Checkpoints, StoredNote
from shared.transparency import (
    LOG,
    Amiss,
    Checkpoint,
    Shelf,
    TlogProof,
    Tree,
    consistency_proof,
    leaf_hash,
    proof_of,
    verify_consistency,
    verify_inclusion,
)
from shared.transparency.notes import parted

P = ParamSpec("P")
T = TypeVar("T")

READERS = 8
ANSWER_SECONDS = 20.0
MOST_LISTED = 100
TILE = re.compile(
    r"(entries|[0-9]|[1-5][0-9]|6[0-3])/(x[0-9]{3}/)*[0-9]{3}(\.p/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
)


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A checkpoint and the note under which it is signed."""

    checkpoint: Checkpoint
    note: str

    @classmethod
    def of(cls, note: str) -> "SignedHead":
        """Raises `BadNote`."""
        return cls(Checkpoint.of(parted(note)[0]), note)


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That `entry` stands at `index` of the tree that `head` signs."""

    head: SignedHead
    index: int
    entry: bytes
    hashes: tuple[bytes, ...]

    @property
    def leaf_hash(self) -> bytes:
        return leaf_hash(self.entry)


@dataclass(frozen=True, slots=True)
class Consistency:
    """That the log of `new` begins with that of `old`."""

    old: SignedHead
    new: SignedHead
    hashes: tuple[bytes, ...]


class PublicLog:
    """Every method may raise `Unavailable`: when the storage does not answer, and when what it
    holds proves nothing any more.
    """

    def __init__(self, shelf: Shelf, checkpoints: Checkpoints) -> None:
        self._shelf = shelf
        self._checkpoints = checkpoints
        # Apart, so that many who ask keep nobody from signing.
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="public-log")

    def close(self) -> None:
        self._readers.shutdown(wait=False, cancel_futures=True)

    async def newest(self) -> SignedHead:
        """Raises `NotFound` while nothing was signed."""
        return SignedHead.of((await self._found(CHECKPOINT, _nothing_signed)).decode())

    async def signed(self, size: int | None) -> SignedHead:
        """The checkpoint of exactly this size with what witnesses added, the newest for None.
        Raises `NotFound`.
        """
        if size is None:
            return await self.newest()
        note = (await self._found(note_path(size), lambda: _not_signed(size))).decode()
        lines = await self._apart(cosignatures_of, self._shelf, size)
        return SignedHead.of(served_note(note, lines))

    async def tile(self, path: str) -> bytes:
        """Raises `NotFound` for what is no tile, or none yet."""
        if not TILE.fullmatch(path):
            raise _no_tile()
        return await self._found(f"{LOG}tile/{path}", _no_tile)

    async def keys(self) -> str:
        """Raises `NotFound` while nothing was signed."""
        return (await self._found(VKEY, _nothing_signed)).decode()

    async def heads(self, before: int | None, limit: int) -> Sequence[SignedHead]:
        """Newest first, only those smaller than `before`."""
        last = await self._last_below(before)
        sequences = range(last, max(0, last - min(limit, MOST_LISTED)), -1)
        found = await asyncio.gather(*(self._checkpoints.at(each) for each in sequences))
        return [SignedHead.of(each.note) for each in found if each is not None]

    async def inclusion(self, sequence: int, size: int | None) -> Inclusion:
        """Checked before it is given away. Raises `NotFound`."""
        head = await self.signed(size)
        if sequence > head.checkpoint.size:
            raise NotFound(
                "not_logged_yet",
                f"The log holds {head.checkpoint.size} facts there, and not yet fact {sequence}.",
                size=head.checkpoint.size,
            )
        return await self._apart(_inclusion, self._shelf, sequence - 1, head)

    async def proof(self, sequence: int, size: int | None) -> TlogProof:
        """The same as a file that stands on its own. Raises `NotFound`."""
        found = await self.inclusion(sequence, size)
        return TlogProof(found.index, found.hashes, found.head.note, found.entry)

    async def consistency(self, old: int, new: int | None) -> Consistency:
        """Raises `NotFound` where one of them was not signed, `Invalid` when they are swapped."""
        before, after = await self.signed(old), await self.signed(new)
        if before.checkpoint.size > after.checkpoint.size:
            raise Invalid("sizes_swapped", "A log grows: `from` must not be above `to`.")
        return await self._apart(_consistency, self._shelf, before, after)

    async def _last_below(self, before: int | None) -> int:
        """The sequence of the last checkpoint smaller than `before`; sizes grow with it."""
        last = await self._checkpoints.last()
        if last is None:
            return 0
        low, high = 0, last.sequence
        while before is not None and low < high:
            middle = (low + high + 1) // 2
            found = last if middle == last.sequence else await self._checkpoints.at(middle)
            is_below = found is not None and _size(found) < before
            low, high = (middle, high) if is_below else (low, middle - 1)
        return high

    async def _found(self, path: str, absent: Callable[[], NotFound]) -> bytes:
        found = await self._apart(self._shelf.get, path)
        if found is None:
            raise absent()
        return found

    async def _apart(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await loop.run_in_executor(self._readers, lambda: work(*args, **kwargs))
        except TimeoutError as error:
            raise Unavailable("storage_timeout", "The storage takes too long to answer.") from error
        except Amiss as error:
            raise Unavailable("log_broken", str(error), reason=error.code) from error


def _inclusion(shelf: Shelf, index: int, head: SignedHead) -> Inclusion:
    point = head.checkpoint
    made = proof_of(index, Tree(shelf, point.size), head.note)
    found = Inclusion(head, index, made.extra, made.hashes)
    verify_inclusion(found.leaf_hash, index, point.size, point.root, found.hashes)
    return found


def _consistency(shelf: Shelf, before: SignedHead, after: SignedHead) -> Consistency:
    old, new = before.checkpoint, after.checkpoint
    hashes = consistency_proof(old.size, new.size, Tree(shelf, new.size))
    verify_consistency(old.size, new.size, old.root, new.root, hashes)
    return Consistency(before, after, hashes)


def _size(stored: StoredNote) -> int:
    return SignedHead.of(stored.note).checkpoint.size


def _nothing_signed() -> NotFound:
    return NotFound("nothing_signed", "No checkpoint of the log has been signed yet.")


def _not_signed(size: int) -> NotFound:
    return NotFound("size_not_signed", f"No checkpoint over {size} facts was signed.", size=size)


def _no_tile() -> NotFound:
    return NotFound("tile_unknown", "The log has no such tile.")
