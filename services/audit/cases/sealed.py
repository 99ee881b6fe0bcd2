"""What log and archive have for a case: the checkpoint, proofs, keys and rules. Calls block."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.resources import files

from services.audit.cases.telling import Rule
from shared.editions import EditionError, load
from shared.editions.taxes import load_table
from shared.errors import NotFound
from shared.history.envelope import Message
from shared.transparency import (
    BadProof,
    Head,
    LogReader,
    Readable,
    Tree,
    Verifier,
    leaf_of,
    proof_of,
)

VKEY = "log/vkey"
REMEMBERED = 64


class Remembering:
    """A shelf that need not be asked again for what was read a moment ago."""

    def __init__(self, shelf: Readable) -> None:
        self._shelf = shelf
        self._known: OrderedDict[str, bytes | None] = OrderedDict()

    def get(self, path: str) -> bytes | None:
        if path not in self._known:
            self._known[path] = self._shelf.get(path)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        self._known.move_to_end(path)
        return self._known[path]


class Sealed:
    """The log at one head. Methods raise `Amiss` where the log is not as it must be."""

    def __init__(self, shelf: Readable, head: Head) -> None:
        self.head = head
        self._shelf = Remembering(shelf)

    @cached_property
    def _tree(self) -> Tree:
        return Tree(self._shelf, self.head.checkpoint.size)

    def vkey(self) -> bytes:
        """The keys as they lie beside the log."""
        return self._shelf.get(VKEY) or b""

    def check(self, messages: Iterable[Message]) -> None:
        """That the log has exactly these facts. Those behind the head are not looked at."""
        for message in messages:
            if message.sequence <= self._tree.size:
                self._check(message)

    def _check(self, message: Message) -> None:
        if self._tree.entry(message.sequence - 1) != leaf_of(message):
            raise BadProof(
                f"The log has another fact at sequence {message.sequence} than the stream.",
                str(message.sequence),
            )

    def proofs(self, sequences: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """(sequence, proof file) for all that are under the head."""
        for sequence in sequences:
            if sequence <= self._tree.size:
                proof = proof_of(sequence - 1, self._tree, self.head.note)
                yield sequence, proof.text.encode()

    def rules(self, named: Iterable[Rule]) -> dict[Rule, bytes]:
        """The bytes of those that archive or build have, as their digests say."""
        found = {each: self._rule(each) for each in named}
        return {each: content for each, content in found.items() if content is not None}

    def _rule(self, rule: Rule) -> bytes | None:
        folder = "taxes" if rule.is_tax else "editions"
        kept = self._shelf.get(f"archive/{folder}/{rule.id}-{rule.digest}.yaml")
        return kept or _own(rule)


def _own(rule: Rule) -> bytes | None:
    package = "shared.editions.taxes" if rule.is_tax else "shared.editions"
    try:
        known = load_table(rule.id).digest if rule.is_tax else load(rule.id).digest
    except (EditionError, NotFound):
        return None
    if known != rule.digest:
        return None
    return files(package).joinpath(f"{rule.id}.yaml").read_bytes()


def head_of(shelf: Readable) -> Head | None:
    """The latest, as the keys beside it say; None where nothing was signed yet.

    Raises `BadNote`. Whoever checks a case file brings a key of their own.
    """
    lines = (shelf.get(VKEY) or b"").decode(errors="replace").splitlines()
    verifiers = [Verifier.from_text(line) for line in lines if line.strip()]
    return LogReader(shelf, verifiers).head() if verifiers else None
