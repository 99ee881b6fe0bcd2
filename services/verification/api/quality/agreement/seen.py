"""What counting agreement needs of a dossier and of its quality checks. Pure."""

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel, ConfigDict

from shared.events.base import Utc
from shared.events.verification import CheckReason

FIELDS: Final = (
    "round",
    "verified_at",
    "verified_by",
    "checks.round",
    "checks.reasons",
    "checks.reviewed_by",
    "checks.first.indicator",
    "checks.first.granted_level",
    "checks.first_admissibility.admissible",
    "checks.second.indicator",
    "checks.second.granted_level",
    "checks.second_admissibility.admissible",
    "checks.checked_by",
    "checks.decided_at",
    "checks.differing",
    "checks.resolved.indicator",
    "checks.resolved.granted_level",
    "checks.resolved_admissibility.admissible",
    "checks.resolved_at",
)


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Granted(_Seen):
    indicator: str
    granted_level: int


class Found(_Seen):
    admissible: bool


class Look(_Seen):
    """What one person decided: levels by indicator, and admissible or not if they were asked."""

    levels: Mapping[str, int]
    admissible: bool | None

    def differs_from(self, resolution: "Look") -> bool:
        """Whether a third person decided anything of it otherwise."""
        return self._is_other(resolution) or any(
            self.levels.get(indicator, level) != level
            for indicator, level in resolution.levels.items()
        )

    def _is_other(self, resolution: "Look") -> bool:
        return resolution.admissible is not None and self.admissible != resolution.admissible


class CheckSeen(_Seen):
    round: int
    reasons: tuple[CheckReason, ...]
    reviewed_by: str
    first: tuple[Granted, ...] = ()
    first_admissibility: Found | None = None
    second: tuple[Granted, ...] = ()
    second_admissibility: Found | None = None
    checked_by: str | None = None
    decided_at: Utc | None = None
    differing: tuple[str, ...] = ()
    resolved: tuple[Granted, ...] = ()
    resolved_admissibility: Found | None = None
    resolved_at: Utc | None = None

    @property
    def first_look(self) -> Look:
        return _look(self.first, self.first_admissibility)

    @property
    def second_look(self) -> Look:
        return _look(self.second, self.second_admissibility)

    @property
    def resolution(self) -> Look:
        return _look(self.resolved, self.resolved_admissibility)


class DossierSeen(_Seen):
    """A dossier that was checked at least once."""

    round: int
    verified_at: Utc | None = None
    verified_by: str | None = None
    checks: tuple[CheckSeen, ...]

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who ended its reviews: those that were checked, and one after a revision that was not."""
        checked = tuple(check.reviewed_by for check in self.checks)
        is_last_checked = any(check.round == self.round for check in self.checks)
        if self.verified_by is None or is_last_checked:
            return checked
        return (*checked, self.verified_by)


def _look(granted: tuple[Granted, ...], found: Found | None) -> Look:
    levels = {each.indicator: each.granted_level for each in granted}
    return Look(levels=levels, admissible=None if found is None else found.admissible)
