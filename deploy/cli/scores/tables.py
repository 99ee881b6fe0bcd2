"""Headings made of field names, for rows whose fields the services decide. Pure."""

from collections.abc import Sequence

from deploy.cli.output import Column, Record


def columns(rows: Sequence[Record]) -> list[Column]:
    """A column for every field of the first row."""
    return [(heading(name), name) for name in rows[0]] if rows else []


def heading(name: str) -> str:
    return name.replace("_", " ").capitalize()
