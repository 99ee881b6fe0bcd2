"""Who was given which document here."""

from typing import ClassVar

from shared.events.access import Opening
from shared.events.base import Aggregate, facts_of


class EvidenceOpened(Opening):
    """A person was given a document, or words or pages of it. Said before it is shown, and once
    in a quarter of an hour for each person. `about` is the innovation it was shown for.
    """

    ce_type: ClassVar[str] = "inda.verification.evidence-opened.v1"


AccessEvent = EvidenceOpened

ACCESS = Aggregate[AccessEvent]("verification", "access", facts_of(AccessEvent))
"""One a document, by its SHA-256: who opened it."""
