"""An archive holds what the log sealed, or its first fault is named."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from services.audit.archive import SegmentName, lines_of, messages_of
from services.audit.checking import (
    Archived,
    Difference,
    Sealed,
    Tally,
    check_archive,
    ended,
    head_of,
)
from services.audit.checking.difference import Differs
from shared.history.envelope import Message
from shared.transparency import Amiss, FolderShelf, SigningKey
from tests.unit.audit.past import tampered
from tests.unit.audit.prized import prized
from tests.unit.audit.shelved import ORIGIN, facts, seal, sign

KEY = SigningKey.made(ORIGIN)
FACTS = facts(900)
Segment = tuple[str, int | None]


@pytest.fixture
def shelf(tmp_path: Path) -> FolderShelf:
    """Three segments of three hundred facts."""
    shelf = FolderShelf(tmp_path)
    seal(shelf, FACTS, (300, 600, 900), KEY)
    return shelf


def difference(shelf: FolderShelf, *, is_settled: bool = False) -> Difference | None:
    tally, error = Tally(), None
    try:
        archived = Archived.of(shelf)
        sealed = Sealed(shelf, head_of(shelf, (KEY.verifier,)))
        check_archive(archived, sealed, tally, is_settled=is_settled)
    except (Differs, Amiss) as found:
        error = found
    return ended("archive", tally, error).difference


def found(shelf: FolderShelf, *, is_settled: bool = False) -> Segment | None:
    first = difference(shelf, is_settled=is_settled)
    return None if first is None else (first.code, first.sequence)


def segment(shelf: FolderShelf, number: int) -> Path:
    return shelf.root / list(shelf.listed("archive/segments/"))[number]


def renamed(file: Path, content: bytes) -> None:
    """The file with other content, and the name that fits it."""
    name = SegmentName.from_path(f"archive/segments/{file.name}")
    other = SegmentName.of(name.first, name.last, content)
    file.unlink()
    (file.parent / Path(other.path).name).write_bytes(content)


def test_a_sound_archive_is_read_to_its_end(shelf: FolderShelf):
    tally = Tally()
    sealed = Sealed(shelf, head_of(shelf, (KEY.verifier,)))
    check_archive(Archived.of(shelf), sealed, tally, is_settled=True)
    assert (tally.checked, tally.notes) == (900, [])


def test_a_missing_segment_is_named(shelf: FolderShelf):
    segment(shelf, 1).unlink()
    assert found(shelf) == ("segment_missing", 301)


def test_the_first_segment_may_not_be_missing_either(shelf: FolderShelf):
    segment(shelf, 0).unlink()
    assert found(shelf) == ("segment_missing", 1)


def test_the_last_segment_may_be_missing_until_the_signer_had_its_time(shelf: FolderShelf):
    segment(shelf, 2).unlink()
    assert found(shelf) is None
    assert found(shelf, is_settled=True) == ("archive_behind", 601)
    segment(shelf, 1).unlink()
    assert found(shelf) == ("archive_behind", 301)


def test_doubled_facts_are_named(shelf: FolderShelf):
    content = lines_of(FACTS[299:600])
    (shelf.root / SegmentName.of(300, 600, content).path).write_bytes(content)
    assert found(shelf) == ("segment_doubled", 300)


Spoil = Callable[[bytes], bytes]


def lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda content: content[:-100], ("segment_cut", 301)),
        (lambda content: b"".join(lines(content)[:-1]), ("segment_cut", 600)),
        (
            lambda content: b"".join([*lines(content)[:10], *lines(content)[11:]]),
            ("segment_cut", 311),
        ),
        (
            lambda content: b"".join(
                [*lines(content)[:9], *lines(content)[9:11][::-1], *lines(content)[11:]]
            ),
            ("segment_reordered", 310),
        ),
        (
            lambda content: b"".join([*lines(content), lines(content)[-1]]),
            ("segment_doubled", 601),
        ),
        (lambda content: content.replace(b": 411,", b": 412,", 1), ("segment_changed", 411)),
        (
            lambda content: content.replace(b'{"sequence"', b'{sequence"', 1),
            ("segment_changed", 301),
        ),
        (lambda content: b"", ("segment_cut", 301)),
    ],
    ids=["cut", "shorter", "lacking", "reordered", "repeated", "changed", "unreadable", "empty"],
)
@pytest.mark.parametrize("named", [False, True], ids=["as it was named", "named anew"])
def test_a_spoiled_segment_is_named(
    shelf: FolderShelf, spoil: Spoil, expected: Segment, named: bool
):
    file = segment(shelf, 1)
    content = spoil(file.read_bytes())
    if named:
        renamed(file, content)
    else:
        file.write_bytes(content)
    if named and expected == ("segment_changed", 411):
        expected = ("archive_differs_from_log", 411)
    assert found(shelf) == expected


def test_a_fact_that_is_not_the_sealed_one_is_named_with_its_field(shelf: FolderShelf):
    file = segment(shelf, 2)
    messages = list(messages_of(file.read_bytes()))
    forged = tampered(messages, 777, lambda body: body.update(number=0))
    renamed(file, lines_of(forged))
    first = difference(shelf)
    assert first is not None
    assert (first.code, first.sequence, first.sentence) == (
        "archive_differs_from_log",
        777,
        "The body of fact 777 is not the one that was sealed.",
    )
    assert len(first.expected) == len(first.found) == 64
    assert first.expected != first.found


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda message: replace(message, subject="inda.v1.awards.fund.other"), "subject"),
        (lambda message: _headed(message, "ce-id", "other"), "id"),
        (lambda message: _headed(message, "ce-time", "2026-11-23T00:00:00Z"), "time"),
        (lambda message: _headed(message, "ce-commandid", "other"), "headers"),
    ],
    ids=["subject", "id", "time", "headers"],
)
def test_every_part_of_a_fact_is_compared(
    shelf: FolderShelf, change: Callable[[Message], Message], field: str
):
    file = segment(shelf, 0)
    messages = list(messages_of(file.read_bytes()))
    messages[41] = change(messages[41])
    renamed(file, lines_of(messages))
    first = difference(shelf)
    assert first is not None
    assert first.sentence == f"The {field} of fact 42 is not the one that was sealed."


def _headed(message: Message, name: str, value: str) -> Message:
    return replace(message, headers={**message.headers, name: value})


def test_a_tile_or_a_bundle_that_is_broken_speaks_against_no_fact(shelf: FolderShelf):
    tile, entries = (shelf.root / f"log/tile/{each}/001" for each in ("0", "entries"))
    sound = tile.read_bytes()
    tile.write_bytes(bytes(len(sound)))
    assert found(shelf) is None
    tile.write_bytes(sound)
    entries.write_bytes(b"\x00")
    assert found(shelf) is None


def test_an_archive_that_goes_on_behind_the_log_shows_that_the_log_was_cut(shelf: FolderShelf):
    sign(shelf, 600, KEY)
    assert found(shelf) == ("log_shortened", 601)


def test_a_file_that_is_no_segment_is_named(shelf: FolderShelf):
    (shelf.root / "archive/segments/notes.txt").write_text("?")
    assert found(shelf) == ("segment_broken", None)


async def test_every_edition_and_tax_table_that_facts_name_is_there(tmp_path: Path):
    shelf = FolderShelf(tmp_path)
    messages = (await prized()).messages
    seal(shelf, messages, (len(messages),), KEY)
    assert found(shelf) is None
    edition = next((shelf.root / "archive/editions").glob("2026-r1-*"))
    content = edition.read_text()
    edition.unlink()
    opened = next(each.sequence for each in messages if b"edition_digest" in each.body)
    assert found(shelf) == ("edition_missing", opened)
    edition.write_text(content.replace("secondary copies", "copies", 1))
    assert found(shelf) == ("edition_changed", None)
    edition.write_text(content)
    table = next((shelf.root / "archive/taxes").glob("2024-r1-*"))
    table.unlink()
    taxed = next(
        each.sequence
        for each in messages
        if (b"tax_digest" in each.body and json.loads(each.body)) or b"table_digest" in each.body
    )
    first = difference(shelf)
    assert first is not None
    assert (first.code, (first.sequence or 0) >= taxed) == ("tax_table_missing", True)
