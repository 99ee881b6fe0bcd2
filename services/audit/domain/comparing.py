"""What the services serve beside what the history makes of it. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from services.audit.domain.findings import Difference, Json, first_difference
from services.audit.domain.report import DocumentDigest

Mismatch = Literal["missing", "extra", "behind", "ahead", "digest", "lagging"]
"""missing: not served. extra: served, but not of this history. behind, ahead: another version or
sequence is served. digest: served with other content. lagging: its service is catching up.
"""


@dataclass(frozen=True, slots=True)
class Served:
    """One document as a service lists it."""

    service: str
    view: str
    key: str
    version: int
    sequence: int
    digest: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One document that is not served as the history makes it, in a sentence."""

    mismatch: Mismatch
    service: str
    view: str
    key: str
    what: str


def compared(replayed: Iterable[DocumentDigest], served: Iterable[Served]) -> Iterator[Comparison]:
    """Every difference between the documents of the same views, by service, view and key."""
    expected = {(each.service, each.view, each.key): each for each in replayed}
    found = {(each.service, each.view, each.key): each for each in served}
    for place in sorted({*expected, *found}):
        difference = _difference(expected.get(place), found.get(place))
        if difference is not None:
            service, view, key = place
            mismatch, what = difference
            yield Comparison(mismatch, service, view, key, f"{service} {view} {key}: {what}")


def _difference(
    expected: DocumentDigest | None, found: Served | None
) -> tuple[Mismatch, str] | None:
    if found is None:
        return "missing", "in the history, not served"
    if expected is None:
        return "extra", "served, but the history knows nothing of it"
    mine, theirs = (expected.version, expected.sequence), (found.version, found.sequence)
    if mine != theirs:
        which = "behind" if theirs < mine else "ahead"
        return which, f"{_at(mine)} in the history, {_at(theirs)} served"
    if found.digest != expected.digest:
        return "digest", f"digest {expected.digest} in the history, {found.digest} served"
    return None


def _at(place: tuple[int, int]) -> str:
    version, sequence = place
    return f"version {version} at sequence {sequence}"


def differing_field(replayed: dict[str, Json], served: dict[str, Json]) -> str:
    """The first field that differs, with both values, as a part of a sentence."""
    difference = first_difference(replayed, served)
    if difference is None:
        return "the documents are alike, but the service lists another digest"
    return told(difference)


def told(difference: Difference) -> str:
    expected, found = shown(difference.expected), shown(difference.found)
    return f"{difference.path}: {expected} in the history, {found} served"


def shown(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:117]}..."
