"""Papers that people sign or keep: typeset to PDF, and tables to take along."""

from shared.papers.codes import as_png, as_svg
from shared.papers.sheets import Cell, Table, as_csv, as_kept_workbook, as_workbook
from shared.papers.typesetting import Told, digest_of, typeset
from shared.papers.words import (
    day_in_words,
    grouped,
    in_words,
    rupiah,
    rupiah_in_words,
    weekday,
)

__all__ = [
    "Cell",
    "Table",
    "Told",
    "as_csv",
    "as_kept_workbook",
    "as_png",
    "as_svg",
    "as_workbook",
    "day_in_words",
    "digest_of",
    "grouped",
    "in_words",
    "rupiah",
    "rupiah_in_words",
    "typeset",
    "weekday",
]
