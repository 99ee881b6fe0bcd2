"""A restore from its first look to its last checkpoint; interrupted, it goes on where it was."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass

from services.audit.archive import CHECKPOINT, Verified
from services.audit.restoring.files import check_files, put_back
from services.audit.restoring.saying import say
from shared.bus import apply_in_time
from shared.errors import Refused
from shared.history import Connection
from shared.history.checkpoints import Checkpoints
from shared.history.log import Conflict
from shared.history.reader import Gap, read_batches, stream_info
from shared.transparency import Shelf, leaf_of

TOLD_EVERY = 512
Watch = Callable[[str, int, int], None]
"""Told what is done, how much of it is, and how much there is."""

APPLY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Voices:
    """Connections of the `admin`, who makes streams, and of every service, by name."""

    admin: Connection
    services: Mapping[str, Connection]

    @property
    def audit(self) -> Connection:
        return self.services["audit"]


@dataclass(frozen=True, slots=True)
class Restored:
    """`before` of the facts were there already. `files` were put back, None where no bucket was
    named.
    """

    facts: int
    before: int
    checkpoints: int
    files: int | None


async def restore(
    verified: Verified, voices: Voices, replicas: int, bucket: Shelf | None, watch: Watch
) -> Restored:
    """Raises `Refused` before anything is written where the streams hold something else than a
    beginning of the archive, or all of it; `Amiss` where the bucket does.
    """
    if bucket is not None:
        await asyncio.to_thread(check_files, verified, bucket)
    await apply_in_time(voices.admin.client, replicas, APPLY_SECONDS)
    notes = _notes(verified)
    signed = await _signed_before(notes, voices)
    last = verified.archive.last
    before = int((await stream_info(voices.admin))["state"]["last_seq"])
    if before > last:
        raise _other(f"The stream holds {before} facts already, the archive {last}.")
    await _compare(verified, voices, 0, before, watch)
    if before == last and signed == len(notes):
        raise Refused("restored_already", f"All {last} facts and their log are there already.")
    await _say(verified, voices, before, watch)
    # What is there now is read once more: only then may it be said that the log is of this stream.
    await _compare(verified, voices, before, last, watch)
    files = None
    if bucket is not None:
        watching = _part(watch, "storing")
        files = await asyncio.to_thread(put_back, verified, bucket, watching)
    await _sign(notes, signed, voices, watch)
    return Restored(last, before, len(notes), files)


def _part(watch: Watch, what: str) -> Callable[[int, int], None]:
    return lambda done, of: watch(what, done, of)


def _other(sentence: str) -> Refused:
    return Refused("history_exists", f"{sentence} Restore into an empty NATS.")


def _notes(verified: Verified) -> list[str]:
    """Every signed note, by the size of its tree; the head is the last of them."""
    texts = {size: _text(verified, path) for size, path in verified.notes.items()}
    texts.setdefault(verified.head.size, _text(verified, CHECKPOINT))
    return [text for _, text in sorted(texts.items())]


def _text(verified: Verified, path: str) -> str:
    return (verified.shelf.get(path) or b"").decode()


async def _signed_before(notes: list[str], voices: Voices) -> int:
    """How many of the notes are in their stream already. Raises `Refused` for any other one."""
    stream = Checkpoints(voices.audit)
    last = await stream.last()
    found = 0 if last is None else last.sequence
    if found > len(notes):
        raise _other("The stream of checkpoints has signed more than the archive.")
    for sequence in range(1, found + 1):
        stored = await stream.at(sequence)
        if stored is None or stored.note != notes[sequence - 1]:
            raise _other("The stream of checkpoints holds those of another log.")
    return found


async def _compare(verified: Verified, voices: Voices, after: int, last: int, watch: Watch) -> None:
    """That the stream holds exactly the archive's facts behind `after`, up to `last`."""
    try:
        await _compared(verified, voices, after, last, watch)
    except Gap as error:
        raise _other(str(error)) from None


async def _compared(
    verified: Verified, voices: Voices, after: int, last: int, watch: Watch
) -> None:
    position = after
    async with aclosing(read_batches(voices.admin, after + 1, last)) as batches:
        async for batch in batches:
            kept = await asyncio.to_thread(_leaves, verified, position + 1, batch[-1].sequence)
            for message, leaf in zip(batch, kept, strict=True):
                if leaf_of(message) != leaf:
                    raise _other(f"Fact {message.sequence} of the stream is another one.")
            position = batch[-1].sequence
            watch("comparing", position, last)


def _leaves(verified: Verified, first: int, last: int) -> list[bytes]:
    batches = verified.archive.batches(first, last)
    return [leaf_of(message) for batch in batches for message in batch]


async def _say(verified: Verified, voices: Voices, before: int, watch: Watch) -> None:
    last = verified.archive.last
    batches = verified.archive.batches(before + 1, last)
    while (batch := await asyncio.to_thread(next, batches, None)) is not None:
        for place in range(0, len(batch), TOLD_EVERY):
            part = batch[place : place + TOLD_EVERY]
            await say(part, voices.services)
            watch("restoring", part[-1].sequence, last)


async def _sign(notes: list[str], signed: int, voices: Voices, watch: Watch) -> None:
    """Under the stream as it is now, since every fact in it was found to be the one signed."""
    created = str((await stream_info(voices.admin))["created"])
    stream = Checkpoints(voices.audit)
    for place in range(signed, len(notes)):
        try:
            await stream.append(notes[place], place, created)
        except Conflict:
            raise Refused(
                "history_written", "Somebody else signs meanwhile: stop the services."
            ) from None
        watch("signing", place + 1, len(notes))
