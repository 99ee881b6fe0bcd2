"""An archive is believed only as far as its own names and the signed log beside it vouch for it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from services.audit.archive import (
    Archive,
    ArchiveSource,
    BrokenAt,
    ChangedRules,
    LogMissing,
    LogShortened,
    Rules,
    SegmentName,
    Voucher,
    fetch,
    keys_beside,
    lines_of,
    messages_of,
    trusted_keys,
    verified,
)
from services.audit.domain import Replay
from services.audit.reading import HeldSource, Reading, Until
from shared.history.envelope import Message, recorded
from shared.transparency import Amiss, BadProof, BrokenTile, FolderShelf, SigningKey, UnknownKey
from tests.unit.audit.archived import KEY, ORIGIN, archived, sign
from tests.unit.audit.past import Past

SIZES = (30, 61)
KEYS = (KEY.verifier,)


@pytest.fixture(scope="session")
def whole(past: Past, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three segments under three checkpoints; never changed by a test."""
    folder = tmp_path_factory.mktemp("archive")
    archived(folder, past.messages, SIZES)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def nobody(*_: object) -> None:
    return


def checked(folder: Path) -> None:
    verified(FolderShelf(folder), KEYS, nobody)


def segment(folder: Path, number: int) -> Path:
    return sorted((folder / "archive/segments").iterdir())[number]


async def test_an_archive_is_replayed_as_its_stream(whole: Path, past: Past):
    shelf = FolderShelf(whole)
    rules = Rules(shelf)
    source = ArchiveSource(Archive.of(shelf), Voucher(shelf, keys_beside(shelf)))
    found = Reading(source, Replay(rules.edition, rules.table))
    direct = await Reading(HeldSource(past.messages)).read(Until(), nobody)
    assert await found.read(Until(), nobody) == direct
    used = ("2026-r1", "2024-r1", "1999-r1")
    assert rules.lacking(used) == ("1999-r1",)
    for until in (Until(sequence=40), Until(moment=past_moment(past, 40))):
        cut = Reading(ArchiveSource(Archive.of(shelf), Voucher(shelf, KEYS)))
        straight = Reading(HeldSource(past.messages))
        assert await cut.read(until, nobody) == await straight.read(until, nobody)
    head = verified(shelf, KEYS, nobody).head
    assert head.size == len(past.messages)


def past_moment(past: Past, sequence: int) -> datetime:
    return recorded(past.messages[sequence - 1]).fact.at


def removed(folder: Path) -> None:
    segment(folder, 1).unlink()


def last_removed(folder: Path) -> None:
    segment(folder, 2).unlink()


def doubled(folder: Path) -> None:
    content = segment(folder, 1).read_bytes() + b"\n"
    FolderShelf(folder).put(SegmentName.of(31, 61, content).path, content)


def cut(folder: Path) -> None:
    path = segment(folder, 1)
    path.write_bytes(path.read_bytes()[:-10])


def rewritten(change: Callable[[list[Message]], list[Message]]) -> Callable[[Path], None]:
    """With a name that fits the new bytes: only the log can tell."""

    def spoil(folder: Path) -> None:
        path = segment(folder, 1)
        content = lines_of(change(list(messages_of(path.read_bytes()))))
        path.unlink()
        FolderShelf(folder).put(SegmentName.of(31, 61, content).path, content)

    return spoil


def ended_early(messages: list[Message]) -> list[Message]:
    return messages[:-2]


def swapped(messages: list[Message]) -> list[Message]:
    return [*messages[:3], messages[4], messages[3], *messages[5:]]


def repeated(messages: list[Message]) -> list[Message]:
    return [*messages[:4], *messages[3:]]


def reworded(messages: list[Message]) -> list[Message]:
    changed = replace(messages[5], body=messages[5].body.replace(b'"by":"', b'"by":"x'))
    return [*messages[:5], changed, *messages[6:]]


def one_byte(folder: Path) -> None:
    path = segment(folder, 1)
    path.write_bytes(path.read_bytes().replace(b"drafter-", b"drafted-", 1))


