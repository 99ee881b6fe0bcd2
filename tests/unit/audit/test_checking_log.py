"""A log is sound, or its first fault is named: each way in which it can be spoiled."""

from collections.abc import Callable
from pathlib import Path

import pytest

from services.audit.checking import Differs, Kept, Tally, check_log
from shared.transparency import FolderShelf, SigningKey, Verifier, leaf_hash
from shared.transparency.merkle import HASH_BYTES
from shared.transparency.tiles import bundle, entries_of
from tests.unit.audit.shelved import ORIGIN, facts, seal, sign

KEY = SigningKey.made(ORIGIN)
OTHER = SigningKey.made(ORIGIN)
FACTS = facts(1_000)
Found = tuple[str, str, int | None]


@pytest.fixture
def shelf(tmp_path: Path) -> FolderShelf:
    """Four checkpoints over a thousand facts: three full tiles, one partial, one above them."""
    shelf = FolderShelf(tmp_path)
    seal(shelf, FACTS, (100, 300, 700, 1_000), KEY)
    return shelf


def found(
    shelf: FolderShelf, kept: Kept | None = None, verifiers: tuple[Verifier, ...] = (KEY.verifier,)
) -> Found | None:
    try:
        check_log(shelf, verifiers, kept, Tally())
    except Differs as error:
        difference = error.difference
        assert difference.sentence.endswith((".", ")")), difference
        return difference.code, difference.place, difference.sequence
    return None


def flip(shelf: FolderShelf, path: str, at: int) -> None:
    file = shelf.root / path
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def change_entry(shelf: FolderShelf, path: str, at: int) -> bytes:
    """Another body in an entry, well formed; the entry as it is now."""
    file = shelf.root / path
    entries = list(entries_of(file.read_bytes(), path))
    before = entries[at]
    digest = before.index(b'"body":"') + 8
    letter = b"0" if before[digest : digest + 1] != b"0" else b"1"
    entries[at] = before[:digest] + letter + before[digest + 1 :]
    file.write_bytes(bundle(entries))
    return entries[at]


def test_a_sound_log_is_read_to_its_end(shelf: FolderShelf):
    tally = Tally()
    check_log(shelf, (KEY.verifier,), None, tally)
    assert (tally.checked, tally.notes) == (1_000, [])


def test_an_empty_log_has_a_signed_head(tmp_path: Path):
    shelf = FolderShelf(tmp_path)
    assert found(shelf) == ("checkpoint_missing", "log/checkpoint", None)
    sign(shelf, 0, KEY)
    assert found(shelf) is None


def test_old_partial_tiles_may_be_gone_where_full_ones_are(shelf: FolderShelf):
    for path in list(shelf.listed("log/tile/")):
        if ".p/" in path and not path.endswith(("003.p/232", "000.p/3")):
            (shelf.root / path).unlink()
    assert found(shelf) is None


def test_files_of_what_is_not_signed_yet_are_no_fault(shelf: FolderShelf):
    for path in ("log/checkpoint", "log/checkpoints/000000001000"):
        (shelf.root / path).unlink()
    shelf.put_newest("log/checkpoint", shelf.get("log/checkpoints/000000000700") or b"")
    assert found(shelf) is None


