"""The signed notes of a log: the latest, all that were stored, and one that somebody kept."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.audit.archive.vouching import CHECKPOINT, CHECKPOINTS
from services.audit.checking.difference import Differs, ahead
from shared.transparency import Amiss, Checkpoint, Shelf, Verifier, opened

LOOKS, PAUSE_SECONDS = 20, 0.1


@dataclass(frozen=True, slots=True)
class Kept:
    """A signed note that an auditor kept from before, and where."""

    place: str
    note: str


@dataclass(frozen=True, slots=True)
class Heads:
    """`roots` are (root, place) of every signed note by its size, none beyond the latest."""

    latest: Checkpoint
    roots: Mapping[int, tuple[bytes, str]]


def head_of(shelf: Shelf, verifiers: Sequence[Verifier]) -> Checkpoint:
    """The latest checkpoint. Raises `Differs` where there is none, `Amiss` for a bad one."""
    content = shelf.get(CHECKPOINT)
    if content is None:
        raise Differs("checkpoint_missing", CHECKPOINT, f"There is no {CHECKPOINT}.")
    return _opened(CHECKPOINT, content.decode(errors="replace"), verifiers)


def heads_of(shelf: Shelf, verifiers: Sequence[Verifier], kept: Kept | None) -> Heads:
    """Raises `Differs` or `Amiss` for the first note that is missing, or not one of this log."""
    paths = tuple(shelf.listed(CHECKPOINTS))
    latest = _latest(shelf, verifiers, max(paths, default=""))
    found = {latest.size: (latest.root, CHECKPOINT)}
    for path, content in zip(paths, ahead(shelf.get, paths), strict=True):
        _add(found, _stored(path, content, verifiers), path, latest)
    if not any(path.endswith(f"/{latest.size:012d}") for path in shelf.listed(CHECKPOINTS)):
        place = f"{CHECKPOINTS}{latest.size:012d}"
        raise Differs("checkpoint_missing", place, f"The latest checkpoint is not at {place}.")
    if kept is not None:
        _add(found, _opened(kept.place, kept.note, verifiers), kept.place, latest)
    return Heads(latest, dict(sorted(found.items())))


def _latest(shelf: Shelf, verifiers: Sequence[Verifier], newest: str) -> Checkpoint:
    """A signer stores each note by its size, and a moment later as the latest one."""
    latest = head_of(shelf, verifiers)
    for _ in range(LOOKS):
        if newest <= f"{CHECKPOINTS}{latest.size:012d}":
            break
        time.sleep(PAUSE_SECONDS)
        latest = head_of(shelf, verifiers)
    return latest


def _stored(path: str, content: bytes | None, verifiers: Sequence[Verifier]) -> Checkpoint:
    point = _opened(path, (content or b"").decode(errors="replace"), verifiers)
    if path != f"{CHECKPOINTS}{point.size:012d}":
        raise Differs(
            "note_broken",
            path,
            f"{path} holds the checkpoint of {point.size} facts.",
            expected=path.removeprefix(CHECKPOINTS),
            found=f"{point.size:012d}",
        )
    return point


def _add(
    found: dict[int, tuple[bytes, str]], point: Checkpoint, place: str, latest: Checkpoint
) -> None:
    if point.origin != latest.origin:
        raise Differs(
            "signed_by_another_key",
            place,
            f"{place} is a checkpoint of another log.",
            expected=latest.origin,
            found=point.origin,
        )
    if point.size > latest.size:
        raise Differs(
            "log_shortened",
            CHECKPOINT,
            f"The log signed {point.size} facts in {place}, and signs {latest.size} now.",
            sequence=latest.size + 1,
            expected=str(point.size),
            found=str(latest.size),
        )
    known = found.setdefault(point.size, (point.root, place))
    if known[0] != point.root:
        raise Differs(
            "proof_broken",
            place,
            f"Two different roots are signed over {point.size} facts, in {known[1]} and {place}.",
            expected=known[0].hex(),
            found=point.root.hex(),
        )


def _opened(place: str, note: str, verifiers: Sequence[Verifier]) -> Checkpoint:
    try:
        return opened(note, verifiers).checkpoint
    except Amiss as error:
        raise Differs(error.code, place, f"{place}: {error}") from None
