"""Prizes, pools, recipients, taxes and the cap together, in one fixed order. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.awards.domain.allocation.caps import Cap
from services.awards.domain.allocation.pools import pool_dues
from services.awards.domain.allocation.prizes import prize_dues
from services.awards.domain.allocation.results import Due, Identify, Results
from services.awards.domain.allocation.taxing import Taxing, Withheld, by_table
from services.awards.domain.allocation.teams import Share, shared
from services.awards.domain.allocation.ties import Group, groups_by_category, refuse_undecided
from services.awards.domain.fund.commands import Line
from services.awards.domain.recipients import recipients_of
from shared.editions.taxes import TaxTable
from shared.events.awards import CategoryRule, CompetitionRules


def lines(
    results: Results, identify: Identify, table: TaxTable | None
) -> Mapping[str, tuple[Line, ...]]:
    """What each fund owes to whom, by fund. A place without prize or pool receives nothing.

    Raises `Refused` while a tie needs a vote, a recipient is to be named, or somebody who is taxed
    would receive money and `table` is None.
    """
    return lines_taxed(results, identify, by_table(table))


def lines_taxed(
    results: Results, identify: Identify, taxing: Taxing
) -> Mapping[str, tuple[Line, ...]]:
    """The same with taxes as `taxing` says.

    The order is that of categories, prizes, pools, ranks, innovations and recipients, whatever
    order the results come in; a cap lets the earlier ones have theirs first. What a cap leaves
    nothing of has no line, and stays in the fund.
    """
    refuse_undecided(results)
    groups = groups_by_category(results.ranking)
    cap = Cap(results.rules.cap_per_recipient_rupiah)
    by_fund: dict[str, list[Line]] = {}
    for category in results.rules.categories:
        for due in _dues(results.rules, category, groups.get(category.code, ())):
            named = recipients_of(category, results.entries[due.innovation_id], results.recipients)
            for share in shared(due, named):
                settled = _settled(share, cap, taxing)
                if settled.withheld.tax.gross_rupiah or share.in_kind:
                    line = _line(results, settled, identify)
                    by_fund.setdefault(due.fund_id, []).append(line)
    return {fund: tuple(found) for fund, found in sorted(by_fund.items())}


@dataclass(frozen=True, slots=True)
class Settled:
    """A share with its tax. `uncapped_rupiah` is its gross before the cap cut it, if it did."""

    share: Share
    withheld: Withheld
    uncapped_rupiah: int | None


def _dues(
    rules: CompetitionRules, category: CategoryRule, groups: Sequence[Group]
) -> Iterator[Due]:
    yield from prize_dues(category, groups, rules.ties)
    yield from pool_dues(category, groups, rules.ties)


def _settled(share: Share, cap: Cap, taxing: Taxing) -> Settled:
    taxed_as = share.recipient.taxed_as
    asked = taxing(taxed_as, share.amount_rupiah, share.due.amount_is)
    gross = asked.tax.gross_rupiah
    granted = cap.cut(share.recipient.recipient_id, gross)
    if granted == gross:
        return Settled(share, asked, None)
    return Settled(share, taxing(taxed_as, granted, "gross"), gross)


def _line(results: Results, settled: Settled, identify: Identify) -> Line:
    share, table = settled.share, settled.withheld.table
    due, tax = share.due, settled.withheld.tax
    entry = results.entries[due.innovation_id]
    recipient = share.recipient
    return Line(
        allocation_id=identify(
            due.category, due.rank, due.item, due.innovation_id, recipient.recipient_id
        ),
        competition_id=results.competition_id,
        results_version=results.version,
        category=due.category,
        rank=due.rank,
        label=due.label,
        innovation_id=due.innovation_id,
        agency_id=entry.agency_id,
        agency_path=entry.agency_path,
        amount_rupiah=tax.gross_rupiah,
        in_kind=share.in_kind,
        recipient=recipient,
        tax_rupiah=tax.tax_rupiah,
        net_rupiah=tax.net_rupiah,
        tax_rule=tax.rule,
        tax_table=None if table is None else table.id,
        tax_digest=None if table is None else table.digest,
        uncapped_rupiah=settled.uncapped_rupiah,
    )
