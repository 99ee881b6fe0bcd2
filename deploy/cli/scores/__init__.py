"""`inda scorecard`, `inda region`: the numbers, and where each comes from."""

from deploy.cli.scores import aspects, explaining, regions, scorecards, simulating
from deploy.cli.scores.regions import region
from deploy.cli.scores.scorecards import scorecard

__all__ = [
    "aspects",
    "explaining",
    "region",
    "regions",
    "scorecard",
    "scorecards",
    "simulating",
]
