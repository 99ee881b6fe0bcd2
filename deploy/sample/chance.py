"""Chance that is the same on every machine: draws that follow from a name. Pure."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def draw(below: int, *key: str) -> int:
    """A whole number from 0 to `below` - 1."""
    return int.from_bytes(_digest(key)[:8], "big") % below


def pick(options: Sequence[T], *key: str) -> T:
    return options[draw(len(options), *key)]


def shuffled(names: Sequence[str], *key: str) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda name: (_digest((*key, name)), name)))


def _digest(key: tuple[str, ...]) -> bytes:
    return sha256("\x1f".join(key).encode()).digest()
