"""What the profile's texts leave out, and what a developed edition left as it was. Pure.

Sources: domain section 4: six parts of the design narrative (S-39/sec, S-29, S-38); an
innovation comes in at most twice, the second time with more maturity (S-33).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from shared.editions import word_count
from shared.findings.case import Case
from shared.findings.model import Hit, Rule, at
from shared.findings.names import plain_words

PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "legal_basis": (
        *("dasar hukum", "landasan hukum", "undang-undang", "peraturan", "permendagri", "perda"),
        *("perbup", "perwali", "pergub"),
    ),
    "problem": ("masalah", "kendala", "persoalan", "hambatan", "keluhan"),
    "strategic_issue": ("isu ", "isu-isu", "strategis"),
    "method": ("metode", "pembaruan", "pembaharuan", "pendekatan", "terobosan"),
    "novelty": ("kebaruan", "keunggulan", "keterbaruan", "kelebihan", "keunikan", "unik"),
    "how_it_works": ("cara kerja", "mekanisme", "alur", "tahapan", "langkah", "prosedur"),
}
MANY_WORDS: Final = 500
SIX_PARTS: Final = "Local forms: six parts of the design (S-39/sec, S-29, S-38)"
DEVELOPED: Final = "Practice: new substance on re-submission (S-23, S-33)"
NO_PARTS_BELOW: Final = 100


def parts_missing(narrative: str) -> tuple[str, ...]:
    """The parts that no usual word of theirs hints at."""
    text = narrative.casefold()
    return tuple(part for part, words in PARTS.items() if not any(word in text for word in words))


def _part_missing(case: Case) -> Iterator[Hit]:
    """Of a narrative that is long enough to look for its parts."""
    narrative = case.profile.design_narrative
    if word_count(narrative) < NO_PARTS_BELOW:
        return
    missing = parts_missing(narrative)
    if missing:
        yield Hit(field="design_narrative", params={"parts": missing})


def _long(case: Case) -> Iterator[Hit]:
    words = word_count(case.profile.design_narrative)
    if words > MANY_WORDS:
        yield Hit(field="design_narrative", params={"found": words, "usual": MANY_WORDS})


def _not_counted(case: Case) -> Iterator[Hit]:
    if case.profile.stage in ("initiative", "trial"):
        yield Hit(field="stage")


def _unchanged(case: Case) -> Iterator[Hit]:
    if case.earlier is None:
        return
    before, now = case.earlier.profile.design_narrative, case.profile.design_narrative
    if now.strip() and plain_words(before) == plain_words(now):
        yield Hit(field="design_narrative")


def _granted_less_before(case: Case) -> Iterator[Hit]:
    """The same evidence was granted less in the earlier edition."""
    earlier = case.earlier
    if earlier is None:
        return
    for row, claim in case.proven():
        before = earlier.granted.get(row.code)
        is_all_carried = all(item.carried_from for item in case.proofs(row.code))
        if before is not None and before < claim.level and is_all_carried:
            yield at(row, level=claim.level, granted=before)


def _carried_stale(case: Case) -> Iterator[Hit]:
    """Carried over from the earlier edition, and dated before the years that count now."""
    for item in case.evidence:
        letter = item.letter
        if item.carried_from and letter is not None and letter.signed_on.year not in case.years:
            params = {
                "letter": letter.number,
                "signed_on": letter.signed_on,
                "first_year": case.years[0],
                "last_year": case.year,
            }
            yield Hit(evidence_id=item.evidence_id, params=params)


ABOUT_TEXTS: Final = (
    Rule("narrative_part_missing", "advises", SIX_PARTS, _part_missing),
    Rule("narrative_long", "advises", "One local form: at most 500 words (S-39/sec)", _long),
    Rule("stage_not_counted", "advises", "Edition: only implementation counts", _not_counted),
    Rule("narrative_unchanged", "advises", DEVELOPED, _unchanged),
    Rule("granted_less_before", "advises", DEVELOPED, _granted_less_before),
    Rule("carried_stale", "advises", DEVELOPED, _carried_stale),
)
