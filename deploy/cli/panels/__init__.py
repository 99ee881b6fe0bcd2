"""`inda panel`: judging, sealed until the reveal."""

from deploy.cli.panels import reading, revealing, scoring, seating
from deploy.cli.panels.group import panel

__all__ = ["panel", "reading", "revealing", "scoring", "seating"]
