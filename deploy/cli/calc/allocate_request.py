"""What `inda calc allocate` is asked, and what of it can be worked with."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from deploy.cli.calc.running import Day, Id, Impossible, Number, Request, Rupiah, refuse_twice
from deploy.cli.json_input import shown
from shared.editions.numbers import check_range
from shared.events.awards import TaxedAs, Ties

HIGHEST_SCORE = Decimal(1_000_000)
Kind = Literal["person", "team", "agency", "village", "body", "region", "payroll"]
Positive = Annotated[StrictInt, Field(ge=1)]
Rank = Annotated[StrictInt, Field(ge=1, le=10_000_000)]


class RecipientGiven(Request):
    id: Id
    parts: Positive = 1
    taxed_as: TaxedAs | None = None


class RankGiven(Request):
    """A place. `tie_break` is there so that what `inda calc rank` prints can be given."""

    id: Id
    rank: Rank
    category: Id | None = None
    final_score: Number | None = None
    recipient: Kind | None = None
    recipients: tuple[RecipientGiven, ...] = ()
    tie_break: str | None = None


class PrizeGiven(Request):
    source: Id
    amount_rupiah: Rupiah = 0
    rank: Annotated[StrictInt, Field(ge=0)] = 0
    label: str | None = None
    in_kind: str = ""
    category: Id | None = None
    to: Literal["rank", "finalists", "other_finalists"] = "rank"
    amount_is: Literal["gross", "net"] = "gross"


class PoolGiven(Request):
    source: Id
    amount_rupiah: Rupiah
    by: Literal["shares", "index"]
    to_rank: Rank
    shares: tuple[Positive, ...] = ()
    label: str = "Pool"
    category: Id | None = None


class SourceGiven(Request):
    id: Id
    ceiling_rupiah: Rupiah


class AllocateRequest(Request):
    ranks: tuple[RankGiven, ...]
    sources: tuple[SourceGiven, ...]
    prizes: tuple[PrizeGiven, ...] = ()
    pools: tuple[PoolGiven, ...] = ()
    ties: Ties = "vote"
    cap_per_recipient_rupiah: Rupiah | None = None
    on: Day | None = None


def check(request: AllocateRequest) -> None:
    """Raises `Impossible` with the first thing that contradicts itself or is missing."""
    refuse_twice("Entry", (each.id for each in request.ranks))
    refuse_twice("Source", (each.id for each in request.sources))
    _check_ranks(request.ranks)
    for number, prize in enumerate(request.prizes, start=1):
        _check_prize(f"Prize {number}", prize)
        _check_named(f"Prize {number}", prize, request)
    for number, pool in enumerate(request.pools, start=1):
        _check_pool(f"Pool {number}", pool, request)
        _check_named(f"Pool {number}", pool, request)
    for place in request.ranks:
        _check_recipients(place, is_taxed=request.on is not None)


def _check_ranks(ranks: Iterable[RankGiven]) -> None:
    """n entries on rank r stand on the places r to r + n - 1, so nobody else may."""
    taken = Counter((each.category or "", each.rank) for each in ranks)
    for (category, rank), (other, following) in pairwise(sorted(taken)):
        free = rank + taken[category, rank]
        if category == other and following < free:
            raise Impossible(
                f"{taken[category, rank]} entries share rank {rank}, so the next rank is {free},"
                f" not {following}."
            )


def _check_prize(name: str, prize: PrizeGiven) -> None:
    if (prize.to == "rank") != (prize.rank > 0):
        raise Impossible(f'{name} names a rank from 1 on, or "to" says to which finalists it goes.')
    if not prize.amount_rupiah and not prize.in_kind.strip():
        raise Impossible(f"{name} is nothing: neither money nor in kind.")


def _check_pool(name: str, pool: PoolGiven, request: AllocateRequest) -> None:
    if pool.by == "shares" and len(pool.shares) != pool.to_rank:
        raise Impossible(f"{name} is for {pool.to_rank} ranks and has {len(pool.shares)} shares.")
    if pool.by == "index":
        if pool.shares:
            raise Impossible(f"{name} is shared by index and has no shares of its own.")
        for place in request.ranks:
            if place.rank <= pool.to_rank and pool.category in (None, place.category):
                _check_score(name, place)


def _check_score(name: str, place: RankGiven) -> None:
    if place.final_score is None:
        raise Impossible(f"{name} is shared by index: {shown(place.id)} has no final_score.")
    check_range(f"final_score of {shown(place.id)}", place.final_score, HIGHEST_SCORE)


def _check_named(name: str, given: PrizeGiven | PoolGiven, request: AllocateRequest) -> None:
    sources = ", ".join(shown(each.id) for each in request.sources) or "none"
    if all(each.id != given.source for each in request.sources):
        raise Impossible(f"{name} is paid from {shown(given.source)}; the sources are {sources}.")
    if given.category is not None and all(e.category != given.category for e in request.ranks):
        raise Impossible(f"{name} is for category {shown(given.category)}, where nobody is ranked.")


def _check_recipients(place: RankGiven, *, is_taxed: bool) -> None:
    refuse_twice(
        f"Among those who receive for {shown(place.id)},", (r.id for r in place.recipients)
    )
    if not is_taxed:
        return
    if not place.recipients and place.recipient in (None, "team"):
        what = "the recipients" if place.recipient == "team" else "the recipient"
        raise Impossible(f"Name {what} of {shown(place.id)}: on a day, taxes depend on it.")
    for each in place.recipients:
        if each.taxed_as is None:
            raise Impossible(
                f"Say what {shown(each.id)}, who receives for {shown(place.id)}, is taxed as."
            )
