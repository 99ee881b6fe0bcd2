"""What awards says: competitions, their results and objections, and uang pembinaan."""

from datetime import date
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
    Rupiah,
    Score,
    Utc,
    Value,
    facts_of,
)
from shared.events.scoring import Criterion, EntryMean, PanelEntry

AgencyKinds = tuple[str, ...]

# --- competition --------------------------------------------------------------------------


class RoundRule(Value):
    """One round. `maturity` takes the verified maturity (of 111) as a score of 100; `panel` asks
    judges. The best `advance` entries go on (None: all of them); `weight` is the round's share,
    in parts of the sum of the weights, of the final score.
    """

    code: Code
    name: str
    scored_by: Literal["maturity", "panel"]
    weight: int
    advance: int | None = None
    pass_mark: Score | None = None
    criteria: tuple[Criterion, ...] = ()
    judges: tuple[PersonId, ...] = ()


class Prize(Value):
    """What a rank receives, from one fund. Several prizes may name the same rank."""

    rank: int
    label: str
    fund_id: Code
    amount_rupiah: Rupiah
    in_kind: str = ""


class CategoryRule(Value):
    """A category and who enters it by rule: agencies below `within`, of these initiators."""

    code: Code
    name: str
    within: Code
    initiators: tuple[str, ...]
    minimum_maturity: Score
    rounds: tuple[RoundRule, ...]
    prizes: tuple[Prize, ...]


TieBreak = Literal["last_round", "first_criterion", "verified_maturity", "evidence_acceptance"]


class CompetitionRules(Value):
    """Frozen by digest when announced. Ties go through `tie_breaks` in order, then to a vote."""

    categories: tuple[CategoryRule, ...]
    tie_breaks: tuple[TieBreak, ...]
    objection_days: int


class Entry(Value):
    """An innovation in a category, with what the rules need to know of it."""

    innovation_id: Key
    category: Code
    title: str
    agency_id: Code
    agency_path: Path
    drafters: tuple[PersonId, ...]
    deciders: tuple[PersonId, ...]
    scorecard_number: int
    verified_maturity: Score
    evidence_acceptance: Score


class RoundScore(Value):
    """An entry's score in a round, 0..100, and whether it went on from there."""

    round: Code
    innovation_id: Key
    score: Score
    advanced: bool


class RankedEntry(Value):
    """A place in the results. `rank` is shared only by a tie that no rule and no vote resolved."""

    innovation_id: Key
    category: Code
    rank: int
    final_score: Score
    round_scores: tuple[RoundScore, ...]
    tie_break: str | None


class CompetitionAnnounced(Fact):
    ce_type: ClassVar[str] = "inda.awards.competition-announced.v1"

    competition_id: Code
    name: str
    season_id: Code
    rules: CompetitionRules
    rules_digest: Digest


class EntryEnrolled(Fact):
    """`reason` is empty where the category's rule enrolled it.

    `by_agency` is the agency in the token of who enrolled it by hand; None for people from outside
    and where the rule did.
    """

    ce_type: ClassVar[str] = "inda.awards.entry-enrolled.v1"

    competition_id: Code
    entry: Entry
    reason: str
    by_agency: Code | None = None


class EntryCorrected(Fact):
    """A granted objection gave an entry a new scorecard."""

    ce_type: ClassVar[str] = "inda.awards.entry-corrected.v1"

    competition_id: Code
    objection_id: Key
    entry: Entry


class EntryDisqualified(Fact):
    """An entry is out. `by_agency` is the agency in the token of who decided so; None for people
    from outside.
    """

    ce_type: ClassVar[str] = "inda.awards.entry-disqualified.v1"

    competition_id: Code
    innovation_id: Key
    ground: str
    reason: str
    by_agency: Code | None = None


class RoundOpened(Fact):
    """A round begins for these entries; where judges score it, scoring opens `panel_id`."""

    ce_type: ClassVar[str] = "inda.awards.round-opened.v1"

    competition_id: Code
    category: Code
    round: Code
    scored_by: Literal["maturity", "panel"]
    panel_id: Key | None
    criteria: tuple[Criterion, ...]
    judges: tuple[PersonId, ...]
    entries: tuple[PanelEntry, ...]


