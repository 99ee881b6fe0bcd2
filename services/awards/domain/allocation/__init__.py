"""From determined results and a prize table to the lines of each fund. Pure."""

from services.awards.domain.allocation.lines import lines, lines_taxed
from services.awards.domain.allocation.results import Identify, Results
from services.awards.domain.allocation.shares import NotSummed, largest_remainder, proven
from services.awards.domain.allocation.taxing import Taxing, Withheld, by_table, untaxed

__all__ = [
    "Identify",
    "NotSummed",
    "Results",
    "Taxing",
    "Withheld",
    "by_table",
    "largest_remainder",
    "lines",
    "lines_taxed",
    "proven",
    "untaxed",
]
