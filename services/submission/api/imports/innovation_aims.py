"""What each row of the innovations' sheet is about: something new, or what is there. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.submission.api.imports.cells import plain
from services.submission.api.imports.columns import AGENCY, ID
from services.submission.api.imports.faults import Fault
from services.submission.api.imports.innovation_rows import TITLE
from services.submission.api.imports.sheets import Row
from services.submission.projections.innovations import title_key
from shared.history.handler import KEY

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class New:
    """A row that drafts an innovation; its id is the same at every try of the request."""

    innovation_id: str
    agency_id: str


@dataclass(frozen=True, slots=True)
class Known:
    """A row that changes an innovation; `agency_id` is empty where the row does not say."""

    innovation_id: str
    agency_id: str


Aim = New | Known


@dataclass(frozen=True, slots=True)
class Aims:
    """By row number; a row with a fault may have an aim as well."""

    of: dict[int, Aim]
    faults: dict[int, Fault]


def aims_of(rows: Sequence[Row], new_id: Callable[[str, str], str]) -> Aims:
    """Finds out what each row is about, and which two are about the same."""
    found = Aims({}, {})
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        aim = _aim(row, new_id)
        if isinstance(aim, Fault):
            found.faults[row.number] = aim
            continue
        found.of[row.number] = aim
        other = seen.setdefault(_about(aim, row), row.number)
        if other != row.number:
            column = ID if isinstance(aim, Known) else TITLE
            found.faults[row.number] = Fault("row_doubled", column, {"other": other})
    return found


def titles(rows: Sequence[Row]) -> tuple[str, ...]:
    """The titles of new innovations, as they are looked up."""
    new = (row for row in rows if ID not in row.cells)
    return tuple({title_key(plain(row.cells.get(TITLE))) for row in new})


def _aim(row: Row, new_id: Callable[[str, str], str]) -> Aim | Fault:
    agency_id = plain(row.cells.get(AGENCY))
    given = row.cells.get(ID)
    if given is not None:
        innovation_id = plain(given)
        is_key = KEY.fullmatch(innovation_id) is not None
        return Known(innovation_id, agency_id) if is_key else Fault("not_found", ID)
    if not agency_id:
        return Fault("cell_missing", AGENCY)
    if CODE.fullmatch(agency_id) is None:
        return Fault("code_unreadable", AGENCY, {"value": agency_id[:60]})
    return New(new_id("row", str(row.number)), agency_id)


def _about(aim: Aim, row: Row) -> tuple[str, str]:
    if isinstance(aim, Known):
        return (ID, aim.innovation_id)
    return (aim.agency_id, title_key(plain(row.cells.get(TITLE))) or str(row.number))
