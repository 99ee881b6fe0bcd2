"""What an example is, and the names that all of them share."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shared.events.base import Aggregate, Fact

EDITION = "c1a3d5f70b2e4c6d8f9a0b1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5f6"
DECREE = "3b7e1f9a5c2d4860b1a2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718"
PHOTO = "9f2c4e6a8b0d1c3e5f7092a4b6c8dae0f1122334455667788990aabbccddeeff"
LINK = "0a1b2c3d4e5f60718293a4b5c6d7e8f90112233445566778899aabbccddeeff0"

INNOVATION = "7d0e5c1a-93b4-5f2e-8a61-2c4f6b8d0e1f"
SECOND = "15c2e9d7-4a6b-5c8d-9e0f-1a2b3c4d5e6f"
OFFICE = "hss-bappelitbangda"
PATH = ("hss", "hss-dinkes", "hss-puskesmas-kandangan")

DRAFTER = "p-noor-hidayah"
HEAD = "p-rahmadi"
ADMIN = "p-admin-bappelitbangda"
VERIFIER = "p-verifikator-tapin"
JUDGE = "p-juri-ulm"
COMMITTEE = "p-panitia-ketua"
APPROVER = "p-panitia-sekretaris"
TREASURER = "p-bendahara"


def on(month: int, day: int, hour: int = 1, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, 30, 250_000, tzinfo=UTC)


@dataclass(frozen=True)
class Example:
    """A fact with the place it holds in its aggregate."""

    aggregate: Aggregate[Any]
    key: str
    version: int
    fact: Fact
    caused_by: str | None = None
