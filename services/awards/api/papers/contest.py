"""One competition as papers tell of it: its entries, its newest results, its money. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Final, Literal

from services.awards.api.papers.agencies import Agency, agencies_of, government_over
from services.awards.api.papers.past import Past
from shared.errors import NotFound, Refused
from shared.events.awards import (
    AllocationApproved,
    AllocationHeld,
    AllocationPaid,
    AllocationReleased,
    AllocationReturned,
    AllocationReversed,
    CategoryRule,
    CompetitionAnnounced,
    Entry,
    EntryCorrected,
    EntryEnrolled,
    FundRegistered,
    MoneyAllocated,
    RankedEntry,
    Recipient,
    RecipientsNamed,
    ResultsDetermined,
    ResultsDrafted,
)
from shared.events.base import Recorded

Names = Mapping[str, str]
"""Names of recipients by their ids, as far as anybody gave them."""

Money = Literal["allocated", "approved", "held", "paid", "returned", "reversed"]
MOVES: Final[Mapping[type[Any], Money]] = {
    AllocationApproved: "approved",
    AllocationHeld: "held",
    AllocationReleased: "allocated",
    AllocationPaid: "paid",
    AllocationReturned: "returned",
    AllocationReversed: "reversed",
}
GONE: Final = ("returned", "reversed")
PAYEES: Final = ("person", "body")


def is_agency(recipient: Recipient) -> bool:
    """Whether its id is the code of an agency, a village or a region; else that of a payee."""
    return recipient.kind not in PAYEES


@dataclass(frozen=True)
class Payment:
    """An allocation and what became of it. `later` are the facts about it, the oldest first."""

    allocated: Recorded[MoneyAllocated]
    later: tuple[Recorded[Any], ...]

    @property
    def money(self) -> MoneyAllocated:
        return self.allocated.fact

    @property
    def state(self) -> Money:
        """A hold lets an approval stand: what is released is as it was before."""
        state: Money = "allocated"
        before: Money = "allocated"
        for event in self.later:
            moved = MOVES[type(event.fact)]
            if moved == "held":
                before = state
            state = before if isinstance(event.fact, AllocationReleased) else moved
        return state

    @property
    def paid(self) -> Recorded[AllocationPaid] | None:
        found = [each for each in self.later if isinstance(each.fact, AllocationPaid)]
        return found[-1] if found else None

    @property
    def net_rupiah(self) -> int:
        money = self.money
        return money.amount_rupiah if money.net_rupiah is None else money.net_rupiah

    @property
    def recipient_id(self) -> str:
        money = self.money
        return money.agency_id if money.recipient is None else money.recipient.recipient_id

    @property
    def is_to_agency(self) -> bool:
        return self.money.recipient is None or is_agency(self.money.recipient)


@dataclass(frozen=True)
class Contest:
    """Raises `NotFound` where nothing was announced, `Refused` where there are no results."""

    past: Past
    competition_id: str

    @cached_property
    def announced(self) -> Recorded[CompetitionAnnounced]:
        found = self.past.last(CompetitionAnnounced, competition_id=self.competition_id)
        if found is None:
            raise NotFound("competition_unknown", "There is no such competition.")
        return found

    @property
    def fact(self) -> CompetitionAnnounced:
        return self.announced.fact

    @property
    def categories(self) -> tuple[CategoryRule, ...]:
        return self.fact.rules.categories

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        kinds = (EntryEnrolled, EntryCorrected)
        facts = [event.fact for event in self.past.events if isinstance(event.fact, kinds)]
        mine = [fact for fact in facts if fact.competition_id == self.competition_id]
        return {fact.entry.innovation_id: fact.entry for fact in mine}

    @cached_property
    def results(self) -> Recorded[ResultsDrafted]:
        """The newest version."""
        found = self.past.last(ResultsDrafted, competition_id=self.competition_id)
        if found is None:
            raise Refused("not_drafted", "There are no results yet.")
        return found

    @property
    def ever_placed(self) -> tuple[str, ...]:
        """The innovations that had a place in some version of the results."""
        versions = self.past.all(ResultsDrafted, competition_id=self.competition_id)
        places = (place.innovation_id for each in versions for place in each.fact.ranking)
        return tuple(dict.fromkeys(places))

    @cached_property
    def determined(self) -> Recorded[ResultsDetermined] | None:
        return self.past.last(ResultsDetermined, competition_id=self.competition_id)

    @property
    def decree(self) -> Recorded[ResultsDetermined]:
        """Raises `Refused` before there is one."""
        if self.determined is None:
            raise Refused("not_determined", "The results are not determined by decree yet.")
        return self.determined

    def places(self, category: str) -> list[RankedEntry]:
        mine = [each for each in self.results.fact.ranking if each.category == category]
        return sorted(mine, key=lambda each: (each.rank, each.innovation_id))

    def title(self, innovation: str) -> str:
        entry = self.entries.get(innovation)
        return innovation if entry is None else entry.title

    def agency(self, code: str) -> str:
        """Its name, or the code of one that nobody registered."""
        known = self._agencies.get(code)
        return code if known is None else known.name

    @property
    def government(self) -> str | None:
        """Who runs the competition: the government over all that may enter it, where known."""
        return government_over(self._agencies, (each.within for each in self.categories))

    @cached_property
    def _agencies(self) -> Mapping[str, Agency]:
        return agencies_of(self.past)

    def category(self, code: str) -> CategoryRule:
        return next(each for each in self.categories if each.code == code)

    def recipients(self, innovation: str) -> tuple[Recipient, ...]:
        """Those that somebody named; () where nobody did."""
        named = self.past.last(
            RecipientsNamed, competition_id=self.competition_id, innovation_id=innovation
        )
        return () if named is None else named.fact.recipients

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        """Everything that was allocated, by fund and then in the order of categories and ranks."""
        order = {each.code: place for place, each in enumerate(self.categories)}
        moves = _moves(self.past)
        found = [
            Payment(each, moves.get((each.fact.fund_id, each.fact.allocation_id), ()))
            for each in self.past.all(MoneyAllocated, competition_id=self.competition_id)
        ]
        return tuple(sorted(found, key=lambda each: _place(each, order)))

    @property
    def living(self) -> tuple[Payment, ...]:
        """Without what was reversed or came back."""
        return tuple(each for each in self.payments if each.state not in GONE)

    def by_fund(self, payments: Iterable[Payment]) -> list[tuple[FundRegistered, list[Payment]]]:
        """`payments` in the order in which `payments` of this contest stand."""
        grouped = groupby(payments, key=lambda each: each.money.fund_id)
        return [(self._fund(fund_id), list(each)) for fund_id, each in grouped]

    def fund(self, payment: Payment) -> FundRegistered:
        return self._fund(payment.money.fund_id)

    def _fund(self, fund_id: str) -> FundRegistered:
        found = self.past.last(FundRegistered, fund_id=fund_id)
        assert found is not None, "money is allocated by registered funds only"
        return found.fact


def _moves(past: Past) -> Mapping[tuple[str, str], tuple[Recorded[Any], ...]]:
    found: dict[tuple[str, str], tuple[Recorded[Any], ...]] = {}
    for event in past.events:
        if type(event.fact) in MOVES:
            key = (event.fact.fund_id, event.fact.allocation_id)
            found[key] = (*found.get(key, ()), event)
    return found


def _place(payment: Payment, order: Mapping[str, int]) -> tuple[str, int, int, str, str]:
    money = payment.money
    return (
        money.fund_id,
        order.get(money.category, len(order)),
        money.rank,
        money.innovation_id,
        money.allocation_id,
    )
