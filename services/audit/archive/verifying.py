"""A whole archive and the log beside it, each verified by the other under a signed checkpoint."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.audit.archive.rules import Rules
from services.audit.archive.source import Archive
from services.audit.archive.vouching import Voucher, check_ends, checkpoints_of
from shared.transparency import (
    BadProof,
    BrokenTile,
    Checkpoint,
    Shelf,
    Tree,
    Verifier,
    leaf_hash,
    root_of,
)
from shared.transparency.merkle import HASH_BYTES, folded
from shared.transparency.notes import parted
from shared.transparency.tiles import HEIGHT, WIDTH, tile_path, widths

Watch = Callable[[int, int], None]
"""Told how many facts are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Verified:
    """An archive that holds exactly what `head` signs. `notes` are paths by size, in order."""

    shelf: Shelf
    archive: Archive
    head: Checkpoint
    notes: dict[int, str]


def verified(shelf: Shelf, verifiers: Sequence[Verifier], watch: Watch, after: int = 0) -> Verified:
    """Reads everything behind fact `after`. Raises `Amiss` for the first thing that is wrong."""
    archive = Archive.of(shelf)
    voucher = Voucher(shelf, verifiers, after)
    check_ends(archive, voucher)
    for messages in archive.batches(after + 1, archive.last):
        voucher.take(messages, f"archive/segments/{messages[0].sequence:012d}-")
        watch(voucher.size, voucher.head.size)
    voucher.prove()
    tree = Tree(shelf, voucher.head.size)
    check_tiles(tree, after)
    Rules(shelf).check()
    notes = checkpoints_of(shelf)
    for size, path in notes.items():
        if size > after:
            _check_note(shelf, path, size, tree)
    return Verified(shelf, archive, voucher.head, notes)


def check_tiles(tree: Tree, after: int) -> None:
    """That every tile follows from the entries or tiles under it. Raises `BrokenTile`."""
    for level in range(tree.size.bit_length() // HEIGHT + 1):
        for index, width in widths(level, tree.size):
            if (index + 1) * WIDTH <= after >> (HEIGHT * level):
                continue
            if tree.tile(level, index) != b"".join(_under(tree, level, index, width)):
                path = tile_path(level, index, width)
                raise BrokenTile(f"The tile {path} does not follow from what is under it.", path)


def _under(tree: Tree, level: int, index: int, width: int) -> list[bytes]:
    if level == 0:
        return [leaf_hash(each) for each in tree.entries(index)]
    first = index * WIDTH
    return [_folded(tree.tile(level - 1, each)) for each in range(first, first + width)]


def _folded(tile: bytes) -> bytes:
    return folded([tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)])


def _check_note(shelf: Shelf, path: str, size: int, tree: Tree) -> None:
    """An earlier note is one of this log: its root follows from the entries of today."""
    body, _ = parted((shelf.get(path) or b"").decode(errors="replace"))
    found = Checkpoint.of(body)
    if size > tree.size or (found.size, found.root) != (size, root_of(size, tree)):
        raise BadProof(f"{path} does not sign the beginning of this log.", path)
