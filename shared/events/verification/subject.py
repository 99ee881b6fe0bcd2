"""What the facts of verification are made of: the innovation, verdicts, the five criteria."""

from typing import Literal

from pydantic import Field

from shared.events.base import Code, Digest, Indicator, Key, Level, Path, PersonId, Utc, Value
from shared.events.submission import AgencyKind, Profile


class Subject(Value):
    """What a dossier is about: all that later services need to know of the innovation.

    `lineage` are the earlier editions of the same innovation, oldest first.
    """

    innovation_id: Key
    season_id: Code
    edition_id: str
    edition_digest: Digest
    training: bool
    agency_id: Code
    agency_path: Path
    region_id: Code
    profile: Profile
    drafters: tuple[PersonId, ...]
    agency_kind: AgencyKind | None = None
    lineage: tuple[Key, ...] = ()


class Place(Value):
    """Where in a file it was seen: a page, counted from 1, or a second of a video."""

    sha256: Digest
    page: int | None = Field(default=None, ge=1)
    second: int | None = Field(default=None, ge=0)


class Verdict(Value):
    """The level granted for one indicator, bound to the exact evidence that was looked at.

    `evidence` are the SHA-256 digests shown for the indicator, sorted. `reason_code` and `note`
    are required where less is granted than was claimed. `round` is the round it was decided in.
    """

    indicator: Indicator
    claimed_level: Level
    granted_level: Level
    basis: str | None = None
    subtype: str | None = None
    reason_code: str | None = None
    note: str = ""
    evidence: tuple[Digest, ...]
    round: int
    decided_by: PersonId
    decided_by_agency: Code | None
    decided_at: Utc
    place: Place | None = None


Criterion = Literal["renewal", "benefit", "no_burden", "own_authority", "replicable"]


class CriterionFinding(Value):
    """Whether one criterion is met; `note` is required where it is not."""

    criterion: Criterion
    met: bool
    note: str = ""


class Admissibility(Value):
    """The five criteria of PP 38/2017 article 6, each met or not, on the profile that was read.

    `admissible` where all are met. `profile_digest` is `shared.events.submission.profile_digest`.
    """

    admissible: bool
    findings: tuple[CriterionFinding, ...]
    profile_digest: Digest
    round: int
    decided_by: PersonId
    decided_by_agency: Code | None
    decided_at: Utc


class RevisionItem(Value):
    indicator: Indicator
    message: str


class QualityRule(Value):
    """When a second verifier looks: the part of reviews that is drawn, and what is always checked.

    `sample_permille` of reviews are drawn; a verdict `large_change` levels or more below the claim
    is always checked, as is every rejection.
    """

    sample_permille: int = Field(ge=0, le=1000)
    large_change: int = Field(ge=1, le=3)


CheckReason = Literal["sample", "large_change", "rejection"]
VisitOutcome = Literal["confirmed", "partly_confirmed", "not_confirmed"]


class VisitFinding(Value):
    """What was found on the spot about one indicator."""

    indicator: Indicator
    outcome: VisitOutcome
    note: str = ""
