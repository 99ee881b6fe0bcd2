"""The tree of RFC 6962: known roots, every proof holds, nothing else does, tiles do not depend on
the steps in which a log grew.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.transparency import (
    EMPTY_ROOT,
    BadProof,
    BrokenTile,
    FolderShelf,
    Overwritten,
    Tree,
    consistency_proof,
    grown,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from shared.transparency.merkle import node_hash
from shared.transparency.tiles import bundle, entries_of, entries_path, tile_path

# The inputs and roots that the reference implementations of RFC 6962 test themselves with.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Row:
    """A tree over leaves in memory, by the book: no tiles."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._hashes = [leaf_hash(each) for each in leaves]

    def at(self, level: int, index: int) -> bytes:
        if level == 0:
            return self._hashes[index]
        return node_hash(self.at(level - 1, 2 * index), self.at(level - 1, 2 * index + 1))


def entries(count: int) -> list[bytes]:
    return [b"entry %d" % each for each in range(count)]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_standard(size: int) -> None:
    assert root_of(size, Row(LEAVES)).hex() == ROOTS[size - 1]


def test_an_empty_tree_has_the_digest_of_nothing() -> None:
    assert root_of(0, Row([])) == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 35))
def test_every_inclusion_proof_holds_for_its_own_leaf_and_place_only(size: int) -> None:
    row = Row(entries(size))
    root = root_of(size, row)
    for index in range(size):
        proof = inclusion_proof(index, size, row)
        verify_inclusion(row.at(0, index), index, size, root, proof)
        for wrong in {*range(size + 1)} - {index}:
            with pytest.raises(BadProof):
                verify_inclusion(row.at(0, index), wrong, size, root, proof)


@pytest.mark.parametrize("new", range(1, 35))
def test_every_consistency_proof_holds_for_its_own_sizes_only(new: int) -> None:
    row = Row(entries(new))
    roots = [root_of(size, row) for size in range(new + 1)]
    for old in range(new + 1):
        proof = consistency_proof(old, new, row)
        verify_consistency(old, new, roots[old], roots[new], proof)
        for wrong in {*range(new + 1)} - {old}:
            with pytest.raises(BadProof):
                verify_consistency(wrong, new, roots[old], roots[new], proof)


Sizes = st.integers(1, 600)
Bit = st.integers(0, 255)


def flipped(hash_: bytes, bit: int) -> bytes:
    return (int.from_bytes(hash_, "big") ^ (1 << bit)).to_bytes(32, "big")


@given(size=Sizes, place=st.floats(0, 0.999), bit=Bit, which=st.integers(0, 12))
def test_no_inclusion_proof_stands_a_changed_bit(
    size: int, place: float, bit: int, which: int
) -> None:
    row, index = Row(entries(size)), int(place * size)
    root, leaf = root_of(size, row), row.at(0, index)
    proof = list(inclusion_proof(index, size, row))
    spoiled = list(proof)
    if proof:
        spoiled[which % len(proof)] = flipped(proof[which % len(proof)], bit)
    changes = [
        (flipped(leaf, bit), root, proof),
        (leaf, flipped(root, bit), proof),
        (leaf, root, [*proof, root]),
        *([(leaf, root, spoiled), (leaf, root, proof[:-1])] if proof else []),
    ]
    for wrong_leaf, wrong_root, wrong_proof in changes:
        with pytest.raises(BadProof):
            verify_inclusion(wrong_leaf, index, size, wrong_root, wrong_proof)


@given(sizes=st.tuples(Sizes, Sizes), bit=Bit, which=st.integers(0, 12))
def test_no_consistency_proof_stands_a_changed_bit(
    sizes: tuple[int, int], bit: int, which: int
) -> None:
    old, new = sorted(sizes)
    row = Row(entries(new))
    before, after = root_of(old, row), root_of(new, row)
    proof = list(consistency_proof(old, new, row))
    spoiled = list(proof)
    if proof:
        spoiled[which % len(proof)] = flipped(proof[which % len(proof)], bit)
    changes = [
        (flipped(before, bit), after, proof),
        (before, flipped(after, bit), proof),
        (before, after, [*proof, after]),
        *([(before, after, spoiled), (before, after, proof[:-1])] if proof else []),
    ]
    for wrong_before, wrong_after, wrong_proof in changes:
        with pytest.raises(BadProof):
            verify_consistency(old, new, wrong_before, wrong_after, wrong_proof)


