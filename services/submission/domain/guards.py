"""What every change of an innovation is held against: clocks, edition, what is open. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.submission.domain.states import Content, Draft, Known, Open, Reopened
from shared.editions import Edition
from shared.errors import Refused, Unavailable
from shared.events.submission import EvidenceItem, Profile

CLOCK_TOLERANCE = timedelta(minutes=5)
MAX_CONTENT_BYTES = 200 * 1024
"""A fact that carries all of it, here or in verification, stays below the 256 KiB of a message."""

FIELD_OF_ATTACHMENT = {
    "budget": "budget_rupiah",
    "intellectual_property": "intellectual_property",
}
"""The profile's field that an attachment proves; others go with any field that is reopened."""


def check_clock(content: Content, at: datetime) -> None:
    """A moment well before the last fact means that a clock jumped: no deadline can be trusted."""
    if at < content.latest - CLOCK_TOLERANCE:
        raise Unavailable(
            "clock_behind",
            "The clock of the service is behind what was already recorded. Try again later.",
            at=at.isoformat(),
            latest=content.latest.isoformat(),
        )


def check_in_time(at: datetime, deadline: datetime) -> None:
    if at > deadline:
        raise Refused("deadline_passed", "The deadline has passed.", deadline=deadline.isoformat())


def check_fits(profile: Profile, evidence: Iterable[EvidenceItem]) -> None:
    """Texts and the names of files can be handed in as one fact, whatever script they are in."""
    size = _size_of(profile) + sum([_size_of(item) for item in evidence])
    if size > MAX_CONTENT_BYTES:
        raise Refused(
            "content_too_large",
            "The texts and the list of evidence are too long together. Shorten them.",
            size_bytes=size,
            max_bytes=MAX_CONTENT_BYTES,
        )


_KNOWN_SIZES = 4096
_sizes: dict[int, tuple[Profile | EvidenceItem, int]] = {}


def _size_of(part: Profile | EvidenceItem) -> int:
    """The length of its JSON. Parts never change, so the same one is not written again."""
    known = _sizes.get(id(part))
    if known is not None and known[0] is part:
        return known[1]
    if len(_sizes) >= _KNOWN_SIZES:
        _sizes.clear()
    size = len(part.model_dump_json().encode())
    _sizes[id(part)] = part, size
    return size


def check_edition(content: Content, edition: Edition) -> None:
    if edition.digest != content.drafted.edition_digest:
        raise Refused(
            "edition_differs",
            "This innovation was drafted under another edition of the instrument.",
            edition=content.drafted.edition_id,
        )


def check_not_developed(content: Content) -> None:
    if content.successor is not None:
        raise Refused(
            "innovation_developed",
            "It goes on as a later innovation, and cannot change any more.",
            successor_id=content.successor.successor_id,
        )


def opened(state: Known) -> Open:
    """The innovation as one that may be changed. Raises `Refused` where it may not."""
    check_not_developed(state.content)
    if isinstance(state, Draft | Reopened):
        return state
    raise Refused(
        "innovation_locked",
        "It is with the verifiers, verified, rejected or withdrawn: nothing can be changed now.",
        state=type(state).__name__.lower(),
    )


def check_reopened(state: Open, indicators: tuple[str, ...], at: datetime) -> None:
    if isinstance(state, Draft):
        return
    check_in_time(at, state.due)
    closed = tuple(code for code in indicators if code not in state.indicators)
    if closed:
        raise Refused(
            "indicator_not_reopened",
            "In a revision only the reopened indicators can change.",
            indicators=closed,
        )


def check_fields_reopened(state: Open, fields: tuple[str, ...], at: datetime) -> None:
    """The profile's `fields` may change: all of a draft's, those named of a revision's."""
    if isinstance(state, Draft):
        return
    check_in_time(at, state.due)
    if not state.fields:
        raise Refused("profile_locked", "In a revision only the reopened indicators can change.")
    closed = tuple(name for name in fields if name not in state.fields)
    if closed:
        raise Refused(
            "field_not_reopened",
            "In a revision only the reopened fields of the profile can change.",
            fields=closed,
            reopened=tuple(sorted(state.fields)),
        )


def check_item_reopened(state: Open, item: EvidenceItem, at: datetime) -> None:
    """All that the item is shown for may change; an attachment goes with the profile."""
    if item.indicators:
        check_reopened(state, item.indicators, at)
        return
    proven = FIELD_OF_ATTACHMENT.get(item.evidence_kind)
    check_fields_reopened(state, () if proven is None else (proven,), at)
