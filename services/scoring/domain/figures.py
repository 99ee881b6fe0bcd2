"""All the figures that a region's index is made of, by its edition's formula. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shared.editions import Edition, Unpublished, UnpublishedConstant, index, plain
from shared.events.scoring import IndexFigures


@dataclass(frozen=True, slots=True)
class Counted:
    """One innovation of the region: the number of the scorecard that holds, and its worth."""

    number: int
    maturity: Decimal
    main_affair: str | None
    counts: bool


def figures(
    edition: Edition, government_aspect: Decimal, innovations: Iterable[Counted]
) -> IndexFigures:
    """The index and what it was computed from; only innovations that count are in it.

    Coverage asks for distinct basic-service affairs, by main affair alone (settled question on
    rules without a source). Where the edition lacks a constant the index is None and
    `unpublished` names it; where it lacks only the bands the index is there without one.
    """
    counting = [each for each in innovations if each.counts]
    maturities = [each.maturity for each in counting]
    affairs = {each.main_affair for each in counting} & set(edition.basic_service_affairs)
    told = IndexFigures(
        government_aspect=_canonical(government_aspect),
        innovations=len(counting),
        maturity_sum=_canonical(sum(maturities, Decimal(0))),
        divisor=_divisor(edition, len(counting)),
        basic_service_affairs=len(affairs),
        innovation_count_score=None,
        index=None,
        band=None,
        unpublished=None,
    )
    return _with_index(edition, told, maturities)


def _with_index(edition: Edition, told: IndexFigures, maturities: list[Decimal]) -> IndexFigures:
    try:
        found = index(edition, told.government_aspect, maturities, told.basic_service_affairs)
    except UnpublishedConstant as missing:
        return told.model_copy(update={"unpublished": missing.name})
    count_score = found.innovation_count_score
    return told.model_copy(
        update={
            "innovation_count_score": count_score,
            "index": found.index,
            "band": found.band,
            "unpublished": found.unpublished,
        }
    )


def _divisor(edition: Edition, innovations: int) -> int | None:
    floor = edition.divisor_floor
    return None if isinstance(floor, Unpublished) else max(floor, innovations)


def _canonical(score: Decimal) -> Decimal:
    """The editions' own form of a score: no trailing zeros, so that equal scores read alike."""
    return Decimal(plain(score))
