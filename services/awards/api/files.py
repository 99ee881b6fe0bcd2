"""Kept files as people reach them: short-lived addresses, under names that say what they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.awards.api.reading import not_found
from shared.accesses import Openings
from shared.documents import Documents
from shared.http import Answer
from shared.identity import Access

ENDINGS: Final[Mapping[str, str]] = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "video/mp4": ".mp4",
}


class DocumentLink(Answer):
    """Where to get the file, for `valid_seconds` from now."""

    sha256: str
    media_type: str
    size_bytes: int
    url: str
    valid_seconds: int


@dataclass(frozen=True, slots=True)
class Files:
    """Kept evidence, and links to it that hold for `link_seconds`, each given on the record."""

    documents: Documents
    openings: Openings
    link_seconds: int

    async def link(self, access: Access, sha256: str, about: str, name: str) -> DocumentLink:
        """For this person, of a document about that innovation.

        Raises `NotFound` for what is no kept file: a statement, or an address.
        """
        stored = await self.documents.stat(sha256)
        if stored is None:
            raise not_found()
        await self.openings.record(access, sha256, about, "link")
        ending = ENDINGS.get(stored.media_type, "")
        return DocumentLink(
            sha256=sha256,
            media_type=stored.media_type,
            size_bytes=stored.size_bytes,
            url=self.documents.download_link(sha256, f"{name}{ending}", stored.media_type),
            valid_seconds=self.link_seconds,
        )