@pytest.mark.parametrize(
    ("spoil", "code", "sequence"),
    [
        (removed, "segment_missing", 31),
        (last_removed, "segment_missing", 62),
        (doubled, "segment_doubled", 31),
        (cut, "segment_cut", 31),
        (rewritten(ended_early), "segment_cut", 60),
        (rewritten(swapped), "segment_reordered", 34),
        (rewritten(repeated), "segment_doubled", 35),
        (rewritten(reworded), "segment_changed", 36),
        (one_byte, "segment_changed", 31),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_spoiled_archive_is_named(
    folder: Path, spoil: Callable[[Path], None], code: str, sequence: int
):
    spoil(folder)
    with pytest.raises(BrokenAt) as found:
        checked(folder)
    assert (found.value.code, found.value.sequence) == (code, sequence)
    assert found.value.place.startswith("archive/segments/")


def flipped(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def tile(folder: Path) -> None:
    flipped(folder / "log/tile/0/000.p/94", 40)


def entry(folder: Path) -> None:
    flipped(folder / "log/tile/entries/000.p/94", 40)


def tile_and_entry(folder: Path) -> None:
    """A log that contradicts its own checkpoint may not speak against the archive."""
    other = folder.parent / "other"
    messages = [
        each
        for path in sorted((folder / "archive/segments").iterdir())
        for each in messages_of(path.read_bytes())
    ]
    messages[5] = replace(messages[5], body=messages[5].body + b" ")
    archived(other, messages)
    shutil.copytree(other / "log/tile", folder / "log/tile", dirs_exist_ok=True)


def other_key(folder: Path) -> None:
    messages = [
        each
        for path in sorted((folder / "archive/segments").iterdir())
        for each in messages_of(path.read_bytes())
    ]
    shutil.rmtree(folder)
    archived(folder, messages, SIZES, SigningKey.made(ORIGIN))


def rolled_back(folder: Path) -> None:
    (folder / "log/checkpoint").write_bytes((folder / "log/checkpoints/000000000061").read_bytes())


def rolled_back_whole(folder: Path) -> None:
    rolled_back(folder)
    (folder / "log/checkpoints/000000000094").unlink()


def no_checkpoint(folder: Path) -> None:
    (folder / "log/checkpoint").unlink()


def foreign_note(folder: Path) -> None:
    (folder / "log/checkpoints/000000000030").write_bytes((folder / "log/checkpoint").read_bytes())


def edition(folder: Path) -> None:
    path = sorted((folder / "archive/editions").iterdir())[0]
    path.write_bytes(path.read_bytes() + b"more: 1\n")


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (tile, BrokenTile),
        (entry, BrokenTile),
        (tile_and_entry, BadProof),
        (other_key, UnknownKey),
        (rolled_back, LogShortened),
        (rolled_back_whole, LogShortened),
        (no_checkpoint, LogMissing),
        (foreign_note, BadProof),
        (edition, ChangedRules),
    ],
    ids=lambda value: value.__name__,
)
def test_a_spoiled_log_is_named(folder: Path, spoil: Callable[[Path], None], kind: type[Amiss]):
    spoil(folder)
    with pytest.raises(kind) as found:
        checked(folder)
    assert type(found.value) is kind


def test_every_beginning_of_a_log_is_proved_from_where_it_was_left(whole: Path, past: Past):
    shelf = FolderShelf(whole)
    for after in range(len(past.messages) + 1):
        voucher = Voucher(shelf, KEYS, after)
        voucher.take(past.messages[after : after + 7])
        voucher.prove()
        assert voucher.size == min(after + 7, len(past.messages))


def test_a_folder_that_is_fetched_again_takes_only_what_is_new(past: Past, tmp_path: Path):
    bucket, mine = tmp_path / "bucket", tmp_path / "mine"
    source = archived(bucket, past.messages[:61], (30,))
    first = fetch(source, mine, trusted_keys(source, FolderShelf(mine)), nobody)
    sign(source, 61, past.messages)
    second = fetch(source, mine, trusted_keys(source, FolderShelf(mine)), nobody)
    again = fetch(source, mine, trusted_keys(source, FolderShelf(mine)), nobody)
    assert (first.before, first.head.size) == (0, 61)
    assert (second.before, second.head.size, second.files) == (61, 94, 4)
    assert (again.before, again.head.size, again.files) == (94, 94, 0)
    assert verified(FolderShelf(mine), KEYS, nobody).head.size == 94
    assert not (mine / ".fetching").exists()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }


def shorter(bucket: Path, messages: list[Message]) -> None:
    archived(bucket, messages[:30])


def forked(bucket: Path, messages: list[Message]) -> None:
    archived(bucket, [*messages[:10], *messages[11:]], ())


def lost(bucket: Path, messages: list[Message]) -> None:
    archived(bucket, messages, (61,))
    segment(bucket, 1).unlink()


def signed_by_others(bucket: Path, messages: list[Message]) -> None:
    archived(bucket, messages, (61,), SigningKey.made(ORIGIN))


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (shorter, "log_shortened"),
        (forked, "proof_broken"),
        (lost, "segment_missing"),
        (signed_by_others, "signed_by_another_key"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_what_does_not_go_on_leaves_the_folder_as_it_was(
    past: Past, tmp_path: Path, made: Callable[[Path, list[Message]], None], code: str
):
    mine, bucket = tmp_path / "mine", tmp_path / "bucket"
    first = archived(tmp_path / "first", past.messages[:61])
    fetch(first, mine, KEYS, nobody)
    before = contents(mine)
    made(bucket, past.messages)
    with pytest.raises(Amiss) as found:
        fetch(FolderShelf(bucket), mine, trusted_keys(first, FolderShelf(mine)), nobody)
    assert (found.value.code, contents(mine)) == (code, before)
