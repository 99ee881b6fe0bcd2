"""What the files of an innovation say: from the cache, and a few of them read anew."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from shared.contents.contents import Content, Contents
from shared.errors import NotFound, Unavailable
from shared.events.submission import EvidenceItem
from shared.findings import Reading, is_paper

log = structlog.get_logger("contents")

FILES_AT_ONCE = 3
READING_SECONDS = 10.0


class Texts(Protocol):
    """What reads a kept file: `shared.documents.Documents`."""

    async def text(self, sha256: str, media_type: str) -> str | None: ...
    async def exists(self, sha256: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Read:
    """By digest; `unread` are the evidence ids of papers to ask for again."""

    readings: Mapping[str, Reading]
    unread: tuple[str, ...]


class Readings:
    """Reads papers only: pictures and videos say nothing to a machine here."""

    def __init__(self, contents: Contents, texts: Texts) -> None:
        self._contents = contents
        self._texts = texts

    async def of(self, evidence: Iterable[EvidenceItem]) -> Read:
        """At most a few files are read anew at a time, so that the answer comes soon."""
        papers = [item for item in evidence if item.accepted and is_paper(item)]
        known = await self._contents.of(item.content.sha256 for item in papers)
        missing = {item.content.sha256: item for item in papers if item.content.sha256 not in known}
        await self._add_to(known, [*missing.values()])
        return Read(
            {digest: Reading(each.text, each.pages) for digest, each in known.items()},
            tuple(item.evidence_id for item in papers if item.content.sha256 not in known),
        )

    async def one(self, item: EvidenceItem) -> Content:
        """What this paper says. NotFound where it is not kept, Unavailable where nobody answers."""
        known = await self._contents.of([item.content.sha256])
        content = known.get(item.content.sha256) or await self._read(item)
        if content is None:
            raise NotFound("evidence_not_kept", "No such file is kept.")
        return content

    async def _add_to(self, known: dict[str, Content], papers: Sequence[EvidenceItem]) -> None:
        """As many as can be read in time; where the storage does not answer, none."""
        left = FILES_AT_ONCE
        try:
            async with asyncio.timeout(READING_SECONDS):
                for item in papers:
                    content = await self._read(item)
                    if content is not None:
                        known[content.sha256] = content
                        left -= 1
                    if left == 0:
                        return
        except (Unavailable, TimeoutError) as error:
            log.warning("papers left unread", reason=type(error).__name__)

    async def _read(self, item: EvidenceItem) -> Content | None:
        """None where the file is not kept: it may say something once it is."""
        sha256, pages = item.content.sha256, item.properties.pages if item.properties else None
        text = await self._texts.text(sha256, "application/pdf")
        if text is None and not await self._texts.exists(sha256):
            return None
        await self._contents.keep(sha256, text, pages)
        return Content(sha256, text, pages)
