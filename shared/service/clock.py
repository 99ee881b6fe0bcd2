"""The process's clock: the only place where it is read."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path


def utc_now() -> datetime:
    return datetime.now(UTC)


def dated_ahead(now: Callable[[], datetime], seconds: Path | None) -> Callable[[], datetime]:
    """The clock that commands are dated by; see `ServiceSettings.clock_ahead_file`."""
    if seconds is None:
        return now

    def ahead() -> datetime:
        try:
            return now() + timedelta(seconds=int(seconds.read_text()))
        except FileNotFoundError:
            return now()

    return ahead
