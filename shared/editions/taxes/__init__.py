"""Taxes on prizes as tables by date: load one, or find the one that holds on a day."""

from shared.editions.taxes.load import available_tables, load_table, parse_table, table_on
from shared.editions.taxes.model import (
    Flat,
    Layer,
    Layers,
    Merged,
    TaxedAs,
    TaxTable,
    Treatment,
    Untaxed,
)

__all__ = [
    "Flat",
    "Layer",
    "Layers",
    "Merged",
    "TaxTable",
    "TaxedAs",
    "Treatment",
    "Untaxed",
    "available_tables",
    "load_table",
    "parse_table",
    "table_on",
]
