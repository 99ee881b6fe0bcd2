"""What a receipt says: exactly what was handed in, when, and what of it had come in. Pure.

It follows from one fact and its place in the history, so that it can be made again at any time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from services.submission.api.receipts.statements import Statement, handed_in, in_wita, made_complete
from shared.events.base import Utc
from shared.events.submission import (
    Claim,
    EvidenceItem,
    FileEvidence,
    InnovationSubmitted,
    LinkEvidence,
    ReplicationEvidence,
    SubmissionCompleted,
)
from shared.history import derived_id
from shared.http import Answer


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands in the history: what a rehearsal does not have."""

    event_id: str
    version: int
    sequence: int


class ReceiptItem(Answer):
    """One item of the manifest. `name` is a file's name, a link's address, or a statement's id."""

    evidence_id: str
    name: str
    kind: Literal["file", "link", "replication"]
    evidence_kind: str
    sha256: str
    size_bytes: int | None
    indicators: tuple[str, ...]
    taken_in: bool


class MissingItem(ReceiptItem):
    """What was declared and is not part of the submission; `rule` refused it where one did."""

    because: Literal["never_came", "refused"]
    rule: str | None


class SubmissionReceipt(Answer):
    """What was handed in, and its place in the history.

    `signature` is a compact JWS (Ed25519) that holds the canonical JSON (RFC 8785) of all other
    fields; a rehearsal (`dry_run`) has none, and no place in the history.
    """

    document: Literal["inda.receipt.v1"] = "inda.receipt.v1"
    issuer: str
    receipt_id: str | None
    innovation_id: str
    title: str
    agency_id: str
    agency_path: tuple[str, ...]
    region_id: str
    season_id: str
    training: bool
    round: int
    submitted_at: Utc
    submitted_at_wita: str
    submitted_by: str
    version: int | None
    sequence: int | None
    event_id: str | None
    edition_id: str
    edition_digest: str
    content_digest: str | None
    endorsed_by: str | None
    complete_by: Utc | None
    claims: tuple[Claim, ...]
    manifest: tuple[ReceiptItem, ...]
    statement: Statement
    dry_run: bool = False
    signature: str | None = None


class CompletionReceipt(Answer):
    """How a submission with files on their way ended: what came in, and what is missing.

    `signature` is as that of the receipt that it belongs to, `receipt_id`.
    """

    document: Literal["inda.completion.v1"] = "inda.completion.v1"
    issuer: str
    completion_id: str
    receipt_id: str
    innovation_id: str
    title: str
    agency_id: str
    season_id: str
    training: bool
    round: int
    completed_at: Utc
    completed_at_wita: str
    version: int
    sequence: int
    event_id: str
    manifest: tuple[ReceiptItem, ...]
    missing: tuple[MissingItem, ...]
    statement: Statement
    signature: str | None = None


def receipt_of(issuer: str, fact: InnovationSubmitted, place: Place | None) -> SubmissionReceipt:
    """Without its signature. Without a place it is that of a rehearsal."""
    return SubmissionReceipt(
        issuer=issuer,
        receipt_id=None if place is None else receipt_id(place.event_id),
        innovation_id=fact.innovation_id,
        title=fact.profile.title,
        agency_id=fact.agency_id,
        agency_path=fact.agency_path,
        region_id=fact.region_id,
        season_id=fact.season_id,
        training=fact.training,
        round=fact.round,
        submitted_at=fact.at,
        submitted_at_wita=in_wita(fact.at),
        submitted_by=fact.by,
        version=None if place is None else place.version,
        sequence=None if place is None else place.sequence,
        event_id=None if place is None else place.event_id,
        edition_id=fact.edition_id,
        edition_digest=fact.edition_digest,
        content_digest=fact.content_digest,
        endorsed_by=fact.endorsed_by,
        complete_by=fact.complete_by,
        claims=fact.claims,
        manifest=tuple(_item(item) for item in fact.manifest),
        statement=handed_in(fact, None if place is None else place.sequence),
        dry_run=place is None,
    )


def completion_of(
    issuer: str,
    submitted: tuple[InnovationSubmitted, Place],
    completed: tuple[SubmissionCompleted, Place],
    refused: Mapping[str, str],
) -> CompletionReceipt:
    """Without its signature. `refused` are the rules that refused items of the round, by id."""
    before, (fact, place) = submitted[0], completed
    lost = [item for item in before.manifest if item.evidence_id in fact.missing]
    missing = tuple(_missing(item, refused.get(item.evidence_id)) for item in lost)
    return CompletionReceipt(
        issuer=issuer,
        completion_id=derived_id("completion", place.event_id),
        receipt_id=receipt_id(submitted[1].event_id),
        innovation_id=fact.innovation_id,
        title=fact.profile.title,
        agency_id=fact.agency_id,
        season_id=fact.season_id,
        training=fact.training,
        round=fact.round,
        completed_at=fact.at,
        completed_at_wita=in_wita(fact.at),
        version=place.version,
        sequence=place.sequence,
        event_id=place.event_id,
        manifest=tuple(_item(item) for item in fact.manifest),
        missing=missing,
        statement=made_complete(fact, tuple(item.name for item in missing)),
    )


def receipt_id(event_id: str) -> str:
    return derived_id("receipt", event_id)


def _item(item: EvidenceItem) -> ReceiptItem:
    content = item.content
    return ReceiptItem(
        evidence_id=item.evidence_id,
        name=_name(item),
        kind=content.kind,
        evidence_kind=item.evidence_kind,
        sha256=content.sha256,
        size_bytes=content.size_bytes if isinstance(content, FileEvidence) else None,
        indicators=item.indicators,
        taken_in=item.accepted,
    )


def _missing(item: EvidenceItem, rule: str | None) -> MissingItem:
    because = "never_came" if rule is None else "refused"
    return MissingItem(**_item(item).model_dump(), because=because, rule=rule)


def _name(item: EvidenceItem) -> str:
    match item.content:
        case FileEvidence() as file:
            return file.file_name
        case LinkEvidence() as link:
            return link.url
        case ReplicationEvidence() as statement:
            return statement.replication_id
