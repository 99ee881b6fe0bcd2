"""What each dossier of the usual innovation is planned to be found, and what must come of it.

Written down without the service's own rules: a small oracle of how two looks and a third one end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from types import MappingProxyType

from tests.component.verification.world import CHECKED_SEASON

CLAIMED: Mapping[str, int] = MappingProxyType({"SID-01": 3, "SID-02": 2, "SID-18": 1})
SEASONS = ("2026", CHECKED_SEASON)
LARGE = 3
"""By so much a verdict lies below its claim where that alone asks for a second look in 2026."""

Levels = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person finds. Nothing is shown for SID-18, so nobody grants a level there."""

    levels: Levels = field(default_factory=dict[str, int])
    admissible: bool = True


def granting(first: int, second: int) -> Opinion:
    return Opinion({"SID-01": first, "SID-02": second, "SID-18": 0})


FULL, LOWER, LEAST, LAST = granting(3, 2), granting(2, 1), granting(0, 2), granting(1, 2)
UNMET = Opinion(admissible=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """Whoever reviews finds `first`, whoever looks again `second`, who resolves it `third`."""

    season_id: str
    first: Opinion
    second: Opinion
    third: Opinion

    @property
    def is_checked(self) -> bool:
        """Whether the review gets a second look."""
        if self.season_id == CHECKED_SEASON or not self.first.admissible:
            return True
        cuts = (CLAIMED[each] - level for each, level in self.first.levels.items())
        return max(cuts) >= LARGE

    @property
    def differing(self) -> tuple[str, ...]:
        """What waits for a third person."""
        first, second = self.first, self.second
        if not self.is_checked:
            return ()
        if first.admissible != second.admissible:
            return ("admissibility",)
        return tuple(each for each in first.levels if first.levels[each] != second.levels[each])

    @property
    def granted(self) -> Levels | None:
        """The levels that must stand in the end; None where the innovation is rejected."""
        if self.differing == ("admissibility",):
            admitting = self.first if self.first.admissible else self.second
            return admitting.levels if self.third.admissible else None
        if not self.first.admissible:
            return None
        resolved = {each: self.third.levels[each] for each in self.differing}
        return {**self.first.levels, **resolved}


KINDS = (
    (FULL, FULL, FULL),
    (LOWER, LOWER, FULL),
    (FULL, LAST, LOWER),
    (LEAST, LEAST, FULL),
    (UNMET, UNMET, FULL),
    (FULL, UNMET, UNMET),
    (UNMET, LOWER, FULL),
    (LAST, LOWER, FULL),
)


def plans(count: int) -> dict[str, Plan]:
    """So many dossiers by their ids, half of them in each season."""
    kinds = [(season, *kind) for kind in KINDS for season in SEASONS]
    return {
        f"inov-{number:02}": Plan(*kind) for number, kind in enumerate(islice(cycle(kinds), count))
    }
