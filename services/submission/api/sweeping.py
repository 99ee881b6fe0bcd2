"""What goes on beside the requests: files whose client went away are taken in by themselves."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from services.submission.api.deadlines import stored
from services.submission.api.desk import Innovations
from services.submission.api.intake import Giver, Intake, Taking
from shared.documents import Documents
from shared.errors import DomainError, Unavailable
from shared.events.submission import EvidenceItem
from shared.history import Cause, Outcome, derived_id
from shared.views import Collection, Document, Order

log = structlog.get_logger("sweeper")

PAGE = 100
MOST_PAGES = 10
AT_ONCE = 2
LIFETIME = timedelta(days=14)
LONGEST_PAUSE_SECONDS = 600.0
LONGEST_PAUSE_IN_GRACE_SECONDS = 20.0
CLEAR_SECONDS = 3600.0
CLEARED_AT_ONCE = 1000

Where = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that was declared and not taken in; `is_urgent` where a submission waits for it."""

    innovation_id: str
    item: EvidenceItem
    is_urgent: bool

    @property
    def evidence_id(self) -> str:
        return self.item.evidence_id


@dataclass(frozen=True, slots=True)
class Turn:
    """When a file is looked at next, by the loop's clock, after so many times in vain."""

    tries: int
    at: float


class Sweeper:
    """Looks every so often at what waits, at each file less and less often.

    In any number of replicas, beside the client's own intake: the same fact comes of it once.
    """

    def __init__(
        self,
        view: Collection,
        innovations: Innovations,
        intake: Intake,
        dated: Callable[[], datetime],
        every_seconds: float,
    ) -> None:
        self._view = view
        self._innovations = innovations
        self._intake = intake
        self._dated = dated
        self._every = every_seconds
        self._turns: dict[str, Turn] = {}

    async def keep_sweeping(self) -> None:
        """Works until cancelled."""
        while True:
            try:
                await self.sweep()
            except Unavailable as error:
                log.warning("sweep postponed", reason=str(error))
            except Exception:
                # A sweeper that has died would leave every interrupted upload behind.
                log.exception("sweep failed")
            await asyncio.sleep(self._every)

    async def sweep(self) -> None:
        """One look at everything that waits. Raises `Unavailable`."""
        waiting = [each async for each in self._waiting()]
        clock = asyncio.get_running_loop().time()
        # Whoever uploads asks for the intake too: the first turn is left to them.
        first = Turn(0, clock + self._every)
        known = self._turns
        self._turns = {each.evidence_id: known.get(each.evidence_id, first) for each in waiting}
        due = [each for each in waiting if self._turns[each.evidence_id].at <= clock]
        for start in range(0, len(due), AT_ONCE):
            await asyncio.gather(*(self._try(each) for each in due[start : start + AT_ONCE]))

    async def _waiting(self) -> AsyncGenerator[Waiting]:
        """First what a submission waits for, by its deadline; then drafts, the latest first."""
        since = stored(self._dated() - LIFETIME)
        draft = {"state": {"$in": ["draft", "reopened"]}, "changed_at": {"$gte": since}}
        for where, order in (
            ({"has_pending": True}, Order("complete_by")),
            ({"pending": {"$gt": ""}, **draft}, Order("changed_at", descending=True)),
        ):
            async for document in _walked(self._view, where, order):
                for item in _files(document):
                    yield Waiting(document["innovation_id"], item, document["has_pending"])

    async def _try(self, waiting: Waiting) -> None:
        innovation_id, evidence_id = waiting.innovation_id, waiting.evidence_id
        cause = Cause(derived_id("intake", evidence_id, waiting.item.content.sha256))

        async def send(command: Taking) -> Outcome[Any]:
            return await self._innovations(innovation_id, command, cause)

        self._pause(waiting)
        try:
            told = await self._intake.take_in(
                innovation_id, evidence_id, Giver(self._dated(), send)
            )
        except DomainError as error:
            log.info("not taken in", evidence=evidence_id, code=error.code)
        except Exception:
            # One file that nobody can read must not keep the others waiting.
            log.exception("intake failed", evidence=evidence_id)
        else:
            if told.outcome in ("accepted", "refused"):
                log.info("taken in by itself", evidence=evidence_id, outcome=told.outcome)

    def _pause(self, waiting: Waiting) -> None:
        tries = self._turns[waiting.evidence_id].tries + 1
        longest = LONGEST_PAUSE_IN_GRACE_SECONDS if waiting.is_urgent else LONGEST_PAUSE_SECONDS
        pause = min(self._every * 2 ** min(tries, 16), longest)
        clock = asyncio.get_running_loop().time()
        self._turns[waiting.evidence_id] = Turn(tries, clock + pause)


class Janitor:
    """Clears away what lies in quarantine for long and is not declared any more."""

    def __init__(self, view: Collection, documents: Documents, now: Callable[[], datetime]) -> None:
        """`now` is the true time, as the storage dates what it keeps."""
        self._view = view
        self._documents = documents
        self._now = now

    async def keep_clearing(self) -> None:
        """Works until cancelled."""
        while True:
            try:
                await self.clear()
            except Unavailable as error:
                log.warning("clearing postponed", reason=str(error))
            except Exception:
                log.exception("clearing failed")
            await asyncio.sleep(CLEAR_SECONDS)

    async def clear(self) -> None:
        """Raises `Unavailable`."""
        for evidence_id in await self._documents.stale(self._now() - LIFETIME, CLEARED_AT_ONCE):
            declared = {"pending": evidence_id, "state": {"$ne": "withdrawn"}}
            if not (await self._view.page(declared, limit=1)).items:
                await self._documents.discard(evidence_id)
                log.info("upload cleared away", evidence=evidence_id)


def _files(document: Document) -> Iterator[EvidenceItem]:
    """The files that wait. Nothing else of the document is read: there may be thousands of them."""
    waiting = set(document["pending"])
    for each in document["evidence"]:
        if each["evidence_id"] in waiting and each["content"]["kind"] == "file":
            yield EvidenceItem.model_validate(each)


async def _walked(view: Collection, where: Where, order: Order) -> AsyncGenerator[Document]:
    """Page after page, but not for ever: what is left comes with a later sweep."""
    cursor = None
    for _ in range(MOST_PAGES):
        page = await view.page(where, order=order, cursor=cursor, limit=PAGE)
        for document in page.items:
            yield document
        cursor = page.next_cursor
        if cursor is None:
            return
