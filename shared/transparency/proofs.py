"""A proof in one file that an entry is in a log (C2SP tlog-proof): checked without any server."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from shared.transparency.errors import BadNote, BadProof
from shared.transparency.merkle import (
    HASH_BYTES,
    inclusion_proof,
    leaf_hash,
    verify_inclusion,
)
from shared.transparency.notes import Opened, Verifier, decoded, opened
from shared.transparency.tiles import Tree

FIRST_LINE = "c2sp.org/tlog-proof@v1"
ENDING = ".tlog-proof"


@dataclass(frozen=True, slots=True)
class TlogProof:
    """`note` is a signed checkpoint; `extra` is not authenticated: here the entry itself."""

    index: int
    hashes: tuple[bytes, ...]
    note: str
    extra: bytes = b""

    @property
    def text(self) -> str:
        extra = [f"extra {b64encode(self.extra).decode()}"] if self.extra else []
        hashes = [b64encode(each).decode() for each in self.hashes]
        return "\n".join([FIRST_LINE, *extra, f"index {self.index}", *hashes, "", self.note])

    @classmethod
    def from_text(cls, text: str) -> "TlogProof":
        """Raises `BadProof`."""
        head, mark, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        if first != FIRST_LINE or not mark:
            raise BadProof(f"This is no proof: it must begin with {FIRST_LINE}.")
        try:
            extra = b""
            if lines and lines[0].startswith("extra "):
                extra = decoded(lines.pop(0).removeprefix("extra "))
            index = _number(lines.pop(0) if lines else "")
            return cls(index, tuple(map(_hash, lines)), note, extra)
        except BadNote as error:
            raise BadProof(f"The proof cannot be read: {error}") from None


def proof_of(index: int, tree: Tree, note: str) -> TlogProof:
    """That the entry at `index` is under `note`, whose checkpoint is that of `tree`.

    Raises `BadProof`, `BrokenTile`.
    """
    hashes = inclusion_proof(index, tree.size, tree)
    return TlogProof(index, hashes, note, tree.entry(index))


def verify(proof: TlogProof, leaf: bytes, verifiers: Sequence[Verifier]) -> Opened:
    """The checkpoint that holds `leaf`. Raises `BadProof`, `BadNote`, `UnknownKey`."""
    found = opened(proof.note, verifiers)
    head = found.checkpoint
    verify_inclusion(leaf_hash(leaf), proof.index, head.size, head.root, proof.hashes)
    return found


def _number(line: str) -> int:
    digits = line.removeprefix("index ")
    if not line.startswith("index ") or not (digits.isascii() and digits.isdigit()):
        raise BadProof("The proof does not say which entry it is about.")
    if str(int(digits)) != digits:
        raise BadProof("The index of a proof has no leading zeroes.")
    return int(digits)


def _hash(line: str) -> bytes:
    found = decoded(line)
    if len(found) != HASH_BYTES:
        raise BadProof("A hash of a proof has 32 bytes.")
    return found
