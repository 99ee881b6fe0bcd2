"""What is allocated from: determined results, and what one entry is due of one fund. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from shared.events.awards import CompetitionRules, Entry, RankedEntry, Recipient

Identify = Callable[[str, int, str, str, str], str]
"""From category, rank, item of the rules (`prize-0`, `pool-1`), innovation and recipient to the id
of an allocation."""


def _nobody_named() -> Mapping[str, tuple[Recipient, ...]]:
    return {}


@dataclass(frozen=True, slots=True)
class Results:
    """Determined results, the entries they are about, and the recipients named, by innovation."""

    competition_id: str
    version: int
    rules: CompetitionRules
    ranking: Sequence[RankedEntry]
    entries: Mapping[str, Entry]
    recipients: Mapping[str, tuple[Recipient, ...]] = field(default_factory=_nobody_named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What one entry is due of one fund for one item of the rules, before recipients and tax."""

    item: str
    fund_id: str
    label: str
    category: str
    rank: int
    innovation_id: str
    amount_rupiah: int
    amount_is: Literal["gross", "net"] = "gross"
    in_kind: str = ""
