"""A log as its readers use it: the latest head that a trusted key signed, and proofs under it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from shared.transparency.errors import BadProof
from shared.transparency.notes import Checkpoint, Opened, Verifier, opened
from shared.transparency.proofs import TlogProof, proof_of, verify
from shared.transparency.shelf import Readable
from shared.transparency.tiles import LOG, Tree

CHECKPOINT = f"{LOG}checkpoint"


@dataclass(frozen=True, slots=True)
class Head:
    """The latest checkpoint: its note, and what a trusted key signed of it."""

    note: str
    opened: Opened

    @property
    def checkpoint(self) -> Checkpoint:
        return self.opened.checkpoint


class LogReader:
    """Reads a log from a shelf and believes only these keys. Calls block.

    All methods raise `Amiss` for a log that is not as it must be.
    """

    def __init__(self, shelf: Readable, verifiers: Sequence[Verifier]) -> None:
        self._shelf = shelf
        self._verifiers = tuple(verifiers)

    def head(self) -> Head | None:
        """None while nothing was signed yet."""
        found = self._shelf.get(CHECKPOINT)
        if found is None:
            return None
        note = found.decode(errors="replace")
        return Head(note, opened(note, self._verifiers))

    def proof(self, sequence: int, event_id: str, head: Head) -> TlogProof | None:
        """That this event stands at this sequence, checked before it is given away; None where
        the head is older.
        """
        size = head.checkpoint.size
        if sequence > size:
            return None
        proof = proof_of(sequence - 1, Tree(self._shelf, size), head.note)
        verify(proof, proof.extra, self._verifiers)
        entry = json.loads(proof.extra)
        if (entry["sequence"], entry["id"]) != (sequence, event_id):
            raise BadProof(f"The log has another event at sequence {sequence}.")
        return proof
