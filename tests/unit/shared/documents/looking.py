"""Files held against the rules of their type, as the sandbox does it, with small limits."""

from shared.documents.content import Failed
from shared.documents.inspection import Inspected, Limits
from shared.documents.inspection.inspecting import inspect

LIMITS = Limits(max_pages=3, max_pixels=10_000)
PDF, PNG, JPEG, MP4 = "application/pdf", "image/png", "image/jpeg", "video/mp4"


def looked_into(content: bytes, media_type: str = PDF) -> Inspected | Failed:
    return inspect(content, media_type, LIMITS)


def rule(content: bytes, media_type: str = PDF) -> str | None:
    """The rule that refuses the file; None when none does."""
    found = looked_into(content, media_type)
    return found.rule if isinstance(found, Failed) else None
