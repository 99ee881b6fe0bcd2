"""A replay dealt out: all believe every fact, each judges and shows the aggregates of its share.

Only a history without a finding may be put together from its shares: then every share has believed
what one replay alone believes, and judged what that judges. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from services.audit.domain.report import Report, digest_of_all


@dataclass(frozen=True, slots=True)
class Share:
    """The aggregates that fall to `number` of `of`."""

    number: int = 0
    of: int = 1

    def has(self, subject: str) -> bool:
        return self.of == 1 or crc32(subject.encode()) % self.of == self.number


WHOLE = Share()


def put_together(reports: Sequence[Report]) -> Report | None:
    """The report of one replay alone; None where any of these found something amiss."""
    first = reports[0]
    if any(each.findings or _reach(each) != _reach(first) for each in reports):
        return None
    documents = sorted(
        (each for report in reports for each in report.documents),
        key=lambda each: (each.service, each.view, each.key),
    )
    return replace(
        first,
        digest=digest_of_all(documents),
        documents=tuple(documents),
        editions=tuple(sorted({each for report in reports for each in report.editions})),
        tax_tables=tuple(sorted({each for report in reports for each in report.tax_tables})),
    )


def _reach(report: Report) -> tuple[int, int, int]:
    return report.events, report.last_sequence, report.aggregates
