"""All rules in the order in which people read their findings, and the examination by them. Pure."""

from collections.abc import Sequence
from typing import Final

from shared.findings.case import Case
from shared.findings.claims import ABOUT_CLAIMS
from shared.findings.documents import ABOUT_DOCUMENTS
from shared.findings.elsewhere import ABOUT_OTHERS
from shared.findings.model import Finding, Rule, Severity
from shared.findings.narrative import ABOUT_TEXTS
from shared.findings.published import PUBLISHED
from shared.findings.shapes import ABOUT_SHAPES
from shared.findings.timing import ABOUT_TIME
from shared.findings.years import ABOUT_YEARS

RULES: Final[tuple[Rule, ...]] = (
    *PUBLISHED,
    *ABOUT_CLAIMS,
    *ABOUT_SHAPES,
    *ABOUT_YEARS,
    *ABOUT_DOCUMENTS,
    *ABOUT_TEXTS,
    *ABOUT_OTHERS,
    *ABOUT_TIME,
)
SEVERITIES: Final[tuple[Severity, ...]] = ("blocks", "costs", "advises")


def examine(case: Case, rules: Sequence[Rule] = RULES) -> tuple[Finding, ...]:
    """What the rules find: what blocks, then what costs points, then what advises.

    Within a severity in the order of the rules, and of a rule in the order of the edition's rows
    and of the evidence: the same case gives the same findings, always.
    """
    found = [finding for rule in rules for finding in rule.findings(case)]
    return tuple(
        finding for severity in SEVERITIES for finding in found if finding.severity == severity
    )
