"""The history as a transparency log that anybody can check: C2SP tlog-tiles and signed notes."""

from shared.transparency.errors import (
    Amiss,
    BadNote,
    BadProof,
    BrokenTile,
    Overwritten,
    UnknownKey,
)
from shared.transparency.leaves import business_headers, leaf_of
from shared.transparency.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from shared.transparency.notes import (
    Checkpoint,
    Opened,
    SigningKey,
    Verifier,
    opened,
    signed,
)
from shared.transparency.proofs import TlogProof, proof_of, verify
from shared.transparency.reading import Head, LogReader
from shared.transparency.shelf import FolderShelf, Readable, Shelf
from shared.transparency.tiles import LOG, Tree, grown

__all__ = [
    "EMPTY_ROOT",
    "LOG",
    "Amiss",
    "BadNote",
    "BadProof",
    "BrokenTile",
    "Checkpoint",
    "FolderShelf",
    "Head",
    "LogReader",
    "Opened",
    "Overwritten",
    "Readable",
    "Shelf",
    "SigningKey",
    "TlogProof",
    "Tree",
    "UnknownKey",
    "Verifier",
    "business_headers",
    "consistency_proof",
    "grown",
    "inclusion_proof",
    "leaf_hash",
    "leaf_of",
    "opened",
    "proof_of",
    "root_of",
    "signed",
    "verify",
    "verify_consistency",
    "verify_inclusion",
]
