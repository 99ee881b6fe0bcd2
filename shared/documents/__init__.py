"""Evidence files: a quarantine for uploads, a locked content address for what was taken in."""

from shared.documents.content import (
    EVIDENCE_MEDIA_TYPES,
    Content,
    Declared,
    Failed,
    first_failed,
)
from shared.documents.documents import Documents
from shared.documents.results import Accepted, Held, Intake, NotUploaded, Stored, UploadForm
from shared.documents.scanning import NoScanner, Scan, Scanner, Verdict
from shared.documents.storage import Connection, Lock
from shared.documents.wiring import documents_of

__all__ = [
    "EVIDENCE_MEDIA_TYPES",
    "Accepted",
    "Connection",
    "Content",
    "Declared",
    "Documents",
    "Failed",
    "Held",
    "Intake",
    "Lock",
    "NoScanner",
    "NotUploaded",
    "Scan",
    "Scanner",
    "Stored",
    "UploadForm",
    "Verdict",
    "documents_of",
    "first_failed",
]
