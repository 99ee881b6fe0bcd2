"""What a file must be before it is evidence: rules over its first and last bytes. Pure.

The rules that need a parser are in `inspection`. Office types are not evidence, so that no macro
can come in with one: what an operator wrote in an office program is shown as a PDF.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

import puremagic

EVIDENCE_MEDIA_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png", "video/mp4"})
HEAD_BYTES = 16 * 1024
TAIL_BYTES = 64 * 1024
NO_TYPE = "application/octet-stream"

# What a whole file has near its end. What may come after that is for `inspection` to judge.
ENDINGS = {
    "application/pdf": b"%%EOF",
    "image/png": b"IEND",
    "image/jpeg": b"\xff\xd9",
}
# An encryption dictionary, by reference or in place, as a trailer names it.
ENCRYPT = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")


RuleCode = Literal[
    "type_not_allowed",
    "too_large",
    "empty",
    "digest_mismatch",
    "size_mismatch",
    "type_mismatch",
    "unreadable",
    "encrypted",
    "malware",
    "no_pages",
    "too_many_pages",
    "active_content",
    "attached_files",
    "rich_media",
    "xfa_form",
    "too_complex",
    "too_many_pixels",
    "trailing_bytes",
    "hidden_format",
]


@dataclass(frozen=True, slots=True)
class Declared:
    """What the uploader said beforehand, and what the indicator allows.

    `sha256` is lower-case hexadecimal.
    """

    sha256: str
    size_bytes: int
    media_type: str
    allowed: frozenset[str] = EVIDENCE_MEDIA_TYPES


@dataclass(frozen=True, slots=True)
class Content:
    """What a file is, read once: digest, size, type by content, its first and last bytes."""

    sha256: str
    size_bytes: int
    media_type: str
    head: bytes
    tail: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """The rule that the file breaks, as a stable code with its parameters."""

    rule: RuleCode
    params: Mapping[str, str | int] = field(default_factory=dict[str, str | int])


Rule = Callable[[Content, Declared], Failed | None]


def read(chunks: Iterable[bytes]) -> Content:
    """The content of these bytes, in one pass and with a bounded memory."""
    digest, size, head, tail = sha256(), 0, b"", b""
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        if len(head) < HEAD_BYTES:
            head = (head + chunk)[:HEAD_BYTES]
        tail = (tail + chunk)[-TAIL_BYTES:]
    return Content(digest.hexdigest(), size, media_type_of(head), head, tail)


def media_type_of(head: bytes) -> str:
    """The type by content. A PDF counts only from its first byte on: viewers differ on the rest."""
    guesses = _guesses(head)
    surest = [name for name, confidence in guesses if confidence == guesses[0][1]]
    known = next((name for name in surest if name in EVIDENCE_MEDIA_TYPES), "".join(surest[:1]))
    is_pdf_later_on = known == "application/pdf" and not head.startswith(b"%PDF-")
    return NO_TYPE if is_pdf_later_on else known or NO_TYPE


def _guesses(head: bytes) -> list[tuple[str, float]]:
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return []
    return [
        (str(guess.mime_type), float(guess.confidence))  # pyright: ignore[reportUnknownArgumentType]
        for guess in found
    ]


def first_failed(content: Content, declared: Declared) -> Failed | None:
    """The first rule that the content breaks; None when it may become evidence."""
    return next((failed for rule in RULES if (failed := rule(content, declared))), None)


def failed_unread(
    size_bytes: int, declared: Declared, max_bytes: Mapping[str, int]
) -> Failed | None:
    """What can be refused by type and size alone; `max_bytes` is by media type."""
    if declared.media_type not in declared.allowed & max_bytes.keys():
        return Failed("type_not_allowed", {"declared": declared.media_type})
    limit = max_bytes[declared.media_type]
    if size_bytes > limit:
        return Failed("too_large", {"size_bytes": size_bytes, "max_bytes": limit})
    return Failed("empty") if size_bytes == 0 else None


def _digest_as_declared(content: Content, declared: Declared) -> Failed | None:
    if content.sha256 == declared.sha256:
        return None
    return Failed("digest_mismatch", {"declared": declared.sha256, "found": content.sha256})


def _size_as_declared(content: Content, declared: Declared) -> Failed | None:
    if content.size_bytes == declared.size_bytes:
        return None
    return Failed("size_mismatch", {"declared": declared.size_bytes, "found": content.size_bytes})


def _type_as_declared(content: Content, declared: Declared) -> Failed | None:
    if content.media_type == declared.media_type:
        return None
    return Failed("type_mismatch", {"declared": declared.media_type, "found": content.media_type})


def _whole(content: Content, _: Declared) -> Failed | None:
    ending = ENDINGS.get(content.media_type, b"")
    return None if ending in content.tail else Failed("unreadable")


def _not_encrypted(content: Content, _: Declared) -> Failed | None:
    is_pdf = content.media_type == "application/pdf"
    # A linearized file has its trailer at the front, any other at the end.
    is_locked = any(ENCRYPT.search(part) for part in (content.head, content.tail))
    return Failed("encrypted") if is_pdf and is_locked else None


RULES: tuple[Rule, ...] = (
    _digest_as_declared,
    _size_as_declared,
    _type_as_declared,
    _whole,
    _not_encrypted,
)
