"""Innovations with their files as one ZIP archive, streamed: whole and proven, or broken off."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any, cast

from zipstream import ZIP_DEFLATED, ZipStream

from services.submission.api.exports.books import form_book
from services.submission.api.exports.pages import Shelf
from services.submission.api.exports.paths import Names, folder_of, safe
from services.submission.api.exports.shapes import InnovationForm, shown_name
from services.submission.api.exports.streams import Pages
from services.submission.projections.innovations import InnovationView
from shared.editions import Edition
from shared.errors import DomainError
from shared.events.submission import EvidenceItem, FileEvidence

StreamOf = Callable[[str, str], AsyncIterator[bytes]]
"""Of an innovation, by its id, the bytes that are kept under a digest."""

PROFILE_FOLDER = "profil"


class BrokenExport(Exception):
    """A file is not there, or is not what the history says: the archive is broken off."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive; `content` are its bytes, or the id of the innovation whose evidence
    they are.
    """

    path: str
    sha256: str
    size_bytes: int
    content: bytes | str


async def archive(pages: Pages, shelf: Shelf, stream_of: StreamOf) -> AsyncIterator[bytes]:
    """A folder for each innovation; the last file, manifest.json, names every folder's own.

    Raises `BrokenExport` in the middle, so that nobody takes a part for the whole.
    """
    packer = Packer(stream_of)
    folders: list[dict[str, object]] = []
    try:
        async for views in pages:
            forms = await shelf.forms(views)
            for view, form in zip(views, forms, strict=True):
                entries = await _entries(view, form, shelf.edition_of(view.edition_id))
                for entry in entries:
                    async for chunk in packer.add(entry):
                        yield chunk
                folders.append(_told(view, entries[-1]))
        async for chunk in packer.add(_made("manifest.json", {"innovations": folders})):
            yield chunk
        async for chunk in packer.finish():
            yield chunk
    finally:
        packer.close()


class Packer:
    """Packs one entry after the other. Its thread waits for bytes, so that nobody else must."""

    def __init__(self, stream_of: StreamOf) -> None:
        self._stream_of = stream_of
        # Packed without a loss of time: documents, pictures and videos do not shrink.
        self._zip = ZipStream(compress_type=ZIP_DEFLATED, compress_level=0)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="export")

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def add(self, entry: Entry) -> AsyncIterator[bytes]:
        """Raises `BrokenExport`."""
        if isinstance(entry.content, bytes):
            self._zip.add(entry.content, entry.path, compress_level=6)
        else:
            loop = asyncio.get_running_loop()
            source = _proven(self._stream_of(entry.content, entry.sha256), entry)
            self._zip.add(_pulled(source, loop), entry.path, size=entry.size_bytes)
        async for chunk in self._packed(cast("Iterator[bytes]", self._zip.all_files())):
            yield chunk

    async def finish(self) -> AsyncIterator[bytes]:
        async for chunk in self._packed(cast("Iterator[bytes]", self._zip.finalize())):
            yield chunk

    async def _packed(self, chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        following: Callable[[], bytes | None] = partial(next, chunks, None)
        while (chunk := await loop.run_in_executor(self._thread, following)) is not None:
            if chunk:  # a compressor gives nothing until it has enough
                yield chunk


async def _entries(view: InnovationView, form: InnovationForm, edition: Edition) -> list[Entry]:
    """Everything in the innovation's folder, its manifest last."""
    folder = folder_of(view)
    content = await asyncio.to_thread(form_book, form, edition)
    written = form.model_dump_json(indent=2).encode()
    entries = [
        _bytes(f"{folder}/profil.json", written),
        _bytes(f"{folder}/profil.xlsx", content),
        *_files(folder, view, edition),
    ]
    told = [_listed(each, folder) for each in entries]
    manifest = {**_named(view), "content_digest": view.content_digest, "files": told}
    return [*entries, _made(f"{folder}/manifest.json", manifest)]


def _files(folder: str, view: InnovationView, edition: Edition) -> Iterator[Entry]:
    """Accepted files, under every indicator that they are shown for."""
    names = Names()
    numbers = {row.code: row.iid_no for row in edition.sid}
    for item in view.evidence:
        content = item.content
        if not item.accepted or not isinstance(content, FileEvidence):
            continue
        for place in _places(item, numbers):
            path = names.unique(f"{folder}/{place}/{safe(shown_name(item))}")
            yield Entry(path, content.sha256, content.size_bytes, view.innovation_id)


def _places(item: EvidenceItem, numbers: dict[str, int]) -> list[str]:
    shown_for = [f"indikator-{numbers[code]}" for code in item.indicators if code in numbers]
    return shown_for or [PROFILE_FOLDER]


async def _proven(source: AsyncIterator[bytes], entry: Entry) -> AsyncIterator[bytes]:
    """The same bytes. Raises `BrokenExport` unless they are what the history says."""
    seen, size = sha256(), 0
    try:
        async for chunk in source:
            seen.update(chunk)
            size += len(chunk)
            yield chunk
    except DomainError as error:
        raise BrokenExport(f"{entry.path} stopped: {error.sentence}") from error
    if (seen.hexdigest(), size) != (entry.sha256, entry.size_bytes):
        raise BrokenExport(f"{entry.path} is not the file that the history names.")


def _pulled(source: AsyncIterator[bytes], loop: asyncio.AbstractEventLoop) -> Iterator[bytes]:
    """For the packer's thread: each chunk is fetched by the loop when its turn has come."""

    async def following() -> bytes | None:
        return await anext(source, None)

    while True:
        chunk = asyncio.run_coroutine_threadsafe(following(), loop).result()
        if chunk is None:
            return
        yield chunk


def _bytes(path: str, content: bytes) -> Entry:
    return Entry(path, sha256(content).hexdigest(), len(content), content)


def _made(path: str, document: Any) -> Entry:
    return _bytes(path, json.dumps(document, indent=2, ensure_ascii=False).encode())


def _listed(entry: Entry, folder: str) -> dict[str, object]:
    return {
        "path": entry.path.removeprefix(f"{folder}/"),
        "sha256": entry.sha256,
        "size_bytes": entry.size_bytes,
    }


def _named(view: InnovationView) -> dict[str, object]:
    return {
        "innovation_id": view.innovation_id,
        "title": view.title,
        "season_id": view.season_id,
        "training": view.training,
    }


def _told(view: InnovationView, manifest: Entry) -> dict[str, object]:
    """A line of the archive's manifest: through it every file is named by its digest."""
    return {**_named(view), "manifest": manifest.path, "sha256": manifest.sha256}
