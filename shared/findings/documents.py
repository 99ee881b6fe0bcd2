"""What documents say and look like, as far as a machine can tell. Pure.

Sources: domain sections 2.4 (the regulation names the innovation; scans cannot be read) and 7.
"""

from collections.abc import Iterator
from typing import Final

from shared.events.submission import EvidenceItem
from shared.findings.case import Case, is_image, label
from shared.findings.model import Hit, Rule, at
from shared.findings.names import is_named

NAMING: Final = "Edition: the regulation names the innovation (S-02/sec)"
PRACTICE: Final = "Practice of verification (S-23, S-86)"
CALLED_BY_NAME: Final = frozenset(
    (
        *("decree", "assignment_letter", "cooperation_agreement", "replication_statement"),
        *("innovation_proposal", "creation_report", "manual_book", "sop"),
    )
)
LIST_OF_A_BYLAW: Final = frozenset(("decree", "head_regulation"))
BYLAW: Final = "regional_bylaw"
SMALLEST_SIDES: Final = (480, 640)
LEAST_PAGES: Final = {
    "manual_book": 4,
    "innovation_proposal": 2,
    "creation_report": 2,
    "internal_monev_report": 2,
    "satisfaction_survey_report": 2,
    "external_study": 5,
    "impact_study": 3,
}


def _names(case: Case, item: EvidenceItem) -> bool | None:
    """Whether the document names the innovation; None where it cannot be read, or was not yet."""
    text = case.text(item)
    return None if text is None else is_named(case.profile.title, text)


def _not_named(case: Case) -> Iterator[Hit]:
    """Found only where every document of the row was read, and none names the innovation."""
    for row, _ in case.proven("names_innovation"):
        told = [_names(case, item) for item in case.proofs(row.code)]
        if all(named is False for named in told):
            yield at(row, holds=0, title=case.profile.title)


def _naming_unread(case: Case) -> Iterator[Hit]:
    for row, _ in case.proven("names_innovation"):
        items = case.proofs(row.code)
        if any(_names(case, item) for item in items):
            continue
        for item in items:
            if case.is_scan(item):
                yield at(row, evidence_id=item.evidence_id, file=label(item))


def _not_in_document(case: Case) -> Iterator[Hit]:
    """Documents of other indicators that usually call the innovation by its name."""
    must = {row.code for row, _ in case.proven("names_innovation")}
    for item in case.evidence:
        is_asked = item.accepted and item.evidence_kind in CALLED_BY_NAME
        if is_asked and not must & set(item.indicators) and _names(case, item) is False:
            yield Hit(
                evidence_id=item.evidence_id,
                params={"file": label(item), "title": case.profile.title},
            )


def _bylaw_alone(case: Case) -> Iterator[Hit]:
    """A bylaw seldom lists innovations itself: a regulation or decree that does goes with it."""
    for row, claim in case.proven("bylaw_needs_linked_list"):
        items = case.proofs(row.code)
        kinds = {item.evidence_kind for item in items}
        is_named_there = any(_names(case, item) for item in items if item.evidence_kind == BYLAW)
        if BYLAW in kinds and not kinds & LIST_OF_A_BYLAW and not is_named_there:
            yield at(row, level=claim.level)


def _photo_small(case: Case) -> Iterator[Hit]:
    for item in case.evidence:
        sides = _sides(item)
        if sides and (min(sides) < SMALLEST_SIDES[0] or max(sides) < SMALLEST_SIDES[1]):
            params = {"file": label(item), "width": sides[0], "height": sides[1]}
            yield Hit(evidence_id=item.evidence_id, params=params)


def _sides(item: EvidenceItem) -> tuple[int, int] | None:
    seen = item.properties
    if not is_image(item) or seen is None:
        return None
    if seen.width_pixels is None or seen.height_pixels is None:
        return None
    return seen.width_pixels, seen.height_pixels


def _few_pages(case: Case) -> Iterator[Hit]:
    for item in case.evidence:
        least = LEAST_PAGES.get(item.evidence_kind)
        pages = _pages(case, item)
        if least is not None and pages is not None and pages < least:
            params = {"file": label(item), "pages": pages, "least": least}
            yield Hit(evidence_id=item.evidence_id, params=params)


def _pages(case: Case, item: EvidenceItem) -> int | None:
    if item.properties is not None and item.properties.pages is not None:
        return item.properties.pages
    reading = case.readings.get(item.content.sha256)
    return None if reading is None else reading.pages


ABOUT_DOCUMENTS: Final = (
    Rule("innovation_not_named", "costs", NAMING, _not_named),
    Rule("naming_unread", "advises", NAMING, _naming_unread),
    Rule("not_named_in_document", "advises", PRACTICE, _not_in_document),
    Rule("bylaw_alone", "advises", NAMING, _bylaw_alone),
    Rule("photo_small", "advises", PRACTICE, _photo_small),
    Rule("few_pages", "advises", PRACTICE, _few_pages),
)
