"""Where the storage is, what lies in it, and how it is kept there. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Connection:
    """`endpoint` is host and port as the service sees it, `public_endpoint` as browsers do.

    `public_endpoint` is empty when it is the same.
    """

    endpoint: str
    access_key: str
    secret_key: str = field(repr=False)
    region: str = "us-east-1"
    is_secure: bool = False
    public_endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """How an object is kept: nobody deletes it before `until`, in COMPLIANCE not even an admin.

    `until` is UTC in whole seconds, as the storage keeps it.
    """

    mode: Literal["GOVERNANCE", "COMPLIANCE"]
    until: datetime

    def covers(self, other: "Lock") -> bool:
        """Whether this lock is at least as strong and as long."""
        return self.until >= other.until and self.mode in ("COMPLIANCE", other.mode)


@dataclass(frozen=True, slots=True)
class Place:
    """One object, or one version of it, exactly as it was seen."""

    bucket: str
    key: str
    version_id: str | None = None
    etag: str | None = None
    size_bytes: int = 0
    media_type: str = ""
    changed_at: datetime | None = None
