"""What documents say, remembered by digest so that nobody need read them again.

A cache over two collections and no projection: object storage has the bytes, and whatever is
missing here is read once more.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from shared.findings.similarity import NEAR_DUPLICATE, Signature, bands, signature, similarity
from shared.views import MAX_PAGE, Collection

PAGE_END = "\f"
"""Between two pages of a text: a mark that no text of a page has."""

MAX_CHARACTERS = 200_000
"""A name that a decree gives, or the words that make two files alike, stand earlier than this."""


@dataclass(frozen=True, slots=True)
class Content:
    """What was read in a file. `text` is None where it has none to read: a scan, an image.

    `pages` are those that the file has; a long text ends before the last of them.
    """

    sha256: str
    text: str | None
    pages: int | None

    @property
    def page_texts(self) -> tuple[str, ...]:
        """The text page by page, as far as it was kept; () without one."""
        return () if self.text is None else tuple(self.text.split(PAGE_END))

    @property
    def is_cut(self) -> bool:
        """Whether the file has more pages than are kept here, or the last one in part."""
        if self.text is None:
            return False
        is_short = self.pages is not None and len(self.page_texts) < self.pages
        return is_short or len(self.text) >= MAX_CHARACTERS


class Kept(Protocol):
    """What makes the two collections: `shared.views.Database`."""

    def collection(self, name: str) -> Collection: ...


class Contents:
    """Texts in `contents`, fingerprints in `fingerprints`, so that a search loads no text."""

    def __init__(self, database: Kept) -> None:
        self._texts = database.collection("contents")
        self._fingerprints = database.collection("fingerprints")
        self._is_indexed = False

    async def keep(self, sha256: str, text: str | None, pages: int | None) -> None:
        """Safe to repeat: the digest says all that is kept."""
        await self._index()
        kept = _storable(text) if text and text.strip() else None
        signed = await asyncio.to_thread(signature, kept) if kept else ()
        if signed:
            await self._fingerprints.put(
                {"_id": sha256, "signature": list(signed), "bands": list(bands(signed))}
            )
        await self._texts.put({"_id": sha256, "text": kept, "pages": pages})

    async def of(self, digests: Iterable[str]) -> dict[str, Content]:
        """What is known; a digest that was never read is not there."""
        found = await self._texts.get_many(sorted(set(digests)))
        return {
            sha256: Content(sha256, document["text"], document["pages"])
            for sha256, document in found.items()
        }

    async def missing(self, digests: Iterable[str]) -> frozenset[str]:
        """Those of the digests that were never read."""
        wanted = frozenset(digests)
        return wanted - frozenset(await self._texts.keys({"_id": {"$in": sorted(wanted)}}))

    async def signatures(self, digests: Iterable[str]) -> dict[str, Signature]:
        """The fingerprints of what was read and has words enough to be compared."""
        found = await self._fingerprints.get_many(sorted(set(digests)))
        return {sha256: tuple(document["signature"]) for sha256, document in found.items()}

    async def near(self, content: Content) -> list[tuple[str, float]]:
        """Other files that say nearly the same, the most alike first."""
        own = await self._fingerprints.get(content.sha256)
        if own is None:
            return []
        where = {"bands": {"$in": own["bands"]}, "_id": {"$ne": content.sha256}}
        others = await self._fingerprints.page(where, limit=MAX_PAGE)
        signed = tuple(own["signature"])
        found = [
            (other["_id"], similarity(signed, tuple(other["signature"]))) for other in others.items
        ]
        alike = [pair for pair in found if pair[1] >= NEAR_DUPLICATE]
        return sorted(alike, key=lambda pair: (-pair[1], pair[0]))

    async def _index(self) -> None:
        """Before the first is kept here, and not at the start, when MongoDB may be away."""
        if not self._is_indexed:
            await self._fingerprints.index("bands")
            self._is_indexed = True


def _storable(text: str) -> str:
    """Half a surrogate pair, which broken files have, is no text that can be stored."""
    return text[:MAX_CHARACTERS].encode(errors="replace").decode()
