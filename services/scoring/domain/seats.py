"""Who sits on an open panel, what they sealed, and which scores are still awaited. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from shared.events.scoring import PanelEntry, PanelOpened

Pair = tuple[str, str]
"""A judge and an innovation."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What the history holds of a score before the reveal."""

    commitment: str
    ciphertext: str


NO_SEALS: Mapping[Pair, Seal] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Open:
    """Judges seal their scores; a drafter of an entry counts as recused from it."""

    opened: PanelOpened
    seals: Mapping[Pair, Seal] = field(default_factory=lambda: NO_SEALS)
    recused: frozenset[Pair] = frozenset()

    @property
    def panel_id(self) -> str:
        return self.opened.panel_id

    @property
    def awaited(self) -> tuple[Pair, ...]:
        """The scores that are still to come, in the order of entries and judges."""
        return tuple(pair for pair in self._due() if pair not in self.seals)

    @property
    def sealed(self) -> tuple[Pair, ...]:
        """The scores that were sealed and count, in the order of entries and judges."""
        return tuple(pair for pair in self._due() if pair in self.seals)

    def _due(self) -> tuple[Pair, ...]:
        return tuple(
            (judge, entry.innovation_id)
            for entry in self.opened.entries
            for judge in self.opened.judges
            if judge not in entry.drafters and (judge, entry.innovation_id) not in self.recused
        )


def is_tied_by_agency(agency: str | None, agency_path: tuple[str, ...], entry: PanelEntry) -> bool:
    """By an agency that is, is above or is below the entry's own."""
    is_above_or_own = agency is not None and agency in entry.agency_path
    return is_above_or_own or any(owner in agency_path for owner in entry.agency_path[-1:])


def is_conflicted(
    judge_id: str, agency: str | None, agency_path: tuple[str, ...], entry: PanelEntry
) -> bool:
    return judge_id in entry.drafters or is_tied_by_agency(agency, agency_path, entry)
