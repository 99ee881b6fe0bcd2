"""What the history has said so far: where each aggregate stands, and what others rest on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from services.audit.domain.findings import Finding
from services.audit.domain.memory import Asked, Owed
from services.audit.domain.reviews import Reviews
from services.awards.domain.competition import State as CompetitionState
from services.awards.domain.taxation import State as TaxState
from services.submission.domain import agency, replication
from services.submission.domain.season import Season
from services.submission.domain.states import Known, Missing
from shared.editions import Edition, EditionError
from shared.editions.taxes import TaxTable
from shared.errors import NotFound
from shared.events.awards import COMPETITION, TAX
from shared.events.base import Recorded
from shared.events.scoring import InnovationScored
from shared.events.submission import (
    AGENCY,
    INNOVATION,
    REPLICATION,
    SEASON,
    AgencySucceeded,
    ReplicationStated,
)

EditionOf = Callable[[str], Edition]
"""The edition of an id as this build has it. May raise `EditionError`."""
TableOf = Callable[[str], TaxTable]
"""The table of taxes of an id as this build has it. May raise `EditionError` or `NotFound`."""


class Untold(Exception):
    """A fact rests on something that the history has not said before it."""


class OtherEdition(Exception):
    """A fact names an edition or a table that this build does not have, or has otherwise."""

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
    table_of: TableOf
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
    seasons: dict[str, list[Season]] = field(default_factory=dict[str, list[Season]])
    predecessors: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """By agency, those that it carries on for in one step."""
    reviews: Reviews = field(default_factory=Reviews)
    tables: dict[str, TaxTable] = field(default_factory=dict[str, TaxTable])
    adopted: set[str] = field(default_factory=set[str])
    published_at: dict[str, datetime] = field(default_factory=dict[str, datetime])
    """By competition."""
    readings: dict[str, list[Asked]] = field(default_factory=dict[str, list[Asked]])
    """By panel, the third readings that were asked."""
    owed: list[Owed] = field(default_factory=list[Owed])
    """The newest computations of what results owe."""

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

    def tax_table(self, table_id: str, digest: str) -> TaxTable:
        """The table that a fact names. Raises `OtherEdition`."""
        table = self.tables.get(table_id) or self._loaded_table(table_id, digest)
        if table.digest != digest:
            raise OtherEdition(
                f"The table of taxes {table_id} of this build is not the one that was used.",
                table.digest,
                digest,
            )
        return table

    def _loaded_table(self, table_id: str, digest: str) -> TaxTable:
        try:
            table = self.table_of(table_id)
        except (EditionError, NotFound) as error:
            raise OtherEdition(str(error), "nothing", digest) from error
        self.tables[table_id] = table
        return table

    def taxations(self) -> tuple[TaxState, ...]:
        """What became of every table of taxes that was adopted."""
        return tuple(self.standings[TAX.subject(each)].state for each in sorted(self.adopted))

    def season(self, season_id: str) -> Season:
        """Raises `Untold`."""
        known = self.standings.get(SEASON.subject(season_id))
        if known is None or not isinstance(known.state, Season):
            raise Untold(f"The season {season_id} was never opened.")
        return known.state

    def seasons_before(self, season_id: str) -> Sequence[Season]:
        """The season as it stood after each of its facts, the newest first."""
        return self.seasons.get(season_id, [])[::-1]

    def remember_season(self, standing: Standing) -> None:
        if isinstance(standing.state, Season):
            self.seasons.setdefault(standing.key, []).append(standing.state)

    def innovation(self, innovation_id: str) -> Known:
        """Raises `Untold`."""
        known = self.standings.get(INNOVATION.subject(innovation_id))
        if known is None or known.is_lost or isinstance(known.state, Missing):
            raise Untold(f"The innovation {innovation_id} was never drafted.")
        return known.state

    def is_known(self, innovation_id: str) -> bool:
        known = self.standings.get(INNOVATION.subject(innovation_id))
        return known is not None and not isinstance(known.state, Missing)

    def statement(self, replication_id: str) -> ReplicationStated:
        """A statement of replication that stands. Raises `Untold`."""
        known = self.standings.get(REPLICATION.subject(replication_id))
        if known is None or not isinstance(known.state, replication.Standing):
            raise Untold(f"The statement of replication {replication_id} does not stand.")
        return known.state.stated

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

    def carried_on_by(self, agency_id: str | None) -> frozenset[str]:
        """The agency itself, and all that carry on for it by succession, however many steps on."""
        found: set[str] = set()
        waiting = [] if agency_id is None else [agency_id]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting += self.agency(each).successors
        return frozenset(found)

    def remember_succession(self, fact: AgencySucceeded) -> None:
        for each in fact.successors:
            self.predecessors.setdefault(each, set()).add(fact.agency_id)

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
