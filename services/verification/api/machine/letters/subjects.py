"""The subject of a letter in its text, allowing for misread letters. Pure."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from services.verification.api.machine.letters.spots import NOT_FOUND, Check, Page

LONGEST_COMPARED: Final = 64
SHORTEST_COMPARED: Final = 6
LEAST_ALIKE: Final = 80.0
MOST_PAGES: Final = 50


def check_subject(subject: str, pages: Sequence[Page]) -> Check:
    """Its very words one after another; else, in the first pages, nearly its first words."""
    wanted = Page(0, subject).plain
    if not wanted:
        return NOT_FOUND
    for page in pages:
        start = f" {page.plain} ".find(f" {wanted} ")
        if start >= 0:
            return Check("exact", 1.0, page.spot_of_plain(start, start + len(wanted)))
    return _similar(wanted[:LONGEST_COMPARED], pages[:MOST_PAGES])


def _similar(wanted: str, pages: Sequence[Page]) -> Check:
    best = NOT_FOUND
    if len(wanted) < SHORTEST_COMPARED:
        return best
    for page in pages:
        found = fuzz.partial_ratio_alignment(wanted, page.plain, score_cutoff=LEAST_ALIKE)
        is_whole = len(page.plain) >= len(wanted)
        if found and is_whole and found.score / 100 > best.similarity:
            spot = page.spot_of_plain(found.dest_start, found.dest_end)
            best = Check("similar", round(found.score / 100, 4), spot)
    return best