class RoundClosed(Fact):
    """Scores of the round and who went on. `means` are scoring's, for a round that judges score.

    `first_criterion` are the judges' means on the round's first criterion alone, for a tie-break.
    """

    ce_type: ClassVar[str] = "inda.awards.round-closed.v1"

    competition_id: Code
    category: Code
    round: Code
    means: tuple[EntryMean, ...]
    scores: tuple[RoundScore, ...]
    first_criterion: tuple[EntryMean, ...] = ()


class TieResolved(Fact):
    """A recorded vote of the committee on entries that the rules left equal, best first.

    `by_agency` is the agency in the token of who recorded it; None for people from outside.
    """

    ce_type: ClassVar[str] = "inda.awards.tie-resolved.v1"

    competition_id: Code
    category: Code
    order: tuple[Key, ...]
    reason: str
    by_agency: Code | None = None


class ResultsDrafted(Fact):
    """Version 1 by the committee; n+1 after a granted objection or a disqualification."""

    ce_type: ClassVar[str] = "inda.awards.results-drafted.v1"

    competition_id: Code
    version: int
    cause: Literal["first", "objection", "disqualification", "vote"]
    cause_id: Key | None
    ranking: tuple[RankedEntry, ...]


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


class ResultsDetermined(Fact):
    """The decree (SK) that fixes a version of the results."""

    ce_type: ClassVar[str] = "inda.awards.results-determined.v1"

    competition_id: Code
    version: int
    decree_number: str
    decree_date: date


class ResultsPublished(Fact):
    """The results as anybody may see them."""

    ce_type: ClassVar[str] = "inda.awards.results-published.v1"

    competition_id: Code
    version: int
    ranking: tuple[RankedEntry, ...]


CompetitionEvent = (
    CompetitionAnnounced
    | EntryEnrolled
    | EntryCorrected
    | EntryDisqualified
    | RoundOpened
    | RoundClosed
    | TieResolved
    | ResultsDrafted
    | ObjectionWindowOpened
    | ObjectionFiled
    | ObjectionDecided
    | ResultsDetermined
    | ResultsPublished
)
COMPETITION = Aggregate[CompetitionEvent]("awards", "competition", facts_of(CompetitionEvent))

# --- fund ---------------------------------------------------------------------------------


class FundRegistered(Fact):
    """A source of uang pembinaan with its ceiling (pagu) in whole rupiah."""

    ce_type: ClassVar[str] = "inda.awards.fund-registered.v1"

    fund_id: Code
    name: str
    source_kind: Literal["apbd", "sponsor"]
    account_code: str
    fiscal_year: int
    ceiling_rupiah: Rupiah


class MoneyAllocated(Fact):
    """Uang pembinaan set aside for one place in determined results. Gross, whole rupiah.

    `allocated_rupiah` is the fund's sum of living allocations after this one.
    """

    ce_type: ClassVar[str] = "inda.awards.money-allocated.v1"

    fund_id: Code
    allocation_id: Key
    competition_id: Code
    results_version: int
    category: Code
    rank: int
    label: str
    innovation_id: Key
    agency_id: Code
    agency_path: Path
    amount_rupiah: Rupiah
    in_kind: str
    allocated_rupiah: Rupiah


class AllocationApproved(Fact):
    """A second person, never the one who allocated, agrees.

    `by_agency` is the agency in the token of that person; None for people from outside.
    """

    ce_type: ClassVar[str] = "inda.awards.allocation-approved.v1"

    fund_id: Code
    allocation_id: Key
    by_agency: Code | None = None


class AllocationPaid(Fact):
    """Paid by the treasurer, with the reference of the disbursement order (SP2D)."""

    ce_type: ClassVar[str] = "inda.awards.allocation-paid.v1"

    fund_id: Code
    allocation_id: Key
    reference: str
    paid_on: date


class AllocationReversed(Fact):
    """A reversing entry: the amount is free again. The allocation itself stays in the history."""

    ce_type: ClassVar[str] = "inda.awards.allocation-reversed.v1"

    fund_id: Code
    allocation_id: Key
    amount_rupiah: Rupiah
    reason: str
    allocated_rupiah: Rupiah


FundEvent = (
    FundRegistered | MoneyAllocated | AllocationApproved | AllocationPaid | AllocationReversed
)
FUND = Aggregate[FundEvent]("awards", "fund", facts_of(FundEvent))

AGGREGATES = (COMPETITION, FUND)
