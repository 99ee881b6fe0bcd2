"""The archive beside the log: every fact as it was stored, and the bytes of every rule used."""

from services.audit.archive.segments import (
    MOST_IN_A_SEGMENT,
    SEGMENTS,
    BrokenSegment,
    SegmentName,
    lines_of,
    messages_of,
    ranges,
)

__all__ = [
    "MOST_IN_A_SEGMENT",
    "SEGMENTS",
    "BrokenSegment",
    "SegmentName",
    "lines_of",
    "messages_of",
    "ranges",
]
