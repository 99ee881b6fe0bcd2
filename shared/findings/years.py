"""Which years a level asks documents of, and which years the documents show. Pure.

T-0 is the assessment year, T-1 and T-2 the two before it (domain, section 2.4).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from shared.editions import SidRow
from shared.events.submission import EvidenceItem
from shared.findings.case import Case
from shared.findings.model import Hit, Rule, at

RELATIVE_YEAR: Final = re.compile(r"T-([012])")
ANY_OF_THEM: Final = re.compile(r"\batau\b|\bsalah satu\b|T-\d/T-\d", re.IGNORECASE)
TWO_IN_A_ROW: Final = re.compile(r"\bdua tahun berturut-turut\b", re.IGNORECASE)
YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
SK_KINDS: Final = frozenset(("decree",))
REGULATION_KINDS: Final = frozenset(("head_regulation", "regional_bylaw"))
Choices = tuple[frozenset[int], ...]
YEARS: Final = "Edition: years of evidence (S-01/sec, S-02/sec)"


def asked_years(level_text: str, year: int) -> Choices:
    """The sets of years of which one must be shown, read from the level's own words.

    Empty where the words name no year: then nothing can be said.
    """
    if TWO_IN_A_ROW.search(level_text):
        return (frozenset((year - 1, year)), frozenset((year - 2, year - 1)))
    named = [year - int(back) for back in RELATIVE_YEAR.findall(level_text)]
    if not named:
        return ()
    if ANY_OF_THEM.search(level_text):
        return tuple(frozenset((each,)) for each in dict.fromkeys(named))
    return (frozenset(named),)


def shown_years(case: Case, items: Iterable[EvidenceItem]) -> frozenset[int]:
    """The years of the letters, and those that the documents speak of."""
    dated = {item.letter.signed_on.year for item in items if item.letter is not None}
    texts = [case.text(item) for item in items]
    spoken = {int(found) for text in texts if text for found in YEAR.findall(text)}
    return frozenset((dated | spoken) & set(case.years))


def level_by_years(row: SidRow, level: int, year: int, shown: frozenset[int]) -> int:
    """The highest level up to the claimed one that the shown years carry."""
    return max((each for each in range(1, level + 1) if _is_met(row, each, year, shown)), default=0)


def _is_met(row: SidRow, level: int, year: int, shown: frozenset[int]) -> bool:
    choices = asked_years(row.levels[level - 1], year)
    return not choices or any(choice <= shown for choice in choices)


def _lacking(case: Case) -> Iterator[tuple[Hit, bool]]:
    """Levels whose years are not shown; True where a document could not be read, or not yet."""
    for row, claim in case.proven("per_year_document"):
        items = case.proofs(row.code)
        shown = shown_years(case, items)
        holds = level_by_years(row, claim.level, case.year, shown)
        if holds < claim.level:
            choices = asked_years(row.levels[claim.level - 1], case.year)
            nearest = min(choices, key=lambda choice: (len(choice - shown), -max(choice)))
            missing = tuple(sorted(nearest - shown))
            hit = at(row, holds=holds, level=claim.level, missing=missing, shown=_sorted(shown))
            yield hit, any(case.text(item) is None for item in items)


def _years_missing(case: Case) -> Iterator[Hit]:
    return (hit for hit, is_unsure in _lacking(case) if not is_unsure)


def _years_unread(case: Case) -> Iterator[Hit]:
    return (hit for hit, is_unsure in _lacking(case) if is_unsure)


def _outside(case: Case) -> Iterator[tuple[SidRow, tuple[EvidenceItem, ...], bool]]:
    """Letters from outside T-2 to T-0; True where no letter of the row lies inside."""
    for row, _ in case.proven("year_T2_T0"):
        dated = [item for item in case.proofs(row.code) if item.letter is not None]
        outside = tuple(item for item in dated if _year(item) not in case.years)
        if outside:
            yield row, outside, len(outside) == len(dated)


def _no_letter_in_years(case: Case) -> Iterator[Hit]:
    for row, _, is_all in _outside(case):
        if is_all:
            yield at(row, holds=0, first_year=case.years[0], last_year=case.year)


def _letter_outside_years(case: Case) -> Iterator[Hit]:
    for row, items, is_all in _outside(case):
        for item in () if is_all else items:
            yield at(
                row,
                evidence_id=item.evidence_id,
                year=_year(item),
                first_year=case.years[0],
                last_year=case.year,
            )


def _decree_of_another_year(case: Case) -> Iterator[Hit]:
    """A decree must be of the year of application; a regulation beside it needs no such year."""
    applied = {day.year for day in (case.profile.implemented_on, case.profile.developed_on) if day}
    for row, _ in case.proven("matches_implementation_year"):
        items = case.proofs(row.code)
        decrees = [item for item in items if item.evidence_kind in SK_KINDS and item.letter]
        is_alone = not any(item.evidence_kind in REGULATION_KINDS for item in items)
        years = {_year(item) for item in decrees}
        if applied and decrees and is_alone and not years & applied:
            yield at(row, holds=0, shown=_sorted(years), asked=_sorted(applied))


def _regulation_too_new(case: Case) -> Iterator[Hit]:
    """A regulation must be older than the assessment year."""
    for row, _ in case.proven("in_force"):
        items = case.proofs(row.code)
        others = [item for item in items if item.evidence_kind not in REGULATION_KINDS]
        regulations = [item for item in items if item.evidence_kind in REGULATION_KINDS]
        dated = [item for item in regulations if item.letter is not None]
        if dated and len(dated) == len(regulations) and min(map(_year, dated)) >= case.year:
            yield at(row, holds=1 if others else 0, year=case.year)


def _year(item: EvidenceItem) -> int:
    return item.letter.signed_on.year if item.letter is not None else 0


def _sorted(years: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(years))


ABOUT_YEARS: Final = (
    Rule("years_missing", "costs", YEARS, _years_missing),
    Rule("years_unread", "advises", YEARS, _years_unread),
    Rule("no_letter_in_years", "costs", YEARS, _no_letter_in_years),
    Rule("letter_outside_years", "advises", YEARS, _letter_outside_years),
    Rule("decree_of_another_year", "costs", YEARS, _decree_of_another_year),
    Rule("regulation_too_new", "costs", YEARS, _regulation_too_new),
)
