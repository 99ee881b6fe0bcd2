"""What the annex of the decree tells: who won, and the money of each place. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.awards.api.papers.contest import Contest, Payment
from services.awards.api.papers.labels import FUNDS, TITLES
from shared.errors import Refused
from shared.events.awards import CategoryRule, RankedEntry
from shared.papers import day_in_words, rupiah, rupiah_in_words
from shared.wita import long_date


def told(contest: Contest) -> dict[str, Any]:
    """The money is what the ledger holds. Raises `Refused` before the decree, and before anything
    is allocated where the rules promise something.
    """
    decree = contest.decree
    won = _won(contest)
    return {
        "title": TITLES["decree_annex"],
        "decree": {
            "number": decree.fact.decree_number,
            "date": long_date(decree.fact.decree_date),
            "day": day_in_words(decree.fact.decree_date),
        },
        "facts": [
            ["Lomba", f"{contest.fact.name} ({contest.competition_id})"],
            ["Musim penilaian", contest.fact.season_id],
            ["Versi hasil", str(decree.fact.version)],
            ["Sidik aturan", contest.fact.rules_digest],
        ],
        "categories": [_category(contest, each, won) for each in contest.categories],
        "totals": totals(contest, contest.living),
        "source": {"event": decree.id, "sequence": decree.sequence},
    }


def totals(contest: Contest, payments: Sequence[Payment]) -> list[dict[str, Any]]:
    """The gross sum of each fund, in digits and in words."""
    return [
        {
            "fund": fund.name,
            "kind": FUNDS[fund.source_kind],
            "account": fund.account_code,
            "year": fund.fiscal_year,
            "rupiah": (total := sum(each.money.amount_rupiah for each in mine)),
            "amount": rupiah(total),
            "words": rupiah_in_words(total),
        }
        for fund, mine in contest.by_fund(payments)
    ]


def label_of(category: CategoryRule, place: RankedEntry) -> str:
    """What the rules call a place: by its own prize, else as a finalist."""
    prizes = category.prizes
    named = [each.label for each in prizes if each.to == "rank" and each.rank == place.rank]
    others = [each.label for each in prizes if each.to == "other_finalists"]
    return next(iter([*named, *others]), f"Finalis, peringkat {place.rank}")


def _won(contest: Contest) -> Mapping[str, list[Payment]]:
    promised = any(each.prizes or each.pools for each in contest.categories)
    if promised and not contest.living:
        raise Refused("not_allocated", "Allocate the money first: the annex tells of it.")
    won: dict[str, list[Payment]] = {}
    for each in contest.living:
        won.setdefault(each.money.innovation_id, []).append(each)
    return won


def _category(
    contest: Contest, category: CategoryRule, won: Mapping[str, list[Payment]]
) -> dict[str, Any]:
    places = [
        _place(contest, category, each, won.get(each.innovation_id, []))
        for each in contest.places(category.code)
    ]
    return {"name": category.name, "places": places}


def _place(
    contest: Contest, category: CategoryRule, place: RankedEntry, won: Sequence[Payment]
) -> dict[str, Any]:
    total = sum(each.money.amount_rupiah for each in won)
    entry = contest.entries[place.innovation_id]
    gifts = dict.fromkeys(each.money.in_kind for each in won if each.money.in_kind)
    return {
        "rank": place.rank,
        "label": label_of(category, place),
        "title": entry.title,
        "innovation": place.innovation_id,
        "agency": contest.agency(entry.agency_id),
        "rupiah": total,
        "amount": rupiah(total) if total else "-",
        "in_kind": ", ".join(gifts),
    }
