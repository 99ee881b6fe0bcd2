"""The door for a malware scanner: it sees every byte of an upload once, and has the last word."""

from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    """`held` is the answer of a scanner that cannot tell now; it never means clean."""

    CLEAN = "clean"
    INFECTED = "infected"
    HELD = "held"


class Scan(Protocol):
    """One file on its way past the scanner. Raises nothing: what goes wrong is `held`."""

    def feed(self, chunk: bytes) -> None: ...

    def verdict(self) -> Verdict: ...

    def close(self) -> None:
        """After the verdict, or without one when nobody wants it any more."""
        ...


class Scanner(Protocol):
    """Begins a scan for each file; called from worker threads."""

    def begin(self) -> Scan: ...


class NoScanner:
    """Where no scanner is configured: every file counts as clean."""

    def begin(self) -> Scan:
        return self

    def feed(self, chunk: bytes) -> None:
        return None

    def verdict(self) -> Verdict:
        return Verdict.CLEAN

    def close(self) -> None:
        return None
