"""A file that is the body of a request, or the one file of a form: read whole, never too large."""

from dataclasses import dataclass
from hashlib import sha256

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.types import Message

from shared.errors import Invalid
from shared.http.asking import Ask
from shared.http.problems import BodyTooLarge

FORM_BYTES = 64 * 1024
"""What a form may hold beside its file: its boundaries and headers."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file with the write request that it is."""

    ask: Ask
    content: bytes


async def file_of(request: Request, max_bytes: int) -> bytes:
    """The file, whatever it is called. Raises `Invalid`."""
    content_type = request.headers.get("Content-Type", "")
    if not content_type.casefold().startswith("multipart/form-data"):
        return await _limited(request, max_bytes, max_bytes).body()
    form = _limited(request, max_bytes + FORM_BYTES, max_bytes)
    try:
        parts = await form.form(max_files=1, max_fields=10, max_part_size=FORM_BYTES)
    except HTTPException as error:
        raise Invalid("form_unreadable", f"The form cannot be read: {error.detail}") from error
    try:
        file = next((part for part in parts.values() if isinstance(part, UploadFile)), None)
        if file is None:
            raise Invalid("file_missing", "There is no file in the form.")
        content = await file.read(max_bytes + 1)
    finally:
        await form.close()
    if len(content) > max_bytes:
        raise _too_large(max_bytes)
    return content


def file_digest(request: Request, content: bytes) -> dict[str, object]:
    """What makes two requests with a file the same: the bytes, and what was asked about them."""
    asked = {k: v for k, v in request.query_params.items() if k != "dry_run"}
    return {"sha256": sha256(content).hexdigest(), "asked": asked}


def _limited(request: Request, limit: int, told: int) -> Request:
    """The same request, that is not read on once it is too large."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise _too_large(told)
        return message

    length = request.headers.get("Content-Length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > limit:
        raise _too_large(told)
    return Request(request.scope, receive)


def _too_large(max_bytes: int) -> BodyTooLarge:
    return BodyTooLarge(
        "file_too_large", f"The file may have {max_bytes} bytes at most.", max_bytes=max_bytes
    )
