"""Judges what was uploaded and keeps it when it is as declared.

An upload is read once: past the digest and the scanner into memory or a file, where the parsers
find it. It is then copied on the server, and only if it is still what was read.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import IO

from shared.documents.content import Content, Declared, Failed, failed_unread, first_failed, read
from shared.documents.inspection import Inspected, NoPicture
from shared.documents.keeping import Keeping
from shared.documents.results import Accepted, Held, Intake, NotUploaded
from shared.documents.sandbox import Sandbox
from shared.documents.scanning import Scan, Scanner, Verdict
from shared.documents.storage import Place, Storage
from shared.documents.terms import MEBIBYTE, Terms
from shared.documents.uploads import Uploads
from shared.errors import Unavailable

IN_MEMORY_BYTES = MEBIBYTE
Source = bytes | str


class TakingIn:
    """Blocking; Unavailable where it is not the file that is at fault."""

    def __init__(
        self, storage: Storage, uploads: Uploads, keeping: Keeping, scanner: Scanner, terms: Terms
    ) -> None:
        self._storage = storage
        self._uploads = uploads
        self._keeping = keeping
        self._scanner = scanner
        self._terms = terms
        self._sandbox = Sandbox(terms.limits)

    def close(self) -> None:
        self._sandbox.close()

    def take_in(self, evidence_id: str, declared: Declared) -> Intake:
        upload = self._uploads.uploaded(evidence_id, declared)
        if isinstance(upload, NotUploaded):
            return upload
        size = sum(place.size_bytes for place in upload)
        if failed := failed_unread(size, declared, self._terms.max_bytes):
            return failed
        with _spool(size, self._terms.spool_folder) as copy:
            return self._judged(upload, declared, copy)

    def text(self, sha256: str) -> str | None:
        with self._kept_copy(sha256) as source:
            return None if source is None else self._sandbox.text_of(source)

    def picture(
        self, sha256: str, media_type: str, page: int, width: int
    ) -> bytes | NoPicture | None:
        with self._kept_copy(sha256) as source:
            if source is None:
                return None
            return self._sandbox.picture_of(source, media_type, page, width)

    @contextmanager
    def _kept_copy(self, sha256: str) -> Generator[Source | None, None, None]:
        """A copy that is gone afterwards; None when nothing is kept."""
        place = self._keeping.found(sha256)
        if place is None:
            yield None
            return
        with _spool(place.size_bytes, self._terms.spool_folder) as copy:
            copy.writelines(self._storage.chunks(place))
            yield _source(copy)

    def _judged(self, upload: Sequence[Place], declared: Declared, copy: IO[bytes]) -> Intake:
        with closing(self._scanner.begin()) as scan:
            content = read(_shown(self._chunks(upload), scan, copy))
            if failed := first_failed(content, declared):
                return failed
            verdict = scan.verdict()
        match verdict:
            case Verdict.CLEAN:
                return self._inspected(upload, content, copy)
            case Verdict.INFECTED:
                return Failed("malware")
            case Verdict.HELD:
                return Held()

    def _inspected(
        self, upload: Sequence[Place], content: Content, copy: IO[bytes]
    ) -> Accepted | Failed:
        inspected = self._sandbox.inspect(_source(copy), content.media_type)
        if isinstance(inspected, Failed):
            return inspected
        return self._kept(upload, content, inspected)

    def _kept(self, upload: Sequence[Place], content: Content, inspected: Inspected) -> Accepted:
        place, lock = self._keeping.keep(upload, content)
        return Accepted(
            sha256=content.sha256,
            size_bytes=place.size_bytes,
            media_type=content.media_type,
            object_key=place.key,
            version_id=place.version_id,
            retain_until=lock.until,
            properties=inspected.properties,
            text=inspected.text,
        )

    def _chunks(self, upload: Sequence[Place]) -> Iterator[bytes]:
        for place in upload:
            yield from self._storage.chunks(place)


def _shown(chunks: Iterator[bytes], scan: Scan, copy: IO[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        scan.feed(chunk)
        copy.write(chunk)
        yield chunk


@contextmanager
def _spool(size_bytes: int, folder: str) -> Generator[IO[bytes], None, None]:
    """Somewhere to write so many bytes; it is gone afterwards. Unavailable for want of room."""
    if size_bytes <= IN_MEMORY_BYTES:
        yield BytesIO()
        return
    try:
        with NamedTemporaryFile(prefix="inda-", dir=folder or None) as file:
            yield file
    except OSError as error:
        raise Unavailable("spool_unavailable", "There is no room for the file now.") from error


def _source(copy: IO[bytes]) -> Source:
    if isinstance(copy, BytesIO):
        return copy.getvalue()
    copy.flush()
    return copy.name
