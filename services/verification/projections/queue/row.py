"""A dossier as the review queue knows it. Pure."""

from pydantic import ConfigDict

from services.verification.projections.rows import DossierStatus
from shared.events.base import Part, Utc

ADMISSIBILITY = "admissibility"
Decision = tuple[str, str]
"""What was decided, an indicator or admissibility, and by whom."""


class QueueView(Part):
    """Small, because lists read many of these.

    `excluded` are the people who must not see it, beside those tied by agency; `recused` are those
    of them who stepped aside. `turn` sorts by how often it was taken, then by how long it waits.
    `taken_by` are the ids of the latest commands that took it: a retry of one finds it again.
    `standing` are the decisions of the review, `rechecked` those of the second look; `first` are
    all who took part in the first one, while there is a second. `undecided` and `decided_count`
    tell nothing of a review that another is to look at unbiased: they begin anew with the check.
    `reviewers` are all who ever decided in a first review. `behind` is the check or dispute that
    goes on if an announced answer never comes whole.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dossier_id: str
    state: DossierStatus
    behind: DossierStatus | None = None
    round: int = 0
    season_id: str = ""
    agency_id: str = ""
    agency_path: tuple[str, ...] = ()
    region_id: str = ""
    affair: str = ""
    title: str = ""
    excluded: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    opened_at: Utc
    waiting_since: Utc
    turn: str = ""
    due: Utc | None = None
    lease_holder: str | None = None
    lease_until: Utc | None = None
    reserved_for: str | None = None
    reserved_until: Utc | None = None
    times_leased: int = 0
    taken_by: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    claimed_count: int = 0
    undecided: tuple[str, ...] = ()
    decided_count: int = 0
    standing: tuple[Decision, ...] = ()
    admitted_profile: str = ""
    rechecked: tuple[Decision, ...] = ()
    first: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
