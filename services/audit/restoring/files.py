"""Log and archive of a folder put back into a bucket that has none, or a beginning of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from services.audit.archive import CHECKPOINT, VKEY, LogShortened, Verified
from shared.transparency import BadProof, Checkpoint, Shelf, Tree, root_of
from shared.transparency.notes import parted

AT_ONCE = 8
NEWEST = (CHECKPOINT, VKEY)


def check_files(verified: Verified, target: Shelf) -> None:
    """That what the bucket signed before is a beginning of this log.

    Raises `LogShortened` where the bucket knows more than the archive that is to be restored,
    `BadProof` where it knows another log.
    """
    found = target.get(CHECKPOINT)
    if found is None:
        return
    body, _ = parted(found.decode(errors="replace"))
    known, head = Checkpoint.of(body), verified.head
    if known.size > head.size:
        raise LogShortened(
            f"The bucket holds a log of {known.size} facts, the archive only {head.size}: fetch"
            " the archive from the bucket first.",
            CHECKPOINT,
        )
    if known.root != root_of(known.size, Tree(verified.shelf, head.size)):
        raise BadProof("The bucket holds the log of another history.", CHECKPOINT)


def put_back(verified: Verified, target: Shelf, watch: Callable[[int, int], None]) -> int:
    """How many files there are. Raises `Overwritten` where the bucket has other bytes.

    The head is written last: what it signs is there by then.
    """
    shelf = verified.shelf
    paths = [path for prefix in ("archive/", "log/") for path in shelf.listed(prefix)]
    ordinary = [path for path in paths if path not in NEWEST]

    def put(path: str) -> None:
        target.put(path, shelf.get(path) or b"")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done, _ in enumerate(pool.map(put, ordinary), start=1):
            watch(done, len(paths))
    for path in (VKEY, CHECKPOINT):
        content = shelf.get(path)
        if content is not None and target.get(path) != content:
            target.put_newest(path, content)
    watch(len(paths), len(paths))
    return len(paths)
