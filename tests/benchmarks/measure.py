"""What a claim is and what came of it: pairs of measurements, compared pair by pair."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

Better = Literal["higher", "lower"]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """One round: ours and the bare baseline, measured one right after the other."""

    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


@dataclass(frozen=True, slots=True)
class Claim:
    """`says` is the sentence that the ratio of ours to `beside` is to prove.

    `aim` is the least ratio where higher is better, the largest where lower is.
    """

    name: str
    says: str
    beside: str
    unit: str
    better: Better
    aim: float


@dataclass(frozen=True, slots=True)
class Result:
    """The rounds of one claim; `also` are further figures, by name."""

    claim: Claim
    pairs: tuple[Pair, ...]
    also: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def ours(self) -> float:
        return median(pair.ours for pair in self.pairs)

    @property
    def bare(self) -> float:
        return median(pair.bare for pair in self.pairs)

    @property
    def ratio(self) -> float:
        """The median of the rounds' own ratios: noise that lasts a while hits both sides alike."""
        return median(pair.ratio for pair in self.pairs)

    @property
    def is_met(self) -> bool:
        if self.claim.better == "higher":
            return self.ratio >= self.claim.aim
        return self.ratio <= self.claim.aim


Measure = Callable[[Tell], Awaitable[Result]]
Side = Callable[[], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Bench:
    """A claim and how it is measured."""

    claim: Claim
    measure: Measure


async def alternated(rounds: int, ours: Side, bare: Side, tell: Tell) -> tuple[Pair, ...]:
    """A B A B ... after a warm-up of both that does not count."""
    tell("warming up")
    await bare()
    await ours()
    pairs: list[Pair] = []
    for number in range(1, rounds + 1):
        pair = Pair(ours=await ours(), bare=await bare())
        pairs.append(pair)
        tell(f"round {number} of {rounds}: {pair.ours:,.4g} beside {pair.bare:,.4g}")
    return tuple(pairs)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of the values do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
