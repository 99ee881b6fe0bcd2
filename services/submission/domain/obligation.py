"""What an agency owes in a season, and how far it is with it. Pure."""

from dataclasses import dataclass
from typing import Literal

Standing = Literal["owing", "drafting", "submitted", "verified", "fulfilled"]
"""Owing: too little is handed in and nothing is in the works; drafting: it is in the works.
Submitted: enough is handed in; verified: some of it is verified; fulfilled: all that was promised.
"""

Furthest = Literal["rejected", "draft", "reopened", "submitted", "verified"]


@dataclass(frozen=True, slots=True)
class Reported:
    """An agency's innovations of one season by state; those that were withdrawn do not count.

    What was rejected was handed in, which is the duty; that it is no innovation is a grade.
    """

    draft: int = 0
    reopened: int = 0
    submitted: int = 0
    verified: int = 0
    rejected: int = 0

    @property
    def handed_in(self) -> int:
        return self.reopened + self.submitted + self.verified + self.rejected

    @property
    def furthest(self) -> Furthest | None:
        if self.verified:
            return "verified"
        if self.submitted:
            return "submitted"
        if self.reopened:
            return "reopened"
        if self.draft:
            return "draft"
        return "rejected" if self.rejected else None


def owes(promised: int, reported: Reported) -> bool:
    return reported.handed_in < promised


def standing_of(promised: int, reported: Reported) -> Standing:
    if owes(promised, reported):
        return "drafting" if reported.draft else "owing"
    if reported.verified >= promised:
        return "fulfilled"
    return "verified" if reported.verified else "submitted"
