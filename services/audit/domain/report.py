"""What a replay tells: a digest of every document, what is amiss, and the sums. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from services.audit.domain.findings import Finding
from services.audit.domain.kinds import KINDS
from services.audit.domain.reviews import ReviewTotals
from services.audit.domain.totals import CompetitionTotals, FundTotals
from services.audit.domain.world import Standing, World
from shared.views import Document

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class DocumentDigest:
    """One document of one read model as the history makes it. `label` is the aggregate's."""

    service: str
    view: str
    label: str
    key: str
    version: int
    sequence: int
    digest: str

    @property
    def line(self) -> str:
        return f"{self.service}/{self.view}/{self.key} {self.version} {self.digest}"


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What an earlier fact asks of a service that has not answered it yet."""

    reaction: str
    subject: str
    cause_sequence: int


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a replay. `editions` are (id, digest) of all instruments used, `tax_tables` of
    all tables of taxes.
    """

    events: int
    first_sequence: int
    last_sequence: int
    aggregates: int
    digest: str
    documents: tuple[DocumentDigest, ...]
    findings: tuple[Finding, ...]
    outstanding: tuple[Outstanding, ...]
    competitions: tuple[CompetitionTotals, ...]
    funds: tuple[FundTotals, ...]
    reviews: tuple[ReviewTotals, ...]
    editions: tuple[tuple[str, str], ...]
    tax_tables: tuple[tuple[str, str], ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.findings


def documents_of(standing: Standing) -> Iterable[tuple[str, str, Document]]:
    """(service, view, document) of each read model of an aggregate."""
    for shown, view in zip(KINDS[standing.label].shown, standing.views, strict=True):
        if view is not None:
            whole = shown.projection.whole(view)
            yield shown.service, shown.projection.name, whole.model_dump(mode="json")


def digests(world: World) -> tuple[DocumentDigest, ...]:
    """Every document, by service, view and key."""
    found = [
        DocumentDigest(
            service=service,
            view=view,
            label=standing.label,
            key=standing.key,
            version=standing.version,
            sequence=standing.sequence,
            digest=digest_of(document),
        )
        for standing in world.standings.values()
        for service, view, document in documents_of(standing)
    ]
    return tuple(sorted(found, key=lambda each: (each.service, each.view, each.key)))


def digest_of(document: Document) -> str:
    """What `shared.views.document_digest` says, faster.

    Views hold text, whole numbers, booleans and nothing, under plain names: for those, sorted
    compact JSON is the canonical form (RFC 8785).
    """
    return sha256(_encode(document).encode()).hexdigest()


def digest_of_all(documents: Iterable[DocumentDigest]) -> str:
    """SHA-256 over the sorted lines of all documents."""
    text = "".join(f"{line}\n" for line in sorted(each.line for each in documents))
    return sha256(text.encode()).hexdigest()
