"""A row of the innovations' sheet as the profile and the claims it asks for. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from services.submission.api.bodies import ProfileBody, ProfileChange
from services.submission.api.imports import cells
from services.submission.api.imports.cells import plain
from services.submission.api.imports.columns import (
    COLUMNS,
    Column,
    basis_column,
    level_column,
    subtype_column,
)
from services.submission.api.imports.faults import Fault, Unfit, of_refusal
from services.submission.api.imports.lists import Choice, choices
from services.submission.api.imports.problems import faults_of
from services.submission.api.imports.sheets import Row
from services.submission.api.imports.values import Value
from shared.editions import Edition, SidRow
from shared.errors import DomainError
from shared.events.submission import Claim, Profile

TITLE = "nama_inovasi"
COLUMN_OF = {column.field: column.name for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of one sheet; `columns` are those that it has."""

    edition: Edition
    columns: frozenset[str]
    lists: Mapping[str, tuple[Choice, ...] | None] = field(init=False)

    def __post_init__(self) -> None:
        names = {column.listed for column in COLUMNS if column.listed}
        found = {name: choices(name, self.edition) for name in names}
        object.__setattr__(self, "lists", found)

    def profile(self, row: Row, current: Profile | None) -> tuple[Profile | None, list[Fault]]:
        """The profile that the row asks for, or what is wrong with it.

        Over a `current` one only cells that differ from it count, and a column that the sheet
        does not have changes nothing.
        """
        faults: list[Fault] = []
        asked: dict[str, Any] = {}
        for column in self._changed(row, current):
            try:
                asked[column.field] = self._read(column, row.cells.get(column.name))
            except Unfit as unfit:
                faults.append(unfit.fault(column.name))
        if faults:
            return None, faults
        return _validated(asked, current)

    def claims(
        self, row: Row, current: Mapping[str, Claim]
    ) -> tuple[tuple[Claim, ...], list[Fault]]:
        """The claims that the row changes; an empty level leaves the claim as it is."""
        found: list[Claim] = []
        faults: list[Fault] = []
        for indicator in self.edition.sid:
            column = level_column(indicator)
            try:
                claim = self._claim(indicator, row, current.get(indicator.code))
            except Unfit as unfit:
                faults.append(unfit.fault(column))
                continue
            if claim is not None and claim != current.get(indicator.code):
                found.append(claim)
        return tuple(found), faults

    def is_same(self, row: Row, profile: Profile, claims: Mapping[str, Claim]) -> bool:
        """Whether the row says what is there already, in every column that the sheet has."""
        changed = any(True for _ in self._changed(row, profile))
        wanted, faults = self.claims(row, claims)
        return not changed and not wanted and not faults

    def shown(self, column: Column, profile: Profile) -> cells.Shown:
        listed = self.lists.get(column.listed)
        return cells.show(column, getattr(profile, column.field), listed)

    def _changed(self, row: Row, current: Profile | None) -> Iterator[Column]:
        for column in COLUMNS:
            value = row.cells.get(column.name)
            if current is None:
                is_changed = value is not None
            else:
                shown = self.shown(column, current)
                is_changed = column.name in self.columns and plain(value) != plain(shown)
            if is_changed:
                yield column

    def _read(self, column: Column, value: Value | None) -> object:
        if value is not None:
            return cells.read(column, value, self.lists.get(column.listed))
        if column.name == TITLE:
            raise Unfit("cell_missing")
        return None

    def _claim(self, indicator: SidRow, row: Row, current: Claim | None) -> Claim | None:
        level = row.cells.get(level_column(indicator))
        if level is None:
            self._refuse_measure_alone(indicator, row, current)
            return None
        wanted = cells.level(level)
        if wanted == 0:
            return Claim(indicator=indicator.code, level=0)
        return Claim(
            indicator=indicator.code,
            level=wanted,
            basis=self._measure(row, basis_column(indicator), current and current.basis),
            subtype=self._measure(row, subtype_column(indicator), current and current.subtype),
        )

    def _measure(self, row: Row, column: str, current: str | None) -> str | None:
        """How the level is measured; as before where the sheet does not ask."""
        if column not in self.columns:
            return current
        value = row.cells.get(column)
        return None if value is None else cells.text(value)[:40].casefold()

    def _refuse_measure_alone(self, indicator: SidRow, row: Row, current: Claim | None) -> None:
        measures = (basis_column(indicator), subtype_column(indicator))
        if current is None and any(name in row.cells for name in measures):
            raise Unfit("level_missing", level=level_column(indicator))


def _validated(
    asked: dict[str, Any], current: Profile | None
) -> tuple[Profile | None, list[Fault]]:
    try:
        if current is None:
            return ProfileBody.model_validate(_jsonable(asked)).profile(), []
        return ProfileChange.model_validate(_jsonable(asked)).merged_into(current), []
    except ValidationError as error:
        return None, faults_of(error, COLUMN_OF, TITLE)
    except DomainError as refusal:
        return None, [of_refusal(refusal)]


def _jsonable(asked: dict[str, Any]) -> dict[str, Any]:
    """Rights as a request brings them; all else already is as it should be."""
    rights = asked.get("intellectual_property")
    if not rights:
        return asked
    return {**asked, "intellectual_property": tuple(each.model_dump() for each in rights)}
