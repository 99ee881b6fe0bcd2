"""A dossier as people read it: what it is, the criteria, the claims, the evidence, its story."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.table import Table

from deploy.cli.client import Document
from deploy.cli.output import Column, Record, detailed, listed
from deploy.cli.verification.group import ROW

DIGITS = 12
"""So much of a digest tells files apart on a screen; it may be typed in place of the whole."""


def short(digest: str) -> str:
    return digest[:DIGITS]


def place_of(verdict: Record | None) -> str | None:
    """Where it was seen: a page, or a second of a film."""
    place: Record = (verdict or {}).get("place") or {}
    if place.get("page") is not None:
        return f"page {place['page']} of {short(place['sha256'])}"
    if place.get("second") is not None:
        return f"second {place['second']} of {short(place['sha256'])}"
    return short(place["sha256"]) if place else None


def content_name(item: Record) -> Any:
    content = item["content"]
    return content.get("file_name") or content.get("url") or content.get("replication_id")


HEAD: tuple[Column, ...] = (
    *ROW,
    ("Season", "season_id"),
    ("Affair", "affair"),
    ("Still undecided", "undecided"),
)
ENDS = {
    "last_note": "Last note",
    "verified_at": "Verified",
    "rejected_at": "Rejected",
    "withdrawn_reason": "Withdrawn",
}
CRITERION: tuple[Column, ...] = (("Criterion", "criterion"), ("Met", "met"), ("Note", "note"))
INDICATOR: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Claimed", "claimed_level"),
    ("Basis", "basis"),
    ("Sub-type", "subtype"),
    ("Granted", "verdict.granted_level"),
    ("Reason", "verdict.reason_code"),
    ("Note", "verdict.note"),
    ("Seen at", lambda row: place_of(row.get("verdict"))),
    ("Carried over", lambda row: "yes" if row.get("carried") else None),
    ("Lapsed", "lapsed.granted_level"),
    ("Evidence", lambda row: [short(digest) for digest in row["evidence"]]),
)
EVIDENCE: tuple[Column, ...] = (
    ("Evidence", "evidence_id"),
    ("SHA-256", "content.sha256"),
    ("What", content_name),
    ("Kind", "evidence_kind"),
    ("For", "indicators"),
    ("Letter", "letter.number"),
    ("Taken in", "accepted"),
)
CHECK: tuple[Column, ...] = (
    ("Round", "round"),
    ("Drawn for", "reasons"),
    ("Drawn", "drawn_at"),
    ("Reviewed by", "reviewed_by"),
    ("Looked at again by", "checked_by"),
    ("Decided", "decided_at"),
    ("Differing", "differing"),
    ("First", lambda row: _levels(row, "first")),
    ("Second", lambda row: _levels(row, "second")),
    ("Resolved by", "resolved_by"),
    ("As", lambda row: _levels(row, "resolved")),
    ("Note", "resolution_note"),
)
VISIT: tuple[Column, ...] = (
    ("Day", "visited_on"),
    ("There were", "participants"),
    ("Found", lambda row: [_found(each) for each in row["findings"]]),
    ("Note", "note"),
    ("Recorded by", "recorded_by"),
)
REVISION: tuple[Column, ...] = (
    ("Round", "round"),
    ("Message", "message"),
    ("Indicators", lambda row: [f"{i['indicator']}: {i['message']}" for i in row["items"]]),
    ("Fields", "fields"),
    ("Due", "due"),
    ("Received", "received_at"),
    ("Lapsed", "lapsed_at"),
)
CORRECTION: tuple[Column, ...] = (
    ("Objection", "objection_id"),
    ("Indicator", "after.indicator"),
    ("Before", "before.granted_level"),
    ("After", "after.granted_level"),
)
STORY: tuple[tuple[str, str, tuple[Column, ...]], ...] = (
    ("checks", "Second looks", CHECK),
    ("visits", "Field visits", VISIT),
    ("revisions", "Revisions", REVISION),
    ("corrections", "Corrections after an objection", CORRECTION),
)
FIELD: tuple[Column, ...] = (("Field", "field"), ("Before", "before"), ("After", "after"))
CLAIM: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Level before", "before_level"),
    ("after", "after_level"),
    ("Basis before", "before_basis"),
    ("after", "after_basis"),
    ("Sub-type before", "before_subtype"),
    ("after", "after_subtype"),
)
PAPER: tuple[Column, ...] = (
    ("Evidence", "kind"),
    ("What", "name"),
    ("For before", "before_indicators"),
    ("after", "after_indicators"),
    ("SHA-256", "sha256"),
)


def whole(found: Document) -> Iterator[Table]:
    """Tables without rows are left out."""
    ends = ((name, field) for field, name in ENDS.items() if found.get(field))
    yield detailed(found, *HEAD, *ends)
    yield from _criteria(found.get("admissibility"), "Criteria of admissibility")
    yield from _criteria(found.get("lapsed_admissibility"), "Criteria of admissibility, lapsed")
    yield listed(found["indicators"], *INDICATOR, title="Indicators")
    yield listed(found["manifest"], *EVIDENCE, title="Evidence")
    for field, title, columns in STORY:
        if found.get(field):
            yield listed(found[field], *columns, title=title)


def changed(rounds: Sequence[Document]) -> Iterator[Table]:
    """What each revision changed, and which verdicts lapsed with it."""
    for each in rounds:
        head: tuple[Column, ...] = (("Received", "received_at"), ("Verdicts lapsed", "lapsed"))
        yield detailed(each, *head, title=f"Round {each['round']}")
        for field, columns in (("profile", FIELD), ("claims", CLAIM), ("evidence", PAPER)):
            if each[field]:
                yield listed(each[field], *columns)


def _criteria(found: Document | None, title: str) -> Iterable[Table]:
    if found is None:
        return ()
    outcome = "all met" if found["admissible"] else "not admissible"
    by = f"{outcome}, by {found['decided_by']}"
    return (listed(found["findings"], *CRITERION, title=f"{title}: {by}"),)


def _levels(row: Record, field: str) -> list[str]:
    return [f"{each['indicator']}={each['granted_level']}" for each in row.get(field) or ()]


def _found(finding: Record) -> str:
    told = f"{finding['indicator']} {finding['outcome']}"
    return f"{told}: {finding['note']}" if finding["note"] else told
