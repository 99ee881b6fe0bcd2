"""A case as its paper tells it: from the facts and the checkpoint over them alone. Pure.

So anybody who has the facts makes the same paper again.
"""

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, cast

from services.audit.cases.briefs import brief_of
from services.audit.cases.labels import HOW, KINDS, called, in_wita
from services.audit.cases.results import Results
from services.audit.searching import Entry, Kind, entry_of
from shared.history.envelope import Message
from shared.transparency import Opened

Body = Mapping[str, Any]
ABOUT_ONE: Final = ("innovation", "dossier")
SOURCES: Final = ("EvidenceDeclared", "EvidenceAccepted", "DocumentIssued", "DoubtFiled")


@dataclass(frozen=True, slots=True)
class Case:
    """What a case file is about; it may be kept to a part of the history by sequence."""

    kind: Kind
    key: str
    first: int = 1
    last: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """An edition, or a table of taxes, that facts name, with the digest that they name it by."""

    id: str
    digest: str
    is_tax: bool = False


@dataclass
class Document:
    """A digest: who said where it came from, and who opened it."""

    sources: list[str] = field(default_factory=list[str])
    readers: list[str] = field(default_factory=list[str])


@dataclass
class Telling:
    """Fed with the facts of a case in order, keeps what its paper tells, not the facts."""

    case: Case
    sequences: list[int] = field(default_factory=list[int])
    rows: list[list[str]] = field(default_factory=list[list[str]])
    did: Counter[str] = field(default_factory=Counter[str])
    named: Counter[str] = field(default_factory=Counter[str])
    documents: dict[str, Document] = field(default_factory=dict[str, Document])
    rules: set[Rule] = field(default_factory=set[Rule])
    results: Results = field(init=False)

    def __post_init__(self) -> None:
        self.results = Results(self.case.key if self.case.kind in ABOUT_ONE else None)

    def add(self, message: Message) -> None:
        entry, body = entry_of(message), _body(message)
        self.sequences.append(entry.sequence)
        words = called(entry.fact)
        self.rows.append([str(entry.sequence), in_wita(entry.at), entry.by, words, brief_of(body)])
        self.did[entry.by] += 1
        self._people_and_documents(entry, body)
        self.rules.update(_rules(body))
        try:
            self.results.add(entry, body)
        except (KeyError, TypeError, ValueError, AttributeError):
            # A fact of another shape stands in the timeline; in no table may it be guessed at.
            return

    def _people_and_documents(self, entry: Entry, body: Body) -> None:
        for name in entry.about:
            kind, _, key = name.partition(":")
            if kind == "person":
                self.named[key] += 1
            if kind == "document" and key != "*":
                document = self.documents.setdefault(key, Document())
                if entry.fact in SOURCES:
                    document.sources.append(f"{entry.by} ({entry.sequence})")
        if entry.sha256 is not None:
            how = HOW.get(str(body.get("how")), str(body.get("how")))
            line = f"{entry.by}, {in_wita(entry.at)}, {how}, {entry.service} ({entry.sequence})"
            self.documents.setdefault(entry.sha256, Document()).readers.append(line)

    @property
    def list_digest(self) -> str:
        """SHA-256 over the sequences, a line each."""
        return sha256("".join(f"{each}\n" for each in self.sequences).encode()).hexdigest()

    def unproven(self, size: int) -> list[int]:
        return [each for each in self.sequences if each > size]

    def told(self, sealed: Opened) -> dict[str, Any]:
        """What the template reads."""
        head, case = sealed.checkpoint, self.case
        people = sorted({*self.did, *self.named} - {"", "*"})
        return {
            "title": f"Berkas kasus: {KINDS[case.kind]} {case.key}",
            "kind": KINDS[case.kind],
            "key": case.key,
            "part": _part(case),
            "count": len(self.sequences),
            "span": f"{self.sequences[0]} sampai {self.sequences[-1]}",
            "list_digest": self.list_digest,
            "checkpoint": {
                "origin": head.origin,
                "size": head.size,
                "root": b64encode(head.root).decode(),
                "signers": ", ".join(sealed.signers),
            },
            "unproven": [str(each) for each in self.unproven(head.size)],
            "rows": self.rows,
            "verdicts": self.results.verdicts,
            "scores": self.results.scores,
            "places": self.results.places,
            "money": self.results.money,
            "people": [[each, str(self.did[each]), str(self.named[each])] for each in people],
            "documents": [
                [digest, "; ".join(each.sources), each.readers]
                for digest, each in sorted(self.documents.items())
            ],
            "rules": [
                [f"{'tabel pajak' if each.is_tax else 'instrumen'} {each.id}", each.digest]
                for each in sorted(self.rules)
            ],
        }


def _part(case: Case) -> str:
    """Empty for a whole case."""
    if case.first == 1 and case.last is None:
        return ""
    end = "akhir riwayat" if case.last is None else f"urutan {case.last}"
    return f"hanya fakta dari urutan {case.first} sampai {end}"


def _rules(part: object) -> Iterator[Rule]:
    """Wherever an id stands beside the digest that it is known by."""
    if isinstance(part, list):
        for each in cast("list[object]", part):
            yield from _rules(each)
    if not isinstance(part, dict):
        return
    told = cast("dict[str, object]", part)
    pairs = (
        ("edition_id", "edition_digest", False),
        ("tax_table", "tax_digest", True),
        ("table_id", "table_digest", True),
    )
    for name, digest, is_tax in pairs:
        if isinstance(told.get(name), str) and isinstance(told.get(digest), str):
            yield Rule(str(told[name]), str(told[digest]), is_tax)
    for value in told.values():
        yield from _rules(value)


def _body(message: Message) -> dict[str, Any]:
    try:
        found = json.loads(message.body)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
