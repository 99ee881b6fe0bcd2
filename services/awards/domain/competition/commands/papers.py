"""Who receives what is won, and the documents about it."""

from dataclasses import dataclass
from datetime import datetime

from shared.events.awards import DocumentKind, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRecipients:
    by: str
    at: datetime
    agency: str | None
    innovation_id: str
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDocument:
    """Record a document that was made from `version` of the results."""

    by: str
    at: datetime
    document_id: str
    kind: DocumentKind
    media_type: str
    version: int
    about: str | None
    sha256: str
    size: int
    content_digest: str
    template: str
    verify_url: str
    has_names: bool
