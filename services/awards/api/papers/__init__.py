"""Documents of awards: what they tell from the history, and how they are made. Pure but `made`."""

from services.awards.api.papers.contest import Contest, Names, Payment
from services.awards.api.papers.labels import TITLES
from services.awards.api.papers.making import (
    ENDINGS,
    MEDIA_TYPES,
    Asked,
    Content,
    Format,
    agencies_in,
    content_of,
    made,
    named_in,
    template_of,
)
from services.awards.api.papers.past import Past

__all__ = [
    "ENDINGS",
    "MEDIA_TYPES",
    "TITLES",
    "Asked",
    "Content",
    "Contest",
    "Format",
    "Names",
    "Past",
    "Payment",
    "agencies_in",
    "content_of",
    "made",
    "named_in",
    "template_of",
]
