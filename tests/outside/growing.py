"""A log in a folder that grew in steps, a signed checkpoint after each."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.transparency import (
    EMPTY_ROOT,
    LOG,
    Checkpoint,
    FolderShelf,
    SigningKey,
    Tree,
    grown,
    root_of,
    signed,
)

ORIGIN = "inda.test/log"
STEPS = (0, 1, 255, 256, 257, 4096, 9999)


@dataclass(frozen=True)
class GrownLog:
    """`folder` holds `checkpoint` and `tile/`; `notes` are by size, smallest first."""

    shelf: FolderShelf
    key: SigningKey
    entries: tuple[bytes, ...]
    notes: dict[int, str]

    @property
    def folder(self) -> Path:
        return self.shelf.root / LOG

    @property
    def size(self) -> int:
        return len(self.entries)

    @property
    def vkey(self) -> str:
        return self.key.verifier.text

    def saved(self, size: int) -> str:
        """The file in which an auditor kept an older checkpoint."""
        place = self.shelf.root / f"saved-{size}"
        place.write_text(self.notes[size])
        return str(place)

    def leaf(self, index: int) -> str:
        """A file with the entry as it is computed from the fact, not as the log has it."""
        place = self.shelf.root / f"leaf-{index}"
        place.write_bytes(self.entries[index])
        return str(place)


def grown_log(
    root: Path,
    entries: Sequence[bytes],
    key: SigningKey | None = None,
    steps: Sequence[int] = STEPS,
) -> GrownLog:
    """Files are written as the signer writes them: only those of the new entries."""
    found = GrownLog(FolderShelf(root), key or SigningKey.made(ORIGIN), tuple(entries), {})
    before = 0
    for size in (*(each for each in steps if each < len(entries)), len(entries)):
        grow(found, before, size)
        before = size
    return found


def grow(log: GrownLog, before: int, size: int) -> Checkpoint:
    """Signs the tree of the first `size` entries, whose first `before` are in the log."""
    for path, content in grown(Tree(log.shelf, before), log.entries[before:size]):
        log.shelf.put(path, content)
    root = root_of(size, Tree(log.shelf, size)) if size else EMPTY_ROOT
    head = Checkpoint(log.key.name, size, root)
    log.notes[size] = signed(head, [log.key])
    log.shelf.put_newest(f"{LOG}checkpoint", log.notes[size].encode())
    return head
