"""Papers are read before anybody asks: only what was read is found to repeat another file."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import structlog

from services.verification.api.machine.titles import IN_REVIEW
from services.verification.api.queue.asking import stored
from services.verification.projections import DossierView
from shared.contents import Contents, Readings
from shared.errors import NotFound, Unavailable
from shared.events.submission import EvidenceItem
from shared.findings import is_paper
from shared.projector import bare
from shared.views import Collection, Order

log = structlog.get_logger("reading")

EVERY_SECONDS = 30.0
PAGE = 50
LATE = timedelta(hours=1)
"""So much later than others a dossier may be shown and is still read."""


class Reader:
    """Goes through the dossiers in the order in which they came, one file at a time, in any number
    of replicas: what was read already is only looked up.
    """

    def __init__(self, view: Collection, contents: Contents, readings: Readings) -> None:
        self._view = view
        self._contents = contents
        self._readings = readings
        self._since = datetime.min.replace(tzinfo=UTC) + LATE

    async def keep_reading(self) -> None:
        """Works until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                await self.read_ahead()
            except Unavailable as error:
                log.warning("reading postponed", reason=error.code)
            except Exception:
                # A reader that has died would leave every near copy unfound.
                log.exception("reading failed")

    async def read_ahead(self) -> None:
        """Everything that came in since the last time. Raises `Unavailable`, and goes on from
        there when it is called again.
        """
        async for view in self._came_in():
            for item in await self._unread(view):
                await self._read(view.dossier_id, item)
            self._since = max(self._since, view.waiting_since)

    async def _came_in(self) -> AsyncGenerator[DossierView]:
        where = {"waiting_since": {"$gte": stored(self._since - LATE)}, **IN_REVIEW}
        cursor: str | None = None
        while True:
            order = Order("waiting_since")
            page = await self._view.page(where, order=order, cursor=cursor, limit=PAGE)
            for each in page.items:
                yield DossierView.model_validate(bare(each))
            cursor = page.next_cursor
            if cursor is None:
                return

    async def _unread(self, view: DossierView) -> list[EvidenceItem]:
        papers = {
            item.content.sha256: item for item in view.manifest if item.accepted and is_paper(item)
        }
        missing = await self._contents.missing(papers)
        return [papers[each] for each in sorted(missing)]

    async def _read(self, dossier_id: str, item: EvidenceItem) -> None:
        try:
            await self._readings.one(item)
        except NotFound as error:
            log.warning("not read", dossier=dossier_id, code=error.code)
