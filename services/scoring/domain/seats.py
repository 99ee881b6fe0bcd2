"""Who sits on an open panel, what they sealed, and which scores are still awaited. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from shared.errors import Refused
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
    """Judges seal their scores; a drafter of an entry counts as recused from it.

    `seats` are the entries before each judge, in the order in which judges were seated. `third`
    are the third readings that stand, `fixed` the seals that nobody may replace any more.
    """

    opened: PanelOpened
    seats: Mapping[str, frozenset[str]]
    seals: Mapping[Pair, Seal] = field(default_factory=lambda: NO_SEALS)
    recused: frozenset[Pair] = frozenset()
    unseated: frozenset[str] = frozenset()
    third: frozenset[Pair] = frozenset()
    fixed: frozenset[Pair] = frozenset()

    @property
    def panel_id(self) -> str:
        return self.opened.panel_id

    @property
    def judges(self) -> tuple[str, ...]:
        """Everybody who sits on the panel now, third readers among them."""
        return tuple(self.seats)

    @property
    def awaited(self) -> tuple[Pair, ...]:
        """The scores that are still to come, in the order of entries and judges."""
        return tuple(pair for pair in self._due() if pair not in self.seals)

    @property
    def sealed(self) -> tuple[Pair, ...]:
        """The scores that were sealed and count, in the order of entries and judges."""
        return tuple(pair for pair in self._due() if pair in self.seals)

    def reads(self, judge_id: str, innovation_id: str) -> bool:
        """Whether the entry is before this judge, who may be recused from it all the same."""
        return innovation_id in self.seats.get(judge_id, ())

    def readers(self, entry: PanelEntry) -> tuple[str, ...]:
        """The judges who score the entry."""
        innovation = entry.innovation_id
        return tuple(
            judge
            for judge, seat in self.seats.items()
            if innovation in seat and not self.is_kept_from(judge, entry)
        )

    def is_kept_from(self, judge_id: str, entry: PanelEntry) -> bool:
        """Whether the judge drafted the entry or is recused from it."""
        return judge_id in entry.drafters or (judge_id, entry.innovation_id) in self.recused

    def _due(self) -> tuple[Pair, ...]:
        return tuple(
            (judge, entry.innovation_id)
            for entry in self.opened.entries
            for judge in self.readers(entry)
        )


def at_opening(opened: PanelOpened) -> Open:
    """The panel as it opens: every judge on every entry."""
    return Open(opened, dict.fromkeys(opened.judges, innovations_of(opened)))


def innovations_of(opened: PanelOpened) -> frozenset[str]:
    return frozenset(entry.innovation_id for entry in opened.entries)


def require_complete(panel: Open) -> None:
    """Refused while a score is awaited, or where nobody is left to give one."""
    if panel.awaited:
        raise Refused(
            "scores_awaited",
            "Every judge must have sealed a score, or be recused, for every entry.",
            awaited=tuple(f"{judge}/{entry}" for judge, entry in panel.awaited),
        )
    judged = {entry for _, entry in panel.sealed}
    for entry in panel.opened.entries:
        if entry.innovation_id not in judged:
            raise Refused(
                "entry_without_score",
                "An entry that no judge may score has none: seat another judge for it.",
                innovation_id=entry.innovation_id,
            )


def is_tied_by_agency(agency: str | None, agency_path: tuple[str, ...], entry: PanelEntry) -> bool:
    """By an agency that is, is above or is below the entry's own."""
    is_above_or_own = agency is not None and agency in entry.agency_path
    return is_above_or_own or any(owner in agency_path for owner in entry.agency_path[-1:])


def is_conflicted(
    judge_id: str, agency: str | None, agency_path: tuple[str, ...], entry: PanelEntry
) -> bool:
    return judge_id in entry.drafters or is_tied_by_agency(agency, agency_path, entry)
