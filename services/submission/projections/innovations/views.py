"""What people see of an innovation, and what lists and look-ups find it by."""

from typing import Literal
from unicodedata import category, normalize

from pydantic import ConfigDict

from shared.events.base import Part, Utc
from shared.events.submission import (
    AgencyKind,
    Claim,
    EvidenceItem,
    GrantedLevel,
    Letter,
    Profile,
)

InnovationState = Literal["draft", "submitted", "reopened", "verified", "rejected", "withdrawn"]


class _View(Part):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Refusal(_View):
    """A file that intake refused, by which rule."""

    evidence_id: str
    rule: str
    detail: dict[str, str]
    at: Utc


class Arrival(_View):
    """A file that was pending when its round was submitted, and came in after."""

    evidence_id: str
    accepted_at: Utc


class Receipt(_View):
    """What was handed in, when, by whom; `sequence_number` is its place in the history.

    `manifest` is as it was declared. Files in `pending` could still come in until `complete_by`:
    `arrivals` are those that did, `missing` those that did not by `completed_at`, which is the
    moment of the submission itself where nothing was pending.
    """

    round: int
    submitted_by: str
    submitted_at: Utc
    event_id: str
    sequence_number: int
    edition_digest: str
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]
    pending: tuple[str, ...] = ()
    complete_by: Utc | None = None
    content_digest: str | None = None
    endorsed_by: str | None = None
    completed_at: Utc | None = None
    missing: tuple[str, ...] = ()
    arrivals: tuple[Arrival, ...] = ()


class Endorsement(_View):
    """Who stood by which content; `is_current` says whether that is still the content."""

    content_digest: str
    by: str
    at: Utc
    capacity: Literal["head", "acting"]
    appointment: Letter | None = None
    is_current: bool


class Snapshot(_View):
    """What the verifiers have while the agency revises it."""

    profile: Profile
    claims: tuple[Claim, ...]
    evidence: tuple[EvidenceItem, ...]
    endorsement: Endorsement | None


class Revision(_View):
    """What verification asked to be revised, until when; `submitted` is what it was before."""

    round: int
    indicators: tuple[str, ...]
    fields: tuple[str, ...] = ()
    due: Utc
    submitted: Snapshot


class InnovationView(_View):
    """`pending` are the items that intake has not accepted. Only where a submission waits for
    them `has_pending` is true, until `complete_by`; `completed` says that the verifiers have it.

    `title_key` and `digests` find the same title and the same files elsewhere.
    """

    innovation_id: str
    title: str
    title_key: str
    state: InnovationState
    season_id: str
    edition_id: str
    training: bool
    agency_id: str
    agency_kind: AgencyKind | None
    agency_path: tuple[str, ...]
    region_id: str
    drafted_at: Utc
    changed_at: Utc
    round: int
    profile: Profile
    claims: tuple[Claim, ...]
    evidence: tuple[EvidenceItem, ...]
    digests: tuple[str, ...]
    content_digest: str
    pending: tuple[str, ...]
    has_pending: bool = False
    complete_by: Utc | None = None
    completed: bool = False
    refusals: tuple[Refusal, ...] = ()
    endorsement: Endorsement | None = None
    revision: Revision | None = None
    receipts: tuple[Receipt, ...] = ()
    granted: tuple[GrantedLevel, ...] = ()
    developed_from: str | None = None
    lineage: tuple[str, ...] = ()
    successor_id: str | None = None
    withdrawn_because: str | None = None


def title_key(title: str) -> str:
    """The title's letters and digits in lower case, its words parted by single spaces."""
    folded = normalize("NFKC", title).casefold()
    # A mark belongs to the letter before it; anything else parts words.
    return " ".join("".join(_kept(each) for each in folded).split())


def _kept(character: str) -> str:
    if character.isalnum():
        return character
    return "" if category(character).startswith("M") else " "
