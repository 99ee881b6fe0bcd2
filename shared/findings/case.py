"""Everything that is known about one innovation when it is examined, as plain values. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal, assert_never

from shared.editions import Edition, SidRow
from shared.events.submission import (
    Claim,
    EvidenceItem,
    FileEvidence,
    LinkEvidence,
    Profile,
    ReplicationEvidence,
)

Endorsement = Literal["missing", "lapsed", "current"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. `text` is None where there is none to read: a scan, an image, a video."""

    text: str | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another innovation of the season.

    `same_files` are digests of ours that it holds too, `near_files` those of ours that a file of
    it nearly repeats. Unless `is_visible`, whoever asks learns no more than that it exists.
    """

    innovation_id: str
    title: str
    is_visible: bool = False
    same_files: frozenset[str] = frozenset()
    near_files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Handover:
    """What the season asks at the moment of submission. `deadline` is the agency's own.

    An endorsement is `lapsed` when the content changed after it.
    """

    at: datetime
    deadline: datetime
    grace_minutes: int = 0
    is_season_open: bool = True
    is_endorsement_required: bool = False
    endorsement: Endorsement = "missing"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The edition of an earlier season that this one develops, and what it was granted."""

    innovation_id: str
    profile: Profile
    granted: Mapping[str, int]


NOTHING_READ: Final[Mapping[str, Reading]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Case:
    """One innovation under examination; the year assessed is the edition's.

    `readings` go by digest: a file that is not there was not read yet. `handover` is None for
    whoever does not submit, such as a verifier.
    """

    edition: Edition
    profile: Profile
    claims: tuple[Claim, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=lambda: NOTHING_READ)
    neighbours: tuple[Neighbour, ...] = ()
    lineage: tuple[str, ...] = ()
    earlier: Earlier | None = None
    handover: Handover | None = None

    @property
    def year(self) -> int:
        """T-0."""
        return self.edition.year

    @property
    def years(self) -> range:
        """T-2, T-1 and T-0."""
        return range(self.year - 2, self.year + 1)

    def claim(self, indicator: str) -> Claim | None:
        """The claim above level 0."""
        found = (claim for claim in self.claims if claim.indicator == indicator)
        return next((claim for claim in found if claim.level > 0), None)

    def claimed(self, rule: str | None = None) -> Iterator[tuple[SidRow, Claim]]:
        """The claims above level 0 with their rows; only those that the edition gives the rule."""
        for row in self.edition.sid:
            claim = self.claim(row.code)
            if claim is not None and (rule is None or rule in row.rules):
                yield row, claim

    def proven(self, rule: str | None = None) -> Iterator[tuple[SidRow, Claim]]:
        """As `claimed`, without the claims that nothing proves: they are found for that alone."""
        return ((row, claim) for row, claim in self.claimed(rule) if self.proofs(row.code))

    def proofs(self, indicator: str) -> tuple[EvidenceItem, ...]:
        """What was taken in for the indicator."""
        return tuple(
            item for item in self.evidence if item.accepted and indicator in item.indicators
        )

    @property
    def pending(self) -> tuple[EvidenceItem, ...]:
        return tuple(item for item in self.evidence if not item.accepted)

    def text(self, item: EvidenceItem) -> str | None:
        """What the file says, as far as it was read."""
        reading = self.readings.get(item.content.sha256)
        return None if reading is None else reading.text

    def is_scan(self, item: EvidenceItem) -> bool:
        """It was read, and no text was in it."""
        reading = self.readings.get(item.content.sha256)
        return is_paper(item) and reading is not None and reading.text is None


def is_paper(item: EvidenceItem) -> bool:
    """A document, which may say something to a machine."""
    content = item.content
    return isinstance(content, FileEvidence) and content.media_type == "application/pdf"


def is_image(item: EvidenceItem) -> bool:
    content = item.content
    return isinstance(content, FileEvidence) and content.media_type.startswith("image/")


def label(item: EvidenceItem) -> str:
    """What people know the item by."""
    match item.content:
        case FileEvidence() as file:
            return file.file_name
        case LinkEvidence() as link:
            return link.url
        case ReplicationEvidence() as statement:
            return statement.contact_body
        case _:
            assert_never(item.content)
