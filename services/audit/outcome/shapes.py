"""What a replay tells, as people and scripts read it. All integers of money are whole rupiah."""

from pydantic import BaseModel, ConfigDict

from shared.events.base import Score


class Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FindingTold(Told):
    kind: str
    subject: str
    at_sequence: int
    what: str
    expected: str
    found: str


class DifferenceTold(Told):
    mismatch: str
    service: str
    view: str
    key: str
    what: str


class OutstandingTold(Told):
    reaction: str
    subject: str
    cause_sequence: int


class DigestTold(Told):
    service: str
    view: str
    key: str
    version: int
    digest: str


class DigestOfManyTold(Told):
    """`of` is a projection as `service/view`, or a kind of aggregate as `service.name`."""

    of: str
    documents: int
    digest: str


class PlaceTold(Told):
    category: str
    rank: int
    innovation_id: str
    final_score: Score


class DisputesTold(Told):
    """Objections and doubts that were filed, and what became of them."""

    objections: int = 0
    granted: int = 0
    dismissed: int = 0
    lapsed: int = 0
    doubts: int = 0
    doubts_upheld: int = 0
    doubts_lapsed: int = 0


class CompetitionTold(Told):
    """`signatures` are those under the minutes of the newest version; `documents` were issued."""

    competition_id: str
    state: str
    version: int
    entries: int
    places: tuple[PlaceTold, ...]
    signatures: int = 0
    disputes: DisputesTold = DisputesTold()
    documents: int = 0


class FundTold(Told):
    """Gross, in whole rupiah. What is allocated holds what is held and paid too; taxes are those
    withheld of what is paid.
    """

    fund_id: str
    ceiling_rupiah: int
    allocated_rupiah: int
    held_rupiah: int = 0
    paid_rupiah: int
    returned_rupiah: int = 0
    tax_withheld_rupiah: int = 0


class ReviewsTold(Told):
    """Reviews of a season that ended, those drawn for a second look and why, and what it found."""

    season_id: str
    ended: int
    drawn: int
    sample: int
    large_change: int
    rejection: int
    decided: int
    agreeing: int
    disputed: int
    resolved: int


class EditionTold(Told):
    edition_id: str
    digest: str


class TaxTableTold(Told):
    table_id: str
    digest: str


class ReportTold(Told):
    """`digest` is over the lines of all documents; `compared` is None where nothing was."""

    is_identical: bool
    events: int
    first_sequence: int
    last_sequence: int
    aggregates: int
    documents: int
    digest: str
    compared: int | None
    finding_count: int
    findings: tuple[FindingTold, ...]
    difference_count: int
    differences: tuple[DifferenceTold, ...]
    outstanding: tuple[OutstandingTold, ...]
    competitions: tuple[CompetitionTold, ...]
    funds: tuple[FundTold, ...]
    reviews: tuple[ReviewsTold, ...] = ()
    editions: tuple[EditionTold, ...]
    tax_tables: tuple[TaxTableTold, ...] = ()
    projections: tuple[DigestOfManyTold, ...] = ()
    kinds: tuple[DigestOfManyTold, ...] = ()
    digests: tuple[DigestTold, ...] = ()
