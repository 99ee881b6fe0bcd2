"""A history as it is read for a replay: in order, to an end that is fixed before."""

from services.audit.reading.alone import Progress, Reading, Until, Watch
from services.audit.reading.sources import EVERY_SUBJECT, HeldSource, Source, StreamSource

__all__ = [
    "EVERY_SUBJECT",
    "HeldSource",
    "Progress",
    "Reading",
    "Source",
    "StreamSource",
    "Until",
    "Watch",
]
