"""Which files of two dossiers say much the same. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from services.verification.api.machine.similar.passages import Passage, common_passages
from shared.contents import Content
from shared.findings.similarity import Signature, similarity

MOST_PAIRS: Final = 10
LEAST_ALIKE: Final = 0.1
"""Two texts that share less are not shown beside one another."""

SHORT_LEAST_ALIKE: Final = 0.6
"""The same for texts of few words, compared letter by letter: any two share some."""

LONGEST_SHORT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Alike:
    """A file of ours and one of theirs, by digest."""

    ours: str
    theirs: str
    similarity: float


def alike_texts(
    ours: Iterable[str],
    theirs: Iterable[str],
    known: Mapping[str, Content],
    signed: Mapping[str, Signature],
) -> tuple[Alike, ...]:
    """The most alike first; files without text are like no other."""
    others = sorted(theirs)
    pairs = (
        Alike(one, other, round(_similarity(one, other, known, signed), 4))
        for one in sorted(ours)
        for other in others
    )
    alike = [each for each in pairs if each.similarity > 0]
    return tuple(sorted(alike, key=lambda each: -each.similarity)[:MOST_PAIRS])


def passages_of(pair: Alike, known: Mapping[str, Content]) -> tuple[Passage, ...]:
    ours, theirs = known[pair.ours].text, known[pair.theirs].text
    return common_passages(ours or "", theirs or "")


def _similarity(
    one: str, other: str, known: Mapping[str, Content], signed: Mapping[str, Signature]
) -> float:
    """0 where it is less than is worth looking at."""
    if one in signed and other in signed:
        alike = similarity(signed[one], signed[other])
        return alike if alike >= LEAST_ALIKE else 0.0
    if one in signed or other in signed:
        return 0.0
    ours, theirs = _short(known.get(one)), _short(known.get(other))
    if not ours or not theirs:
        return 0.0
    alike = fuzz.ratio(ours, theirs) / 100
    return alike if alike >= SHORT_LEAST_ALIKE else 0.0


def _short(content: Content | None) -> str:
    text = "" if content is None else content.text
    return " ".join((text or "").casefold().split())[:LONGEST_SHORT]
