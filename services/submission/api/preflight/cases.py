"""From an innovation in the history to the case that the rules examine."""

from dataclasses import dataclass

from fastapi import Response

from services.submission.api.desk import Desk, Held
from services.submission.api.preflight.neighbours import Neighbourhood
from services.submission.domain.clock import Clock
from services.submission.domain.endorsing import digest_of
from services.submission.domain.season import Season
from services.submission.domain.states import Content, Draft, Missing, Reopened, State, Verified
from shared.contents import Readings
from shared.findings import Case, Earlier, Endorsement, Handover
from shared.identity import Access


@dataclass(frozen=True, slots=True)
class Asked:
    """A case, the clock it was made by, and the files that were not read yet."""

    case: Case
    clock: Clock
    season: Season
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    desk: Desk
    readings: Readings
    neighbourhood: Neighbourhood

    async def of(self, access: Access, held: Held, response: Response) -> Asked:
        """Profile, claims and evidence as they are held; the rest as of now."""
        drafted, content = held.drafted, held.content
        clock, season = await self.desk.clock(response, drafted.season_id, drafted.agency_path)
        evidence = tuple(content.evidence[key] for key in sorted(content.evidence))
        read = await self.readings.of(evidence)
        case = Case(
            edition=self.desk.edition_of(drafted.edition_id),
            profile=content.profile,
            claims=tuple(content.claims[code] for code in sorted(content.claims)),
            evidence=evidence,
            readings=read.readings,
            neighbours=await self.neighbourhood.of(access, content, read.readings),
            lineage=drafted.lineage,
            earlier=await self._earlier(drafted.developed_from),
            handover=handover_of(held.state, clock, season),
        )
        return Asked(case, clock, season, read.unread)

    async def _earlier(self, innovation_id: str | None) -> Earlier | None:
        if innovation_id is None:
            return None
        state = (await self.desk.innovations.state(innovation_id, remembered=True)).state
        if isinstance(state, Missing):
            return None
        granted = state.granted if isinstance(state, Verified) else ()
        return Earlier(
            innovation_id,
            state.content.profile,
            {each.indicator: each.level for each in granted},
        )


def handover_of(state: State, clock: Clock, season: Season) -> Handover | None:
    """What a submission now would be held against; None where nothing can be submitted.

    A revision may be due after its season was closed.
    """
    if not isinstance(state, Draft | Reopened):
        return None
    is_revision = isinstance(state, Reopened)
    return Handover(
        at=clock.at,
        deadline=state.due if is_revision else clock.deadline,
        grace_minutes=season.grace_minutes,
        is_season_open=season.is_open or is_revision,
        is_endorsement_required=season.endorsement_required,
        endorsement=_endorsement(state.content),
    )


def _endorsement(content: Content) -> Endorsement:
    given = content.endorsement
    if given is None:
        return "missing"
    return "current" if given.content_digest == digest_of(content) else "lapsed"
