"""The stream checked against the log: every fact, in every copy that can be told apart."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from typing import Any

from services.audit.checking.difference import Differs, Tally, Unasked
from services.audit.checking.sealed import Sealed
from services.audit.checking.stream.comparing import STREAM_PLACE, Facts, gap
from services.audit.checking.stream.copies import AnyCopy, Copy, copies_of, nodes_of
from shared.errors import Unavailable
from shared.history import Connection
from shared.history.checkpoints import Checkpoints
from shared.history.names import CHECKPOINTS
from shared.history.reader import stream_info
from shared.history.wire import Wire
from shared.transparency import Checkpoint
from shared.transparency.notes import parted

__all__ = ["check_stream"]

LOOKS, PAUSE_SECONDS = 10, 0.5
RECREATED = ("stream_differs", "stream_gap", "stream_shortened")


@dataclass(frozen=True, slots=True)
class _Asked:
    """`created` is when the stream was made, `sealed_as` when that was which was sealed last;
    None where nobody knows. `signed` is how many facts the stream of checkpoints signs.
    """

    last: int
    nodes: tuple[str, ...]
    created: str
    sealed_as: str | None
    signed: int

    @property
    def is_recreated(self) -> bool:
        return self.sealed_as is not None and self.sealed_as != self.created


async def check_stream(
    auditor: Connection,
    admin: Connection | None,
    sealed: Sealed,
    head: Callable[[], Checkpoint],
    tally: Tally,
) -> None:
    """Reads the whole stream; of a cluster every node's copy where there is an `admin`.

    `head` reads the log's latest checkpoint anew. Raises `Differs` for the first difference,
    `Unasked` where a node's copy could not be read, `Unavailable` where nothing answers.
    """
    asked = await _asked(auditor, await stream_info(auditor), tally)
    try:
        await _check(auditor, admin, sealed, asked, tally)
    except Differs as error:
        if asked.is_recreated and error.difference.code in RECREATED:
            what = f"The stream was made again at {asked.created} with other content. {error}"
            raise error.told_as("stream_recreated", what) from None
        raise
    if asked.is_recreated:
        tally.note(
            f"The stream was made again at {asked.created}, with what was sealed before;"
            f" the one before was made at {asked.sealed_as}."
        )
    await _check_signed(asked, head)


async def _asked(auditor: Connection, info: dict[str, Any], tally: Tally) -> _Asked:
    try:
        stored = await Checkpoints(auditor).last()
    except Unavailable:
        tally.note("The stream of checkpoints does not answer: when this one was made stays open.")
        stored = None
    last, nodes, created = int(info["state"]["last_seq"]), nodes_of(info), str(info["created"])
    if stored is None:
        return _Asked(last, nodes, created, None, 0)
    signed = Checkpoint.of(parted(stored.note)[0]).size
    return _Asked(last, nodes, created, stored.stream_created or None, signed)


async def _check_signed(asked: _Asked, head: Callable[[], Checkpoint]) -> None:
    """What was appended as signed is public a moment later, or somebody took it back."""
    size = 0
    for _ in range(LOOKS):
        size = (await asyncio.to_thread(head)).size
        if size >= asked.signed:
            return
        await asyncio.sleep(PAUSE_SECONDS)
    what = f"The stream of checkpoints signs {asked.signed} facts, the log shows {size}."
    raise Differs(
        "log_shortened",
        CHECKPOINTS,
        what,
        sequence=size + 1,
        expected=str(asked.signed),
        found=str(size),
    )


async def _check(
    auditor: Connection, admin: Connection | None, sealed: Sealed, asked: _Asked, tally: Tally
) -> None:
    if asked.last < sealed.size:
        raise await _shortened(auditor, sealed, asked)
    facts = Facts(sealed)
    async with AsyncExitStack() as open_:
        copies: Sequence[Copy] = (AnyCopy(auditor),)
        if asked.nodes and admin is not None:
            copies = await copies_of(admin, asked.nodes, open_)
        for number, copy in enumerate(copies):
            await _check_copy(copy, auditor, asked.last, facts, number * asked.last, tally)
    tally.checked = asked.last
    if facts.unsealed:
        tally.note(f"{facts.unsealed} facts lie beyond the checkpoint and are not sealed yet.")
    if sealed.unknown:
        tally.note("The log cannot vouch for some facts: its own files are broken.")
    _tell_unasked(asked, [each.node for each in copies], tally)


async def _check_copy(
    copy: Copy, auditor: Connection, last: int, facts: Facts, before: int, tally: Tally
) -> None:
    expected = 1
    async with aclosing(copy.messages(last)) as batches:
        async for batch in batches:
            try:
                await asyncio.to_thread(facts.take, batch, expected, copy.node)
            except Differs as error:
                raise await _explained(error, copy, auditor) from None
            expected += len(batch)
            tally.checked = max(tally.checked, expected - 1)
            tally.watch(before + expected - 1, max(last, before + last))
    if expected <= last:
        raise await _explained(gap(expected, last, copy.node), copy, auditor)


async def _explained(error: Differs, copy: Copy, auditor: Connection) -> Differs:
    """Of what is missing where any node may have answered, whether the leader has it."""
    found = error.difference
    if found.code != "stream_gap" or found.sequence is None or copy.node:
        return error
    if await Wire(auditor).last_or_at({"seq": found.sequence}) is None:
        return error
    what = f"{found.sentence} The leader can: the file of another node is damaged."
    return error.told_as(found.code, what)


async def _shortened(auditor: Connection, sealed: Sealed, asked: _Asked) -> Differs:
    """Of a stream that is shorter and begins otherwise, the first fact that differs."""
    try:
        await _check_copy(AnyCopy(auditor), auditor, asked.last, Facts(sealed), 0, Tally())
    except Differs as error:
        if asked.is_recreated:
            return error
    what = f"The stream ends with fact {asked.last}, the log signs {sealed.size}."
    return Differs(
        "stream_shortened",
        STREAM_PLACE,
        what,
        sequence=asked.last + 1,
        expected=str(sealed.size),
        found=str(asked.last),
    )


def _tell_unasked(asked: _Asked, read: Sequence[str], tally: Tally) -> None:
    silent = [each for each in asked.nodes if each not in read]
    if not silent:
        return
    if read == [""]:
        tally.note(
            f"The copies of {', '.join(asked.nodes)} were not told apart: that takes the seed of"
            " admin in the context."
        )
        return
    raise Unasked(f"The copy of {', '.join(silent)} could not be read; the others are as sealed.")
