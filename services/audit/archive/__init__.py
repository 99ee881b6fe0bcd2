"""The archive beside the log: every fact as it was stored, and the bytes of every rule used."""

from services.audit.archive.broken import (
    ArchiveBehind,
    BrokenAt,
    ChangedRules,
    LogMissing,
    LogShortened,
    SegmentChanged,
    SegmentCut,
    SegmentDoubled,
    SegmentMissing,
    SegmentReordered,
)
from services.audit.archive.fetching import Fetched, fetch, trusted_keys
from services.audit.archive.replayed import ArchiveSource
from services.audit.archive.rules import Rules
from services.audit.archive.segments import (
    MOST_IN_A_SEGMENT,
    SEGMENTS,
    BrokenSegment,
    SegmentName,
    lines_of,
    messages_of,
    ranges,
)
from services.audit.archive.source import Archive
from services.audit.archive.verifying import Verified, verified
from services.audit.archive.vouching import (
    CHECKPOINT,
    VKEY,
    Voucher,
    check_ends,
    keys_beside,
    keys_of,
)

__all__ = [
    "CHECKPOINT",
    "MOST_IN_A_SEGMENT",
    "SEGMENTS",
    "VKEY",
    "Archive",
    "ArchiveBehind",
    "ArchiveSource",
    "BrokenAt",
    "BrokenSegment",
    "ChangedRules",
    "Fetched",
    "LogMissing",
    "LogShortened",
    "Rules",
    "SegmentChanged",
    "SegmentCut",
    "SegmentDoubled",
    "SegmentMissing",
    "SegmentName",
    "SegmentReordered",
    "Verified",
    "Voucher",
    "check_ends",
    "fetch",
    "keys_beside",
    "keys_of",
    "lines_of",
    "messages_of",
    "ranges",
    "trusted_keys",
    "verified",
]
