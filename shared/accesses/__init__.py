"""Who was given which document becomes a fact, before the document is shown."""

from shared.accesses.deciding import WINDOW, Lately, OpenEvidence, opening
from shared.accesses.recording import Openings

__all__ = ["WINDOW", "Lately", "OpenEvidence", "Openings", "opening"]
