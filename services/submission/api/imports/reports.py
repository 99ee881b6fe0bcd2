"""What an import answers: each row with what became of it, or would."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from services.submission.api.clocks import Tongue
from services.submission.api.imports.faults import Fault, sentence
from shared.http import Answer

Mode = Literal["all_or_nothing", "row_by_row"]
Outcome = Literal["created", "updated", "unchanged", "refused"]
SUMMARY: Mapping[Tongue, str] = {
    "id": "{created} dibuat, {updated} diubah, {unchanged} tetap, {refused} ditolak{then}.",
    "en": "{created} created, {updated} updated, {unchanged} unchanged, {refused} refused{then}.",
}
THEN: Mapping[Tongue, Mapping[str, str]] = {
    "id": {
        "done": "",
        "tried": "; ini percobaan, tidak ada yang disimpan",
        "refused": "; tidak ada yang disimpan karena ada baris yang ditolak",
    },
    "en": {
        "done": "",
        "tried": "; this was a rehearsal, nothing was stored",
        "refused": "; nothing was stored, because rows are refused",
    },
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A row with what becomes of it. `key` is empty for what was never made."""

    row: int
    key: str
    name: str
    outcome: Outcome
    faults: tuple[Fault, ...] = ()


class RowError(Answer):
    """`column` is null where it is the row as a whole; `sentence` is in the reader's language."""

    column: str | None
    code: str
    sentence: str


class RowReport(Answer):
    """`row` is the number that spreadsheets show; `key` the id of what it is about."""

    row: int
    key: str
    name: str
    outcome: Outcome
    errors: tuple[RowError, ...]


class Totals(Answer):
    rows: int
    created: int
    updated: int
    unchanged: int
    refused: int


class ImportReport(Answer):
    """`stored` says whether the outcomes are in the history; else they are what would be.

    `sequence` is where the last of them is: send it as `min_seq` to read what was imported.
    """

    mode: Mode
    dry_run: bool
    stored: bool
    sequence: int
    summary: str
    totals: Totals
    rows: tuple[RowReport, ...]
    season_id: str | None = None
    training: bool = False


def report(
    decided: Iterable[Decided],
    mode: Mode,
    tongue: Tongue,
    *,
    sequence: int,
    dry_run: bool,
    stored: bool,
) -> ImportReport:
    rows = sorted(decided, key=lambda each: each.row)
    totals = _totals(rows)
    then = "done" if stored else "tried" if dry_run else "refused"
    return ImportReport(
        mode=mode,
        dry_run=dry_run,
        stored=stored,
        sequence=sequence,
        summary=SUMMARY[tongue].format(**totals.model_dump(), then=THEN[tongue][then]),
        totals=totals,
        rows=tuple(_told(row, tongue) for row in rows),
    )


def _totals(rows: list[Decided]) -> Totals:
    counts = dict.fromkeys(("created", "updated", "unchanged", "refused"), 0)
    for row in rows:
        counts[row.outcome] += 1
    return Totals(rows=len(rows), **counts)


def _told(row: Decided, tongue: Tongue) -> RowReport:
    errors = tuple(
        RowError(
            column=fault.column,
            code=fault.code,
            sentence=sentence(fault.code, fault.params, tongue),
        )
        for fault in row.faults
    )
    return RowReport(row=row.row, key=row.key, name=row.name, outcome=row.outcome, errors=errors)
