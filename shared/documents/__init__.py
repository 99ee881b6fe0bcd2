"""Evidence files: a quarantine for uploads, a locked content address for what was taken in."""

from shared.documents.content import (
    EVIDENCE_MEDIA_TYPES,
    Content,
    Declared,
    Failed,
    first_failed,
)
from shared.documents.documents import Documents
from shared.documents.inspection import NoPicture
from shared.documents.refusals import LANGUAGES, explain
from shared.documents.results import (
    Accepted,
    Held,
    Intake,
    NotUploaded,
    PartForm,
    Properties,
    Stored,
    UploadForm,
    UploadParts,
)
from shared.documents.scanning import NoScanner, Scan, Scanner, Verdict
from shared.documents.storage import Connection, Lock
from shared.documents.terms import Terms
from shared.documents.wiring import documents_of

__all__ = [
    "EVIDENCE_MEDIA_TYPES",
    "LANGUAGES",
    "Accepted",
    "Connection",
    "Content",
    "Declared",
    "Documents",
    "Failed",
    "Held",
    "Intake",
    "Lock",
    "NoPicture",
    "NoScanner",
    "NotUploaded",
    "PartForm",
    "Properties",
    "Scan",
    "Scanner",
    "Stored",
    "Terms",
    "UploadForm",
    "UploadParts",
    "Verdict",
    "documents_of",
    "explain",
    "first_failed",
]
