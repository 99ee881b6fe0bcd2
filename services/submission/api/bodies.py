"""What the routes of an innovation are sent, and the receipt they give."""

from typing import Annotated

from pydantic import ConfigDict, Field

from services.submission.projections.innovations import InnovationView
from shared.events.base import Code, Level, Utc
from shared.events.submission import Claim, EvidenceItem, InnovationSubmitted, Profile
from shared.http import Answer, Body


class ProfileBody(Profile):
    """The profile as it is sent: lengths are bounded and unknown fields refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1, max_length=250)]
    development_note: Annotated[str, Field(max_length=10_000)] = ""
    design_narrative: Annotated[str, Field(max_length=40_000)] = ""
    purpose: Annotated[str, Field(max_length=10_000)] = ""
    benefit: Annotated[str, Field(max_length=10_000)] = ""
    result: Annotated[str, Field(max_length=10_000)] = ""
    source: Annotated[str, Field(max_length=500)] = ""

    def profile(self) -> Profile:
        return Profile.model_validate(self.model_dump())


class DraftRequest(Body):
    season_id: Code
    agency_id: Code
    profile: ProfileBody


class ClaimRequest(Body):
    level: Level
    basis: Annotated[str, Field(max_length=8)] | None = None
    subtype: Annotated[str, Field(max_length=40)] | None = None


class ReasonRequest(Body):
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class SubmissionReceipt(Answer):
    """What was handed in, and its place in the history."""

    innovation_id: str
    version: int
    sequence: int
    round: int
    submitted_by: str
    submitted_at: Utc
    edition_digest: str
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]
    dry_run: bool = False


class InnovationList(Answer):
    items: tuple[InnovationView, ...]
    next_cursor: str | None


def receipt_of(
    fact: InnovationSubmitted, version: int, sequence: int, dry_run: bool
) -> SubmissionReceipt:
    return SubmissionReceipt(
        innovation_id=fact.innovation_id,
        version=version,
        sequence=sequence,
        round=fact.round,
        submitted_by=fact.by,
        submitted_at=fact.at,
        edition_digest=fact.edition_digest,
        claims=fact.claims,
        manifest=fact.manifest,
        dry_run=dry_run,
    )
