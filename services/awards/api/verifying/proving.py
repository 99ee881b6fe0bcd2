"""What the transparency log holds of a document's facts: proofs that anybody can keep."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from services.awards.api.verifying.finding import FactShown, LogShown
from shared.errors import NotFound, Unavailable
from shared.transparency import Amiss, Head, LogReader, TlogProof

log = structlog.get_logger("verifying")
AMISS = (
    "Log transparansi sedang tidak dapat dibuktikan. Beri tahu inspektorat bila ini berlangsung"
    " lebih dari satu jam."
)
EMPTY = "Log transparansi belum menandatangani apa pun; coba lagi sebentar lagi."


@dataclass(frozen=True, slots=True)
class Proofs:
    """`reader` is None where this instance is told of no log."""

    reader: LogReader | None

    async def shown(self, facts: Sequence[FactShown]) -> LogShown | None:
        """How many of these facts are proven under the latest checkpoint; None without a log."""
        if self.reader is None:
            return None
        return await asyncio.to_thread(self._shown, self.reader, facts)

    async def proof(self, fact: FactShown) -> TlogProof:
        """Raises `NotFound` while the log does not hold it, `Unavailable` when it is amiss."""
        if self.reader is None:
            raise NotFound("log_unknown", "There is no transparency log here.")
        return await asyncio.to_thread(self._proof, self.reader, fact)

    def _shown(self, reader: LogReader, facts: Sequence[FactShown]) -> LogShown:
        try:
            head = reader.head()
            if head is None:
                return LogShown(sentence=EMPTY)
            return _told(head, [_is_proven(reader, head, fact) for fact in facts])
        except (Amiss, Unavailable) as error:
            log.warning("log cannot be proven", reason=str(error))
            return LogShown(sentence=AMISS)

    def _proof(self, reader: LogReader, fact: FactShown) -> TlogProof:
        try:
            head = reader.head()
            found = head and reader.proof(fact.sequence, fact.event_id, head)
        except Amiss as error:
            raise Unavailable("log_amiss", f"The log cannot prove this now: {error}") from error
        if not found:
            raise NotFound(
                "not_logged_yet", "The log does not hold this fact yet; try again in a minute."
            )
        return found


def _is_proven(reader: LogReader, head: Head, fact: FactShown) -> bool:
    return reader.proof(fact.sequence, fact.event_id, head) is not None


def _told(head: Head, proven: Sequence[bool]) -> LogShown:
    point, number = head.checkpoint, sum(proven)
    whole = f"{number} dari {len(proven)} fakta" if number < len(proven) else "Semua fakta"
    return LogShown(
        sentence=f"{whole} terbukti dalam log transparansi {point.origin}, ukuran {point.size}.",
        origin=point.origin,
        size=point.size,
        root=point.root.hex(),
        proven=number,
    )
