"""What is told of witnesses and time stamps."""

from datetime import datetime

from shared.http import Answer


class FaultTold(Answer):
    """Why it did not work the last time; `at` is when it began."""

    code: str
    sentence: str
    at: datetime


def fault_after(known: FaultTold | None, code: str, sentence: str, now: datetime) -> FaultTold:
    """One of the same kind goes on since it began."""
    since = now if known is None or known.code != code else known.at
    return FaultTold(code=code, sentence=sentence, at=since)


class WitnessTold(Answer):
    """`size` and `at` are those of the last cosignature since this process began."""

    name: str
    vkey: str
    prefix: str
    size: int | None
    at: datetime | None
    fault: FaultTold | None


class WitnessesTold(Answer):
    """`cosigned` counts who has signed the checkpoint of `size`, the newest there is."""

    size: int | None
    cosigned: int
    quorum: int
    items: tuple[WitnessTold, ...]


class TimestampsTold(Answer):
    """`size` and `at` are those of the last time stamp; `url` is empty when none are asked for."""

    url: str
    every_seconds: int
    size: int | None
    at: datetime | None
    fault: FaultTold | None


class OutsideTold(Answer):
    """Who else vouches for the log."""

    witnesses: WitnessesTold
    timestamps: TimestampsTold
