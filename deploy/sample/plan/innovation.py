"""One innovation of the script: what is drafted, shown, refused, revised and decided."""

from dataclasses import dataclass
from typing import Literal

from shared.events.submission import Claim, Letter, Profile
from shared.events.verification import RevisionItem

Media = Literal["pdf", "png", "jpg", "link"]
Flaw = Literal["encrypted_pdf", "png_named_pdf", "empty", "truncated_pdf"]
Expect = Literal["granted", "lower", "none"]


@dataclass(frozen=True, slots=True)
class EvidencePlan:
    """One piece of evidence: a file to make, or a link when `url` is there.

    `key` is unique within its innovation. `lines` are what the file shows.
    """

    key: str
    indicators: tuple[str, ...]
    evidence_kind: str
    media: Media
    file_name: str
    heading: str
    lines: tuple[str, ...]
    letter: Letter | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class BrokenUpload:
    """A file that is refused before the good one of the same evidence comes.

    `refused_by` is the code of the refusal: `file_empty` when it is declared, else the rule of
    intake.
    """

    flaw: Flaw
    instead_of: EvidencePlan
    refused_by: str


@dataclass(frozen=True, slots=True)
class VerdictPlan:
    """What a verifier decides on the claim as it finally stands.

    `reason_code` is of the verification service's catalogue; it and `reason`, the note, are empty
    where the claim is granted.
    """

    indicator: str
    claimed_level: int
    granted_level: int
    expect: Expect
    reason_code: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RevisionPlan:
    """A revision asked for once, and what the agency then corrects before it submits again.

    `withdrawn` are keys of evidence that `evidence` replaces; `claims` replace earlier ones.
    """

    items: tuple[RevisionItem, ...]
    message: str
    withdrawn: tuple[str, ...]
    evidence: tuple[EvidencePlan, ...]
    claims: tuple[Claim, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        return tuple(item.indicator for item in self.items)


@dataclass(frozen=True, slots=True)
class Conflict:
    """`by_agency`: claiming the dossier answers 404. `declared`: the verifier steps aside."""

    verifier: str
    kind: Literal["by_agency", "declared"]
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """What happens to a dossier. People are usernames.

    Verdicts on `revision.indicators` are given after the revision, all others before it. Where a
    quality check is drawn, `second` finds the same, but for the indicator `disputed`, of which
    `resolver` then decides as the first did.
    """

    verifier: str
    second: str
    resolver: str
    verdicts: tuple[VerdictPlan, ...]
    revision: RevisionPlan | None = None
    conflict: Conflict | None = None
    disputed: str | None = None


@dataclass(frozen=True, slots=True)
class ProfileRefusal:
    """Submitting is refused for `missing` until the profile is replaced by `corrected`."""

    missing: tuple[str, ...]
    corrected: Profile


@dataclass(frozen=True, slots=True)
class InnovationPlan:
    """One innovation from draft to verdict. `code` is a readable name, unique in the season.

    `inferred` are columns of the published row that are a reading of its text. A broken upload
    comes before the good one of its evidence; `refusal` before the submission that succeeds.
    """

    code: str
    name: str
    acronym_meaning: str
    agency_code: str
    region_code: str
    operator: str
    profile: Profile
    inferred: tuple[str, ...]
    claims: tuple[Claim, ...]
    evidence: tuple[EvidencePlan, ...]
    broken_uploads: tuple[BrokenUpload, ...]
    refusal: ProfileRefusal | None
    review: ReviewPlan

    @property
    def final_profile(self) -> Profile:
        return self.profile if self.refusal is None else self.refusal.corrected
