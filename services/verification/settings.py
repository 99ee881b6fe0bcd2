"""What verification is told from outside."""

from pydantic import Field

from shared.settings import StorageSettings


class Settings(StorageSettings):
    """A lease lasts `lease_seconds` from the last piece of work on it.

    An agency has `revision_days` unless the verifier names a date; the request lapses
    `revision_grace_seconds` after it, so that an answer of the last moment is not overtaken. One
    whose files are on their way lapses `files_grace_seconds` after the moment until which they
    may come in: submission takes some minutes to notice that it is over, and always says so.
    """

    service: str = "verification"
    mongo_database: str = "verification"

    lease_seconds: int = Field(default=1800, ge=1, le=86_400)
    revision_days: int = Field(default=7, ge=1, le=365)
    revision_grace_seconds: int = Field(default=60, ge=0)
    files_grace_seconds: int = Field(default=3600, ge=0)
    max_revisions: int = Field(default=1, ge=0)
