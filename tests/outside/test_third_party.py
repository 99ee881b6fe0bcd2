"""A verifier that others wrote accepts our log as it is, and refuses it once it was touched."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shared.transparency import SigningKey
from tests.outside.environment import Environment, Told
from tests.outside.growing import ORIGIN, GrownLog, grown_log

pytestmark = pytest.mark.timeout(300)
FULL_TILE, LAST_TILE, UPPER_TILE = "tile/0/003", "tile/0/039.p/", "tile/1/000.p/"
BUNDLE = "tile/entries/003"


def ask(outsiders: Environment, log: GrownLog, command: str, *more: str) -> Told:
    key = () if "--log-key" in more else ("--log-key", log.vkey)
    return outsiders.tlog(command, "--tiles", str(log.folder), "--origin", ORIGIN, *key, *more)


def included(outsiders: Environment, log: GrownLog, index: int) -> Told:
    return ask(outsiders, log, "verify-inclusion", "--index", str(index), "--leaf", log.leaf(index))


def consistent(outsiders: Environment, log: GrownLog, size: int) -> Told:
    return ask(outsiders, log, "verify-consistency", "--old-checkpoint", log.saved(size))


@contextmanager
def one_byte_changed(log: GrownLog, beginning: str, place: int = 40) -> Generator[Path]:
    """Of the widest file whose path begins so; put right afterwards."""
    files = [each for each in log.folder.rglob("*") if each.is_file()]
    named = [each for each in files if str(each.relative_to(log.folder)).startswith(beginning)]
    file = max(named, key=lambda each: each.stat().st_size)
    whole = file.read_bytes()
    file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    try:
        yield file
    finally:
        file.write_bytes(whole)


def test_it_accepts_the_checkpoint_and_entries_from_all_over_the_log(
    outsiders: Environment, log: GrownLog
):
    head = ask(outsiders, log, "verify-checkpoint")
    assert (head.is_accepted, head.report["size"], head.report["tiles_ok"]) == (
        True,
        log.size,
        True,
    )
    found = {
        index: included(outsiders, log, index).is_accepted
        for index in (0, 1, 255, 256, 4095, 4096, 9999, log.size - 1)
    }
    assert log.size >= 10_000
    assert found == dict.fromkeys(found, True)


def test_it_accepts_that_the_log_grew_from_every_checkpoint_before(
    outsiders: Environment, log: GrownLog
):
    found = {size: consistent(outsiders, log, size).is_accepted for size in log.notes}
    assert len(found) == 8
    assert found == dict.fromkeys(found, True)


def test_it_refuses_another_entry_at_a_place(outsiders: Environment, log: GrownLog):
    swapped = ask(outsiders, log, "verify-inclusion", "--index", "7", "--leaf", log.leaf(8))
    assert swapped.error == "the leaf is not included at this index under the checkpoint"


@pytest.mark.parametrize(
    ("tile", "index"),
    [(FULL_TILE, 3 * 256 + 5), (LAST_TILE, 39 * 256 + 1), (UPPER_TILE, 5)],
    ids=["full-tile", "partial-tile", "upper-level"],
)
def test_it_refuses_a_log_with_one_byte_of_one_tile_changed(
    outsiders: Environment, log: GrownLog, tile: str, index: int
):
    with one_byte_changed(log, tile):
        assert "TileVerificationError" in included(outsiders, log, index).error
    assert included(outsiders, log, index).is_accepted


def test_no_checkpoint_holds_over_a_spoiled_upper_tile(outsiders: Environment, log: GrownLog):
    with one_byte_changed(log, UPPER_TILE):
        assert "TileVerificationError" in ask(outsiders, log, "verify-checkpoint").error
        assert "TileVerificationError" in consistent(outsiders, log, 4096).error


def test_it_refuses_an_entry_that_was_changed_in_its_bundle(outsiders: Environment, log: GrownLog):
    """Asked for the entry that the log itself has there."""
    index = ("--index", str(3 * 256))
    with one_byte_changed(log, BUNDLE):
        found = ask(outsiders, log, "verify-inclusion", *index)
    assert "TileVerificationError" in found.error
    assert ask(outsiders, log, "verify-inclusion", *index).is_accepted


def test_it_refuses_the_log_under_another_key(outsiders: Environment, log: GrownLog):
    stranger = SigningKey.made(ORIGIN).verifier.text
    found = ask(outsiders, log, "verify-checkpoint", "--log-key", stranger)
    assert (
        found.error == "no tile source served a checkpoint that verifies with the out-of-band key"
    )


def test_it_refuses_a_log_that_did_not_grow_from_what_was_saved(
    outsiders: Environment, log: GrownLog, tmp_path: Path
):
    """The same key signed a history in which one fact of long ago was another."""
    forged = (*log.entries[:100], b"another fact", *log.entries[101:])
    fork = grown_log(tmp_path, forged, log.key)
    found = ask(outsiders, fork, "verify-consistency", "--old-checkpoint", log.saved(4096))
    assert "history was rewritten" in found.error
    assert found.report["evidence"] == [log.notes[4096], fork.notes[fork.size]]


def test_it_refuses_a_log_that_was_shortened(outsiders: Environment, log: GrownLog, tmp_path: Path):
    short = grown_log(tmp_path, log.entries[:9999], log.key)
    found = ask(outsiders, short, "verify-consistency", "--old-checkpoint", log.saved(log.size))
    assert "is older than the saved one" in found.error
