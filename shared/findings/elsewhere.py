"""The same file, a near copy or the same title somewhere else: seen once, accused never. Pure.

Source: domain section 7: one decree for four indicators is legitimate and must be seen once;
parallel channels bring duplicates.
"""

from collections.abc import Iterator
from typing import Final

from shared.events.submission import EvidenceItem
from shared.findings.case import Case, Neighbour, label
from shared.findings.model import Hit, Params, Rule
from shared.findings.names import is_same_title, is_similar_title

SHARED: Final = "Practice: one file for several indicators (S-87/sec)"
DUPLICATES: Final = "Practice: duplicates of parallel channels (S-54)"


def _files(case: Case) -> dict[str, list[EvidenceItem]]:
    """The items by their bytes, in the order in which they came."""
    found: dict[str, list[EvidenceItem]] = {}
    for item in case.evidence:
        found.setdefault(item.content.sha256, []).append(item)
    return found


def _file_shared(case: Case) -> Iterator[Hit]:
    numbers = {row.code: row.iid_no for row in case.edition.sid}
    for items in _files(case).values():
        codes = {code for item in items for code in item.indicators}
        if len(codes) > 1:
            iid = tuple(sorted(numbers[code] for code in codes if code in numbers))
            params: Params = {"file": label(items[0]), "numbers": iid}
            yield Hit(evidence_id=items[0].evidence_id, params=params)


def _others(case: Case) -> Iterator[Neighbour]:
    """Neighbours but for the earlier editions of the same innovation."""
    return (each for each in case.neighbours if each.innovation_id not in case.lineage)


def _file_elsewhere(case: Case) -> Iterator[Hit]:
    for digest, items in _files(case).items():
        for other in _others(case):
            if digest in other.same_files:
                params = {"file": label(items[0]), **_told(other)}
                yield Hit(evidence_id=items[0].evidence_id, params=params)
                break


def _near_copy(case: Case) -> Iterator[Hit]:
    for digest, items in _files(case).items():
        for other in _others(case):
            if digest in other.near_files and digest not in other.same_files:
                params = {"file": label(items[0]), **_told(other)}
                yield Hit(evidence_id=items[0].evidence_id, params=params)
                break


def _same_title(case: Case) -> Iterator[Hit]:
    for other in _others(case):
        if is_same_title(case.profile.title, other.title):
            yield Hit(field="title", params=_told(other))


def _similar_title(case: Case) -> Iterator[Hit]:
    for other in _others(case):
        if is_similar_title(case.profile.title, other.title):
            yield Hit(field="title", params=_told(other))


def _told(other: Neighbour) -> Params:
    """Of what the asker may not see, only that there is one."""
    if not other.is_visible:
        return {"other": ""}
    return {"other": other.title, "other_id": other.innovation_id}


ABOUT_OTHERS: Final = (
    Rule("file_shared", "advises", SHARED, _file_shared),
    Rule("file_elsewhere", "advises", DUPLICATES, _file_elsewhere),
    Rule("near_copy_elsewhere", "advises", DUPLICATES, _near_copy),
    Rule("title_taken", "advises", DUPLICATES, _same_title),
    Rule("title_similar", "advises", DUPLICATES, _similar_title),
)
