"""The demo's last line, and what it calls short of the whole job."""

from dataclasses import replace
from typing import Any

import pytest

from deploy.demo.outcome import Outcome, last_line, shortcomings


def fund(fund_id: str, ceiling: int, allocated: int, paid: int) -> dict[str, Any]:
    return {
        "fund_id": fund_id,
        "ceiling_rupiah": ceiling,
        "allocated_rupiah": allocated,
        "paid_rupiah": paid,
        "allocations": [{"innovation_id": f"{fund_id}-{number}"} for number in range(2)],
    }


WHOLE = Outcome(
    drafted=3,
    submitted=3,
    verified=3,
    scored=3,
    published={
        "version": 2,
        "versions": [{}, {}],
        "disqualified": [{}],
        "ranking": [{"category": name} for name in ("asn", "masyarakat", "perangkat-daerah")],
    },
    funds=[
        fund("apbd", 38_000_000, 36_000_000, 36_000_000),
        fund("sponsor", 8_000_000, 7_500_000, 7_500_000),
    ],
    replay={"is_identical": True, "events": 6146},
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
            {"published": {**WHOLE.published, "version": 1, "versions": [{}]}},
            "the granted objection did not make version 2 of the results",
        ),
        (
            {"published": {**WHOLE.published, "ranking": [{"category": "asn"}]}},
            "1 categories have results, not 3",
        ),
        (
            {"published": {**WHOLE.published, "disqualified": []}},
            "0 entries were disqualified, not 1",
        ),
        ({"funds": [fund("apbd", 10, 11, 11)]}, "the fund apbd allocated 11"),
        ({"funds": [fund("apbd", 10, 9, 8)]}, "the fund apbd paid 8"),
        (
            {"replay": {"is_identical": False, "events": 1}},
            "the replay differs from what the services serve",
        ),
    ],
)
def test_what_is_short_is_said(changes: dict[str, Any], said: str) -> None:
    assert list(shortcomings(replace(WHOLE, **changes))) == [said]
