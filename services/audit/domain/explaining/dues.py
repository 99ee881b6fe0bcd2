"""What results owe, retraced share by share with all that the rules looked at. Pure.

The order is that of the rules, as where money is allocated: a cap lets the earlier have theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.audit.domain.explaining.history import History
from services.awards.domain.allocation import Results, Taxing, Withheld, by_table, untaxed
from services.awards.domain.allocation.caps import Cap
from services.awards.domain.allocation.pools import pool_dues
from services.awards.domain.allocation.prizes import prize_dues
from services.awards.domain.allocation.results import Due
from services.awards.domain.allocation.teams import Share, shared
from services.awards.domain.allocation.ties import Group, groups_by_category
from services.awards.domain.recipients import recipients_of
from services.awards.domain.taxation import digests_in_force
from shared.editions.taxes import TaxTable
from shared.events.awards import (
    COMPETITION,
    CategoryRule,
    MoneyAllocated,
    Recipient,
    RecipientsNamed,
)
from shared.events.base import Recorded
from shared.wita import today_in_wita


@dataclass(frozen=True, slots=True)
class Traced:
    """A share, and its tax before and after the cap.

    `beside` are the shares of the same due, `rivals` all dues of the same item of the rules,
    `earlier` what the same recipient had before.
    """

    category: CategoryRule
    group: Group
    due: Due
    beside: tuple[Share, ...]
    rivals: tuple[Due, ...]
    share: Share
    asked: Withheld
    withheld: Withheld
    earlier: tuple["Traced", ...]

    @property
    def had_rupiah(self) -> int:
        return sum(each.withheld.tax.gross_rupiah for each in self.earlier)

    @property
    def is_cut(self) -> bool:
        return self.withheld.tax.gross_rupiah != self.asked.tax.gross_rupiah


@dataclass(frozen=True, slots=True)
class Owing:
    """Determined results as they stood when money was allocated, and what is taxed how."""

    results: Results
    table: TaxTable | None

    @property
    def taxing(self) -> Taxing:
        return untaxed if self.table is None else by_table(self.table)


def owing(event: Recorded[MoneyAllocated], history: History) -> Owing | None:
    """None while the results are not determined. Raises `OtherEdition`."""
    money = event.fact
    determined = history.decree(money.competition_id)
    if determined is None:
        return None
    drafted, named = determined.drafted, _namings(event, history)
    results = Results(
        competition_id=money.competition_id,
        version=drafted.version,
        rules=drafted.judged.rules,
        ranking=drafted.ranking,
        entries=drafted.judged.entries,
        recipients={each.fact.innovation_id: each.fact.recipients for each in named},
    )
    return Owing(results, _table(money, history))


def _namings(
    event: Recorded[MoneyAllocated], history: History
) -> Sequence[Recorded[RecipientsNamed]]:
    """Who was named by then: a later naming says nothing about this money."""
    subject = COMPETITION.subject(event.fact.competition_id)
    return tuple(history.trail.of(subject, RecipientsNamed, until=event.sequence))


def _table(money: MoneyAllocated, history: History) -> TaxTable | None:
    """The one that it names; else the one in force that day, by which others were taxed."""
    world = history.world
    if money.tax_digest is not None:
        return world.tax_table(money.tax_table or "", money.tax_digest)
    in_force = digests_in_force(world.taxations(), today_in_wita(money.at))
    tables = (world.tables[key] for key in sorted(world.tables))
    return next((each for each in tables if each.digest in in_force), None)


def traces(event: Recorded[MoneyAllocated], owed: Owing, history: History) -> Sequence[Traced]:
    """All shares, computed once for the many allocations that rest on the same.

    Raises what the rules of allocation refuse.
    """
    digest = None if owed.table is None else owed.table.digest
    about = ("traces", event.fact.competition_id, len(_namings(event, history)), digest)
    return history.once(about, lambda: tuple(_traced(owed)))


def _traced(owed: Owing) -> Iterator[Traced]:
    rules = owed.results.rules
    groups = groups_by_category(owed.results.ranking)
    cap = Cap(rules.cap_per_recipient_rupiah)
    had: dict[str, tuple[Traced, ...]] = {}
    for category in rules.categories:
        mine = {group.rank: group for group in groups.get(category.code, ())}
        given = tuple(mine.values())
        dues = (*prize_dues(category, given, rules.ties), *pool_dues(category, given, rules.ties))
        rivals = _by_item(dues)
        for due in dues:
            beside = shared(due, _recipients(category, due, owed))
            for share in beside:
                recipient = share.recipient.recipient_id
                asked, withheld = _settled(share, cap, owed.taxing)
                found = Traced(
                    category=category,
                    group=mine[due.rank],
                    due=due,
                    beside=beside,
                    rivals=rivals[due.item],
                    share=share,
                    asked=asked,
                    withheld=withheld,
                    earlier=had.get(recipient, ()),
                )
                had[recipient] = (*found.earlier, found)
                yield found


def _by_item(dues: Sequence[Due]) -> Mapping[str, tuple[Due, ...]]:
    found: dict[str, list[Due]] = {}
    for due in dues:
        found.setdefault(due.item, []).append(due)
    return {item: tuple(mine) for item, mine in found.items()}


def _recipients(category: CategoryRule, due: Due, owed: Owing) -> tuple[Recipient, ...]:
    entry = owed.results.entries[due.innovation_id]
    return recipients_of(category, entry, owed.results.recipients)


def _settled(share: Share, cap: Cap, taxing: Taxing) -> tuple[Withheld, Withheld]:
    taxed_as = share.recipient.taxed_as
    asked = taxing(taxed_as, share.amount_rupiah, share.due.amount_is)
    gross = asked.tax.gross_rupiah
    granted = cap.cut(share.recipient.recipient_id, gross)
    return asked, asked if granted == gross else taxing(taxed_as, granted, "gross")


def behind(money: MoneyAllocated, found: Traced) -> bool:
    """Whether this share is what was allocated, to the rupiah. Versions are not compared."""
    due, tax = found.due, found.withheld.tax
    expected = (
        *(due.fund_id, due.category, due.rank, due.label, due.innovation_id),
        *(tax.gross_rupiah, tax.tax_rupiah, tax.net_rupiah, found.share.in_kind),
        found.share.recipient if money.recipient is not None else None,
    )
    net = money.amount_rupiah if money.net_rupiah is None else money.net_rupiah
    return expected == (
        *(money.fund_id, money.category, money.rank, money.label, money.innovation_id),
        *(money.amount_rupiah, money.tax_rupiah, net, money.in_kind),
        money.recipient,
    )
