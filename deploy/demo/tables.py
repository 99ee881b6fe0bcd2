"""What the demo came to, as people read it: places, funds, scenarios, documents."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from deploy.demo.outcome import Outcome, rupiah
from deploy.drive.rewarding import Weighed

SHOWN = 10
MONEY = ("ceiling", "allocated", "tax", "net", "paid", "left")


def results_tables(outcome: Outcome) -> Iterator[Table]:
    places = outcome.played.published["ranking"]
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
    table = Table(title="Uang pembinaan, whole rupiah", title_justify="left", padding=(0, 0))
    table.add_column("fund", overflow="fold")
    for heading in MONEY:
        # A narrow window folds a sum; it never cuts one.
        table.add_column(heading, justify="right", overflow="fold")
    for fund in outcome.played.funds:
        table.add_row(fund["fund_id"], *(rupiah(amount) for amount in _amounts(fund)))
    return table


def _amounts(fund: Mapping[str, Any]) -> tuple[int, ...]:
    """In the order of `MONEY`."""
    tax = sum(each["tax_rupiah"] for each in fund["allocations"])
    return (
        fund["ceiling_rupiah"],
        fund["allocated_rupiah"],
        tax,
        fund["allocated_rupiah"] - tax,
        fund["paid_rupiah"],
        fund["available_rupiah"],
    )


def scenario_line(outcome: Outcome) -> str:
    return f"scenarios: {'; '.join(map(_scenario, outcome.played.scenarios))}"


def _scenario(weighed: Weighed) -> str:
    missing = weighed.missing_rupiah
    verdict = f"lacks Rp {rupiah(missing)}" if missing else "fits"
    return f"{weighed.name} asks Rp {rupiah(weighed.asked_rupiah)}, {verdict}"


def paper_lines(outcome: Outcome) -> Iterator[str]:
    """How many documents, where they are fetched, and what anybody is told of one."""
    played = outcome.played
    kinds = [each.kind for each in played.papers]
    counted = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    where = f"/competitions/{played.published['competition_id']}/documents"
    yield f"documents: {counted}; GET {where} and {where}/ID/file"
    proven = played.proven
    own = "genuine" if proven.is_genuine else "not genuine"
    altered = "genuine" if proven.is_altered_copy_genuine else "not genuine"
    yield f"verified by anybody: {proven.verify_url} ({proven.standing})"
    yield f"the file itself is {own}, a copy with one byte changed is {altered}"
    yield f"open data: {len(played.open_data)} places, the same as JSON and as CSV"


def checked_lines(outcome: Outcome) -> Iterator[str]:
    checked = outcome.checked
    found = "no difference" if checked.is_sound else "a difference"
    yield f"checkpoint: {checked.size} events, root {checked.root}"
    yield f"fsck of stream, log, archive and documents: {found}; of the fetched folder as well"
    same = checked.replay["digest"] == outcome.replay["digest"]
    yield f"replay of the fetched archive alone: {'the same' if same else 'another'} digest"