def test_a_shortened_log_has_no_proof() -> None:
    with pytest.raises(BadProof, match="shortened"):
        verify_consistency(5, 4, EMPTY_ROOT, EMPTY_ROOT, [])
    with pytest.raises(BadProof, match="cannot have grown"):
        consistency_proof(5, 4, Row(entries(4)))
    with pytest.raises(BadProof, match="does not lie in"):
        inclusion_proof(4, 4, Row(entries(4)))


def written(shelf: FolderShelf, steps: Sequence[int]) -> dict[str, bytes | None]:
    """A log that grew by so many entries at a time; what a tree of the last size is read from."""
    size = 0
    for step in steps:
        for path, content in grown(Tree(shelf, size), entries(size + step)[size:]):
            shelf.put(path, content)
        size += step
    return {path: shelf.get(path) for path in shelf.listed("log/")}


@given(steps=st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_the_steps_in_which_a_log_grew_cannot_be_told_from_its_tiles(steps: list[int]) -> None:
    size = sum(steps)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        slowly, at_once = FolderShelf(Path(one)), FolderShelf(Path(other))
        assert written(at_once, [size]).items() <= written(slowly, steps).items()
        tree, row = Tree(slowly, size), Row(entries(size))
        assert root_of(size, tree) == root_of(size, row)
        for index in {0, size // 2, size - 1}:
            assert tree.entry(index) == entries(size)[index]
            assert inclusion_proof(index, size, tree) == inclusion_proof(index, size, row)
        assert consistency_proof(steps[0], size, tree) == consistency_proof(steps[0], size, row)


def test_a_log_of_three_levels_is_read_from_its_tiles(tmp_path: Path) -> None:
    shelf, size = FolderShelf(tmp_path), 65_536 + 300
    written(shelf, [size])
    tree, row = Tree(shelf, size), Row(entries(size))
    assert root_of(size, tree) == root_of(size, row)
    assert inclusion_proof(65_800, size, tree) == inclusion_proof(65_800, size, row)
    assert shelf.get("log/tile/2/000.p/1") is not None
    assert len(shelf.get("log/tile/entries/257.p/44") or b"") == len(bundle(entries(size)[-44:]))


def test_paths_are_written_in_threes() -> None:
    assert tile_path(0, 0) == "log/tile/0/000"
    assert tile_path(3, 999, 7) == "log/tile/3/999.p/7"
    assert tile_path(1, 1_234_067) == "log/tile/1/x001/x234/067"
    assert entries_path(1000, 255) == "log/tile/entries/x001/000.p/255"


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_bundle_that_is_cut_is_not_read(cut: int) -> None:
    whole = bundle([b"one", b"", b"three"])
    assert entries_of(whole, "") == (b"one", b"", b"three")
    with pytest.raises(BrokenTile, match="is cut"):
        entries_of(whole[:-cut] if cut < 7 else b"\x00", "here")


def test_an_entry_that_is_too_long_is_never_written() -> None:
    assert len(bundle([b"x" * 65_535])) == 65_537
    with pytest.raises(ValueError, match="too long"):
        bundle([b"x" * 65_536])


@pytest.mark.parametrize(
    ("path", "spoil"),
    [
        ("log/tile/0/001.p/44", lambda content: content[:-1]),
        ("log/tile/entries/001.p/44", lambda content: content[:-1]),
        ("log/tile/entries/001.p/44", lambda content: content.replace(b"entry 2", b"entry 3")),
        ("log/tile/0/001.p/44", lambda content: None),
        ("log/tile/entries/001.p/44", lambda content: None),
    ],
    ids=["tile cut", "bundle cut", "entry changed", "tile gone", "bundle gone"],
)
def test_nothing_grows_from_a_tree_that_is_spoiled(tmp_path: Path, path: str, spoil) -> None:
    shelf = FolderShelf(tmp_path)
    written(shelf, [300])
    content = spoil(shelf.get(path))
    (tmp_path / path).unlink() if content is None else shelf.put_newest(path, content)
    with pytest.raises(BrokenTile):
        list(grown(Tree(shelf, 300), [b"more"]))


def test_what_is_written_once_is_never_changed(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path)
    shelf.put("log/tile/0/000", b"first")
    shelf.put("log/tile/0/000", b"first")
    with pytest.raises(Overwritten) as refused:
        shelf.put("log/tile/0/000", b"second")
    assert (refused.value.place, shelf.get("log/tile/0/000")) == ("log/tile/0/000", b"first")
    assert (shelf.get("log/none"), list(shelf.listed("log/tile/"))) == (None, ["log/tile/0/000"])
