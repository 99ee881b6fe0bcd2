"""What people see of a dossier, of a verifier, and of the rules of a season."""

from services.verification.projections.rows import (
    CheckRow,
    CorrectionRow,
    DossierStatus,
    IndicatorRow,
    RecusalRow,
    RevisionRow,
    RoundChanges,
    View,
    VisitRow,
)
from shared.events.base import Utc
from shared.events.submission import EvidenceItem
from shared.events.verification import Admissibility, QualityRule, Subject


class DossierView(View):
    """`about` is None only where a withdrawal came in before anything was submitted.

    `in_review` counts as open once `lease_until` has passed; the lease's token is not here.
    Nobody but `reserved_for` may take it until `reserved_until`. `times_leased` is how often it
    was taken. `waiting_since` is since when it waits for what it waits for now, which orders the
    queue; `due` is when the agency's answer, or the last of its files, must be there.
    `title_key` is the title in small letters, single spaces between its words; `digests` are those
    of all files in the manifest, `letters` the numbers and dates of its letters, as `188/12 of
    2025-03-01` in small letters without spaces in the number: what duplicates are found by.
    `excluded` are the people who may never see the dossier, beside those tied by agency.
    `decided_count` of `claimed_count` indicators have a verdict; `undecided` names the others.
    The `manifest` holds all that was handed in; its items without indicators belong to the profile
    and are part of no verdict. `admissibility` and the verdicts are the first verifier's until a
    check is decided. `reviewed_at` is when the first review of the latest round ended.
    """

    dossier_id: str
    state: DossierStatus
    about: Subject | None = None
    round: int = 0
    season_id: str = ""
    agency_id: str = ""
    agency_path: tuple[str, ...] = ()
    region_id: str = ""
    affair: str = ""
    title: str = ""
    title_key: str = ""
    digests: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    opened_at: Utc
    changed_at: Utc
    waiting_since: Utc
    lease_holder: str | None = None
    lease_agency: str | None = None
    lease_until: Utc | None = None
    reserved_for: str | None = None
    reserved_until: Utc | None = None
    times_leased: int = 0
    due: Utc | None = None
    claimed_count: int = 0
    decided_count: int = 0
    undecided: tuple[str, ...] = ()
    admissibility: Admissibility | None = None
    lapsed_admissibility: Admissibility | None = None
    indicators: tuple[IndicatorRow, ...] = ()
    manifest: tuple[EvidenceItem, ...] = ()
    deciders: tuple[str, ...] = ()
    revisions: tuple[RevisionRow, ...] = ()
    changes: tuple[RoundChanges, ...] = ()
    checks: tuple[CheckRow, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    recusals: tuple[RecusalRow, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    last_note: str = ""
    reviewed_at: Utc | None = None
    verified_at: Utc | None = None
    verified_by: str | None = None
    rejected_at: Utc | None = None
    withdrawn_at: Utc | None = None
    withdrawn_reason: str = ""

    @property
    def is_announced(self) -> bool:
        """Whether the answer that the dossier waits for is here, but for the last of its files."""
        latest = self.revisions[-1:]
        return self.state == "waiting_revision" and any(row.announced_at for row in latest)


class VerifierView(View):
    """A verifier: what they know well, how much they take, and whom they are tied to.

    `conflicts` are (agency, reason), as declared and not ended.
    """

    verifier_id: str
    agency_id: str | None = None
    agency_path: tuple[str, ...] = ()
    affairs: tuple[str, ...] = ()
    capacity: int = 5
    active: bool = True
    conflicts: tuple[tuple[str, str], ...] = ()
    changed_at: Utc


class RuleRow(View):
    rule: QualityRule
    effective_from: Utc
    published_by: str
    published_at: Utc


class QualityView(View):
    """The rules of a season, in the order in which they hold."""

    season_id: str
    rules: tuple[RuleRow, ...] = ()
