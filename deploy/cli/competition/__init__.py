"""`inda competition`: from the rules to the decree and its publication."""

from deploy.cli.competition import (
    announcing,
    ending,
    exporting,
    judging,
    public_test,
    results,
    showing,
)
from deploy.cli.competition.group import competition
from deploy.cli.competition.judging import disqualify
from deploy.cli.competition.published import results as published_results

__all__ = [
    "announcing",
    "competition",
    "disqualify",
    "ending",
    "exporting",
    "judging",
    "public_test",
    "published_results",
    "results",
    "showing",
]
