"""Brings log and archive to what was signed. What a crash left unfinished is finished here."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from services.audit.archive import SEGMENTS, SegmentName, lines_of, ranges
from services.audit.archive.editions import keep_rules
from services.audit.sealing.growing import differing
from services.audit.sealing.holding import changed
from services.audit.sealing.threads import apart
from shared.history import Connection
from shared.history.checkpoints import Checkpoints, StoredNote
from shared.history.envelope import Message
from shared.history.reader import read_batches
from shared.transparency import LOG, Checkpoint, Shelf, Tree, Verifier, opened
from shared.transparency.notes import parted

CHECKPOINT = f"{LOG}checkpoint"
CHECKPOINTS = f"{LOG}checkpoints/"
VKEY = f"{LOG}vkey"
FURTHER_BACK = 100
"""Checkpoints behind a finished one that a new process looks at too."""


def note_path(size: int) -> str:
    return f"{CHECKPOINTS}{size:012d}"


def size_in(note: str) -> int:
    """Raises `BadNote`."""
    return Checkpoint.of(parted(note)[0]).size


@dataclass(frozen=True, slots=True)
class _Span:
    """The facts behind `after` up to `size`, which this checkpoint was the first to hold."""

    after: int
    size: int
    note: str


class Publishing:
    """Every file is written once but the latest checkpoint and the list of keys."""

    def __init__(
        self,
        connection: Connection,
        checkpoints: Checkpoints,
        shelf: Shelf,
        verifiers: Sequence[Verifier],
    ) -> None:
        self._connection = connection
        self._checkpoints = checkpoints
        self._shelf = shelf
        self._verifiers = tuple(verifiers)
        self._finished = 0
        self._has_begun = False

    async def finish(self, last: StoredNote) -> None:
        """Makes public what was signed up to `last`, and archives it.

        Raises `Overwritten`, `BrokenTile`, `FactChanged`, `BadNote`, `Gap` and `Unavailable`.
        """
        await self._show(last)
        if not self._has_begun:
            await apart(self._keep_keys)
            await apart(keep_rules, self._shelf)
        if self._finished < last.sequence:
            for span in await self._unfinished(last):
                await self._archive(span)
            self._finished = last.sequence
        self._has_begun = True

    async def _show(self, last: StoredNote) -> None:
        """As the latest checkpoint, unless another replica has a later one by now: what is public
        never goes back.
        """
        while True:
            await apart(self._put_note, last)
            newest = await self._checkpoints.last()
            if newest is None or newest.sequence <= last.sequence:
                return
            opened(newest.note, self._verifiers)
            last = newest

    def _put_note(self, stored: StoredNote) -> None:
        note = stored.note.encode()
        self._shelf.put(note_path(size_in(stored.note)), note)
        shown = self._shelf.get(CHECKPOINT)
        if shown is None or not shown.startswith(note):
            self._shelf.put_newest(CHECKPOINT, note)

    def _keep_keys(self) -> None:
        """The newest first; those before a rotation stay, for what they signed."""
        known = (self._shelf.get(VKEY) or b"").decode(errors="replace").split("\n")
        ours = [each.text for each in self._verifiers]
        lines = [*ours, *(line for line in known if line and line not in ours)]
        text = "".join(f"{line}\n" for line in lines).encode()
        if text != self._shelf.get(VKEY):
            self._shelf.put_newest(VKEY, text)

    async def _unfinished(self, last: StoredNote) -> Sequence[_Span]:
        """Oldest first: so behind one that is finished all are, and looking back can end there."""
        found: list[_Span] = []
        whole, enough = 0, 1 if self._has_begun else FURTHER_BACK
        point: StoredNote | None = last
        while point is not None and whole < enough:
            before = await self._checkpoints.at(point.sequence - 1) if point.sequence > 1 else None
            after = 0 if before is None else size_in(before.note)
            span = _Span(after, size_in(point.note), point.note)
            if await apart(self._is_whole, span):
                whole += 1
            else:
                found.append(span)
            point = before
        return found[::-1]

    def _is_whole(self, span: _Span) -> bool:
        has_note = self._shelf.get(note_path(span.size)) is not None
        return has_note and all(self._has(*each) for each in ranges(span.after, span.size))

    def _has(self, first: int, last: int) -> bool:
        return any(self._shelf.listed(f"{SEGMENTS}{first:012d}-{last:012d}-"))

    async def _archive(self, span: _Span) -> None:
        await apart(self._shelf.put, note_path(span.size), span.note.encode())
        tree = Tree(self._shelf, span.size)
        for first, last in ranges(span.after, span.size):
            if await apart(self._has, first, last):
                continue
            messages = await self._facts(first, last)
            await apart(self._put_segment, tree, messages)

    async def _facts(self, first: int, last: int) -> Sequence[Message]:
        async with aclosing(read_batches(self._connection, first, last)) as batches:
            return [message async for batch in batches for message in batch]

    def _put_segment(self, tree: Tree, messages: Sequence[Message]) -> None:
        sequence = differing(tree, messages)
        if sequence is not None:
            raise changed(sequence)
        content = lines_of(messages)
        name = SegmentName.of(messages[0].sequence, messages[-1].sequence, content)
        self._shelf.put(name.path, content)
