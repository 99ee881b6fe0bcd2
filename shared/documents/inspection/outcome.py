"""What an inspection is given and what it answers. Pure."""

from dataclasses import dataclass
from typing import Literal

from shared.documents.results import Properties

TEXT_CHARACTERS = 200_000

NoPicture = Literal["no_page", "no_pictures", "too_large", "unreadable"]
"""Why a page is not shown: the file ends before it, or has nothing to be seen as a page."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file that is still looked into."""

    max_pages: int
    max_pixels: int


@dataclass(frozen=True, slots=True)
class Inspected:
    """No rule is broken. `text` is that of a PDF, None when it says nothing."""

    properties: Properties
    text: str | None = None
