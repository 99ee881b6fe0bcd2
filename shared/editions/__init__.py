"""The instrument of each year as data that evaluates itself: load an edition, then ask it."""

from shared.editions.coach import Mark, Step, Target, next_mark, steps
from shared.editions.errors import EditionError, FormulaError, UnpublishedConstant
from shared.editions.formula import (
    Constants,
    GovernmentAspect,
    Maturity,
    RegionIndex,
    RowScore,
    band,
    government_aspect,
    index,
    innovation_count_score,
    maturity,
    row_score,
)
from shared.editions.load import available, load, parse
from shared.editions.model import (
    UNPUBLISHED,
    BandId,
    Edition,
    SidRow,
    SpdRow,
    Unpublished,
    ids,
    lacking,
    published,
)
from shared.editions.numbers import plain
from shared.editions.outlook import Option, RegionOutlook, outlook
from shared.editions.profile import in_window, window, word_count

__all__ = [
    "UNPUBLISHED",
    "BandId",
    "Constants",
    "Edition",
    "EditionError",
    "FormulaError",
    "GovernmentAspect",
    "Mark",
    "Maturity",
    "Option",
    "RegionIndex",
    "RegionOutlook",
    "RowScore",
    "SidRow",
    "SpdRow",
    "Step",
    "Target",
    "Unpublished",
    "UnpublishedConstant",
    "available",
    "band",
    "government_aspect",
    "ids",
    "in_window",
    "index",
    "innovation_count_score",
    "lacking",
    "load",
    "maturity",
    "next_mark",
    "outlook",
    "parse",
    "plain",
    "published",
    "row_score",
    "steps",
    "window",
    "word_count",
]
