"""What binds a judge before anybody looks, and which scores may be given. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

import rfc8785

from shared.editions import plain
from shared.errors import Refused
from shared.events.scoring import Criterion, CriterionScore

MOST_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Opened:
    """One judge's score of one entry in clear, with the nonce of its commitment."""

    judge_id: str
    innovation_id: str
    scores: tuple[CriterionScore, ...]
    nonce: str


def canonical(panel_id: str, opened: Opened) -> bytes:
    """The canonical JSON (RFC 8785) that a commitment is over and a ciphertext hides.

    Scores are in the order of their criteria's codes and are plain decimals without a sign, so
    that one score has one form.
    """
    by_criterion = sorted(opened.scores, key=lambda each: each.criterion)
    return rfc8785.dumps(
        {
            "panel": panel_id,
            "judge": opened.judge_id,
            "entry": opened.innovation_id,
            "scores": [
                {"criterion": each.criterion, "score": plain(each.score + 0)}
                for each in by_criterion
            ],
            "nonce": opened.nonce,
        }
    )


def from_canonical(text: bytes) -> Opened:
    """The score in a canonical form that `canonical` made."""
    told = json.loads(text)
    scores = tuple(
        CriterionScore(criterion=each["criterion"], score=Decimal(each["score"]))
        for each in told["scores"]
    )
    return Opened(told["judge"], told["entry"], scores, told["nonce"])


def commitment(panel_id: str, opened: Opened) -> str:
    return sha256(canonical(panel_id, opened)).hexdigest()


def require_scale(criteria: Sequence[Criterion], opened: Opened) -> None:
    """Refused unless every criterion has exactly one score from 0 to its scale."""
    scales = {criterion.code: criterion.scale for criterion in criteria}
    given = [each.criterion for each in opened.scores]
    if sorted(given) != sorted(scales):
        raise Refused(
            "criteria_incomplete",
            "Score every criterion of the panel once, and no other.",
            criteria=tuple(sorted(scales)),
        )
    for each in opened.scores:
        _require_in_scale(each, scales[each.criterion])


def _require_in_scale(given: CriterionScore, scale: int) -> None:
    if given.score.is_finite() and 0 <= given.score <= scale and _is_short(given.score):
        return
    raise Refused(
        "score_out_of_scale",
        f"The score of {given.criterion} must be from 0 to {scale}"
        f" with at most {MOST_DECIMALS} decimals.",
        criterion=given.criterion,
        scale=scale,
    )


def _is_short(score: Decimal) -> bool:
    return score == score.quantize(Decimal(1).scaleb(-MOST_DECIMALS))
