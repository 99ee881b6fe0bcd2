"""How alike two documents are, from small fingerprints of their words. Pure and deterministic.

One-permutation MinHash (Li, Owen, Zhang 2012), its empty bins filled by rotation (Shrivastava,
Li 2014): every shingle of words is hashed once, and each bin of the hash space keeps its least.
"""

import re
from hashlib import blake2b
from typing import Final

SHINGLE_WORDS: Final = 4
MIN_WORDS: Final = 30
"""A shorter text says too little: two covers of the same agency would look like one document."""

BINS: Final = 128
ROWS_PER_BAND: Final = 8
NEAR_DUPLICATE: Final = 0.8
WORD: Final = re.compile(r"\w+")
HASH_BYTES: Final = 8
KEPT_BITS: Final = 48
SHIFT: Final = 1 << KEPT_BITS
"""Marks a value that stands in for an empty bin; signatures stay far inside 63 bits."""

Signature = tuple[int, ...]


def words_of(text: str) -> list[str]:
    """Case, punctuation and line breaks differ between two scans of a letter; words do not."""
    return WORD.findall(text.casefold())


def signature(text: str) -> Signature:
    """The text's fingerprint; empty where it has too few words to be compared."""
    words = words_of(text)
    if len(words) < MIN_WORDS:
        return ()
    bins: list[int | None] = [None] * BINS
    for place in range(len(words) - SHINGLE_WORDS + 1):
        hashed = _hash(" ".join(words[place : place + SHINGLE_WORDS]))
        where, kept = hashed % BINS, hashed // BINS % SHIFT
        least = bins[where]
        if least is None or kept < least:
            bins[where] = kept
    return _filled(bins)


def bands(signed: Signature) -> tuple[str, ...]:
    """What two alike documents very likely share at least one of; made for an index."""
    starts = range(0, len(signed), ROWS_PER_BAND)
    return tuple(
        f"{start // ROWS_PER_BAND}-{_digest(repr(signed[start : start + ROWS_PER_BAND])).hex()}"
        for start in starts
    )


def similarity(one: Signature, other: Signature) -> float:
    """The estimated part of shingles that both have, 0 to 1; 0 where either has no fingerprint."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def _filled(bins: list[int | None]) -> Signature:
    """An empty bin takes what the next filled one to its right has, marked by the distance."""
    return tuple(_borrowed(bins, place) for place in range(len(bins)))


def _borrowed(bins: list[int | None], place: int) -> int:
    distance = 0
    while (kept := bins[(place + distance) % len(bins)]) is None:
        distance += 1
    return kept + distance * SHIFT


def _hash(shingle: str) -> int:
    return int.from_bytes(_digest(shingle), "big")


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=HASH_BYTES).digest()
