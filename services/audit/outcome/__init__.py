"""A replay as it is told to people and scripts: progress while it runs, the report in the end."""

from dataclasses import asdict

from services.audit.auditing import Audit
from services.audit.domain import (
    Comparison,
    CompetitionTotals,
    DigestOfMany,
    DocumentDigest,
    Finding,
    FundTotals,
    Report,
    ReviewTotals,
    by_aggregate,
    by_projection,
)
from services.audit.outcome.replays import ReplayTold
from services.audit.outcome.shapes import (
    CompetitionTold,
    DifferenceTold,
    DigestOfManyTold,
    DigestTold,
    DisputesTold,
    EditionTold,
    FindingTold,
    FundTold,
    OutstandingTold,
    PlaceTold,
    ReportTold,
    ReviewsTold,
    TaxTableTold,
)

__all__ = ["ReplayTold", "ReportTold", "told"]

SHOWN = 500
"""Of findings and of differences; all of them are counted."""


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
        tax_tables=tuple(
            TaxTableTold(table_id=key, digest=each) for key, each in report.tax_tables
        ),
        projections=tuple(map(_many, by_projection(report.documents))),
        kinds=tuple(map(_many, by_aggregate(report.documents))),
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
        signatures=totals.signatures,
        disputes=DisputesTold(**asdict(totals.disputes)),
        documents=totals.documents,
    )


def _fund(totals: FundTotals) -> FundTold:
    return FundTold(**asdict(totals))


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


def _many(each: DigestOfMany) -> DigestOfManyTold:
    return DigestOfManyTold(of=each.of, documents=each.documents, digest=each.digest)
