"""An innovation: profile, evidence, claims, endorsement, submission and what came of it."""

from typing import ClassVar, Literal

from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    Indicator,
    Key,
    Level,
    Path,
    PersonId,
    Utc,
    Value,
    facts_of,
)
from shared.events.submission.agency import AgencyKind
from shared.events.submission.evidence import (
    EvidenceAccepted,
    EvidenceDeclared,
    EvidenceItem,
    EvidenceRefused,
    EvidenceRevised,
    EvidenceWithdrawn,
    Letter,
)
from shared.events.submission.profile import Profile


class Claim(Value):
    """The level an agency claims for an indicator, with its basis (SID-18) or sub-type (SID-15)."""

    indicator: Indicator
    level: Level
    basis: str | None = None
    subtype: str | None = None


class GrantedLevel(Value):
    """The level that verification granted; 0 where nothing was proven."""

    indicator: Indicator
    level: Level


class InnovationDrafted(Fact):
    """A new innovation, or an earlier one developed further.

    `lineage` names the earlier editions of the same innovation, oldest first; what is carried
    over from the last of them (`developed_from`) is in `profile`, `claims` and `carried`.
    """

    ce_type: ClassVar[str] = "inda.submission.innovation-drafted.v1"

    innovation_id: Key
    season_id: Code
    edition_id: str
    edition_digest: Digest
    training: bool
    agency_id: Code
    agency_path: Path
    region_id: Code
    profile: Profile
    agency_kind: AgencyKind | None = None
    developed_from: Key | None = None
    lineage: tuple[Key, ...] = ()
    claims: tuple[Claim, ...] = ()
    carried: tuple[EvidenceItem, ...] = ()


class InnovationDeveloped(Fact):
    """Said of the earlier edition, which cannot change any more: it goes on as its successor."""

    ce_type: ClassVar[str] = "inda.submission.innovation-developed.v1"

    innovation_id: Key
    successor_id: Key
    successor_season_id: Code
    successor_agency_id: Code


class ProfileRevised(Fact):
    """The whole profile as it stands after the change."""

    ce_type: ClassVar[str] = "inda.submission.profile-revised.v1"

    innovation_id: Key
    profile: Profile


class LevelClaimed(Fact):
    ce_type: ClassVar[str] = "inda.submission.level-claimed.v1"

    innovation_id: Key
    claim: Claim


class InnovationEndorsed(Fact):
    """The agency's head, or who acts for them by `appointment`, stands by exactly this content.

    `content_digest` is SHA-256 over the canonical JSON of profile, claims and evidence.
    """

    ce_type: ClassVar[str] = "inda.submission.innovation-endorsed.v1"

    innovation_id: Key
    content_digest: Digest
    capacity: Literal["head", "acting"]
    appointment: Letter | None = None


class InnovationSubmitted(Fact):
    """Everything verification decides on: claims, the manifest of declared digests, who drafted.

    `drafters` are all the people who changed the innovation; none of them may judge it. Files in
    `pending` were declared in time and may still be taken in until `complete_by`; verification
    waits for `SubmissionCompleted` then, and begins at once where nothing is pending.
    """

    ce_type: ClassVar[str] = "inda.submission.innovation-submitted.v1"

    innovation_id: Key
    season_id: Code
    edition_id: str
    edition_digest: Digest
    training: bool
    agency_id: Code
    agency_path: Path
    region_id: Code
    round: int
    profile: Profile
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]
    drafters: tuple[PersonId, ...]
    pending: tuple[Key, ...] = ()
    complete_by: Utc | None = None
    content_digest: Digest | None = None
    endorsed_by: PersonId | None = None
    agency_kind: AgencyKind | None = None
    lineage: tuple[Key, ...] = ()


class SubmissionCompleted(Fact):
    """Nothing of the round's manifest is pending any more: files came in, or their time ran out.

    As fat as `InnovationSubmitted`, for verification begins with it; `missing` are the items of
    the declared manifest that never came or were refused, and are not in this one.
    """

    ce_type: ClassVar[str] = "inda.submission.submission-completed.v1"

    innovation_id: Key
    season_id: Code
    edition_id: str
    edition_digest: Digest
    training: bool
    agency_id: Code
    agency_path: Path
    region_id: Code
    round: int
    profile: Profile
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]
    drafters: tuple[PersonId, ...]
    missing: tuple[Key, ...]
    agency_kind: AgencyKind | None = None
    lineage: tuple[Key, ...] = ()


class InnovationReopened(Fact):
    """Verification asked for a revision; only these indicators and fields may change, until `due`.

    `fields` are names of the profile's fields.
    """

    ce_type: ClassVar[str] = "inda.submission.innovation-reopened.v1"

    innovation_id: Key
    round: int
    indicators: tuple[Indicator, ...]
    due: Utc
    fields: tuple[str, ...] = ()


class VerificationConcluded(Fact):
    """What verification granted, as its agency reads it; said again after a granted objection.

    `rejected`: it is no regional innovation (PP 38/2017 article 6), and nothing was granted.
    """

    ce_type: ClassVar[str] = "inda.submission.verification-concluded.v1"

    innovation_id: Key
    round: int
    granted: tuple[GrantedLevel, ...]
    rejected: bool = False


class InnovationWithdrawn(Fact):
    ce_type: ClassVar[str] = "inda.submission.innovation-withdrawn.v1"

    innovation_id: Key
    reason: str


InnovationEvent = (
    InnovationDrafted
    | InnovationDeveloped
    | ProfileRevised
    | EvidenceDeclared
    | EvidenceRevised
    | EvidenceAccepted
    | EvidenceRefused
    | EvidenceWithdrawn
    | LevelClaimed
    | InnovationEndorsed
    | InnovationSubmitted
    | SubmissionCompleted
    | InnovationReopened
    | VerificationConcluded
    | InnovationWithdrawn
)
INNOVATION = Aggregate[InnovationEvent]("submission", "innovation", facts_of(InnovationEvent))
