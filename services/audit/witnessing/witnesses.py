"""Asks the witnesses to cosign what was signed: each in a task of its own, nobody waits."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import httpx
import structlog

from services.audit.witnessing import cosignatures
from services.audit.witnessing.faults import OddAnswer, WitnessAhead
from services.audit.witnessing.heard import Heard, Newest
from services.audit.witnessing.outsiders import Backoff, posted
from services.audit.witnessing.protocol import (
    Behind,
    Cosignature,
    Witness,
    answer_of,
    in_time,
    request_of,
)
from services.audit.witnessing.shapes import (
    FaultTold,
    WitnessesTold,
    WitnessTold,
    fault_after,
)
from shared.errors import DomainError
from shared.transparency import Amiss, Checkpoint, Shelf, Tree, consistency_proof

log = structlog.get_logger("witnesses")
ATTEMPTS = 4


class Witnesses:
    """`quorum` is only told of: what was signed is served whether it is cosigned or not.

    `now` is the process's clock.
    """

    def __init__(
        self,
        shelf: Shelf,
        witnesses: Sequence[Witness],
        now: Callable[[], datetime],
        *,
        quorum: int = 0,
        backoff: Backoff | None = None,
    ) -> None:
        self._shelf = shelf
        self._quorum = quorum
        self._newest = Newest()
        self._backoff = backoff or Backoff()
        self._changed = asyncio.Event()
        self._desks = tuple(
            _Desk(each, shelf, self._newest, now, self._changed) for each in witnesses
        )

    @property
    def is_needed(self) -> bool:
        return bool(self._desks)

    def hear(self, checkpoint: Checkpoint, note: str) -> None:
        """A checkpoint was signed, by this process or another; older ones are passed over."""
        if self._newest.hear(checkpoint, note):
            self._changed.set()

    async def work(self) -> None:
        """Goes on until it is cancelled; without witnesses there is nothing to do."""
        if not self._desks:
            return
        async with httpx.AsyncClient() as http, asyncio.TaskGroup() as group:
            group.create_task(self._keep_serving())
            for desk in self._desks:
                group.create_task(desk.work(http, self._backoff))

    def told(self) -> WitnessesTold:
        heard = self._newest.heard
        size = None if heard is None else heard.checkpoint.size
        items = tuple(each.told() for each in self._desks)
        cosigned = sum(each.size == size for each in items) if size is not None else 0
        return WitnessesTold(size=size, cosigned=cosigned, quorum=self._quorum, items=items)

    async def _keep_serving(self) -> None:
        """One writer of the cosigned note: what a slower one wrote in between is put right."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            heard = self._newest.heard
            if heard is None:
                continue
            try:
                await asyncio.to_thread(
                    cosignatures.serve, self._shelf, heard.checkpoint, heard.note
                )
            except Exception as error:
                reason = type(error).__name__
                log.warning(
                    "cosigned checkpoint not written", size=heard.checkpoint.size, why=reason
                )
                await asyncio.sleep(self._backoff.first)
                self._changed.set()


class _Desk:
    """One witness: what it saw last, and what it is to see next."""

    def __init__(
        self,
        witness: Witness,
        shelf: Shelf,
        newest: Newest,
        now: Callable[[], datetime],
        changed: asyncio.Event,
    ) -> None:
        self._witness = witness
        self._shelf = shelf
        self._newest = newest
        self._now = now
        self._changed = changed
        self._seen = 0
        self._size: int | None = None
        self._at: datetime | None = None
        self._fault: FaultTold | None = None

    def told(self) -> WitnessTold:
        return WitnessTold(
            name=self._witness.name,
            vkey=self._witness.verifier.text,
            prefix=self._witness.prefix,
            size=self._size,
            at=self._at,
            fault=self._fault,
        )

    async def work(self, http: httpx.AsyncClient, backoff: Backoff) -> None:
        failures = 0
        done = -1
        while True:
            heard = await self._newest.after(done)
            try:
                await self._cosign(http, heard)
            except (Amiss, DomainError) as error:
                self._failed(error.code, str(error))
            except Exception as error:
                log.exception("witness not asked", witness=self._witness.name)
                self._failed("witness_not_asked", f"It could not be asked: {type(error).__name__}.")
            else:
                failures, done, self._fault = 0, heard.checkpoint.size, None
                continue
            failures += 1
            await asyncio.sleep(backoff.after(failures))

    async def _cosign(self, http: httpx.AsyncClient, heard: Heard) -> None:
        size, verifier = heard.checkpoint.size, self._witness.verifier
        found = await asyncio.to_thread(cosignatures.kept, self._shelf, heard.checkpoint, verifier)
        if found is None:
            found = in_time(await self._asked(http, heard), self._now(), self._witness)
            await asyncio.to_thread(cosignatures.keep, self._shelf, size, verifier, found.line)
        self._seen = self._size = size
        self._at = found.at
        self._changed.set()

    async def _asked(self, http: httpx.AsyncClient, heard: Heard) -> Cosignature:
        """From the size that the witness saw last; it says so where that is another."""
        for _ in range(ATTEMPTS):
            size = heard.checkpoint.size
            if self._seen > size:
                raise WitnessAhead(
                    f"{self._witness.name} has seen {self._seen} entries; this checkpoint has only"
                    f" {size}.",
                    self._witness.name,
                )
            answer = await self._submitted(http, heard)
            if isinstance(answer, Cosignature):
                return answer
            self._seen = answer.size
        raise OddAnswer(
            f"{self._witness.name} says each time that it has seen another size.",
            self._witness.name,
        )

    async def _submitted(self, http: httpx.AsyncClient, heard: Heard) -> Cosignature | Behind:
        proof = await asyncio.to_thread(self._proof, self._seen, heard.checkpoint.size)
        asked = request_of(self._seen, proof, heard.note)
        got = await posted(http, self._witness.address, asked)
        return answer_of(got.status, got.media_type, got.body, self._witness, heard.checkpoint)

    def _proof(self, old: int, size: int) -> tuple[bytes, ...]:
        return consistency_proof(old, size, Tree(self._shelf, size))

    def _failed(self, code: str, sentence: str) -> None:
        """Logged once for each kind of fault that goes on."""
        fault = fault_after(self._fault, code, sentence, self._now())
        if self._fault is None or self._fault.code != code:
            log.warning("no cosignature", witness=self._witness.name, code=code, reason=sentence)
        self._fault = fault
