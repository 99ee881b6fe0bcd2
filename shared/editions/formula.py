"""The score formula of the regional innovation index. Pure, exact, rounded once.

Source: sections on the score formula in Surat Kepala BSKDN 400.10.11/1887/BSKDN (2026) and the
2023 briefing (S-06); every constant comes from the edition.

Canonical forms: row scores and maturity keep their own digits and are shown by `plain`
("111", "2.25"); everything in a `RegionIndex` has two decimals, half up ("49.82", "4.56").
Averages and sums stay exact until then, so the index is rounded once, before its band is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from shared.editions.errors import FormulaError
from shared.editions.model import (
    BandId,
    Edition,
    SidRow,
    SpdRow,
    Unpublished,
    published,
)
from shared.editions.numbers import check_range, exactly, plain, two_decimals

TOP_LEVEL: Final = 3
HIGHEST_INDEX: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class RowScore:
    indicator: str
    weight: Decimal
    level: int
    score: Decimal


@dataclass(frozen=True, slots=True)
class Maturity:
    """Skor kematangan of one innovation, 0 to 111, with a row for every indicator."""

    rows: tuple[RowScore, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class GovernmentAspect:
    """Skor SPD of one region, 0 to 63, with a row for every indicator."""

    rows: tuple[RowScore, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Constants:
    """Values for what an edition leaves unpublished; what it publishes cannot be replaced."""

    divisor_floor: int | None = None
    min_basic_service_affairs: int | None = None


NONE_GIVEN: Final = Constants()


@dataclass(frozen=True, slots=True)
class RegionIndex:
    """`sid` = `average` + `innovation_count_score`; `total` adds SPD; `index` is out of 100.

    `band` is None where the edition publishes no bands; the index itself needs none.
    """

    index: Decimal
    band: BandId | None
    divisor: int
    average: Decimal
    innovation_count_score: Decimal
    sid: Decimal
    total: Decimal

    @property
    def unpublished(self) -> str | None:
        """The name of what the edition does not publish and the figures therefore lack."""
        return "bands" if self.band is None else None


def row_score(row: SidRow | SpdRow, level: int) -> Decimal:
    """weight x level; level 0 is an empty row. Raises `FormulaError` for another level."""
    return _row(row.code, row.weight, level).score


def maturity(edition: Edition, levels: Mapping[str, int]) -> Maturity:
    """Sum over the SID rows of the level reached; an indicator left out is at level 0.

    Raises `FormulaError` for an unknown indicator or a level that is not 0 to 3, and
    `UnpublishedConstant` where the edition publishes no rows.
    """
    rows = _rows(edition, {row.code: row.weight for row in edition.sid}, levels)
    return Maturity(rows, _sum(rows))


def government_aspect(
    edition: Edition, levels: Mapping[str, int], weights: Mapping[str, Decimal] | None = None
) -> GovernmentAspect:
    """Sum over the SPD rows; `weights` stand in only where the edition publishes no rows.

    Raises `FormulaError` as `maturity` does, `UnpublishedConstant` for rows nobody gave.
    """
    rows = _rows(edition, _spd_weights(edition, weights), levels)
    return GovernmentAspect(rows, _sum(rows))


def innovation_count_score(
    edition: Edition, count: int, basic_service_affairs: int, given: Constants = NONE_GIVEN
) -> Decimal:
    """min(count, cap) x weight if enough basic-service affairs are covered, else 0; exact.

    Raises `FormulaError` when out of range, `UnpublishedConstant` if the minimum is unknown.
    """
    if count < 0:
        raise FormulaError("The number of innovations cannot be negative.")
    affairs = len(edition.basic_service_affairs)
    if not 0 <= basic_service_affairs <= affairs:
        raise FormulaError(f"basic_service_affairs must be from 0 to {affairs}.")
    needed = _minimum_affairs(edition, given)
    rule = edition.innovation_count
    return min(count, rule.cap) * rule.weight if basic_service_affairs >= needed else Decimal(0)


def index(
    edition: Edition,
    spd: Decimal,
    maturities: Sequence[Decimal],
    basic_service_affairs: int,
    given: Constants = NONE_GIVEN,
) -> RegionIndex:
    """The index of a region from its SPD score and the maturity of each counted innovation.

    Raises `FormulaError` when out of range, `UnpublishedConstant` for what nobody gave.
    """
    totals = edition.totals
    check_range("spd", spd, totals.spd)
    for score in maturities:
        check_range("maturity", score, totals.sid_rows)
    divisor = max(_divisor_floor(edition, given), len(maturities))
    count = innovation_count_score(edition, len(maturities), basic_service_affairs, given)
    with exactly():  # every part is held times the divisor, so that only rounding divides
        summed = sum(maturities, Decimal(0))
        sid = summed + count * divisor
        total = sid + spd * divisor
        rounded = two_decimals(total * HIGHEST_INDEX, totals.total * divisor)
        return RegionIndex(
            index=rounded,
            band=None if isinstance(edition.bands, Unpublished) else band(edition, rounded),
            divisor=divisor,
            average=two_decimals(summed, divisor),
            innovation_count_score=two_decimals(count),
            sid=two_decimals(sid, divisor),
            total=two_decimals(total, divisor),
        )


def band(edition: Edition, value: Decimal) -> BandId:
    """The band of an index, which is first rounded half up: bands leave no gap at two decimals.

    Raises `FormulaError` unless the index is from 0 to 100, `UnpublishedConstant` without bands.
    """
    check_range("index", value, HIGHEST_INDEX)
    with exactly():
        rounded = two_decimals(value)
    bands = published(edition.bands, "bands", edition)
    return next(found.id for found in bands if rounded >= found.minimum)


def _rows(
    edition: Edition, weights: Mapping[str, Decimal], levels: Mapping[str, int]
) -> tuple[RowScore, ...]:
    unknown = [code for code in levels if code not in weights]
    if unknown:
        raise FormulaError(f"Edition {edition.id} has no indicator {unknown[0][:40]!a}.")
    return tuple(_row(code, weight, levels.get(code, 0)) for code, weight in weights.items())


def _row(code: str, weight: Decimal, level: int) -> RowScore:
    if isinstance(level, bool) or not 0 <= level <= TOP_LEVEL:
        raise FormulaError(f"The level of {code} must be 0, 1, 2 or 3.")
    return RowScore(code, weight, level, weight * level)


def _spd_weights(edition: Edition, given: Mapping[str, Decimal] | None) -> Mapping[str, Decimal]:
    if not isinstance(edition.spd, Unpublished):
        if given is not None:
            raise FormulaError(f"Edition {edition.id} publishes its own SPD weights.")
        return {row.code: row.weight for row in edition.spd}
    weights = published(given or edition.spd, "spd_weights", edition)
    totals = edition.totals
    for weight in weights.values():
        check_range("weight", weight, totals.spd)
    complete = len(weights) == totals.spd_row_count and all(weights.values())
    if not complete or sum(weights.values()) * TOP_LEVEL != totals.spd:
        share = plain(totals.spd / TOP_LEVEL)
        raise FormulaError(
            f"SPD weights must be {totals.spd_row_count}, none of them 0, adding up to {share}."
        )
    return weights


def _minimum_affairs(edition: Edition, given: Constants) -> int:
    name = "min_basic_service_affairs"
    affairs = len(edition.basic_service_affairs)
    return _constant(edition, name, given.min_basic_service_affairs, range(affairs + 1))


def _divisor_floor(edition: Edition, given: Constants) -> int:
    return _constant(edition, "divisor_floor", given.divisor_floor, range(1, 1001))


def _constant(edition: Edition, name: str, given: int | None, allowed: range) -> int:
    fixed: int | Unpublished = getattr(edition, name)
    if given is None:
        return published(fixed, name, edition)
    if not isinstance(fixed, Unpublished) and fixed != given:
        raise FormulaError(f"Edition {edition.id} fixes {name} at {fixed}.")
    if given not in allowed:
        raise FormulaError(f"{name} must be from {allowed.start} to {allowed.stop - 1}.")
    return given


def _sum(rows: Sequence[RowScore]) -> Decimal:
    return sum((row.score for row in rows), Decimal(0))
