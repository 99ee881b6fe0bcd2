"""Places, recipients and what is allocated to them, for tests of the allocation."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.awards.domain.allocation import Results, lines
from services.awards.domain.entries import entry_of
from services.awards.domain.fund import Line
from shared.editions.taxes import TaxTable, load_table
from shared.events.awards import (
    CategoryRule,
    CompetitionRules,
    Entry,
    Pool,
    RankedEntry,
    Recipient,
    TaxedAs,
    Ties,
)
from tests.builders.awards import COMPETITION_ID, FUND_ID, rules, scored

TABLE = load_table("2024-r1")
Brief = tuple[str, int, str, int]
"""Innovation, rank, label and gross rupiah of a line."""


def place(innovation: str, rank: int, score: str = "80", category: str = "skpd") -> RankedEntry:
    return RankedEntry(
        innovation_id=innovation,
        category=category,
        rank=rank,
        final_score=Decimal(score),
        round_scores=(),
        tie_break=None,
    )


def placed(*innovations: str, category: str = "skpd") -> list[RankedEntry]:
    """One after the other, the first on rank 1."""
    return [place(each, rank, "80", category) for rank, each in enumerate(innovations, start=1)]


def pool(by: str = "shares", amount_rupiah: int = 1_000_000, **changes: object) -> Pool:
    values: dict[str, object] = {"label": "Dana bersama", "fund_id": FUND_ID, "to_rank": 3}
    shares = (50, 30, 20) if by == "shares" else ()
    return Pool.model_validate(
        {**values, "by": by, "amount_rupiah": amount_rupiah, "shares": shares, **changes}
    )


def person(recipient: str, taxed_as: TaxedAs = "person", parts: int = 1) -> Recipient:
    kind = {"person": "person", "payroll": "person", "body": "body", "agency": "agency"}[taxed_as]
    return Recipient.model_validate(
        {"recipient_id": recipient, "kind": kind, "taxed_as": taxed_as, "parts": parts}
    )


def entry(innovation: str, category: str = "skpd", agency: str | None = None) -> Entry:
    """Of an agency of its own, so that caps do not meet by chance."""
    agency = agency or f"agency-{innovation}"
    card = scored(innovation, agency_id=agency, agency_path=("kalsel", agency))
    return entry_of(card, category)


def results(
    ranking: Sequence[RankedEntry],
    *categories: CategoryRule,
    ties: Ties = "vote",
    cap: int | None = None,
    recipients: Mapping[str, tuple[Recipient, ...]] | None = None,
    agencies: Mapping[str, str] | None = None,
) -> Results:
    found: CompetitionRules = rules(*categories, ties=ties, cap_per_recipient_rupiah=cap)
    return Results(
        competition_id=COMPETITION_ID,
        version=1,
        rules=found,
        ranking=ranking,
        entries={
            each.innovation_id: entry(
                each.innovation_id, each.category, (agencies or {}).get(each.innovation_id)
            )
            for each in ranking
        },
        recipients=recipients or {},
    )


def identify(category: str, rank: int, item: str, innovation: str, recipient: str) -> str:
    return "_".join((category, str(rank), item, innovation, recipient))


def owed(given: Results, table: TaxTable | None = TABLE) -> dict[str, list[Line]]:
    return {fund: list(found) for fund, found in lines(given, identify, table).items()}


def brief(found: Mapping[str, Sequence[Line]], fund_id: str = FUND_ID) -> list[Brief]:
    return [
        (each.innovation_id, each.rank, each.label, each.amount_rupiah)
        for each in found.get(fund_id, [])
    ]
