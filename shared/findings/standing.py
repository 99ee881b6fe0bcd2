"""Where an innovation stands: what it claims, and what the findings put at risk. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shared.editions import maturity
from shared.findings.case import Case
from shared.findings.model import Finding


@dataclass(frozen=True, slots=True)
class Standing:
    """Maturity by the scoring engine. `at_risk` is what `claimed` has beyond `safe`."""

    claimed: Decimal
    safe: Decimal
    highest: Decimal

    @property
    def at_risk(self) -> Decimal:
        return self.claimed - self.safe


def standing(case: Case, findings: Iterable[Finding]) -> Standing:
    """`safe` is the maturity if every finding that costs points is right."""
    claimed = {row.code: claim.level for row, claim in case.claimed()}
    safe = dict(claimed)
    for finding in findings:
        if finding.severity == "costs" and finding.holds is not None and finding.indicator in safe:
            safe[finding.indicator] = min(safe[finding.indicator], finding.holds)
    return Standing(
        maturity(case.edition, claimed).total,
        maturity(case.edition, safe).total,
        case.edition.totals.sid_rows,
    )
