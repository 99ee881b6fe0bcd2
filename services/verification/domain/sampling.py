"""Which reviews a second verifier looks at: a published rule over the history, chosen by nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from pydantic import TypeAdapter

from shared.events.base import Utc
from shared.events.verification import QualityRule, Verdict

NAME: Final = "inda.quality-check.v1"
DEFAULT_RULE: Final = QualityRule(sample_permille=100, large_change=2)
"""Holds where a season has published none. No source: one in ten is our own configuration."""

_UTC = TypeAdapter[datetime](Utc)


@dataclass(frozen=True, slots=True)
class Effective:
    """A rule and the moment from which it holds."""

    rule: QualityRule
    effective_from: datetime


def rule_at(rules: Iterable[Effective], at: datetime) -> QualityRule:
    """The rule that holds at a moment; `rules` in the order in which they were published."""
    held = [each.rule for each in rules if each.effective_from <= at]
    return held[-1] if held else DEFAULT_RULE


def draw_of(dossier_id: str, round: int, at: datetime) -> str:
    """The number drawn for a review that ends `at`, in hexadecimal.

    SHA-256 over four lines: the name of the rule, the dossier, the round, and the moment as facts
    write it, in microseconds. The moment is the service's clock when the request came in: who ends
    a review cannot choose it, and has no second try.
    """
    moment = _UTC.dump_python(at, mode="json")
    return sha256(f"{NAME}\n{dossier_id}\n{round}\n{moment}".encode()).hexdigest()


def is_sampled(draw: str, rule: QualityRule) -> bool:
    """Whether the draw's first eight bytes, as a part of 2^64, lie below the rule's part."""
    return int(draw[:16], 16) * 1000 < rule.sample_permille * 2**64


def is_large(verdict: Verdict, rule: QualityRule) -> bool:
    return verdict.claimed_level - verdict.granted_level >= rule.large_change
