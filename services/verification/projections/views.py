"""What people see of a dossier: a row of the review queue and everything behind it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.events.base import Utc
from shared.events.submission import EvidenceItem
from shared.events.verification import RevisionItem, Subject, Verdict

DossierStatus = Literal["open", "in_review", "waiting_revision", "verified", "withdrawn"]


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IndicatorRow(_View):
    """A claim beside its verdict. `lapsed` is the verdict that the last revision undid."""

    indicator: str
    claimed_level: int
    basis: str | None
    subtype: str | None
    evidence: tuple[str, ...]
    verdict: Verdict | None = None
    lapsed: Verdict | None = None


class RevisionRow(_View):
    """A revision that was asked for; `lapsed_at` and `received_at` say how it ended.

    `fields` are those of the profile that the agency may change beside the indicators. An answer
    whose files are still on their way was `announced_at`; they may come in until `files_until`.
    """

    round: int
    items: tuple[RevisionItem, ...]
    fields: tuple[str, ...] = ()
    message: str
    due: Utc
    requested_by: str
    requested_at: Utc
    announced_at: Utc | None = None
    files_until: Utc | None = None
    received_at: Utc | None = None
    lapsed_at: Utc | None = None


class RecusalRow(_View):
    verifier_id: str
    reason: str
    at: Utc


class CorrectionRow(_View):
    """A verdict before and after a granted objection."""

    objection_id: str
    competition_id: str
    before: Verdict | None
    after: Verdict


class DossierView(_View):
    """`about` is None only where a withdrawal came in before anything was submitted.

    `in_review` counts as open once `lease_until` has passed; the lease's token is not here.
    `due` is when what the dossier waits for must be there: the answer, or the last of its files.
    `excluded` are the people who may never see the dossier, beside those tied by agency.
    `decided_count` of `claimed_count` indicators have a verdict. The `manifest` holds all that was
    handed in; its items without indicators belong to the profile and are part of no verdict.
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
    excluded: tuple[str, ...] = ()
    opened_at: Utc
    changed_at: Utc
    lease_holder: str | None = None
    lease_agency: str | None = None
    lease_until: Utc | None = None
    due: Utc | None = None
    claimed_count: int = 0
    decided_count: int = 0
    indicators: tuple[IndicatorRow, ...] = ()
    manifest: tuple[EvidenceItem, ...] = ()
    deciders: tuple[str, ...] = ()
    revisions: tuple[RevisionRow, ...] = ()
    recusals: tuple[RecusalRow, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    last_note: str = ""
    verified_at: Utc | None = None
    verified_by: str | None = None
    withdrawn_at: Utc | None = None
    withdrawn_reason: str = ""

    @property
    def is_announced(self) -> bool:
        """Whether the answer that the dossier waits for is here, but for the last of its files."""
        latest = self.revisions[-1:]
        return self.state == "waiting_revision" and any(row.announced_at for row in latest)
