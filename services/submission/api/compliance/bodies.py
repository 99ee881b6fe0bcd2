"""What the compliance board and the counts answer."""

from services.submission.domain.obligation import Furthest, Standing
from shared.http import Answer


class Obligation(Answer):
    """One agency of the board. What its predecessors reported counts for it too.

    `promised` is what its head signed for, by `letter_number`, or 1. `submitted` are with the
    verifiers, `reopened` came back for a revision, `rejected` are no regional innovations, but
    were reported. `owes` while reopened, submitted, verified and rejected are fewer than promised.
    `indicators_claimed` is the most that an innovation in the furthest state claims.
    """

    agency_id: str
    name: str
    short_name: str
    kind: str
    region_id: str
    path: tuple[str, ...]
    promised: int
    letter_number: str | None
    drafts: int
    reopened: int
    submitted: int
    verified: int
    rejected: int
    state: Standing
    owes: bool
    furthest: Furthest | None
    indicators_claimed: int


class ComplianceList(Answer):
    """A page by name. With a filter it may be short: go on until `next_cursor` is null."""

    season_id: str
    training: bool
    items: tuple[Obligation, ...]
    next_cursor: str | None


class Standings(Answer):
    """How many agencies stand where."""

    owing: int = 0
    drafting: int = 0
    submitted: int = 0
    verified: int = 0
    fulfilled: int = 0


class KindSummary(Answer):
    kind: str
    agencies: int
    owes: int
    states: Standings


class ComplianceSummary(Answer):
    """All agencies that owe an innovation this season, as far as the caller may see them."""

    season_id: str
    training: bool
    agencies: int
    owes: int
    promised: int
    states: Standings
    kinds: tuple[KindSummary, ...]


class InitiatorCount(Answer):
    """`initiator` is the edition's, or `pka` or `pkp` for a change project of that training."""

    initiator: str | None
    innovations: int


class KindCount(Answer):
    kind: str | None
    agencies: int
    innovations: int


class Counts(Answer):
    """Innovations of the season by initiator and by kind of unit, as they were reported."""

    season_id: str
    training: bool
    innovations: int
    agencies: int
    by_initiator: tuple[InitiatorCount, ...]
    by_kind: tuple[KindCount, ...]
