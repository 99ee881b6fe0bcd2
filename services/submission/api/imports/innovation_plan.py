"""What the rows of the innovations' sheet ask of the history: drafts, profiles, claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from services.submission.api.desk import Desk
from services.submission.api.imports.cells import plain
from services.submission.api.imports.columns import AGENCY, BY_FIELD, ID
from services.submission.api.imports.faults import Fault, of_refusal
from services.submission.api.imports.innovation_aims import Aim, Aims, Known, New
from services.submission.api.imports.innovation_rows import TITLE, Reader
from services.submission.api.imports.reports import Decided
from services.submission.api.imports.sheets import Row
from services.submission.domain.agency import Agency
from services.submission.domain.commands import ClaimLevel, Command, DraftInnovation, ReviseProfile
from services.submission.domain.season import Season, deadline_for
from services.submission.domain.states import Content, Missing
from services.submission.projections.innovations import InnovationView, title_key
from shared.errors import DomainError, NotFound, Unavailable
from shared.events.submission import Claim, Profile
from shared.history import Cause, Together, derived_id
from shared.http import Ask
from shared.identity import Thing

PROFILE, DRAFT = "profile", "draft"
"""What a command of a row is called, beside those that are called by their indicator."""

LOCKED = ("innovation_locked", "innovation_developed")


@dataclass(slots=True)
class InnovationPlan:
    """`taken` are innovations of the season that have a title of the rows, by agency and title."""

    desk: Desk
    ask: Ask
    season: Season
    reader: Reader
    aims: Aims
    taken: Mapping[tuple[str, str], Sequence[InnovationView]]
    _agencies: dict[str, Agency | None] = field(default_factory=dict[str, Agency | None])
    _reached: dict[str, bool] = field(default_factory=dict[str, bool])

    def waves(self, rows: Sequence[Row]) -> list[list[Row]]:
        return [list(rows)]

    async def look(self, together: Together, row: Row, *, certain: bool) -> None:
        aim = self.aims.of.get(row.number)
        if aim is None:
            return
        if isinstance(aim, New):
            await together.look(self.desk.innovations, aim.innovation_id, new=not certain)
            await self._look_for_agency(aim.agency_id)
            return
        state = await together.look(self.desk.innovations, aim.innovation_id)
        if not isinstance(state, Missing):
            path = state.content.drafted.agency_path
            self._reached[aim.innovation_id] = await self._is_reached(path)

    def has_happened(self, together: Together, row: Row) -> bool:
        aim = self.aims.of.get(row.number)
        if aim is None:
            return False
        steps = (DRAFT,) if isinstance(aim, New) else (PROFILE, *self._indicators())
        return any(
            together.has_happened(self.desk.innovations, aim.innovation_id, self._cause(row, step))
            for step in steps
        )

    def given_again(self, together: Together, row: Row, *, stored: bool) -> Decided:
        aim, name = self.aims.of[row.number], plain(row.cells.get(TITLE))
        if stored:
            outcome = "created" if isinstance(aim, New) else "updated"
            return Decided(row.number, aim.innovation_id, name, outcome)
        same = self.taken.get((aim.agency_id, title_key(name)), ()) if isinstance(aim, New) else ()
        there = same[0].innovation_id if same else aim.innovation_id
        return Decided(row.number, there, name, "unchanged")

    def decide(self, together: Together, row: Row) -> Decided:
        fault = self.aims.faults.get(row.number)
        if fault is not None:
            return self._refused(row, [fault])
        aim = self.aims.of[row.number]
        match aim:
            case New():
                return self._drafted(together, row, aim)
            case Known():
                return self._changed(together, row, aim)
            case _:
                assert_never(aim)

    async def _look_for_agency(self, agency_id: str) -> None:
        if agency_id in self._agencies:
            return
        state = (await self.desk.agencies.state(agency_id)).state
        is_own = isinstance(state, Agency) and self.ask.access.may(Thing(state.path))
        self._agencies[agency_id] = state if is_own and isinstance(state, Agency) else None

    async def _is_reached(self, path: tuple[str, ...]) -> bool:
        try:
            await self.desk.require(self.ask, path)
        except NotFound:
            return False
        return True

    def _drafted(self, together: Together, row: Row, aim: New) -> Decided:
        agency = self._agencies.get(aim.agency_id)
        profile, faults = self.reader.profile(row, None)
        claims, amiss = self.reader.claims(row, {})
        faults += amiss
        if agency is None:
            faults.insert(0, Fault("not_found", AGENCY))
        elif agency.is_closed:
            faults.insert(0, Fault("agency_closed", AGENCY))
        if not self.season.is_open:
            faults.insert(0, Fault("season_closed"))
        if faults or agency is None or profile is None:
            return self._refused(row, faults)
        there = self._already(row, aim, profile)
        if there is not None:
            return there
        command = self._draft(aim, agency, profile)
        faults = self._give(together, row, aim, [(DRAFT, command), *self._claiming(claims)])
        if faults:
            return self._refused(row, faults)
        return Decided(row.number, aim.innovation_id, profile.title, "created")

    def _already(self, row: Row, aim: New, profile: Profile) -> Decided | None:
        """The same title again: unchanged where all is the same, else it must say which one."""
        for other in self.taken.get((aim.agency_id, title_key(profile.title)), ()):
            if other.innovation_id == aim.innovation_id:
                continue
            claims = {claim.indicator: claim for claim in other.claims}
            if self.reader.is_same(row, other.profile, claims):
                return Decided(row.number, other.innovation_id, profile.title, "unchanged")
            fault = Fault("title_taken", TITLE, {"innovation": other.innovation_id})
            return self._refused(row, [fault])
        return None

    def _draft(self, aim: New, agency: Agency, profile: Profile) -> DraftInnovation:
        season = self.season
        return DraftInnovation(
            by=self.ask.by,
            at=self.ask.at,
            innovation_id=aim.innovation_id,
            season_id=season.season_id,
            edition=self.reader.edition,
            training=season.training,
            opens_at=season.opens_at,
            deadline=deadline_for(season, agency.path),
            agency_id=agency.agency_id,
            agency_kind=agency.kind,
            agency_path=agency.path,
            region_id=agency.region_id,
            profile=profile,
        )

    def _changed(self, together: Together, row: Row, aim: Known) -> Decided:
        state = together.state(self.desk.innovations, aim.innovation_id)
        if isinstance(state, Missing) or not self._reached.get(aim.innovation_id, False):
            return self._refused(row, [Fault("not_found", ID)])
        content = state.content
        misplaced = self._misplaced(content, aim)
        if misplaced is not None:
            return self._refused(row, [misplaced])
        profile, faults = self.reader.profile(row, content.profile)
        claims, amiss = self.reader.claims(row, content.claims)
        if profile is None or faults or amiss:
            return self._refused(row, [*faults, *amiss])
        commands = self._claiming(claims)
        if profile != content.profile:
            revision = ReviseProfile(self.ask.by, self.ask.at, self.reader.edition, profile)
            commands.insert(0, (PROFILE, revision))
        faults = self._give(together, row, aim, commands)
        if faults:
            return self._refused(row, faults)
        outcome = "updated" if commands else "unchanged"
        return Decided(row.number, aim.innovation_id, profile.title, outcome)

    def _misplaced(self, content: Content, aim: Known) -> Fault | None:
        drafted = content.drafted
        if drafted.season_id != self.season.season_id:
            return Fault("season_differs", ID, {"season": drafted.season_id})
        if aim.agency_id and aim.agency_id != drafted.agency_id:
            return Fault("agency_differs", AGENCY)
        return None

    def _claiming(self, claims: Sequence[Claim]) -> list[tuple[str, Command]]:
        by, at, edition = self.ask.by, self.ask.at, self.reader.edition
        return [(claim.indicator, ClaimLevel(by, at, edition, claim)) for claim in claims]

    def _give(
        self,
        together: Together,
        row: Row,
        aim: Aim,
        commands: Sequence[tuple[str, Command]],
    ) -> list[Fault]:
        """Every no of the rules; of those that hold for the whole row only the first."""
        faults: list[Fault] = []
        for step, command in commands:
            try:
                cause = self._cause(row, step)
                together.decide(self.desk.innovations, aim.innovation_id, command, cause)
            except Unavailable:
                raise
            except DomainError as refusal:
                is_whole = step == DRAFT or refusal.code in LOCKED
                column = None if refusal.code in LOCKED else _column(refusal.params, step)
                faults.append(of_refusal(refusal, column))
                if is_whole:
                    break
        return faults

    def _cause(self, row: Row, step: str) -> Cause:
        """Each command has an id of its own, which every try of the request makes again."""
        cause = self.ask.cause
        return Cause(
            command_id=derived_id(cause.command_id, "row", str(row.number), step),
            digest=cause.digest,
            correlation_id=cause.correlation_id or cause.command_id,
            traceparent=cause.traceparent,
        )

    def _indicators(self) -> tuple[str, ...]:
        return tuple(indicator.code for indicator in self.reader.edition.sid)

    def _refused(self, row: Row, faults: Sequence[Fault]) -> Decided:
        aim = self.aims.of.get(row.number)
        key = aim.innovation_id if isinstance(aim, Known) else ""
        name = plain(row.cells.get(TITLE))[:250]
        return Decided(row.number, key, name, "refused", tuple(faults))


def _column(params: Mapping[str, object], step: str) -> str | None:
    """Where the rule looked, as far as its refusal says so."""
    field_name = params.get("field")
    if isinstance(field_name, str) and field_name in BY_FIELD:
        return BY_FIELD[field_name].name
    return None if step in (DRAFT, PROFILE) else step.casefold()
