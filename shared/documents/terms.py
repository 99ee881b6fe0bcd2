"""What a service takes in, where it lies, and for how long links and locks hold. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.documents.inspection import Limits

MEBIBYTE = 1024 * 1024
# The storage joins parts only if all but the last have at least this.
SMALLEST_PART_BYTES = 5 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Terms:
    """`max_bytes` is the largest upload for each media type.

    `spool_folder` is where uploads lie while they are judged: the system's own when empty.
    """

    max_bytes: Mapping[str, int]
    retention_days: int
    quarantine_bucket: str = "quarantine"
    evidence_bucket: str = "evidence"
    part_bytes: int = 8 * MEBIBYTE
    max_pages: int = 500
    max_pixels: int = 64_000_000
    upload_seconds: int = 900
    download_seconds: int = 120
    spool_folder: str = ""

    @property
    def limits(self) -> Limits:
        """What is still looked into."""
        return Limits(self.max_pages, self.max_pixels)
