"""What a decision on a competition is told of other aggregates. May be stale: it only refuses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFund:
    """A registered fund, as an announcement finds it. Whole rupiah."""

    fund_id: str
    fiscal_year: int
    available_rupiah: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastWin:
    """A place in the published results of another competition."""

    competition_id: str
    rank: int
    innovation_id: str
