"""What would raise an innovation's maturity, and by how much: the engine's own differences. Pure.

A region's coach is in outlook.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Final

from shared.editions.formula import TOP_LEVEL, maturity
from shared.editions.model import BandId, Basis, Edition, FileType, SidRow, published
from shared.editions.numbers import exactly

HIGHEST_SHARE: Final = Decimal(100)
HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Target:
    """A level above the present one: what it asks for, in the edition's words, and what it adds."""

    level: int
    asks: str
    gain: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """An indicator below the top level. `targets` are all its next levels, lowest first.

    `bases` and `subtypes` are what a level must choose from, where it must.
    """

    indicator: str
    iid_no: int
    name_id: str
    name_en: str
    mandatory: bool
    level: int
    targets: tuple[Target, ...]
    evidence: tuple[str, ...]
    files: tuple[FileType, ...]
    bases: tuple[Basis, ...]
    subtypes: tuple[str, ...]

    @property
    def gain(self) -> Decimal:
        """What the top level adds."""
        return self.targets[-1].gain


@dataclass(frozen=True, slots=True)
class Mark:
    """A band laid over the maturity of one innovation, as a share of the highest. Orientation only:
    the instrument publishes bands for the index of a region.
    """

    band: BandId
    share: Decimal
    maturity: Decimal
    missing: Decimal


def next_mark(edition: Edition, total: Decimal) -> Mark | None:
    """The lowest band that the maturity has not reached; None in the highest.

    Raises `UnpublishedConstant` where the edition publishes no bands.
    """
    highest = edition.totals.sid_rows
    for band in reversed(published(edition.bands, "bands", edition)):
        with exactly():
            needed = (band.minimum * highest / HIGHEST_SHARE).quantize(HUNDREDTH, ROUND_UP)
        if needed > total:
            return Mark(band.id, band.minimum, needed, needed - total)
    return None


def steps(edition: Edition, levels: Mapping[str, int]) -> tuple[Step, ...]:
    """A step for each indicator below the top: those that add most first, then mandatory ones.

    Raises `FormulaError` for an unknown indicator or a level that is not 0 to 3.
    """
    maturity(edition, levels)
    below = (row for row in edition.sid if levels.get(row.code, 0) < TOP_LEVEL)
    found = [_step(edition, levels, row) for row in below]
    return tuple(sorted(found, key=lambda step: (-step.gain, not step.mandatory, step.indicator)))


def _step(edition: Edition, levels: Mapping[str, int], row: SidRow) -> Step:
    level = levels.get(row.code, 0)
    return Step(
        indicator=row.code,
        iid_no=row.iid_no,
        name_id=row.name_id,
        name_en=row.name_en,
        mandatory=row.mandatory is True,
        level=level,
        targets=tuple(_targets(edition, levels, row, level)),
        evidence=row.evidence,
        files=row.files,
        bases=row.bases,
        subtypes=row.subtypes,
    )


def _targets(
    edition: Edition, levels: Mapping[str, int], row: SidRow, level: int
) -> Iterator[Target]:
    now = maturity(edition, levels).total
    for higher in range(level + 1, TOP_LEVEL + 1):
        gain = maturity(edition, {**levels, row.code: higher}).total - now
        yield Target(higher, row.levels[higher - 1], gain)
