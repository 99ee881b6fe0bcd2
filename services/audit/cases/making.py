"""A case file from sequences: facts read and found in the log, then packed while it is sent."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from itertools import islice
from typing import Final

from services.audit.archive import lines_of
from services.audit.cases.files import FACTS, Sealing, proof_path, small_files
from services.audit.cases.packing import Packer
from services.audit.cases.sealed import Sealed
from services.audit.cases.telling import Case, Telling
from shared.history.envelope import Message

FACTS_AT_ONCE: Final = 200
PROOFS_AT_ONCE: Final = 100

MessagesAt = Callable[[Sequence[int]], AsyncGenerator[Message]]
"""From ascending sequences to the facts there, as they are stored."""


@dataclass(frozen=True)
class CaseFile:
    """A case whose facts were read and found in the log; they themselves are not kept."""

    telling: Telling
    sealed: Sealed
    sealing: Sealing


async def found_in_log(
    case: Case, sequences: Sequence[int], messages_at: MessagesAt, sealed: Sealed
) -> CaseFile:
    """Raises `Amiss` where the log is broken, or has other facts than these."""
    telling = Telling(case)
    async for some in _in_pieces(sequences, messages_at):
        await asyncio.to_thread(sealed.check, some)
        for message in some:
            telling.add(message)
    rules = await asyncio.to_thread(sealed.rules, telling.rules)
    vkey = await asyncio.to_thread(sealed.vkey)
    return CaseFile(telling, sealed, Sealing(sealed.head, vkey, rules))


async def packed(found: CaseFile, messages_at: MessagesAt) -> AsyncGenerator[bytes]:
    """The archive. One that breaks off before its end is not whole."""
    packer = Packer()
    for path, content in (await small_files(found.telling, found.sealing)).items():
        packer.add(path, content)
    yield packer.taken()
    with packer.adding(FACTS) as stream:
        async for some in _in_pieces(found.telling.sequences, messages_at):
            stream.write(lines_of(some))
            yield packer.taken()
    proofs = found.sealed.proofs(found.telling.sequences)
    while some := await asyncio.to_thread(_some, proofs):
        for sequence, proof in some:
            packer.add(proof_path(sequence), proof)
        yield packer.taken()
    packer.finish()
    yield packer.taken()


async def _in_pieces(
    sequences: Sequence[int], messages_at: MessagesAt
) -> AsyncIterator[list[Message]]:
    some: list[Message] = []
    async with aclosing(messages_at(sequences)) as messages:
        async for message in messages:
            some.append(message)
            if len(some) == FACTS_AT_ONCE:
                yield some
                some = []
    if some:
        yield some


def _some(proofs: Iterator[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    return list(islice(proofs, PROOFS_AT_ONCE))
