"""All eyes outside together: they see each checkpoint that is public, whoever signed it."""

import asyncio
from collections.abc import Sequence

import structlog

from services.audit.witnessing.heard import shown
from services.audit.witnessing.shapes import OutsideTold
from services.audit.witnessing.timestamps import Timestamps
from services.audit.witnessing.witnesses import Witnesses
from shared.errors import DomainError
from shared.transparency import Amiss, Checkpoint, Shelf, Verifier

log = structlog.get_logger("outside")
LOOK_SECONDS = 30.0


class Outside:
    """`verifiers` are the log's own keys. Nobody who signs ever waits for anybody here."""

    def __init__(
        self,
        shelf: Shelf,
        verifiers: Sequence[Verifier],
        witnesses: Witnesses,
        timestamps: Timestamps,
        *,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._shelf = shelf
        self._verifiers = tuple(verifiers)
        self._witnesses = witnesses
        self._timestamps = timestamps
        self._look_seconds = look_seconds

    async def hear(self, checkpoint: Checkpoint, note: str) -> None:
        """This process has signed it."""
        self._witnesses.hear(checkpoint, note)
        self._timestamps.hear(checkpoint, note)

    async def work(self) -> None:
        """Goes on until it is cancelled; without anybody outside there is nothing to do."""
        if not (self._witnesses.is_needed or self._timestamps.is_needed):
            return
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_looking())
            group.create_task(self._witnesses.work())
            group.create_task(self._timestamps.work())

    def told(self) -> OutsideTold:
        return OutsideTold(witnesses=self._witnesses.told(), timestamps=self._timestamps.told())

    async def _keep_looking(self) -> None:
        """After a restart, and for what other replicas signed."""
        while True:
            try:
                found = await asyncio.to_thread(shown, self._shelf, self._verifiers)
                if found is not None:
                    await self.hear(found.checkpoint, found.note)
            except (Amiss, DomainError) as error:
                log.warning("public checkpoint not seen", code=error.code)
            except Exception:
                log.exception("public checkpoint not seen")
            await asyncio.sleep(self._look_seconds)
