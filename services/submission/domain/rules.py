"""The published rules that block a submission, and the shape that evidence and claims must have.

Sources: domain sections 2.4, 2.5 and 4 (profile, window, 300 words). What is not published blocks
nothing.
"""

from collections.abc import Iterable
from datetime import date

from shared.editions import Edition, SidRow, Unpublished, ids, in_window, word_count
from shared.errors import Refused
from shared.events.submission import Claim, EvidenceItem, LinkEvidence, Profile

REQUIRED_TEXTS = ("purpose", "benefit", "result")
REQUIRED_CHOICES = ("stage", "initiator", "kind", "form", "main_affair")
LISTS = {
    "initiator": "initiators",
    "kind": "kinds",
    "form": "forms",
    "theme": "themes",
    "main_affair": "affairs",
}
FILE_TYPE_OF = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "video/mp4": "mp4",
}


def check_choices(profile: Profile, edition: Edition) -> None:
    """Refuses an id that the edition's lists do not have, so that a typing error shows at once."""
    for name, listed in LISTS.items():
        value = getattr(profile, name)
        known = _known(edition, listed)
        if value is not None and known is not None and value not in known:
            raise Refused(
                "choice_unknown",
                f"The edition has no {name.replace('_', ' ')} with this id.",
                field=name,
                value=value,
            )
    affairs = _known(edition, "affairs")
    if affairs is not None and any(a not in affairs for a in profile.related_affairs):
        raise Refused(
            "choice_unknown", "The edition has no such affair.", field="related_affairs", value=""
        )


def _known(edition: Edition, listed: str) -> frozenset[str] | None:
    """The ids of a list of the edition; None where the list is not published."""
    found = getattr(edition, listed)
    return None if isinstance(found, Unpublished) else ids(found)


def missing_for_submission(profile: Profile, edition: Edition) -> tuple[str, ...]:
    """What the published rules still ask for, as codes, in the order of the form."""
    missing = [name for name in REQUIRED_CHOICES if getattr(profile, name) is None]
    missing += [name for name in REQUIRED_TEXTS if not getattr(profile, name).strip()]
    if word_count(profile.design_narrative) < _minimum_words(edition):
        missing.append("design_narrative_too_short")
    missing += _dates(profile, edition)
    return tuple(missing)


def _minimum_words(edition: Edition) -> int:
    words = edition.design_narrative_min_words
    return 0 if isinstance(words, Unpublished) else words


def _dates(profile: Profile, edition: Edition) -> Iterable[str]:
    known = [
        day
        for day in (profile.trial_on, profile.implemented_on, profile.developed_on)
        if day is not None
    ]
    if known != sorted(known):
        yield "dates_out_of_order"
    if profile.stage == "implementation":
        yield from _window(profile.implemented_on, profile, edition)


def _window(implemented_on: date | None, profile: Profile, edition: Edition) -> Iterable[str]:
    if implemented_on is None:
        yield "implemented_on"
        return
    if not in_window(edition, implemented_on, profile.developed_on):
        yield "outside_window"
        return
    is_developed = not in_window(edition, implemented_on, None)
    if is_developed and not profile.development_note.strip():
        yield "development_note"


def _row(edition: Edition, indicator: str) -> SidRow:
    found = edition.sid_row(indicator)
    if found is None:
        raise Refused("indicator_unknown", "The edition has no such indicator.", value=indicator)
    return found


def check_claim(claim: Claim, edition: Edition) -> None:
    """A level without the basis or sub-type it is measured by means nothing (section 2.5)."""
    row = _row(edition, claim.indicator)
    if claim.level == 0:
        return
    if row.bases and claim.basis not in {basis.id for basis in row.bases}:
        raise Refused(
            "basis_missing",
            "Choose the basis that the level is measured by.",
            indicator=claim.indicator,
            allowed=tuple(basis.id for basis in row.bases),
        )
    if row.subtypes and claim.subtype not in row.subtypes:
        raise Refused(
            "subtype_missing",
            "Choose the sub-type that the level is measured by.",
            indicator=claim.indicator,
            allowed=row.subtypes,
        )


def check_evidence(item: EvidenceItem, edition: Edition, max_bytes: int) -> None:
    """The kind, file type and size that the edition and the settings allow."""
    rows = [_row(edition, code) for code in item.indicators]
    if not rows:
        raise Refused("indicator_missing", "Say for which indicator the evidence is shown.")
    kinds = sorted({kind for row in rows for kind in row.evidence})
    if item.evidence_kind not in kinds:
        raise Refused(
            "evidence_kind_unknown",
            "This kind of evidence is not among those asked for.",
            allowed=tuple(kinds),
        )
    file_type = _file_type(item)
    for row in rows:
        if file_type != "link" and file_type not in row.files:
            raise Refused(
                "file_type_not_allowed",
                f"{row.code} asks for files of type {', '.join(row.files)}.",
                indicator=row.code,
                allowed=row.files,
            )
    if not isinstance(item.content, LinkEvidence):
        _check_size(item.content.size_bytes, max_bytes)


def _file_type(item: EvidenceItem) -> str:
    if isinstance(item.content, LinkEvidence):
        return "link"
    return FILE_TYPE_OF.get(item.content.media_type, item.content.media_type)


def _check_size(size_bytes: int, max_bytes: int) -> None:
    if size_bytes <= 0:
        raise Refused("file_empty", "The file is empty.")
    if size_bytes > max_bytes:
        raise Refused(
            "file_too_large",
            f"The file has {size_bytes} bytes; {max_bytes} are allowed.",
            size_bytes=size_bytes,
            max_bytes=max_bytes,
        )
