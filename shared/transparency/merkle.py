"""Merkle trees of RFC 6962, section 2.1, over SHA-256: roots, proofs, and their checks. Pure."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

from shared.transparency.errors import BadProof

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32


class Hashes(Protocol):
    """The complete subtrees of a tree."""

    def at(self, level: int, index: int) -> bytes:
        """The hash over the `2**level` leaves from `index * 2**level` on."""
        ...


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def folded(hashes: Sequence[bytes]) -> bytes:
    """The hash over a complete subtree whose leaves, or equal subtrees, are these 2**n."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[each], row[each + 1]) for each in range(0, len(row), 2)]
    return row[0]


def root_of(size: int, hashes: Hashes) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return EMPTY_ROOT if size == 0 else _over(0, size, hashes)


def inclusion_proof(index: int, size: int, hashes: Hashes) -> tuple[bytes, ...]:
    """From the leaf's sibling up to the root's child. Raises `BadProof` for a leaf out of the
    tree.
    """
    if not 0 <= index < size:
        raise BadProof(f"Entry {index} does not lie in a tree of {size} entries.")
    return tuple(_path(index, 0, size, hashes))


def consistency_proof(old: int, new: int, hashes: Hashes) -> tuple[bytes, ...]:
    """That the tree of `old` leaves is the beginning of that of `new`. Raises `BadProof`."""
    if not 0 <= old <= new:
        raise BadProof(f"A tree of {new} entries cannot have grown from one of {old}.")
    return () if old in (0, new) else tuple(_subproof(old, 0, new, hashes, is_whole=True))


def verify_inclusion(
    leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    """RFC 9162, section 2.1.3.2; `leaf` is the leaf's hash. Raises `BadProof`."""
    if not 0 <= index < size:
        raise BadProof(f"Entry {index} does not lie in a tree of {size} entries.")
    place, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            raise BadProof("The proof of inclusion is too long.")
        if place & 1 or place == last:
            found = node_hash(each, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, each)
        place, last = place >> 1, last >> 1
    if last or found != root:
        raise BadProof(f"The proof does not lead from entry {index} to the root.")


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """RFC 9162, section 2.1.4.2. Raises `BadProof`."""
    if not 0 <= old <= new:
        raise BadProof(f"A log of {old} entries was shortened to {new}.")
    if old in (0, new):
        expected = new_root if old == new else EMPTY_ROOT
        if proof or old_root != expected:
            raise BadProof(f"The trees of {old} and {new} entries do not fit together.")
        return
    _walk_up(old, new, old_root, new_root, proof)


def _walk_up(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not path:
        raise BadProof("The proof of consistency is empty.")
    before = after = path[0]
    for each in path[1:]:
        if last == 0:
            raise BadProof("The proof of consistency is too long.")
        if place & 1 or place == last:
            before, after = node_hash(each, before), node_hash(each, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, each)
        place, last = place >> 1, last >> 1
    if last or (before, after) != (old_root, new_root):
        raise BadProof(f"The tree of {new} entries does not begin with that of {old}.")


def _over(first: int, end: int, hashes: Hashes) -> bytes:
    """The hash over leaves `first` up to, not including, `end`."""
    size = end - first
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return hashes.at(level, first >> level)
    middle = first + _split(size)
    return node_hash(_over(first, middle, hashes), _over(middle, end, hashes))


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _path(index: int, first: int, end: int, hashes: Hashes) -> list[bytes]:
    if end - first == 1:
        return []
    middle = first + _split(end - first)
    if index < middle:
        return [*_path(index, first, middle, hashes), _over(middle, end, hashes)]
    return [*_path(index, middle, end, hashes), _over(first, middle, hashes)]


def _subproof(old: int, first: int, end: int, hashes: Hashes, *, is_whole: bool) -> list[bytes]:
    if old == end:
        return [] if is_whole else [_over(first, end, hashes)]
    middle = first + _split(end - first)
    if old <= middle:
        below = _subproof(old, first, middle, hashes, is_whole=is_whole)
        return [*below, _over(middle, end, hashes)]
    below = _subproof(old, middle, end, hashes, is_whole=False)
    return [*below, _over(first, middle, hashes)]
