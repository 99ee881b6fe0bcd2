"""How long things wait, what is overdue, who carries how much: measured over rows of dossiers."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook

from services.verification.api.quality.levels.measuring import (
    DayLine,
    Levels,
    OverdueLine,
    StateLine,
    WorkLine,
    measured,
)
from services.verification.api.quality.levels.seen import Seen
from services.verification.api.quality.levels.tables import tables_of
from shared.papers import Table, as_csv, as_workbook

NOW = datetime(2026, 8, 20, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def seen(number: int, state: str, since: timedelta, **more: Any) -> Seen:
    values: dict[str, Any] = {
        "dossier_id": f"inov-{number}",
        "state": state,
        "title": f"Inovasi {number}",
        "agency_id": "dinkes",
        "opened_at": NOW - since,
        "waiting_since": NOW - since,
        **more,
    }
    return Seen.model_validate(values)


def verdicts(*people: str) -> list[dict[str, Any]]:
    return [{"verdict": {"decided_by": person}} for person in people]


DOSSIERS = (
    seen(1, "open", 3 * DAY),
    seen(2, "open", 20 * DAY),
    seen(3, "in_review", 15 * DAY, lease_holder="ani", lease_until=NOW + HOUR),
    seen(4, "in_review", 2 * DAY, lease_holder="budi", lease_until=NOW - HOUR),
    seen(5, "waiting_revision", 9 * DAY, due=NOW + DAY),
    seen(
        6,
        "verified",
        30 * DAY,
        reviewed_at=NOW - 2 * DAY,
        verified_at=NOW - DAY,
        verified_by="citra",
        indicators=verdicts("ani", "ani", "budi"),
        checks=[{"reviewed_by": "ani", "checked_by": "citra", "resolved_by": "dewi"}],
    ),
    seen(
        7,
        "verified",
        10 * DAY,
        reviewed_at=NOW - DAY,
        verified_at=NOW - DAY,
        verified_by="budi",
        indicators=[*verdicts("budi"), {"verdict": None}],
    ),
    seen(8, "withdrawn", 40 * DAY),
)


def levels(days: int = 3) -> Levels:
    return measured(DOSSIERS, at=NOW, review_days=14, days=days)


def test_what_waits_is_counted_with_its_age_and_a_lease_that_ran_out_counts_as_open() -> None:
    lines = {each.state: each for each in levels().states}
    assert lines["open"] == StateLine(
        state="open", count=3, overdue=1, median_hours=72, oldest_hours=480
    )
    assert lines["in_review"] == StateLine(
        state="in_review", count=1, overdue=1, median_hours=360, oldest_hours=360
    )
    assert lines["verified"] == StateLine(
        state="verified", count=2, overdue=0, median_hours=None, oldest_hours=None
    )
    assert lines["withdrawn"].count == 1


def test_the_overdue_come_the_latest_first_and_an_agency_s_answer_has_its_own_date() -> None:
    assert levels().overdue == (
        OverdueLine(
            dossier_id="inov-2",
            title="Inovasi 2",
            agency_id="dinkes",
            state="open",
            due_at=NOW - 6 * DAY,
            hours_late=144,
        ),
        OverdueLine(
            dossier_id="inov-3",
            title="Inovasi 3",
            agency_id="dinkes",
            state="in_review",
            due_at=NOW - DAY,
            hours_late=24,
        ),
    )


def test_work_is_told_for_everybody_who_did_any() -> None:
    def line(person: str, *numbers: int) -> WorkLine:
        names = ("held", "verdicts", "ended", "second_looks", "resolved")
        return WorkLine(verifier_id=person, **dict(zip(names, numbers, strict=True)))

    assert levels().verifiers == (
        line("ani", 1, 2, 1, 0, 0),
        line("budi", 0, 2, 1, 0, 0),
        line("citra", 0, 0, 0, 1, 0),
        line("dewi", 0, 0, 0, 0, 1),
    )


def test_days_are_those_of_wita_and_the_ended_part_of_all_is_told() -> None:
    found = levels()
    assert found.days == (
        DayLine(day=date(2026, 8, 18), opened=1, reviewed=1, verified=0, rejected=0),
        DayLine(day=date(2026, 8, 19), opened=0, reviewed=1, verified=2, rejected=0),
        DayLine(day=date(2026, 8, 20), opened=0, reviewed=0, verified=0, rejected=0),
    )
    assert (found.done, found.total, found.median_days_to_end) == (2, 7, 19.0)


def test_of_nothing_there_is_nothing_to_tell() -> None:
    found = measured((), at=NOW, review_days=14, days=1)
    assert (found.total, found.overdue, found.verifiers, found.median_days_to_end) == (
        0,
        (),
        (),
        None,
    )


def test_the_workbook_and_the_csv_tell_the_same() -> None:
    tables = tables_of(levels())
    book = load_workbook(BytesIO(as_workbook(tables)))
    assert book.sheetnames == [table.name for table in tables]
    for table in tables:
        head, *rows = book[table.name].iter_rows(values_only=True)
        assert head == table.columns
        assert len(rows) == len(table.rows)
    text = as_csv(tables).decode("utf-8-sig")
    lines = [line for line in csv.reader(StringIO(text)) if line]
    assert len(lines) == sum(2 + len(table.rows) for table in tables)
    assert ["inov-2", "Inovasi 2"] in [line[:2] for line in lines]


def test_a_text_that_a_spreadsheet_would_compute_is_text() -> None:
    table = Table("Uji", ("Nama", "Angka"), [("=1+1", -5), ("@SUM(A1)", 7)])
    lines = list(csv.reader(StringIO(as_csv((table,)).decode("utf-8-sig"))))
    assert lines[2:] == [["'=1+1", "-5"], ["'@SUM(A1)", "7"]]
    sheet = load_workbook(BytesIO(as_workbook((table,))))["Uji"]
    assert [[cell.data_type for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["s", "n"],
        ["s", "n"],
    ]
