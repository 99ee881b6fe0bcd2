"""Ranking and allocating a competition, beside a bare sort of the same numbers.

Ours closes a maturity round and a judged one of three categories, ranks them with every tie-break,
and allocates prizes and two pools that every place has a part of, from two funds, with taxes: one
line an entry at least. Bare sorts the tuples that our order is decided by, ready made, with
`sorted`. Both in this process, on the same numbers; nothing is read or written.

The second claim holds ours against itself: what an entry costs, by n log n, at 100,000 entries
beside 10,000. Both claims count the seconds of the processor, so that neighbours do not, and set
the inputs aside from the collector of garbage, which would walk them for either side.
"""

import gc
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from time import process_time

from services.awards.domain.allocation import Results, lines
from services.awards.domain.ranking import Order, ranked
from services.awards.domain.rounds import ClosedRound, closed, maturity_score
from shared.editions.taxes import load_table
from shared.events.awards import (
    CategoryRule,
    CompetitionRules,
    Entry,
    Pool,
    Prize,
    RankedEntry,
    Recipient,
    RoundRule,
    TieBreak,
)
from tests.benchmarks.measure import Bench, Claim, Result, Tell, alternated

MANY, FEW, ROUNDS = 100_000, 10_000, 5
CATEGORIES = ("skpd", "desa", "masyarakat")
TIE_BREAKS: tuple[TieBreak, ...] = (
    "last_round",
    "first_criterion",
    "verified_maturity",
    "evidence_acceptance",
)
ADMINISTRATION = RoundRule(code="administrasi", name="a", scored_by="maturity", weight=40)
FINAL = RoundRule(code="presentasi", name="p", scored_by="panel", weight=60)
TABLE = load_table("2024-r1")
POOLED_RUPIAH = 90_000_000_000

BESIDE_SORT = Claim(
    name="allocation",
    says=f"{MANY:,} entries closed, ranked, and allocated to the rupiah in one run",
    beside="a bare sort of the same numbers",
    unit="seconds",
    better="lower",
    aim=100,
)
GROWTH = Claim(
    name="allocation-growth",
    says=f"ranking and allocating {MANY:,} entries costs as n log n says",
    beside=f"what {FEW:,} entries cost",
    unit="microseconds / (n log2 n)",
    better="lower",
    aim=1.5,
)


@dataclass(frozen=True, slots=True)
class Contest:
    """Entries with what they were scored, and the same as the tuples that decide their order."""

    rules: CompetitionRules
    entries: Mapping[str, Sequence[Entry]]
    points: Mapping[str, Decimal]
    first: Mapping[str, Decimal]
    recipients: Mapping[str, tuple[Recipient, ...]]
    keys: Sequence[tuple[Decimal, ...]]


def contest(entries: int) -> Contest:
    """Random scores with two decimals, so that there are ties to break."""
    chance = Random(entries)
    made = [_entry(number, chance) for number in range(entries)]
    points = {each.innovation_id: _score(chance, 100) for each in made}
    first = {each.innovation_id: _score(chance, 100) for each in made}
    by_category: dict[str, list[Entry]] = {code: [] for code in CATEGORIES}
    for each in made:
        by_category[each.category].append(each)
    return Contest(
        rules=_rules(entries),
        entries=by_category,
        points=points,
        first=first,
        recipients={each.innovation_id: (_person(each),) for each in made},
        keys=[_key(each, points, first) for each in made],
    )


def allocated(given: Contest) -> int:
    """Close, rank and allocate; how many lines came of it. Raises unless every pool is whole."""
    places: list[RankedEntry] = []
    for category in given.rules.categories:
        mine = given.entries[category.code]
        rounds = {
            ADMINISTRATION.code: _closed(
                ADMINISTRATION, {e.innovation_id: maturity_score(e.verified_maturity) for e in mine}
            ),
            FINAL.code: _closed(
                FINAL, {e.innovation_id: given.points[e.innovation_id] for e in mine}, given.first
            ),
        }
        places += ranked(category, mine, rounds, Order(TIE_BREAKS))
    results = Results(
        competition_id="kia-2026",
        version=1,
        rules=given.rules,
        ranking=places,
        entries={e.innovation_id: e for mine in given.entries.values() for e in mine},
        recipients=given.recipients,
    )
    owed = lines(results, _identify, TABLE)
    pooled = sum(line.amount_rupiah for line in owed["bank"])
    if pooled != POOLED_RUPIAH * len(CATEGORIES):
        raise AssertionError(f"the pools gave {pooled} rupiah")
    return sum(map(len, owed.values()))


