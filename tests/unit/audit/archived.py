"""A log and its archive in a folder, as the signer leaves them: cut where checkpoints were made."""

from collections.abc import Sequence
from pathlib import Path

from services.audit.archive import SegmentName, lines_of, ranges
from services.audit.archive.editions import keep_rules
from shared.history.envelope import Message
from shared.transparency import (
    Checkpoint,
    FolderShelf,
    Shelf,
    SigningKey,
    Tree,
    grown,
    leaf_of,
    root_of,
    signed,
)

ORIGIN = "inda.local/log"
KEY = SigningKey.made(ORIGIN)


def archived(
    folder: Path, messages: Sequence[Message], sizes: Sequence[int] = (), key: SigningKey = KEY
) -> FolderShelf:
    """Signed at each of the sizes, and at the end."""
    shelf = FolderShelf(folder)
    before = 0
    for size in [*sizes, len(messages)]:
        sign(shelf, before, messages[:size], key)
        before = size
    return shelf


def sign(shelf: Shelf, before: int, messages: Sequence[Message], key: SigningKey = KEY) -> None:
    """The next checkpoint behind one of size `before`."""
    size = len(messages)
    for path, content in grown(Tree(shelf, before), [leaf_of(each) for each in messages[before:]]):
        shelf.put(path, content)
    note = signed(Checkpoint(key.name, size, root_of(size, Tree(shelf, size))), (key,)).encode()
    shelf.put_newest("log/vkey", f"{key.verifier.text}\n".encode())
    shelf.put(f"log/checkpoints/{size:012d}", note)
    shelf.put_newest("log/checkpoint", note)
    for first, last in ranges(before, size):
        content = lines_of(messages[first - 1 : last])
        shelf.put(SegmentName.of(first, last, content).path, content)
    keep_rules(shelf)
