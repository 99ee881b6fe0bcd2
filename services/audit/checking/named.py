"""What facts name that lies elsewhere: files by their digests, editions, tables of taxes. Pure."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from shared.events.awards import DocumentIssued, DoubtFiled
from shared.events.catalogue import UnknownFact, fact_of
from shared.events.submission import EvidenceAccepted
from shared.history.envelope import Message

EVIDENCE, DOCUMENTS = "evidence", "documents"
FILES = (EvidenceAccepted, DocumentIssued, DoubtFiled)
FILE_TYPES = frozenset(each.ce_type for each in FILES)
FILE_SUBJECTS = ("inda.v1.submission.innovation.*", "inda.v1.awards.competition.*")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """`kind` is evidence or documents; `size_bytes` is None where the fact does not tell it."""

    kind: str
    sha256: str
    size_bytes: int | None
    sequence: int


@dataclass(frozen=True, slots=True)
class NamedRule:
    """An edition, or a table of taxes where `is_table`."""

    key: str
    digest: str
    is_table: bool


PAIRS = (
    ("edition_id", "edition_digest", False),
    ("table_id", "table_digest", True),
    ("tax_table", "tax_digest", True),
)


@dataclass(slots=True)
class NamedRules:
    """Every rule with the first fact that names it."""

    first: dict[NamedRule, int] = field(default_factory=dict[NamedRule, int])

    def take(self, message: Message) -> None:
        if not any(digest.encode() in message.body for _, digest, _ in PAIRS):
            return
        try:
            told = json.loads(message.body)
        except ValueError:
            return
        for each in _rules(told):
            self.first.setdefault(each, message.sequence)


def _rules(told: object) -> Iterator[NamedRule]:
    """Wherever in the fact they stand."""
    match told:
        case dict():
            fields = cast("dict[str, Any]", told)
            for key, digest, is_table in PAIRS:
                if isinstance(fields.get(key), str) and isinstance(fields.get(digest), str):
                    yield NamedRule(fields[key], fields[digest], is_table)
            inside = list(fields.values())
        case list():
            inside = cast("list[object]", told)
        case _:
            return
    for each in inside:
        yield from _rules(each)


def files_in(message: Message) -> tuple[NamedFile, ...]:
    """None for a fact that names no file, or that this build cannot read."""
    kind = message.headers.get("ce-type", "")
    if kind not in FILE_TYPES:
        return ()
    try:
        fact = fact_of(kind, message.body)
    except UnknownFact:
        return ()
    match fact:
        case EvidenceAccepted():
            return (NamedFile(EVIDENCE, fact.sha256, fact.size_bytes, message.sequence),)
        case DocumentIssued():
            return (NamedFile(DOCUMENTS, fact.sha256, fact.size, message.sequence),)
        case DoubtFiled():
            return tuple(
                NamedFile(EVIDENCE, each, None, message.sequence) for each in fact.evidence
            )
        case _:
            return ()
