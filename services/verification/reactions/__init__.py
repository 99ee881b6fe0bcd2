"""What facts ask for: others' facts of dossiers, and dossiers' own of a word to agencies. Pure."""

from services.verification.reactions.notices import (
    Notice,
    NoticeKind,
    Params,
    is_told,
    notice_of,
    subject_in,
)
from services.verification.reactions.others import (
    on_due_passed,
    on_innovation_submitted,
    on_innovation_withdrawn,
    on_objection_decided,
    on_submission_completed,
)
from services.verification.reactions.telling import Words, told

__all__ = [
    "Notice",
    "NoticeKind",
    "Params",
    "Words",
    "is_told",
    "notice_of",
    "on_due_passed",
    "on_innovation_submitted",
    "on_innovation_withdrawn",
    "on_objection_decided",
    "on_submission_completed",
    "subject_in",
    "told",
]
