"""Log and archive of a bucket into a folder: only what is new, and only where it goes on."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from services.audit.archive.broken import LogMissing, LogShortened
from services.audit.archive.verifying import verified
from services.audit.archive.vouching import CHECKPOINT, VKEY, keys_beside, keys_of
from shared.transparency import (
    LOG,
    BadProof,
    BrokenTile,
    Checkpoint,
    FolderShelf,
    Shelf,
    Tree,
    UnknownKey,
    Verifier,
    consistency_proof,
    opened,
    verify_consistency,
)
from shared.transparency.tiles import HEIGHT, entries_path, tile_path, widths

STAGING = ".fetching"
AT_ONCE = 8
BESIDE = (f"{LOG}checkpoints/", f"{LOG}cosignatures/", f"{LOG}timestamps/")
ARCHIVE = "archive/"

Watch = Callable[[str, int, int], None]
"""Told what is done, how much of it is, and how much there is."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`before` is the size of the log that the folder held."""

    head: Checkpoint
    before: int
    files: int
    bytes: int


class Overlay:
    """What is new over what is there already; only the new is written."""

    def __init__(self, new: FolderShelf, old: FolderShelf) -> None:
        self._new = new
        self._old = old

    def get(self, path: str) -> bytes | None:
        found = self._new.get(path)
        return self._old.get(path) if found is None else found

    def put(self, path: str, content: bytes) -> None:
        self._new.put(path, content)

    def put_newest(self, path: str, content: bytes) -> None:
        self._new.put_newest(path, content)

    def listed(self, prefix: str) -> Iterator[str]:
        yield from sorted({*self._new.listed(prefix), *self._old.listed(prefix)})


def trusted_keys(source: Shelf, folder: FolderShelf) -> tuple[Verifier, ...]:
    """Those that the folder trusted before; else those beside the log, which nobody vouches for."""
    return keys_beside(folder if folder.get(VKEY) is not None else source)


def fetch(source: Shelf, folder: Path, trusted: Sequence[Verifier], watch: Watch) -> Fetched:
    """Raises `Amiss`, and leaves the folder as it was, where what comes is not the log that the
    folder knows, gone on, or not whole.
    """
    kept = FolderShelf(folder)
    staged = FolderShelf(folder / STAGING)
    shutil.rmtree(staged.root, ignore_errors=True)
    try:
        note = _note(source)
        head = opened(note, trusted).checkpoint
        before = _continued(source, kept, head, trusted)
        files = _downloaded(source, kept, staged, head, watch)
        staged.put_newest(CHECKPOINT, note.encode())
        staged.put_newest(VKEY, _keys(source, note, trusted).encode())
        after = before if _is_new_only(staged, before) else 0
        verified(Overlay(staged, kept), trusted, partial(watch, "verifying"), after)
        size = sum((staged.root / path).stat().st_size for path in files)
        _move(staged, kept)
    finally:
        shutil.rmtree(staged.root, ignore_errors=True)
    return Fetched(head, before, len(files), size)


def _note(shelf: Shelf) -> str:
    found = shelf.get(CHECKPOINT)
    if found is None:
        raise LogMissing(f"There is no {CHECKPOINT}: nothing was signed yet.", CHECKPOINT)
    return found.decode(errors="replace")


def _continued(
    source: Shelf, kept: FolderShelf, head: Checkpoint, trusted: Sequence[Verifier]
) -> int:
    """The size that the folder knows, of which the new log is proved to be a continuation."""
    if kept.get(CHECKPOINT) is None:
        return 0
    known = opened(_note(kept), (*keys_beside(kept), *trusted)).checkpoint
    if known.origin != head.origin:
        raise BadProof(f"The folder holds the log {known.origin}, not {head.origin}.", CHECKPOINT)
    if head.size < known.size:
        raise LogShortened(
            f"The log had {known.size} facts when it was fetched before, and has {head.size} now.",
            CHECKPOINT,
        )
    proof = consistency_proof(known.size, head.size, Tree(source, head.size))
    verify_consistency(known.size, head.size, known.root, head.root, proof)
    return known.size


def _downloaded(
    source: Shelf, kept: FolderShelf, staged: FolderShelf, head: Checkpoint, watch: Watch
) -> list[str]:
    wanted = [*_tiles(head.size), *_others(source)]
    missing = [paths for paths in wanted if all(kept.get(path) is None for path in paths)]

    def one(paths: Sequence[str]) -> str:
        for path in paths:
            content = source.get(path)
            if content is not None:
                staged.put_newest(path, content)
                return path
        raise BrokenTile(f"{paths[0]} is missing.", paths[0])

    done: list[str] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for path in pool.map(one, missing):
            done.append(path)
            watch("downloading", len(done), len(missing))
    return done


def _tiles(size: int) -> Iterator[tuple[str, ...]]:
    """Of every tile and bundle of a tree the paths where it may be: where a partial one is gone,
    the full one is there.
    """
    for index, width in widths(0, size):
        yield _either(entries_path(index, width), entries_path(index))
    for level in range(size.bit_length() // HEIGHT + 1):
        for index, width in widths(level, size):
            yield _either(tile_path(level, index, width), tile_path(level, index))


def _either(path: str, full: str) -> tuple[str, ...]:
    return (path,) if path == full else (path, full)


def _others(source: Shelf) -> Iterator[tuple[str]]:
    """Not the tiles, of which a bucket has many that were partial once."""
    for prefix in (*BESIDE, ARCHIVE):
        for path in source.listed(prefix):
            yield (path,)


def _keys(source: Shelf, note: str, trusted: Sequence[Verifier]) -> str:
    """The trusted keys, and those that have signed this head beside one of them."""
    found = source.get(VKEY)
    beside = keys_of(found.decode(errors="replace")) if found is not None else ()
    keys = [*(each for each in beside if _has_signed(each, note)), *trusted]
    return "".join(f"{each}\n" for each in dict.fromkeys(key.text for key in keys))


def _has_signed(key: Verifier, note: str) -> bool:
    try:
        return bool(opened(note, (key,)).signers)
    except UnknownKey:
        return False


def _is_new_only(staged: FolderShelf, before: int) -> bool:
    """Whether no segment came that should have been there before."""
    names = (path.rpartition("/")[2] for path in staged.listed("archive/segments/"))
    return all(name[:12].isdigit() and int(name[:12]) > before for name in names)


def _move(staged: FolderShelf, kept: FolderShelf) -> None:
    """The head comes last: what it signs is there by then."""
    paths = sorted(staged.listed(""), key=lambda path: (path == CHECKPOINT, path))
    for path in paths:
        target = kept.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (staged.root / path).replace(target)
