"""Prizes and pools that can be paid: what they name, and what their funds can bear. Pure."""

from collections import Counter
from collections.abc import Iterable

from services.awards.domain.known import KnownFund
from shared.errors import Refused
from shared.events.awards import CategoryRule, CompetitionRules, Pool, Prize


def check_money(rules: CompetitionRules) -> None:
    """Raises `Refused` with the first prize or pool that gives nothing, or to nobody."""
    for category in rules.categories:
        ranked = [prize.rank for prize in category.prizes if prize.to == "rank"]
        if ranked and min(ranked) != 1:
            raise Refused(
                "prize_ranks_start",
                f"The prizes of category {category.code} start at rank 1.",
                category=category.code,
            )
        for prize in category.prizes:
            _check_prize(category.code, prize)
        for pool in category.pools:
            _check_pool(category.code, pool)


def _check_prize(category: str, prize: Prize) -> None:
    if (prize.to == "rank") != (prize.rank >= 1):
        raise Refused(
            "prize_rank_unclear",
            f"A prize of category {category} names a rank exactly when it is for one.",
            category=category,
            label=prize.label,
        )
    if not prize.amount_rupiah and not prize.in_kind.strip():
        raise Refused(
            "prize_empty",
            f"A prize of category {category} is nothing.",
            category=category,
            rank=prize.rank,
        )


def _check_pool(category: str, pool: Pool) -> None:
    where = {"category": category, "label": pool.label}
    if not pool.amount_rupiah or pool.to_rank < 1:
        raise Refused("pool_empty", f"A pool of category {category} is nothing.", **where)
    if pool.by == "shares" and len(pool.shares) != pool.to_rank:
        raise Refused(
            "pool_shares_missing", f"A pool of {category} has a share for each rank.", **where
        )
    if pool.by == "index" and pool.shares:
        raise Refused(
            "pool_shares_unused", f"A pool of {category} by index has no shares.", **where
        )
    if any(share < 1 for share in pool.shares):
        raise Refused("pool_share_empty", f"A pool of {category} has a share of nothing.", **where)


def check_funds(rules: CompetitionRules, funds: Iterable[KnownFund]) -> None:
    """Raises `Refused` where a fund is unknown, of another year, or cannot bear the prizes."""
    known = {fund.fund_id: fund for fund in funds}
    for fund_id, asked in sorted(asked_of(rules).items()):
        fund = known.get(fund_id)
        if fund is None:
            raise Refused("fund_unknown", f"There is no fund {fund_id}.", fund_id=fund_id)
        if rules.fiscal_year not in (None, fund.fiscal_year):
            raise Refused(
                "fund_of_another_year",
                f"Fund {fund_id} is of {fund.fiscal_year}, not of {rules.fiscal_year}.",
                fund_id=fund_id,
                fiscal_year=fund.fiscal_year,
            )
        if asked > fund.available_rupiah:
            raise Refused(
                "prizes_over_ceiling",
                f"The prizes ask {asked} rupiah of fund {fund_id}, which has"
                f" {fund.available_rupiah} left.",
                fund_id=fund_id,
                available_rupiah=fund.available_rupiah,
                asked_rupiah=asked,
            )


def asked_of(rules: CompetitionRules) -> Counter[str]:
    """What prizes and pools can ask of each fund, as far as the rules alone tell.

    Prizes of finalists count as often as the rounds let entries go on; an equal last place, a
    promoted tie and borne taxes may ask more, which the fund refuses when it is allocated.
    """
    asked: Counter[str] = Counter()
    for category in rules.categories:
        for prize in category.prizes:
            asked[prize.fund_id] += prize.amount_rupiah * _times(prize, category)
        for pool in category.pools:
            asked[pool.fund_id] += pool.amount_rupiah
    return asked


def _times(prize: Prize, category: CategoryRule) -> int:
    if prize.to == "rank":
        return 1
    limits = [rule.advance for rule in category.rounds if rule.advance is not None]
    finalists = min(limits, default=0)
    if prize.to == "finalists":
        return finalists
    prized = {each.rank for each in category.prizes if each.to == "rank"}
    return max(finalists - len(prized), 0)
