"""The books of a competition as somebody keeps them who knows the facts and none of our code.

Everything here is worked out from the plain facts, by rules of its own, and compared with what the
services say.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from shared.events.awards import (
    AllocationApproved,
    AllocationHeld,
    AllocationPaid,
    AllocationReleased,
    AllocationReturned,
    AllocationReversed,
    DoubtDecided,
    DoubtFiled,
    DoubtLapsed,
    EntryCorrected,
    EntryDisqualified,
    EntryEnrolled,
    FundRegistered,
    MinutesSigned,
    MoneyAllocated,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionLapsed,
    ObjectionWindowOpened,
    PublicTestOpened,
    ResultsDetermined,
    ResultsDrafted,
    TieResolved,
)
from shared.events.base import Fact

LIVING = ("allocated", "approved", "held", "paid")
MOVES = {
    AllocationApproved: ({"allocated"}, "approved"),
    AllocationHeld: ({"allocated", "approved"}, "held"),
    AllocationPaid: ({"approved"}, "paid"),
    AllocationReturned: ({"paid"}, "returned"),
    AllocationReversed: ({"allocated", "approved", "held"}, "reversed"),
}


@dataclass
class Item:
    money: MoneyAllocated
    state: str = "allocated"
    before_hold: str = "allocated"
    approved_by: str | None = None


@dataclass
class Ledger:
    """A fund: every step is legal, and after every fact the sums are right."""

    ceiling: int = 0
    items: dict[str, Item] = field(default_factory=dict[str, Item])

    @property
    def allocated(self) -> int:
        return sum(i.money.amount_rupiah for i in self.items.values() if i.state in LIVING)

    def book(self, fact: Fact) -> None:
        match fact:
            case FundRegistered():
                self.ceiling = fact.ceiling_rupiah
                return
            case MoneyAllocated():
                assert fact.allocation_id not in self.items
                assert fact.net_rupiah in (None, fact.amount_rupiah - fact.tax_rupiah)
                self.items[fact.allocation_id] = Item(fact)
            case AllocationReleased():
                item = self.items[fact.allocation_id]
                assert item.state == "held"
                item.state = item.before_hold
            case _:
                self._move(fact)
        told = getattr(fact, "allocated_rupiah", self.allocated)
        assert told == self.allocated <= self.ceiling

    def _move(self, fact: Fact) -> None:
        item = self.items[fact.allocation_id]  # type: ignore[attr-defined]
        allowed, after = MOVES[type(fact)]  # type: ignore[index]
        assert item.state in allowed, (item.state, type(fact).__name__)
        if isinstance(fact, AllocationApproved):
            assert fact.by != item.money.by
            item.approved_by = fact.by
        if isinstance(fact, AllocationHeld):
            item.before_hold = item.state
        if isinstance(fact, AllocationPaid):
            assert item.approved_by is not None
        item.state = after


def ledger_of(facts: Iterable[Fact]) -> Ledger:
    ledger = Ledger()
    for fact in facts:
        ledger.book(fact)
    return ledger


@dataclass
class Course:
    """What the facts of a competition come to."""

    maturity: dict[str, Decimal] = field(default_factory=dict[str, Decimal])
    out: set[str] = field(default_factory=set[str])
    votes: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    drafts: list[ResultsDrafted] = field(default_factory=list[ResultsDrafted])
    signed: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    window: ObjectionWindowOpened | None = None
    test: PublicTestOpened | None = None
    waiting: dict[str, str] = field(default_factory=dict[str, str])
    """What is undecided or uncorrected, with the innovation that it is about."""
    objected: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    determined: ResultsDetermined | None = None

    @property
    def version(self) -> int:
        return len(self.drafts)

    def follow(self, fact: Fact) -> None:
        match fact:
            case EntryEnrolled() | EntryCorrected():
                self.maturity[fact.entry.innovation_id] = fact.entry.verified_maturity
            case EntryDisqualified():
                self.out.add(fact.innovation_id)
            case TieResolved():
                self.votes.append(fact.order)
            case ResultsDrafted():
                self._drafted(fact)
            case MinutesSigned():
                self._signed(fact)
            case ObjectionWindowOpened():
                self.window = fact
            case PublicTestOpened():
                self.test = fact
            case ResultsDetermined():
                self._determined(fact)
            case _:
                self._disputed(fact)
        if isinstance(fact, EntryCorrected):
            self.waiting.pop(fact.objection_id, None)

    def _drafted(self, fact: ResultsDrafted) -> None:
        assert self.determined is None
        assert fact.version == self.version + 1
        assert [(e.innovation_id, e.rank) for e in fact.ranking] == self.expected()
        self.drafts.append(fact)

    def _signed(self, fact: MinutesSigned) -> None:
        assert fact.version == self.version
        assert fact.by not in self.signed[fact.version]
        self.signed[fact.version].add(fact.by)

    def _disputed(self, fact: Fact) -> None:
        match fact:
            case ObjectionFiled():
                assert self.window is not None
                assert fact.at < self.window.closes_at
                assert (fact.innovation_id, fact.indicator) not in self.objected
                self.objected.add((fact.innovation_id, fact.indicator))
                self.waiting[fact.objection_id] = fact.innovation_id
            case DoubtFiled():
                assert self.test is not None
                assert fact.at < self.test.closes_at
                assert fact.doubt_id not in self.waiting
                self.waiting[fact.doubt_id] = fact.innovation_id
            case ObjectionDecided(granted=False) | ObjectionLapsed():
                self.waiting.pop(fact.objection_id)
            case DoubtDecided() | DoubtLapsed():
                self.waiting.pop(fact.doubt_id)
            case _:
                return

    def _determined(self, fact: ResultsDetermined) -> None:
        assert self.determined is None
        assert fact.version == self.version
        assert self.signed[self.version]
        assert self.window is not None
        assert self.test is not None
        assert fact.at >= max(self.window.closes_at, self.test.closes_at)
        assert not [key for key, name in self.waiting.items() if name not in self.out]
        self.determined = fact

    def score(self, name: str) -> Decimal:
        share = self.maturity[name] * 100 / 111
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def expected(self) -> list[tuple[str, int]]:
        """The places: by score, equals by the latest vote that named all of them."""
        names = sorted(set(self.maturity) - self.out)
        groups: dict[Decimal, list[str]] = defaultdict(list)
        for name in names:
            groups[self.score(name)].append(name)
        places: list[tuple[str, int]] = []
        for score in sorted(groups, reverse=True):
            group = groups[score]
            vote = next((v for v in reversed(self.votes) if set(group) <= set(v)), None)
            first = len(places) + 1
            if vote is None:
                places += [(name, first) for name in group]
            else:
                ordered = sorted(group, key=vote.index)
                places += [(name, first + place) for place, name in enumerate(ordered)]
        return places


def course_of(facts: Iterable[Fact]) -> Course:
    course = Course()
    for fact in facts:
        course.follow(fact)
    return course


def owed(places: Sequence[tuple[str, int]], prizes: dict[int, tuple[str, int]]) -> dict[str, int]:
    """What each fund owes in all, from the places and a prize table of (fund, rupiah) by rank."""
    sums: dict[str, int] = defaultdict(int)
    for _, rank in places:
        if rank in prizes:
            fund, amount = prizes[rank]
            sums[fund] += amount
    return dict(sums)
