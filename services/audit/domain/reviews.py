"""How many reviews ended, were looked at again, and with what outcome, by season. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from services.verification.domain.states import InReview, Live, State
from shared.events.base import Fact
from shared.events.verification import (
    CheckReason,
    DiscrepancyResolved,
    DossierVerified,
    QualityCheckDecided,
    QualityCheckDrawn,
)

Step = Literal["ended", "drawn", "decided", "agreeing", "resolved"] | CheckReason
Reviews = Counter[tuple[str, Step]]
"""By season and step."""


@dataclass(frozen=True, slots=True)
class ReviewTotals:
    """`sample`, `large_change` and `rejection` are the reasons of those drawn, of which one may
    have several. `decided` are `agreeing` or `disputed`; a revision may end a check before that.
    """

    season_id: str
    ended: int
    drawn: int
    sample: int
    large_change: int
    rejection: int
    decided: int
    agreeing: int
    disputed: int
    resolved: int


def count_review(fact: Fact, before: State, reviews: Reviews) -> None:
    if isinstance(before, Live):
        season = before.case.about.season_id
        reviews.update((season, step) for step in _steps(fact, before))


def _steps(fact: Fact, before: Live) -> tuple[Step, ...]:
    match fact, before:
        case QualityCheckDrawn(reasons=reasons), _:
            return ("ended", "drawn", *reasons)
        case DossierVerified(), InReview():
            return ("ended",)
        case QualityCheckDecided(differing=()), _:
            return "decided", "agreeing"
        case QualityCheckDecided(), _:
            return ("decided",)
        case DiscrepancyResolved(), _:
            return ("resolved",)
        case _:
            return ()


def review_totals(reviews: Mapping[tuple[str, Step], int]) -> tuple[ReviewTotals, ...]:
    seasons = sorted({season for season, _ in reviews})
    return tuple(_totals(each, reviews) for each in seasons)


def _totals(season: str, reviews: Mapping[tuple[str, Step], int]) -> ReviewTotals:
    def of(step: Step) -> int:
        return reviews.get((season, step), 0)

    return ReviewTotals(
        season_id=season,
        ended=of("ended"),
        drawn=of("drawn"),
        sample=of("sample"),
        large_change=of("large_change"),
        rejection=of("rejection"),
        decided=of("decided"),
        agreeing=of("agreeing"),
        disputed=of("decided") - of("agreeing"),
        resolved=of("resolved"),
    )
