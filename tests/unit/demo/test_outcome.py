"""The demo's last line, and what it calls short of the whole job."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from deploy.demo.checking import Checked
from deploy.demo.outcome import Outcome, last_line, shortcomings
from deploy.demo.tables import checked_lines, paper_lines, scenario_line
from deploy.drive.competition import PAID_WITHIN, Played, fiscal_year_of
from deploy.drive.papers import Paper, Proven
from deploy.drive.rewarding import Weighed
from deploy.sample.competition import rules as rules_of
from services.awards.api.calendar import holidays_around
from services.awards.domain.calendar import closes_at
from shared.wita import WITA

KINDS = ("minutes", "decree_annex", "certificate", "payment_list", "tax_slip", "spd_12_evidence")


def fund(fund_id: str, ceiling: int, allocated: int, paid: int) -> dict[str, Any]:
    halves = (allocated // 2, allocated - allocated // 2)
    return {
        "fund_id": fund_id,
        "ceiling_rupiah": ceiling,
        "allocated_rupiah": allocated,
        "paid_rupiah": paid,
        "allocations": [
            {"innovation_id": f"{fund_id}-{number}", "amount_rupiah": half}
            for number, half in enumerate(halves)
        ],
    }


PUBLISHED: dict[str, Any] = {
    "competition_id": "kia-2026",
    "version": 2,
    "versions": [{}, {}],
    "disqualified": [{}],
    "public_test": {"refuted": 1},
    "ranking": [{"category": name} for name in ("asn", "masyarakat", "perangkat-daerah")],
}
PLAYED = Played(
    scenarios=(Weighed("aturan", 43_500_000, 0), Weighed("satu lagi", 46_500_000, 1_000_000)),
    published=PUBLISHED,
    funds=[
        fund("apbd", 38_000_000, 36_000_000, 36_000_000),
        fund("sponsor", 8_000_000, 7_500_000, 7_500_000),
    ],
    papers=tuple(Paper(kind, "pdf", f"{kind}-1", "0" * 64, f"/verify/{kind}-1") for kind in KINDS),
    files={},
    proven=Proven("/verify/minutes-1", "Masih berlaku.", True, False),
    open_data=[{}, {}, {}],
)
REPLAY = {"is_identical": True, "events": 6146, "last_sequence": 6146, "digest": "d" * 64}
SOUND = {"parts": [{"part": "log", "first_difference": None}]}
CHECKED = Checked(6146, "ab" * 32, SOUND, SOUND, {"digest": "d" * 64})
WHOLE = Outcome(
    drafted=3,
    submitted=3,
    verified=3,
    scored=3,
    played=PLAYED,
    replay=REPLAY,
    checked=CHECKED,
)


def test_the_last_line_tells_the_whole_job() -> None:
    assert last_line(WHOLE) == (
        "demo: 3 innovations submitted, 3 verified, 3 scored, 4 awarded,"
        " Rp 43.500.000 allocated of Rp 46.000.000, 6146 events, replay identical"
    )


def test_a_whole_demo_is_short_of_nothing() -> None:
    assert list(shortcomings(WHOLE)) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"verified": 2}, "2 of 3 innovations were verified"),
        ({"scored": 0}, "0 of 3 innovations were scored"),
        (
            {"replay": {**REPLAY, "is_identical": False}},
            "the replay differs from what the services serve",
        ),
        ({"checked": replace(CHECKED, size=6145)}, "the log holds 6145 of 6146 events"),
        (
            {"checked": replace(CHECKED, folder={"parts": [{"first_difference": {}}]})},
            "inda audit fsck found a difference",
        ),
        (
            {"checked": replace(CHECKED, replay={"digest": "e" * 64})},
            "the archive replays to another digest than the stream",
        ),
    ],
)
def test_what_is_short_is_said(changes: dict[str, Any], said: str) -> None:
    assert list(shortcomings(replace(WHOLE, **changes))) == [said]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"version": 1, "versions": [{}]},
            "the granted objection did not make version 2 of the results",
        ),
        ({"ranking": [{"category": "asn"}] * 3}, "1 categories have results, not 3"),
        ({"disqualified": []}, "0 entries were disqualified, not 1"),
        ({"public_test": {"refuted": 0}}, "the doubt of the public test was not refuted"),
    ],
)
def test_what_is_short_of_the_results_is_said(changes: dict[str, Any], said: str) -> None:
    played = replace(PLAYED, published={**PUBLISHED, **changes})
    assert list(shortcomings(replace(WHOLE, played=played))) == [said]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"funds": [fund("apbd", 10, 11, 11)]}, "the fund apbd allocated 11"),
        ({"funds": [fund("apbd", 10, 9, 8)]}, "the fund apbd paid 8"),
        (
            {"funds": [{**fund("apbd", 10, 9, 9), "allocations": []}]},
            "the allocations of the fund apbd do not sum to 9",
        ),
        ({"scenarios": PLAYED.scenarios[:1]}, "no scenario asked for one prize too many"),
        ({"papers": PLAYED.papers[2:]}, "no document was issued of decree_annex, minutes"),
        (
            {"proven": replace(PLAYED.proven, is_genuine=False)},
            "a document does not verify",
        ),
        (
            {"proven": replace(PLAYED.proven, is_altered_copy_genuine=True)},
            "an altered copy of a document verifies",
        ),
        ({"open_data": []}, "the open data has 0 places, not those of the results"),
    ],
)
def test_what_is_short_of_money_and_papers_is_said(changes: dict[str, Any], said: str) -> None:
    played = replace(PLAYED, **changes)
    assert list(shortcomings(replace(WHOLE, played=played))) == [said]


def test_scenarios_stand_in_one_line() -> None:
    assert scenario_line(WHOLE) == (
        "scenarios: aturan asks Rp 43.500.000, fits;"
        " satu lagi asks Rp 46.500.000, lacks Rp 1.000.000"
    )


def test_what_was_checked_is_told() -> None:
    assert list(checked_lines(WHOLE)) == [
        f"checkpoint: 6146 events, root {'ab' * 32}",
        "fsck of stream, log, archive and documents: no difference; of the fetched folder as well",
        "replay of the fetched archive alone: the same digest",
    ]


def test_documents_are_told_with_where_they_are_and_what_is_proven_of_one() -> None:
    counted, verified, copies, open_data = paper_lines(WHOLE)
    assert counted == (
        "documents: 1 minutes, 1 decree_annex, 1 certificate, 1 payment_list, 1 tax_slip,"
        " 1 spd_12_evidence; GET /competitions/kia-2026/documents"
        " and /competitions/kia-2026/documents/ID/file"
    )
    assert verified == "verified by anybody: /verify/minutes-1 (Masih berlaku.)"
    assert copies == "the file itself is genuine, a copy with one byte changed is not genuine"
    assert open_data == "open data: 3 places, the same as JSON and as CSV"


@pytest.mark.parametrize(
    ("now", "year"),
    [
        (datetime(2026, 1, 1, tzinfo=WITA), 2026),
        (datetime(2026, 12, 10, tzinfo=WITA), 2026),
        (datetime(2026, 12, 11, tzinfo=WITA), 2027),
        (datetime(2027, 6, 1, tzinfo=WITA), 2027),
    ],
)
def test_prizes_are_paid_in_the_year_in_which_all_windows_are_over(
    now: datetime, year: int
) -> None:
    assert fiscal_year_of(now) == year


def test_the_windows_of_any_day_are_over_before_prizes_are_paid() -> None:
    first = datetime(2026, 1, 1, 23, 59, tzinfo=WITA)
    for moment in (first + timedelta(days=number) for number in range(10 * 365)):
        rules = rules_of(2026).model_copy(update={"holidays": holidays_around(moment)})
        longest = max(rules.objection_days, rules.public_test_days)
        assert closes_at(rules, moment, longest) < moment + PAID_WITHIN - timedelta(days=1)
