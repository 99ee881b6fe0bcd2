"""What each row of the agencies' sheet is about, and in which order they must happen. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.submission.api.imports.cells import plain
from services.submission.api.imports.faults import Fault
from services.submission.api.imports.sheets import Row

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
KEY, PARENT = "kode", "induk"
CIRCLE_SHOWN = 10


@dataclass(frozen=True, slots=True)
class AgencyAims:
    """`rows` are those that can be told apart, by code; `faults` are by row number."""

    rows: Mapping[str, Row]
    faults: dict[int, Fault] = field(default_factory=dict[int, Fault])
    depths: dict[str, int] = field(default_factory=dict[str, int])

    def waves(self, rows: Sequence[Row]) -> list[list[Row]]:
        """Parents before children, whatever their order in the sheet."""
        by_depth: dict[int, list[Row]] = {}
        for row in rows:
            by_depth.setdefault(self.depths.get(code_of(row), 0), []).append(row)
        return [by_depth[depth] for depth in sorted(by_depth)]


def code_of(row: Row, column: str = KEY) -> str:
    return plain(row.cells.get(column))


def aims_of(rows: Sequence[Row]) -> AgencyAims:
    by_code: dict[str, Row] = {}
    faults: dict[int, Fault] = {}
    for row in rows:
        fault = _fault(row, by_code)
        if fault is not None:
            faults[row.number] = fault
            continue
        by_code[code_of(row)] = row
    found = AgencyAims(by_code, faults)
    for code in by_code:
        _go_up(code, found)
    return found


def _fault(row: Row, known: Mapping[str, Row]) -> Fault | None:
    for column in (KEY, PARENT):
        code = code_of(row, column)
        if column == KEY and not code:
            return Fault("cell_missing", KEY)
        if code and CODE.fullmatch(code) is None:
            return Fault("code_unreadable", column, {"value": code[:60]})
    if code_of(row) in known:
        return Fault("row_doubled", KEY, {"other": known[code_of(row)].number})
    return None


def _go_up(code: str, aims: AgencyAims) -> None:
    """Finds how deep the agency is among those of the sheet, or that its parents are a circle."""
    way: list[str] = []
    here = code
    while here in aims.rows and here not in aims.depths:
        if here in way:
            circle = way[way.index(here) :]
            for each in circle:
                shown = (*circle[:CIRCLE_SHOWN], here)
                fault = Fault("parents_in_circle", PARENT, {"circle": shown})
                aims.faults[aims.rows[each].number] = fault
                aims.depths[each] = 0
            break
        way.append(here)
        here = code_of(aims.rows[here], PARENT)
    depth = aims.depths.get(here, -1)
    for each in reversed(way):
        if each not in aims.depths:
            depth += 1
            aims.depths[each] = depth
