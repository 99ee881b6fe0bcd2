"""Where an innovation is asked for: found for those who may touch it, answered with its clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fastapi import Response

from services.submission.api.clocks import Now, show_clock
from services.submission.api.reach import Agencies, require_reach
from services.submission.domain import season
from services.submission.domain.clock import Clock, clock_of
from services.submission.domain.commands import Command
from services.submission.domain.season import Season
from services.submission.domain.states import Content, Missing, State
from shared.editions import Edition
from shared.errors import NotFound, Refused, Unavailable
from shared.events.submission import InnovationDrafted, InnovationEvent, SeasonEvent
from shared.history import Handler, Outcome
from shared.http import Ask, Written
from shared.identity import Access

Innovations = Handler[Command, State, InnovationEvent]
Seasons = Handler[season.Command, season.State, SeasonEvent]
EditionOf = Callable[[str], Edition]
CLOCK_FRESH = timedelta(seconds=5)
"""How long a season's clock is shown from memory: another replica may have moved its deadline."""


class InnovationWritten(Written):
    """What a write led to, and whether it was only training."""

    training: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An innovation as the history knows it, at one version."""

    state: State
    content: Content
    version: int
    sequence: int

    @property
    def drafted(self) -> InnovationDrafted:
        return self.content.drafted


@dataclass(frozen=True, slots=True)
class Desk:
    """What all routes of an innovation share; `now` is the clock that commands are dated by."""

    innovations: Innovations
    agencies: Agencies
    seasons: Seasons
    edition_of: EditionOf
    now: Now
    _seen: dict[str, tuple[datetime, Season]] = field(
        init=False, default_factory=dict[str, tuple[datetime, Season]]
    )

    async def held(self, who: Ask | Access, innovation_id: str, *, fresh: bool = False) -> Held:
        """The innovation as last seen here, or as of now if `fresh`, if this person may touch it.

        Raises `NotFound`.
        """
        known = await self.innovations.state(innovation_id, remembered=not fresh)
        if isinstance(known.state, Missing):
            known = await self.innovations.state(innovation_id)
        if isinstance(known.state, Missing):
            raise NotFound("not_found", "There is no such thing, or none that you may see.")
        content = known.state.content
        await self.require(who, content.drafted.agency_path)
        return Held(known.state, content, known.version, known.sequence)

    async def content(self, who: Ask | Access, innovation_id: str) -> Content:
        """As `held`, for those who only need what it holds."""
        return (await self.held(who, innovation_id)).content

    async def require(self, who: Ask | Access, agency_path: tuple[str, ...]) -> None:
        """NotFound unless the caller's agency is in the path or carries on for one in it."""
        access = who.access if isinstance(who, Ask) else who
        await require_reach(access, self.agencies, agency_path)

    async def season(self, season_id: str) -> Season:
        """The season as of now. Raises `Refused` when there is none."""
        state = (await self.seasons.state(season_id)).state
        if not isinstance(state, Season):
            raise Refused("season_unknown", "There is no such season.", season=season_id)
        self._seen[season_id] = (self.now(), state)
        return state

    async def open_season(self, season_id: str) -> Season:
        """The season as of now. Raises `Refused` when there is none or it is closed."""
        found = await self.season(season_id)
        if not found.is_open:
            raise Refused("season_closed", "The season is closed.", season=season_id)
        return found

    async def clock(
        self, response: Response, season_id: str, agency_path: tuple[str, ...]
    ) -> tuple[Clock, Season]:
        """The agency's clock, also shown in the answer's headers."""
        found = await self._season_lately(season_id)
        clock = clock_of(found, agency_path, self.now())
        show_clock(response, clock)
        return clock, found

    async def _season_lately(self, season_id: str) -> Season:
        known = self._seen.get(season_id)
        if known is not None and abs(self.now() - known[0]) <= CLOCK_FRESH:
            return known[1]
        try:
            return await self.season(season_id)
        except Unavailable:
            # What was written is written: an older deadline, which only moves away, will do.
            if known is None:
                raise
            return known[1]

    async def written(
        self, ask: Ask, outcome: Outcome[InnovationEvent], drafted: InnovationDrafted
    ) -> InnovationWritten:
        """The answer to a write, with the clock in its headers."""
        await self.clock(ask.response, drafted.season_id, drafted.agency_path)
        return InnovationWritten(**dict(ask.written(outcome)), training=drafted.training)
