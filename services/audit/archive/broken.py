"""What can be wrong with an archive: a code, a place, and the first fact that it is about."""

from typing import ClassVar

from services.audit.archive.segments import BrokenSegment
from shared.transparency import Amiss


class BrokenAt(BrokenSegment):
    """`sequence` is the first fact that is not there as it should be."""

    def __init__(self, sentence: str, place: str, sequence: int) -> None:
        super().__init__(sentence, place)
        self.sequence = sequence


class SegmentMissing(BrokenAt):
    """Facts that no segment holds, in the middle or at the end."""

    code: ClassVar[str] = "segment_missing"


class ArchiveBehind(SegmentMissing):
    """The same at the end, where the archive of a running stack may only be a moment late."""


class SegmentDoubled(BrokenAt):
    """Facts that are held twice."""

    code: ClassVar[str] = "segment_doubled"


class SegmentCut(BrokenAt):
    """A segment that ends before its name says."""

    code: ClassVar[str] = "segment_cut"


class SegmentReordered(BrokenAt):
    """A segment with its own facts in another order."""

    code: ClassVar[str] = "segment_reordered"


class SegmentChanged(BrokenAt):
    """A segment whose bytes are not those of its name, or of which the log says otherwise."""

    code: ClassVar[str] = "segment_changed"


class LogShortened(Amiss):
    """A log that is shorter than what it has signed, or than the archive beside it."""

    code: ClassVar[str] = "log_shortened"


class LogMissing(Amiss):
    """An archive without a log that could vouch for it."""

    code: ClassVar[str] = "log_missing"


class ChangedRules(Amiss):
    """An edition or a table of taxes that is not the one its name tells."""

    code: ClassVar[str] = "edition_changed"