def test_a_flipped_bit_anywhere_is_found(shelf: FolderShelf):
    sound = {path: (shelf.root / path).read_bytes() for path in shelf.listed("log/")}
    for path, content in sound.items():
        if path == "log/vkey":
            continue
        for at in (0, len(content) // 2, len(content) - 2):
            flip(shelf, path, at)
            assert found(shelf) is not None, (path, at)
            (shelf.root / path).write_bytes(content)
    assert found(shelf) is None


@pytest.mark.parametrize(
    ("path", "at", "expected"),
    [
        (
            "log/tile/0/001",
            3 * HASH_BYTES,
            ("tile_broken", "log/tile/0/001", 260),
        ),
        (
            "log/tile/1/000.p/3",
            HASH_BYTES,
            ("tile_broken", "log/tile/1/000.p/3", 257),
        ),
        (
            "log/tile/0/000.p/100",
            99 * HASH_BYTES,
            ("tile_broken", "log/tile/0/000.p/100", 100),
        ),
    ],
    ids=["full", "upper", "earlier"],
)
def test_a_flipped_bit_in_a_tile_is_named(shelf: FolderShelf, path: str, at: int, expected: Found):
    flip(shelf, path, at)
    assert found(shelf) == expected


@pytest.mark.parametrize("path", ["log/tile/0/002", "log/tile/entries/002", "log/tile/1/000.p/3"])
def test_a_missing_or_cut_file_is_named(shelf: FolderShelf, path: str):
    content = (shelf.root / path).read_bytes()
    (shelf.root / path).write_bytes(content[:-40])
    assert (found(shelf) or ("", ""))[:2] == ("tile_broken", path)
    (shelf.root / path).unlink()
    for earlier in (shelf.root / path).parent.glob("002.p/*"):
        earlier.unlink()
    assert (found(shelf) or ("", ""))[:2] == ("tile_broken", path)


def test_a_changed_entry_is_named(shelf: FolderShelf):
    change_entry(shelf, "log/tile/entries/001", 5)
    assert found(shelf) == ("entry_changed", "log/tile/entries/001", 262)


def test_an_entry_changed_with_its_hash_made_to_fit_is_named(shelf: FolderShelf):
    entry = change_entry(shelf, "log/tile/entries/003.p/232", 31)
    tile = shelf.root / "log/tile/0/003.p/232"
    content = bytearray(tile.read_bytes())
    content[31 * HASH_BYTES : 32 * HASH_BYTES] = leaf_hash(entry)
    tile.write_bytes(content)
    # Only the root above 700 does not fit: nothing else tells which of the later ones it was.
    assert found(shelf) == ("entry_changed", "log/tile/entries/002", 701)


def test_a_whole_log_made_anew_over_a_changed_entry_needs_the_key(
    shelf: FolderShelf, tmp_path: Path
):
    forged = FolderShelf(tmp_path / "forged")
    messages = [*facts(400), *facts(1_000)[400:]]
    changed = messages[499]
    messages[499] = type(changed)(changed.subject, 500, changed.headers, b"{}")
    seal(forged, messages, (100, 300, 700, 1_000), OTHER)
    assert found(forged) == ("signed_by_another_key", "log/checkpoint", None)
    for path in shelf.listed("log/checkpoint"):
        forged.put_newest(path, shelf.get(path) or b"")
    assert found(forged) == ("entry_changed", "log/tile/entries/001", 301)


def test_tiles_and_bundles_in_the_place_of_their_neighbours_are_named(shelf: FolderShelf):
    for level in ("0", "entries"):
        one, other = (shelf.root / f"log/tile/{level}/{each}" for each in ("001", "002"))
        contents = one.read_bytes(), other.read_bytes()
        for earlier in (*one.parent.glob("001.p/*"), *one.parent.glob("002.p/*")):
            earlier.unlink()
        other.write_bytes(contents[0])
        one.write_bytes(contents[1])
        assert found(shelf) == ("tile_swapped", f"log/tile/{level}/001", 257)
        one.write_bytes(contents[0])
        other.write_bytes(contents[1])
    assert found(shelf) is None


def test_a_checkpoint_signed_by_another_key_is_named(shelf: FolderShelf):
    sign(shelf, 1_000, OTHER)
    place = "log/checkpoint"
    assert found(shelf) == ("signed_by_another_key", place, None)
    assert found(shelf, verifiers=(OTHER.verifier,)) == (
        "signed_by_another_key",
        "log/checkpoints/000000000100",
        None,
    )
    assert found(shelf, verifiers=(OTHER.verifier, KEY.verifier)) is None


def test_a_log_with_an_older_head_put_back_is_shortened(shelf: FolderShelf):
    shelf.put_newest("log/checkpoint", shelf.get("log/checkpoints/000000000300") or b"")
    assert found(shelf) == ("log_shortened", "log/checkpoint", 301)


def test_what_an_auditor_kept_outlives_every_trace_in_the_log(shelf: FolderShelf):
    kept = Kept("kept", (shelf.get("log/checkpoint") or b"").decode())
    assert found(shelf, kept) is None
    shelf.put_newest("log/checkpoint", shelf.get("log/checkpoints/000000000700") or b"")
    (shelf.root / "log/checkpoints/000000001000").unlink()
    assert found(shelf) is None
    assert found(shelf, kept) == ("log_shortened", "log/checkpoint", 701)


def test_another_history_under_the_same_key_does_not_fit_what_an_auditor_kept(
    shelf: FolderShelf, tmp_path: Path
):
    kept = Kept("kept", (shelf.get("log/checkpoints/000000000300") or b"").decode())
    forged = FolderShelf(tmp_path / "forged")
    messages = facts(1_000)
    messages[10] = type(messages[10])(messages[10].subject, 11, messages[10].headers, b"{}")
    seal(forged, messages, (500, 1_000), KEY)
    assert found(forged) is None
    assert found(forged, kept) == ("proof_broken", "kept", 300)


@pytest.mark.parametrize("size", [300, 1_000])
def test_a_note_under_the_size_of_another_is_named(shelf: FolderShelf, size: int):
    path = f"log/checkpoints/{size:012d}"
    shelf.put_newest(path, shelf.get("log/checkpoints/000000000100") or b"")
    assert found(shelf) == ("note_broken", path, None)


def test_a_head_that_is_not_stored_by_its_size_is_named(shelf: FolderShelf):
    (shelf.root / "log/checkpoints/000000001000").unlink()
    assert found(shelf) == ("checkpoint_missing", "log/checkpoints/000000001000", None)


def test_two_roots_over_one_size_are_named(shelf: FolderShelf, tmp_path: Path):
    forged = FolderShelf(tmp_path / "forged")
    seal(forged, [*facts(600)[1:], *facts(600)[:1]], (300,), KEY)
    shelf.put_newest("log/checkpoints/000000000300", forged.get("log/checkpoint") or b"")
    assert found(shelf) == ("proof_broken", "log/checkpoints/000000000300", 300)


MakesWrong = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    "spoil",
    [lambda note: note[:40], lambda note: b"", lambda note: note + b"x", lambda note: b"\xff" * 99],
    ids=["cut", "empty", "longer", "no text"],
)
def test_a_head_that_cannot_be_read_is_named(shelf: FolderShelf, spoil: MakesWrong):
    path = shelf.root / "log/checkpoint"
    path.write_bytes(spoil(path.read_bytes()))
    assert found(shelf) == ("note_broken", "log/checkpoint", None)
