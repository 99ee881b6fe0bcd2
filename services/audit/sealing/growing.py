"""The tree of the log grows by entries, and is proved from what was stored before it is signed.

Calls block.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from shared.history.envelope import Message
from shared.transparency import (
    BrokenTile,
    Checkpoint,
    Shelf,
    Tree,
    consistency_proof,
    grown,
    leaf_of,
    root_of,
    verify_consistency,
)
from shared.transparency.tiles import WIDTH

WRITERS = 8
FEW = 16


def grow(shelf: Shelf, head: Checkpoint, entries: Sequence[bytes]) -> Checkpoint:
    """Writes what a log needs when these entries follow `head`: its next checkpoint.

    Whatever was written before by somebody who died is the same. Raises `BrokenTile`, `BadProof`
    and `Overwritten`; then nothing may be signed.
    """
    old = Tree(shelf, head.size)
    if root_of(head.size, old) != head.root:
        raise BrokenTile(f"The stored tiles do not lead to the root over {head.size} entries.")
    files = tuple(grown(old, entries))
    if len(files) <= FEW:
        for file in files:
            _keep(shelf, file)
    else:
        with ThreadPoolExecutor(WRITERS, thread_name_prefix="log") as pool:
            # A list, so that what one of them raised is raised here.
            list(pool.map(partial(_keep, shelf), files))
    return _proved(shelf, head, head.size + len(entries))


def _keep(shelf: Shelf, file: tuple[str, bytes]) -> None:
    path, content = file
    shelf.put(path, content)
    if shelf.get(path) != content:
        raise BrokenTile(f"{path} is not stored as it was written.", path)


def _proved(shelf: Shelf, head: Checkpoint, size: int) -> Checkpoint:
    """From the tiles as they are stored now: nothing that was read before is believed."""
    tree = Tree(shelf, size)
    root = root_of(size, tree)
    proof = consistency_proof(head.size, size, tree)
    verify_consistency(head.size, size, head.root, root, proof)
    return Checkpoint(head.origin, size, root)


def differing(tree: Tree, messages: Sequence[Message]) -> int | None:
    """The sequence of the first fact that is not the entry of the log. Raises `BrokenTile`."""
    bundle, entries = -1, ()
    for message in messages:
        index = message.sequence - 1
        if index // WIDTH != bundle:
            bundle = index // WIDTH
            entries = tree.entries(bundle)
        if leaf_of(message) != entries[index % WIDTH]:
            return message.sequence
    return None
