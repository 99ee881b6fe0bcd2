"""How far second looks agree with the first: counted over rows of dossiers. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, get_args

from services.verification.api.quality.agreement.seen import CheckSeen, DossierSeen
from shared.events.base import Score
from shared.events.verification import CheckReason
from shared.http import Answer

DIGITS: Final = Decimal("0.0001")


class Compared(Answer):
    compared: int
    differing: int


class IndicatorLine(Compared):
    """`mean_difference` is that of the second look's level less the first's."""

    indicator: str
    mean_difference: Score


class VerifierLine(Answer):
    """Of the `reviews` that the person ended, `checked` had a second look that is decided,
    `differing` of these differed and `resolved_against` were decided otherwise by a third person.

    `second_looks` are those that the person took, `second_resolved_against` likewise.
    """

    verifier_id: str
    reviews: int = 0
    checked: int = 0
    differing: int = 0
    resolved_against: int = 0
    second_looks: int = 0
    second_resolved_against: int = 0


class Agreement(Answer):
    """`rate` is `agreeing` of `decided`, as a part of 1; None while nothing is decided."""

    reviews: int
    checks: int
    drawn: dict[CheckReason, int]
    decided: int
    agreeing: int
    rate: Score | None
    admissibility: Compared
    indicators: tuple[IndicatorLine, ...]
    verifiers: tuple[VerifierLine, ...]


def agreement(dossiers: Sequence[DossierSeen], unchecked: Mapping[str, int]) -> Agreement:
    """`unchecked` are the reviews of all other dossiers, by the person who ended them."""
    checks = [check for each in dossiers for check in each.checks]
    decided = [check for check in checks if check.decided_at is not None]
    reviewers = Counter(unchecked) + Counter(by for each in dossiers for by in each.reviewers)
    reasons = Counter(reason for check in checks for reason in check.reasons)
    agreeing = sum(not check.differing for check in decided)
    return Agreement(
        reviews=reviewers.total(),
        checks=len(checks),
        drawn={reason: reasons[reason] for reason in get_args(CheckReason)},
        decided=len(decided),
        agreeing=agreeing,
        rate=_part(agreeing, len(decided)) if decided else None,
        admissibility=_admissibility(decided),
        indicators=_indicators(decided),
        verifiers=_verifiers(reviewers, decided),
    )


def _part(count: int, of: int) -> Decimal:
    return (Decimal(count) / of).quantize(DIGITS, ROUND_HALF_UP)


def _admissibility(decided: Sequence[CheckSeen]) -> Compared:
    pairs = [(each.first_look.admissible, each.second_look.admissible) for each in decided]
    both = [(first, second) for first, second in pairs if None not in (first, second)]
    return Compared(compared=len(both), differing=sum(first != second for first, second in both))


def _indicators(decided: Sequence[CheckSeen]) -> tuple[IndicatorLine, ...]:
    """Only levels that both have granted are compared, and none where one of them rejects."""
    differences = defaultdict[str, list[int]](list)
    for check in decided:
        first, second = check.first_look, check.second_look
        if first.admissible and second.admissible:
            for indicator in first.levels.keys() & second.levels.keys():
                difference = second.levels[indicator] - first.levels[indicator]
                differences[indicator].append(difference)
    return tuple(
        IndicatorLine(
            indicator=indicator,
            compared=len(found),
            differing=sum(each != 0 for each in found),
            mean_difference=_part(sum(found), len(found)),
        )
        for indicator, found in sorted(differences.items())
    )


def _verifiers(
    reviewers: Mapping[str, int], decided: Sequence[CheckSeen]
) -> tuple[VerifierLine, ...]:
    resolved = [check for check in decided if check.resolved_at is not None]
    checked = Counter(check.reviewed_by for check in decided)
    differing = Counter(check.reviewed_by for check in decided if check.differing)
    against = Counter(
        check.reviewed_by for check in resolved if check.first_look.differs_from(check.resolution)
    )
    looks = Counter(check.checked_by for check in decided)
    looks_against = Counter(
        check.checked_by for check in resolved if check.second_look.differs_from(check.resolution)
    )
    return tuple(
        VerifierLine(
            verifier_id=person,
            reviews=reviewers.get(person, 0),
            checked=checked[person],
            differing=differing[person],
            resolved_against=against[person],
            second_looks=looks[person],
            second_resolved_against=looks_against[person],
        )
        for person in sorted({*reviewers, *checked, *(by for by in looks if by)})
    )