async def beside_sort(tell: Tell) -> Result:
    given = contest(MANY)
    gc.freeze()

    async def ours() -> float:
        return _seconds(given)

    async def bare() -> float:
        began = process_time()
        ordered = sorted(given.keys, reverse=True)
        seconds = process_time() - began
        if len(ordered) != MANY:
            raise AssertionError("the sort lost something")
        return seconds

    try:
        return Result(BESIDE_SORT, await alternated(ROUNDS, ours, bare, tell))
    finally:
        gc.unfreeze()


async def growth(tell: Tell) -> Result:
    many, few = contest(MANY), contest(FEW)
    gc.freeze()

    async def ours() -> float:
        return _seconds(many) * 1e6 / (MANY * math.log2(MANY))

    async def bare() -> float:
        return _seconds(few) * 1e6 / (FEW * math.log2(FEW))

    try:
        pairs = await alternated(ROUNDS, ours, bare, tell)
    finally:
        gc.unfreeze()
    result = Result(GROWTH, pairs)
    return Result(GROWTH, pairs, {"entries/s": 1e6 / (result.ours * math.log2(MANY))})


BENCHES = (Bench(BESIDE_SORT, beside_sort), Bench(GROWTH, growth))


def _identify(category: str, rank: int, item: str, innovation: str, recipient: str) -> str:
    return f"{category}_{item}_{innovation}_{recipient}"


def _seconds(given: Contest) -> float:
    gc.collect()
    began = process_time()
    found = allocated(given)
    seconds = process_time() - began
    if found < len(given.points):
        raise AssertionError(f"{found} lines for {len(given.points)} entries")
    return seconds


def _closed(
    rule: RoundRule, scores: Mapping[str, Decimal], first: Mapping[str, Decimal] | None = None
) -> ClosedRound:
    return ClosedRound({each.innovation_id: each for each in closed(rule, scores)}, first or {})


def _score(chance: Random, highest: int) -> Decimal:
    return Decimal(chance.randrange(highest * 100)).scaleb(-2)


def _entry(number: int, chance: Random) -> Entry:
    agency = f"agency-{number % 500}"
    return Entry(
        innovation_id=f"inov-{number}",
        category=CATEGORIES[number % len(CATEGORIES)],
        title=f"Inovasi {number}",
        agency_id=agency,
        agency_path=("kalsel", agency),
        drafters=(),
        deciders=(),
        scorecard_number=1,
        verified_maturity=_score(chance, 111),
        evidence_acceptance=_score(chance, 100),
    )


def _person(entry: Entry) -> Recipient:
    return Recipient(recipient_id=f"p-{entry.innovation_id}", kind="person", taxed_as="person")


def _key(
    entry: Entry, points: Mapping[str, Decimal], first: Mapping[str, Decimal]
) -> tuple[Decimal, ...]:
    name = entry.innovation_id
    maturity = maturity_score(entry.verified_maturity)
    total = (40 * maturity + 60 * points[name]) / 100
    return (total, points[name], first[name], maturity, entry.evidence_acceptance)


def _rules(entries: int) -> CompetitionRules:
    return CompetitionRules(
        categories=tuple(_category(code, entries) for code in CATEGORIES),
        tie_breaks=TIE_BREAKS,
        objection_days=3,
        ties="split",
    )


def _category(code: str, entries: int) -> CategoryRule:
    prizes = tuple(
        Prize(rank=rank, label=f"Juara {rank}", fund_id="apbd", amount_rupiah=5_000_000 // rank)
        for rank in range(1, 7)
    )
    shares = tuple(range(entries, 0, -1))
    return CategoryRule(
        code=code,
        name=code,
        within="kalsel",
        initiators=(),
        minimum_maturity=Decimal(0),
        rounds=(ADMINISTRATION, FINAL),
        prizes=prizes,
        pools=(
            _pool("index", entries),
            _pool("shares", entries, shares),
        ),
        recipient="person",
    )


def _pool(by: str, entries: int, shares: tuple[int, ...] = ()) -> Pool:
    values = {"label": "Dana bersama", "fund_id": "bank", "amount_rupiah": POOLED_RUPIAH // 2}
    return Pool.model_validate({**values, "by": by, "to_rank": entries, "shares": shares})
