"""What would raise a region's index, and by how much: the engine's own differences. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from shared.editions.formula import NONE_GIVEN, Constants, RegionIndex, index
from shared.editions.model import Edition, Unpublished
from shared.editions.numbers import exactly, two_decimals

NO_MATURITY: Final = Decimal(0)
OptionKind = Literal[
    "one_more_innovation",
    "missing_affair",
    "enough_affairs",
    "divisor_floor",
    "raise_lowest",
]


@dataclass(frozen=True, slots=True)
class Option:
    """Something a region could do, and its index then.

    `innovations` come in with a maturity of `maturity` each; for `raise_lowest` none come in and
    the lowest is raised to it. `affairs` are the basic-service affairs newly covered.
    """

    kind: OptionKind
    innovations: int
    maturity: Decimal
    affairs: tuple[str, ...]
    after: RegionIndex
    gain: Decimal


@dataclass(frozen=True, slots=True)
class RegionOutlook:
    """A region's index as it stands, and what each option makes of it, the best first."""

    now: RegionIndex
    options: tuple[Option, ...]


def outlook(
    edition: Edition,
    spd: Decimal,
    maturities: Sequence[Decimal],
    affairs: Collection[str],
    given: Constants = NONE_GIVEN,
) -> RegionOutlook:
    """`affairs` are the main affairs of the counted innovations; only basic services count.

    Raises what `index` raises: `UnpublishedConstant` names what the edition lacks.
    """
    covered = [each for each in edition.basic_service_affairs if each in affairs]
    region = _Region(edition, spd, tuple(maturities), tuple(covered), given)
    now = region.index()
    found = [region.after(now, change) for change in region.changes()]
    return RegionOutlook(now, tuple(sorted(found, key=lambda option: -option.gain)))


@dataclass(frozen=True, slots=True)
class _Change:
    kind: OptionKind
    innovations: int
    maturity: Decimal
    affairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Region:
    edition: Edition
    spd: Decimal
    maturities: tuple[Decimal, ...]
    affairs: tuple[str, ...]
    given: Constants

    def index(self) -> RegionIndex:
        return index(self.edition, self.spd, self.maturities, len(self.affairs), self.given)

    def after(self, now: RegionIndex, change: _Change) -> Option:
        maturities = self._raised(change) if change.kind == "raise_lowest" else self._joined(change)
        affairs = (*self.affairs, *change.affairs)
        then = _Region(self.edition, self.spd, maturities, affairs, self.given).index()
        return Option(
            change.kind,
            change.innovations,
            change.maturity,
            change.affairs,
            then,
            then.index - now.index,
        )

    def _joined(self, change: _Change) -> tuple[Decimal, ...]:
        return (*self.maturities, *[change.maturity] * change.innovations)

    def _raised(self, change: _Change) -> tuple[Decimal, ...]:
        return (change.maturity, *sorted(self.maturities)[1:])

    def changes(self) -> Iterator[_Change]:
        """Newcomers are as mature as the average; of one more, also the worst and the best."""
        average, top = self._average(), self.edition.totals.sid_rows
        for score in dict.fromkeys((average, NO_MATURITY, top)):
            yield _Change("one_more_innovation", 1, score)
        uncovered = [a for a in self.edition.basic_service_affairs if a not in self.affairs]
        for affair in uncovered:
            yield _Change("missing_affair", 1, average, (affair,))
        yield from self._up_to_enough_affairs(uncovered, average)
        yield from self._up_to_the_floor(average)
        lowest = min(self.maturities, default=top)
        for score in dict.fromkeys((average, top)):
            if score > lowest:
                yield _Change("raise_lowest", 0, score)

    def _up_to_enough_affairs(
        self, uncovered: Sequence[str], average: Decimal
    ) -> Iterator[_Change]:
        needed = self.given.min_basic_service_affairs
        if not isinstance(self.edition.min_basic_service_affairs, Unpublished):
            needed = self.edition.min_basic_service_affairs
        lacking = (needed or 0) - len(self.affairs)
        if lacking > 1:
            yield _Change("enough_affairs", lacking, average, tuple(uncovered[:lacking]))

    def _up_to_the_floor(self, average: Decimal) -> Iterator[_Change]:
        empty_seats = self.index().divisor - len(self.maturities)
        if empty_seats > 1:
            yield _Change("divisor_floor", empty_seats, average)

    def _average(self) -> Decimal:
        if not self.maturities:
            return NO_MATURITY
        with exactly():
            return two_decimals(sum(self.maturities, Decimal(0)), len(self.maturities))
