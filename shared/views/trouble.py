"""What a database that does not answer, or not as hoped, is to the rest."""

from typing import Any

from pymongo.errors import BulkWriteError, PyMongoError

from shared.errors import Unavailable

STALE = 11000
"""The only code that says: it was there already."""


def refused(error: BulkWriteError) -> list[int]:
    """The places of the writes whose `_id` was there. Raises `Unavailable` for other trouble."""
    told: Any = error.details
    failed = told["writeErrors"]
    if told.get("writeConcernErrors") or any(each["code"] != STALE for each in failed):
        raise away(error) from error
    return [each["index"] for each in failed]


def away(error: PyMongoError) -> Unavailable:
    return Unavailable(
        "views_unavailable",
        "The read models do not answer. Try again in a moment.",
        reason=type(error).__name__,
    )
