"""A replay as it is told to people and scripts: progress while it runs, the report in the end."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from services.audit.auditing import Audit
from services.audit.domain import (
    Comparison,
    CompetitionTotals,
    DocumentDigest,
    Finding,
    FundTotals,
    Report,
    ReviewTotals,
)
from shared.events.base import Score, Utc

SHOWN = 500
"""Of findings and of differences; all of them are counted."""


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


class PlaceTold(Told):
    category: str
    rank: int
    innovation_id: str
    final_score: Score


class CompetitionTold(Told):
    competition_id: str
    state: str
    version: int
    entries: int
    places: tuple[PlaceTold, ...]


class FundTold(Told):
    fund_id: str
    ceiling_rupiah: int
    allocated_rupiah: int
    paid_rupiah: int


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
    digests: tuple[DigestTold, ...] = ()


class ReplayTold(Told):
    """`failed_because` tells why a failed one could not go on. Rate in events a second."""

    replay_id: str
    state: Literal["running", "done", "failed"]
    asked_by: str
    asked_at: Utc
    changed_at: Utc
    until: int | None
    compare: bool
    events: int = 0
    at_sequence: int = 0
    last_sequence: int = 0
    finding_count: int = 0
    rate: float = 0.0
    failed_because: str = ""
    report: ReportTold | None = None


def told(audit: Audit, *, with_digests: bool = False) -> ReportTold:
    report = audit.report
    return ReportTold(
        is_identical=audit.is_identical,
        events=report.events,
        first_sequence=report.first_sequence,
        last_sequence=report.last_sequence,
        aggregates=report.aggregates,
        documents=len(report.documents),
        digest=report.digest,
        compared=audit.compared,
        finding_count=len(report.findings),
        findings=tuple(map(_finding, report.findings[:SHOWN])),
        difference_count=len(audit.differences),
        differences=tuple(map(_difference, audit.differences[:SHOWN])),
        outstanding=_outstanding(report),
        competitions=tuple(map(_competition, report.competitions)),
        funds=tuple(map(_fund, report.funds)),
        reviews=tuple(map(_reviews, report.reviews)),
        editions=tuple(EditionTold(edition_id=key, digest=each) for key, each in report.editions),
        digests=tuple(map(_digest, report.documents)) if with_digests else (),
    )


def _finding(each: Finding) -> FindingTold:
    return FindingTold(
        kind=each.kind,
        subject=each.subject,
        at_sequence=each.sequence,
        what=each.what,
        expected=each.expected,
        found=each.found,
    )


def _difference(each: Comparison) -> DifferenceTold:
    return DifferenceTold(
        mismatch=each.mismatch,
        service=each.service,
        view=each.view,
        key=each.key,
        what=each.what,
    )


def _outstanding(report: Report) -> tuple[OutstandingTold, ...]:
    return tuple(
        OutstandingTold(
            reaction=each.reaction, subject=each.subject, cause_sequence=each.cause_sequence
        )
        for each in report.outstanding[:SHOWN]
    )


def _competition(totals: CompetitionTotals) -> CompetitionTold:
    places = tuple(
        PlaceTold(category=category, rank=rank, innovation_id=innovation, final_score=score)
        for category, rank, innovation, score in totals.places
    )
    return CompetitionTold(
        competition_id=totals.competition_id,
        state=totals.state,
        version=totals.version,
        entries=totals.entries,
        places=places,
    )


def _fund(totals: FundTotals) -> FundTold:
    return FundTold(
        fund_id=totals.fund_id,
        ceiling_rupiah=totals.ceiling_rupiah,
        allocated_rupiah=totals.allocated_rupiah,
        paid_rupiah=totals.paid_rupiah,
    )


def _reviews(totals: ReviewTotals) -> ReviewsTold:
    return ReviewsTold(
        season_id=totals.season_id,
        ended=totals.ended,
        drawn=totals.drawn,
        sample=totals.sample,
        large_change=totals.large_change,
        rejection=totals.rejection,
        decided=totals.decided,
        agreeing=totals.agreeing,
        disputed=totals.disputed,
        resolved=totals.resolved,
    )


def _digest(each: DocumentDigest) -> DigestTold:
    return DigestTold(
        service=each.service,
        view=each.view,
        key=each.key,
        version=each.version,
        digest=each.digest,
    )
