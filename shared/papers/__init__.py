"""Papers that people sign or keep: typeset to PDF, and tables to take along."""

from shared.papers.sheets import Cell, Table, as_csv, as_workbook
from shared.papers.typesetting import Told, digest_of, typeset

__all__ = ["Cell", "Table", "Told", "as_csv", "as_workbook", "digest_of", "typeset"]
