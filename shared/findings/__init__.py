"""The rules that operators see before they submit and verifiers see while they judge. Pure."""

from shared.findings.case import (
    Case,
    Earlier,
    Endorsement,
    Handover,
    Neighbour,
    Reading,
    is_paper,
    label,
)
from shared.findings.language import Language, language_of
from shared.findings.model import Finding, Hit, Rule, Severity
from shared.findings.names import is_similar_title
from shared.findings.published import missing_for_submission
from shared.findings.rules import RULES, SEVERITIES, examine
from shared.findings.sentences import Explained, explain
from shared.findings.standing import Standing, standing
from shared.findings.vocabulary import called

__all__ = [
    "RULES",
    "SEVERITIES",
    "Case",
    "Earlier",
    "Endorsement",
    "Explained",
    "Finding",
    "Handover",
    "Hit",
    "Language",
    "Neighbour",
    "Reading",
    "Rule",
    "Severity",
    "Standing",
    "called",
    "examine",
    "explain",
    "is_paper",
    "is_similar_title",
    "label",
    "language_of",
    "missing_for_submission",
    "standing",
]
