"""Segments of the history in files: a fact a line, as it was stored. Pure.

A line is compact JSON: `sequence`, `subject`, `headers` (those that say something of the fact),
`body` as text, or `body_base64` where it is no UTF-8. The name of a segment tells which facts it
holds and the digest of its bytes. Segments end where checkpoints do, so that every replica, and
every restart, writes the same ones.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from shared.history.envelope import Message
from shared.transparency import Amiss, business_headers

SEGMENTS = "archive/segments/"
MOST_IN_A_SEGMENT = 4096
NAME = re.compile(r"(?P<first>[0-9]{12})-(?P<last>[0-9]{12})-(?P<digest>[0-9a-f]{64})\.ndjson")


class BrokenSegment(Amiss):
    """A segment that is cut, changed, or says something else than its name."""

    code = "segment_broken"


@dataclass(frozen=True, slots=True, order=True)
class SegmentName:
    """Facts `first` to `last`, and the SHA-256 of the file in hexadecimal."""

    first: int
    last: int
    digest: str

    @property
    def path(self) -> str:
        return f"{SEGMENTS}{self.first:012d}-{self.last:012d}-{self.digest}.ndjson"

    @classmethod
    def of(cls, first: int, last: int, content: bytes) -> "SegmentName":
        return cls(first, last, sha256(content).hexdigest())

    @classmethod
    def from_path(cls, path: str) -> "SegmentName":
        """Raises `BrokenSegment` for a path that names no segment."""
        found = NAME.fullmatch(path.removeprefix(SEGMENTS))
        if found is None:
            raise BrokenSegment(f"{path} is no name of a segment.", path)
        return cls(int(found["first"]), int(found["last"]), found["digest"])

    def opened(self, content: bytes) -> list[Message]:
        """The facts, all that the name promises and in order. Raises `BrokenSegment`."""
        if sha256(content).hexdigest() != self.digest:
            raise BrokenSegment(
                f"The bytes of {self.path} are not those its name tells.", self.path
            )
        messages = list(messages_of(content, self.path))
        expected = list(range(self.first, self.last + 1))
        if [each.sequence for each in messages] != expected:
            raise BrokenSegment(
                f"{self.path} does not hold facts {self.first} to {self.last} in order.", self.path
            )
        return messages


def ranges(after: int, last: int) -> Iterator[tuple[int, int]]:
    """(first, last) of the segments between two checkpoints of these sizes."""
    for first in range(after + 1, last + 1, MOST_IN_A_SEGMENT):
        yield first, min(first + MOST_IN_A_SEGMENT - 1, last)


def lines_of(messages: Iterable[Message]) -> bytes:
    return b"".join(_line(each) for each in messages)


def messages_of(content: bytes, place: str = "") -> Iterator[Message]:
    """Raises `BrokenSegment` for a line that cannot be read, with its number."""
    if content and not content.endswith(b"\n"):
        raise BrokenSegment(f"The last line of {place} is cut.", place)
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            yield _message(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BrokenSegment(f"Line {number} of {place} cannot be read.", place) from None


def _line(message: Message) -> bytes:
    told: dict[str, Any] = {
        "sequence": message.sequence,
        "subject": message.subject,
        "headers": business_headers(message.headers),
    }
    try:
        told["body"] = message.body.decode()
    except UnicodeDecodeError:
        told["body_base64"] = b64encode(message.body).decode()
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _message(told: dict[str, Any]) -> Message:
    body = cast("str | None", told.get("body"))
    content = b64decode(told["body_base64"], validate=True) if body is None else body.encode()
    headers = {str(name): str(value) for name, value in told["headers"].items()}
    return Message(str(told["subject"]), int(told["sequence"]), headers, content)
