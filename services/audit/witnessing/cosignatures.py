"""Where cosignatures are kept, and the note that is served: the log's signature and theirs."""

from collections.abc import Iterable
from contextlib import suppress

from services.audit.witnessing.protocol import Cosignature, cosignature_in
from shared.transparency import LOG, BadNote, Checkpoint, Overwritten, Shelf, Verifier
from shared.transparency.notes import parted

FOLDER = f"{LOG}cosignatures/"
SERVED = f"{LOG}checkpoint"


def keep(shelf: Shelf, size: int, verifier: Verifier, line: str) -> None:
    """Once for each size: a witness that signs the same head again changes nothing."""
    with suppress(Overwritten):
        shelf.put(_path(size, verifier), line.encode())


def kept(shelf: Shelf, checkpoint: Checkpoint, verifier: Verifier) -> Cosignature | None:
    """That of this witness, whichever process asked for it. Raises `OddAnswer` for a false one."""
    found = shelf.get(_path(checkpoint.size, verifier))
    if found is None:
        return None
    return cosignature_in(found.decode(errors="replace"), verifier, checkpoint.body)


def cosignatures_of(shelf: Shelf, size: int) -> tuple[str, ...]:
    """The signature lines of all witnesses under the checkpoint of this size."""
    found = (shelf.get(path) for path in shelf.listed(f"{FOLDER}{size:012d}/"))
    return tuple(each.decode() for each in found if each is not None)


def served_note(note: str, cosignatures: Iterable[str]) -> str:
    """The note with these lines under it that it does not have yet. Raises `BadNote`."""
    _, known = parted(note)
    return note + "".join(each for each in cosignatures if each.removesuffix("\n") not in known)


def serve(shelf: Shelf, checkpoint: Checkpoint, note: str) -> None:
    """Puts the cosigned note where it is read, unless a larger log's is there already."""
    fresh = served_note(note, cosignatures_of(shelf, checkpoint.size)).encode()
    known = shelf.get(SERVED)
    if known != fresh and _size(known) <= checkpoint.size:
        shelf.put_newest(SERVED, fresh)


def _path(size: int, verifier: Verifier) -> str:
    return f"{FOLDER}{size:012d}/{verifier.key_id.hex()}"


def _size(note: bytes | None) -> int:
    """-1 for what is no checkpoint."""
    try:
        return Checkpoint.of(parted((note or b"").decode())[0]).size
    except (BadNote, UnicodeDecodeError):
        return -1
