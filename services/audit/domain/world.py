"""What the history has said so far: where each aggregate stands, and what others rest on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from services.audit.domain.findings import Finding
from services.awards.domain.competition import State as CompetitionState
from services.submission.domain import agency, season
from shared.editions import Edition, EditionError
from shared.events.awards import COMPETITION
from shared.events.base import Recorded
from shared.events.scoring import InnovationScored
from shared.events.submission import AGENCY, SEASON

EditionOf = Callable[[str], Edition]
"""The edition of an id as this build has it. May raise `EditionError`."""


class Untold(Exception):
    """A fact rests on something that the history has not said before it."""


class OtherEdition(Exception):
    """A fact names an edition that this build does not have, or has otherwise."""

    def __init__(self, what: str, expected: str = "", found: str = "") -> None:
        super().__init__(what)
        self.expected = expected
        self.found = found


@dataclass(slots=True)
class Standing:
    """One aggregate: its decider's state and its documents, one of each projection.

    `is_lost` from the first fact on that could not be read or folded: what follows cannot be
    judged by a state that nobody knows.
    """

    label: str
    key: str
    state: Any
    views: list[BaseModel | None]
    version: int = 0
    sequence: int = 0
    is_lost: bool = False


@dataclass(slots=True)
class World:
    """Grows as the history is read; its size is that of the aggregates, not of their facts."""

    edition_of: EditionOf
    standings: dict[str, Standing] = field(default_factory=dict[str, Standing])
    scorecards: dict[tuple[str, int], InnovationScored] = field(
        default_factory=dict[tuple[str, int], InnovationScored]
    )
    scored: dict[str, Recorded[InnovationScored]] = field(
        default_factory=dict[str, Recorded[InnovationScored]]
    )
    newest: dict[str, InnovationScored] = field(default_factory=dict[str, InnovationScored])
    editions: dict[str, Edition] = field(default_factory=dict[str, Edition])
    findings: list[Finding] = field(default_factory=list[Finding])

    def edition(self, edition_id: str, digest: str) -> Edition:
        """The instrument that a fact names. Raises `OtherEdition`."""
        edition = self.editions.get(edition_id) or self._loaded(edition_id, digest)
        if edition.digest != digest:
            raise OtherEdition(
                f"The edition {edition_id} of this build is not the one that was used.",
                edition.digest,
                digest,
            )
        return edition

    def _loaded(self, edition_id: str, digest: str) -> Edition:
        try:
            edition = self.edition_of(edition_id)
        except EditionError as error:
            raise OtherEdition(str(error), "nothing", digest) from error
        self.editions[edition_id] = edition
        return edition

    def season(self, season_id: str) -> season.Season:
        """Raises `Untold`."""
        known = self.standings.get(SEASON.subject(season_id))
        if known is None or not isinstance(known.state, season.Season):
            raise Untold(f"The season {season_id} was never opened.")
        return known.state

    def agency(self, agency_id: str) -> agency.Agency:
        """Raises `Untold`."""
        known = self.standings.get(AGENCY.subject(agency_id))
        if known is None or not isinstance(known.state, agency.Agency):
            raise Untold(f"The agency {agency_id} was never registered.")
        return known.state

    def path_of(self, agency_id: str | None) -> tuple[str, ...]:
        """The path of a person's agency; agencies that the tree does not hold stand alone."""
        if agency_id is None:
            return ()
        known = self.standings.get(AGENCY.subject(agency_id))
        if known is None or not isinstance(known.state, agency.Agency):
            return (agency_id,)
        return known.state.path

    def competition(self, competition_id: str) -> CompetitionState:
        """Raises `Untold`."""
        known = self.standings.get(COMPETITION.subject(competition_id))
        if known is None:
            raise Untold(f"The competition {competition_id} was never announced.")
        return known.state

    def scorecard(self, innovation_id: str, number: int) -> InnovationScored:
        """Raises `Untold`."""
        found = self.scorecards.get((innovation_id, number))
        if found is None:
            raise Untold(f"Scorecard {number} of {innovation_id} was never said.")
        return found

    def newest_scorecard(self, innovation_id: str) -> InnovationScored:
        """Raises `Untold`."""
        found = self.newest.get(innovation_id)
        if found is None:
            raise Untold(f"{innovation_id} was never scored.")
        return found

    def scorecards_of(self, season_id: str) -> Sequence[InnovationScored]:
        """The newest scorecard of every innovation of a season."""
        return tuple(each for each in self.newest.values() if each.season_id == season_id)

    def remember(self, event: Recorded[InnovationScored]) -> None:
        fact = event.fact
        self.scorecards[(fact.innovation_id, fact.number)] = fact
        self.newest[fact.innovation_id] = fact
        self.scored[event.id] = event
