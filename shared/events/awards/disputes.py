"""What may be held against results: objections (sanggah) and the public originality test."""

from typing import ClassVar, Literal

from shared.events.base import Code, Digest, Fact, Indicator, Key, Level, Utc


class ObjectionWindowOpened(Fact):
    """Masa sanggah: objections may be filed until `closes_at`."""

    ce_type: ClassVar[str] = "inda.awards.objection-window-opened.v1"

    competition_id: Code
    version: int
    closes_at: Utc


class ObjectionFiled(Fact):
    """An agency objects to one verdict of its own innovation. Once an item, no new evidence."""

    ce_type: ClassVar[str] = "inda.awards.objection-filed.v1"

    competition_id: Code
    objection_id: Key
    innovation_id: Key
    indicator: Indicator
    level_sought: Level
    reason: str
    filed_by_agency: Code


class ObjectionDecided(Fact):
    """Decided by somebody who decided nothing before. If granted, verification corrects."""

    ce_type: ClassVar[str] = "inda.awards.objection-decided.v1"

    competition_id: Code
    objection_id: Key
    innovation_id: Key
    indicator: Indicator
    granted: bool
    level: Level
    reason: str
    decided_by_agency: Code | None


class ObjectionLapsed(Fact):
    """Nobody decided it in time, or the granted correction never came: the verdict stands."""

    ce_type: ClassVar[str] = "inda.awards.objection-lapsed.v1"

    competition_id: Code
    objection_id: Key
    innovation_id: Key
    because: Literal["unanswered", "uncorrected"]


class PublicTestOpened(Fact):
    """Uji publik: until `closes_at` anybody may doubt, with evidence, that an entry is original."""

    ce_type: ClassVar[str] = "inda.awards.public-test-opened.v1"

    competition_id: Code
    version: int
    closes_at: Utc


class DoubtFiled(Fact):
    """Somebody, who may be anybody, doubts an entry. `by` is `public` for people without account.

    What they wrote and who they are is kept outside the history, where it can be erased;
    `statement_digest` is SHA-256 of the statement (UTF-8), `evidence` of the files.
    """

    ce_type: ClassVar[str] = "inda.awards.doubt-filed.v1"

    competition_id: Code
    doubt_id: Key
    innovation_id: Key
    statement_digest: Digest
    evidence: tuple[Digest, ...]
    links: int


class DoubtDecided(Fact):
    """Upheld: the entry is disqualified by the same decision."""

    ce_type: ClassVar[str] = "inda.awards.doubt-decided.v1"

    competition_id: Code
    doubt_id: Key
    innovation_id: Key
    upheld: bool
    reason: str
    by_agency: Code | None = None


class DoubtLapsed(Fact):
    """Nobody decided it in time: the entry stands."""

    ce_type: ClassVar[str] = "inda.awards.doubt-lapsed.v1"

    competition_id: Code
    doubt_id: Key
    innovation_id: Key
