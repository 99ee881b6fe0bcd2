"""What the demo came to: tables, the one last line, and what is short of the whole job."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Table

CATEGORIES = 3
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of innovations, what awards published, the funds, and what the replay said."""

    drafted: int
    submitted: int
    verified: int
    scored: int
    published: Mapping[str, Any]
    funds: list[dict[str, Any]]
    replay: Mapping[str, Any]

    @property
    def awarded(self) -> int:
        winners = {each["innovation_id"] for fund in self.funds for each in fund["allocations"]}
        return len(winners)

    @property
    def allocated_rupiah(self) -> int:
        return sum(int(fund["allocated_rupiah"]) for fund in self.funds)

    @property
    def ceiling_rupiah(self) -> int:
        return sum(int(fund["ceiling_rupiah"]) for fund in self.funds)

    @property
    def is_identical(self) -> bool:
        return bool(self.replay["is_identical"])


def rupiah(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def last_line(outcome: Outcome) -> str:
    verdict = "identical" if outcome.is_identical else "different"
    return (
        f"demo: {outcome.submitted} innovations submitted, {outcome.verified} verified,"
        f" {outcome.scored} scored, {outcome.awarded} awarded,"
        f" Rp {rupiah(outcome.allocated_rupiah)} allocated of Rp {rupiah(outcome.ceiling_rupiah)},"
        f" {outcome.replay['events']} events, replay {verdict}"
    )


def shortcomings(outcome: Outcome) -> Iterator[str]:
    """What the demo must show and did not."""
    for name in ("submitted", "verified", "scored"):
        if getattr(outcome, name) != outcome.drafted:
            yield f"{getattr(outcome, name)} of {outcome.drafted} innovations were {name}"
    published = outcome.published
    categories = {place["category"] for place in published["ranking"]}
    if len(categories) != CATEGORIES:
        yield f"{len(categories)} categories have results, not {CATEGORIES}"
    if published["version"] != 2 or len(published["versions"]) != 2:
        yield "the granted objection did not make version 2 of the results"
    if len(published["disqualified"]) != 1:
        yield f"{len(published['disqualified'])} entries were disqualified, not 1"
    for fund in outcome.funds:
        if not 0 < fund["allocated_rupiah"] <= fund["ceiling_rupiah"]:
            yield f"the fund {fund['fund_id']} allocated {fund['allocated_rupiah']}"
        if fund["paid_rupiah"] != fund["allocated_rupiah"]:
            yield f"the fund {fund['fund_id']} paid {fund['paid_rupiah']}"
    if not outcome.is_identical:
        yield "the replay differs from what the services serve"


def results_json(outcome: Outcome) -> str:
    """What was published, the ledgers and the replay, as the services told them."""
    told = {
        "line": last_line(outcome),
        "published": outcome.published,
        "funds": outcome.funds,
        "replay": outcome.replay,
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def results_tables(outcome: Outcome) -> Iterator[Table]:
    places = outcome.published["ranking"]
    for category in dict.fromkeys(place["category"] for place in places):
        table = Table(title=f"Results: {category}", title_justify="left")
        for heading in ("rank", "innovation", "agency", "score", "prizes"):
            table.add_column(heading)
        mine = [place for place in places if place["category"] == category]
        for place in sorted(mine, key=lambda each: int(each["rank"]))[:SHOWN]:
            table.add_row(
                str(place["rank"]),
                place["title"],
                place["agency_id"],
                str(place["final_score"]),
                ", ".join(place["prizes"]),
            )
        yield table


def fund_table(outcome: Outcome) -> Table:
    table = Table(title="Uang pembinaan, whole rupiah", title_justify="left")
    for heading in ("fund", "source", "ceiling", "allocated", "paid", "available"):
        table.add_column(heading, justify="left" if heading in ("fund", "source") else "right")
    for fund in outcome.funds:
        table.add_row(
            fund["fund_id"],
            fund["source_kind"],
            rupiah(fund["ceiling_rupiah"]),
            rupiah(fund["allocated_rupiah"]),
            rupiah(fund["paid_rupiah"]),
            rupiah(fund["available_rupiah"]),
        )
    return table
