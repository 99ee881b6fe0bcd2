"""Files that anybody may send: judged by their content, kept by their digest under a lock."""

import asyncio
from base64 import b64decode
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Final, Literal

from pydantic import Field

from services.awards.api.doubts.kept import KeptFile
from shared.documents import Declared, Documents, Failed, Scanner, Verdict, explain, first_failed
from shared.documents.content import read
from shared.documents.names import address
from shared.documents.sandbox import Sandbox
from shared.errors import Invalid, Unavailable
from shared.http import Body

MEBIBYTE: Final = 1024 * 1024
MOST_FILES: Final = 3
MOST_BYTES: Final = 2 * MEBIBYTE
MOST_BYTES_TOGETHER: Final = 4 * MEBIBYTE
"""All files of a doubt; in base64 they fit into what a request may have."""

MediaType = Literal["application/pdf", "image/jpeg", "image/png"]
ALLOWED: Final[frozenset[str]] = frozenset({"application/pdf", "image/jpeg", "image/png"})


class FileBody(Body):
    """At most 2 MiB; all files of a doubt together at most 4 MiB."""

    name: Annotated[str, Field(min_length=1, max_length=150)]
    media_type: MediaType
    content_base64: Annotated[str, Field(min_length=1, max_length=MOST_BYTES_TOGETHER * 4 // 3 + 4)]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came; nobody has looked into it."""

    kept: KeptFile
    content: bytes


@dataclass(frozen=True, slots=True)
class Keep:
    """Where files of doubts are kept, and for how long nobody deletes them."""

    bucket: str
    lasts: timedelta


class Evidence:
    """Judges and keeps. `now` is the true clock: the storage measures its locks by it."""

    def __init__(
        self,
        documents: Documents,
        sandbox: Sandbox,
        scanner: Scanner,
        lock: Keep,
        now: Callable[[], datetime],
    ) -> None:
        self._documents = documents
        self._sandbox = sandbox
        self._scanner = scanner
        self._lock = lock
        self._now = now

    async def judge(self, files: Sequence[SentFile]) -> None:
        """Raises `Invalid` with the first rule that a file breaks."""
        for each in files:
            await asyncio.to_thread(self._judge, each)

    async def keep(self, files: Sequence[SentFile]) -> None:
        """Bytes that are kept already stay as they are, under the lock that they have."""
        for each in files:
            if not await self._documents.exists(each.kept.sha256):
                await self._documents.put_locked(
                    self._lock.bucket,
                    address(each.kept.sha256),
                    each.content,
                    media_type=each.kept.media_type,
                    until=self._now() + self._lock.lasts,
                    mode="GOVERNANCE",
                )

    def _judge(self, file: SentFile) -> None:
        found = read([file.content])
        kept = file.kept
        declared = Declared(kept.sha256, kept.size_bytes, kept.media_type, ALLOWED)
        if failed := first_failed(found, declared):
            raise _refusal(kept.name, failed)
        if (verdict := self._scanned(file.content)) is not Verdict.CLEAN:
            raise _unclean(kept.name, verdict)
        inspected = self._sandbox.inspect(file.content, kept.media_type)
        if isinstance(inspected, Failed):
            raise _refusal(kept.name, inspected)

    def _scanned(self, content: bytes) -> Verdict:
        with closing(self._scanner.begin()) as scan:
            scan.feed(content)
            return scan.verdict()


def decoded(files: Sequence[FileBody]) -> tuple[SentFile, ...]:
    """The bytes, each content once. Raises `Invalid` for too many of them, and for no base64."""
    found = [_decoded(each) for each in files]
    if sum(each.kept.size_bytes for each in found) > MOST_BYTES_TOGETHER:
        raise Invalid(
            "files_too_large",
            f"All files together may have {MOST_BYTES_TOGETHER} bytes.",
            max_bytes=MOST_BYTES_TOGETHER,
        )
    return tuple({each.kept.sha256: each for each in found}.values())


def _decoded(file: FileBody) -> SentFile:
    try:
        content = b64decode(file.content_base64, validate=True)
    except ValueError as error:
        raise Invalid(
            "file_undecodable", f"The content of {file.name} is no base64.", name=file.name
        ) from error
    if len(content) > MOST_BYTES:
        params = {"size_bytes": len(content), "max_bytes": MOST_BYTES}
        raise _refusal(file.name, Failed("too_large", params))
    kept = KeptFile(
        sha256=sha256(content).hexdigest(),
        name=file.name,
        media_type=file.media_type,
        size_bytes=len(content),
    )
    return SentFile(kept, content)


def _refusal(name: str, failed: Failed) -> Invalid:
    sentence = explain(failed.rule, failed.params, "en")
    return Invalid(f"file_{failed.rule}", sentence, name=name, **failed.params)


def _unclean(name: str, verdict: Verdict) -> Invalid | Unavailable:
    if verdict is Verdict.INFECTED:
        return _refusal(name, Failed("malware"))
    return Unavailable("scanner_unavailable", "Files cannot be scanned now; try again.")
