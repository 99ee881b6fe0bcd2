"""What the rows of the agencies' sheet ask of the history: registrations and new names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from services.submission.api.agencies.bodies import RegisterAgencyRequest, RenameAgencyRequest
from services.submission.api.imports import cells
from services.submission.api.imports.agency_aims import KEY, PARENT, AgencyAims, code_of
from services.submission.api.imports.cells import plain
from services.submission.api.imports.faults import Fault, Unfit, of_refusal
from services.submission.api.imports.lists import AGENCY_KIND_CHOICES
from services.submission.api.imports.problems import faults_of
from services.submission.api.imports.reports import Decided, Outcome
from services.submission.api.imports.sheets import Row
from services.submission.api.reach import Agencies
from services.submission.domain.agency import (
    Agency,
    Command,
    Parent,
    RegisterAgency,
    RenameAgency,
)
from shared.errors import DomainError, Unavailable
from shared.history import Cause, Together, derived_id
from shared.http import Ask

COLUMN_OF = {
    "agency_id": KEY,
    "name": "nama",
    "short_name": "singkatan",
    "kind": "jenis",
    "parent_id": PARENT,
    "source": "sumber",
}
FIELD_OF = {column: name for name, column in COLUMN_OF.items()}
WRITTEN_KIND = {each.stored: each.written for each in AGENCY_KIND_CHOICES}
REFUSED_AT = {"parent_missing": PARENT, "agency_closed": KEY}
REGISTER, RENAME = "register", "rename"


@dataclass(slots=True)
class AgencyPlan:
    """`columns` are those that the sheet has. `sources` are those on record, by agency: the state
    of an agency does not keep them.
    """

    agencies: Agencies
    ask: Ask
    aims: AgencyAims
    columns: frozenset[str]
    sources: Mapping[str, str]
    _refused_rows: dict[str, int] = field(default_factory=dict[str, int])

    def waves(self, rows: Sequence[Row]) -> list[list[Row]]:
        return self.aims.waves(rows)

    async def look(self, together: Together, row: Row, *, certain: bool) -> None:
        """What exists cannot be guessed here, so it is looked at whether `certain` or not."""
        if row.number in self.aims.faults:
            return
        for code in (code_of(row), code_of(row, PARENT)):
            if code:
                await together.look(self.agencies, code)

    def has_happened(self, together: Together, row: Row) -> bool:
        return row.number not in self.aims.faults and any(
            together.has_happened(self.agencies, code_of(row), self._cause(row, step))
            for step in (REGISTER, RENAME)
        )

    def given_again(self, together: Together, row: Row, *, stored: bool) -> Decided:
        cause = self._cause(row, REGISTER)
        is_new = stored and together.has_happened(self.agencies, code_of(row), cause)
        return self._told(row, "created" if is_new else "updated" if stored else "unchanged")

    def decide(self, together: Together, row: Row) -> Decided:
        fault = self.aims.faults.get(row.number)
        if fault is not None:
            return self._refused(row, [fault])
        self._refused_rows.pop(code_of(row), None)
        state = together.state(self.agencies, code_of(row))
        if isinstance(state, Agency):
            return self._renamed(together, row, state)
        return self._registered(together, row)

    def _registered(self, together: Together, row: Row) -> Decided:
        parent, fault = self._parent(together, row)
        asked, faults = _asked(row)
        if fault is not None:
            faults.append(fault)
        if faults:
            return self._refused(row, faults)
        command = RegisterAgency(
            by=self.ask.by,
            at=self.ask.at,
            agency_id=asked.agency_id,
            name=asked.name,
            short_name=asked.short_name,
            kind=asked.kind,
            parent=parent,
            source=asked.source,
            sample=False,
        )
        return self._given(together, row, REGISTER, command, "created")

    def _renamed(self, together: Together, row: Row, agency: Agency) -> Decided:
        fixed = self._fixed(row, agency)
        if fixed:
            return self._refused(row, fixed)
        before = {"nama": agency.name, "singkatan": agency.short_name}
        after = {
            column: plain(row.cells.get(column)) if column in self.columns else value
            for column, value in before.items()
        }
        if after == {column: plain(value) for column, value in before.items()}:
            return self._told(row, "unchanged")
        try:
            asked = RenameAgencyRequest(name=after["nama"], short_name=after["singkatan"])
        except ValidationError as error:
            return self._refused(row, faults_of(error, COLUMN_OF, "nama"))
        command = RenameAgency(self.ask.by, self.ask.at, asked.name, asked.short_name)
        return self._given(together, row, RENAME, command, "updated")

    def _fixed(self, row: Row, agency: Agency) -> list[Fault]:
        """Columns of a registered agency that say something else than what is on record."""
        above = agency.path[-2] if len(agency.path) > 1 else ""
        on_record = {
            "jenis": (WRITTEN_KIND[agency.kind], agency.kind),
            PARENT: (above,),
            "sumber": (plain(self.sources.get(agency.agency_id, "")),),
        }
        return [
            Fault("fixed_column", column, {"current": same[0] or "-"})
            for column, same in on_record.items()
            if column in self.columns and plain(row.cells.get(column)) not in same
        ]

    def _parent(self, together: Together, row: Row) -> tuple[Parent | None, Fault | None]:
        code = code_of(row, PARENT)
        if not code:
            return None, None
        if code in self._refused_rows:
            params = {"parent": code, "other": self._refused_rows[code]}
            return None, Fault("parent_refused", PARENT, params)
        state = together.state(self.agencies, code)
        if not isinstance(state, Agency) or state.is_closed:
            return None, Fault("parent_unknown", PARENT, {"parent": code})
        return Parent(state.path, state.region_id), None

    def _given(
        self, together: Together, row: Row, step: str, command: Command, outcome: Outcome
    ) -> Decided:
        try:
            together.decide(self.agencies, code_of(row), command, self._cause(row, step))
        except Unavailable:
            raise
        except DomainError as refusal:
            return self._refused(row, [of_refusal(refusal, REFUSED_AT.get(refusal.code))])
        return self._told(row, outcome)

    def _cause(self, row: Row, step: str) -> Cause:
        """Each command has an id of its own, which every try of the request makes again."""
        cause = self.ask.cause
        return Cause(
            command_id=derived_id(cause.command_id, "row", str(row.number), step),
            digest=cause.digest,
            correlation_id=cause.correlation_id or cause.command_id,
            traceparent=cause.traceparent,
        )

    def _told(self, row: Row, outcome: Outcome) -> Decided:
        return Decided(row.number, code_of(row), plain(row.cells.get("nama"))[:250], outcome)

    def _refused(self, row: Row, faults: list[Fault]) -> Decided:
        self._refused_rows.setdefault(code_of(row), row.number)
        name = plain(row.cells.get("nama"))[:250]
        return Decided(row.number, code_of(row)[:64], name, "refused", tuple(faults))


def _asked(row: Row) -> tuple[Any, list[Fault]]:
    """The registration as the route of agencies would be sent it, or what is wrong with it."""
    told: dict[str, object] = {}
    faults: list[Fault] = []
    for column, value in row.cells.items():
        if column not in FIELD_OF:
            continue
        try:
            written = cells.text(value)
            is_kind = column == "jenis"
            told[FIELD_OF[column]] = (
                cells.choice(written, AGENCY_KIND_CHOICES) if is_kind else written
            )
        except Unfit as unfit:
            faults.append(unfit.fault(column))
    if faults:
        return None, faults
    try:
        return RegisterAgencyRequest.model_validate(told), []
    except ValidationError as error:
        return None, faults_of(error, COLUMN_OF, KEY)
