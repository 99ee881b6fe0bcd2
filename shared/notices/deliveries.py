"""What is sent to whom, how it went, and when it is tried again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from shared.history import derived_id

LONGEST_ANSWER = 500
SPREAD = 0.1


class End(StrEnum):
    """How an attempt ended: it arrived, it is to be tried again, nobody is there any more."""

    DELIVERED = "delivered"
    AGAIN = "again"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Parcel:
    """`content` for one subscriber. `channel` names the sender; `kind` is shown in the log.

    The same notice to the same subscriber is the same parcel, however often it is given.
    """

    notice_id: str
    channel: str
    subscriber: str
    kind: str
    content: Mapping[str, str]

    @property
    def id(self) -> str:
        return derived_id("delivery", self.notice_id, self.channel, self.subscriber)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attempt came to. `error` and `answer` hold no personal data: they are logged."""

    end: End
    status: int | None = None
    error: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A parcel that is ours to send until the lease ends. `tries` were in vain so far."""

    parcel: Parcel
    lease: str
    tries: int
    attempts: tuple[Mapping[str, Any], ...]


def next_try(claimed: Claimed, at: datetime, schedule: tuple[float, ...]) -> datetime | None:
    """When it is tried again after one more in vain; None when that was the last.

    Deliveries that failed together are spread a little, so that they do not come back together.
    """
    if claimed.tries >= len(schedule):
        return None
    share = sha256(claimed.parcel.id.encode()).digest()[0] / 255
    return at + timedelta(seconds=schedule[claimed.tries] * (1 + SPREAD * share))
