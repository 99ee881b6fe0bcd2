"""A competition: its rules, entries, rounds, results and objections."""

from datetime import date
from typing import ClassVar, Literal

from shared.events.awards.disputes import (
    DoubtDecided,
    DoubtFiled,
    DoubtLapsed,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionLapsed,
    ObjectionWindowOpened,
    PublicTestOpened,
)
from shared.events.awards.entry import Entry, Recipient
from shared.events.awards.rules import CompetitionRules, RankedEntry, RoundScore
from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    Key,
    PersonId,
    facts_of,
)
from shared.events.scoring import Criterion, EntryMean, PanelEntry, PanelRule
from shared.events.scoring.panel import AS_USUAL


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
    panel_rule: PanelRule = AS_USUAL


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
    cause: Literal["first", "objection", "disqualification", "vote", "doubt"]
    cause_id: Key | None
    ranking: tuple[RankedEntry, ...]


class MinutesSigned(Fact):
    """Somebody signs the minutes (berita acara) of exactly this version of the results.

    `ranking_digest` is SHA-256 over the canonical JSON of the ranking; `function` is what the
    signer is there as (ketua, anggota, ...).
    """

    ce_type: ClassVar[str] = "inda.awards.minutes-signed.v1"

    competition_id: Code
    version: int
    ranking_digest: Digest
    function: str
    by_agency: Code | None = None


class RecipientsNamed(Fact):
    """Who receives what an entry wins, and in which parts; replaces an earlier naming."""

    ce_type: ClassVar[str] = "inda.awards.recipients-named.v1"

    competition_id: Code
    innovation_id: Key
    recipients: tuple[Recipient, ...]
    by_agency: Code | None = None


DocumentKind = Literal[
    "minutes", "decree_annex", "certificate", "payment_list", "tax_slip", "spd_12_evidence"
]


class DocumentIssued(Fact):
    """A document that people may hold in their hands, known by its digest from here on.

    `content_digest` is over what it tells (RFC 8785 JSON), `sha256` over the file. Without names,
    `template` and the history make the same bytes again; with names the file is kept by its digest.
    `about` is the innovation of a certificate, the allocation of a tax slip.
    """

    ce_type: ClassVar[str] = "inda.awards.document-issued.v1"

    competition_id: Code
    document_id: Key
    kind: DocumentKind
    media_type: str
    version: int
    about: Key | None
    sha256: Digest
    size: int
    content_digest: Digest
    template: str
    verify_url: str
    has_names: bool


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
    | MinutesSigned
    | ObjectionWindowOpened
    | ObjectionFiled
    | ObjectionDecided
    | ObjectionLapsed
    | PublicTestOpened
    | DoubtFiled
    | DoubtDecided
    | DoubtLapsed
    | RecipientsNamed
    | DocumentIssued
    | ResultsDetermined
    | ResultsPublished
)
COMPETITION = Aggregate[CompetitionEvent]("awards", "competition", facts_of(CompetitionEvent))
