"""The commands' group, and the columns that several of them show."""

import typer

from deploy.cli.output import Column

innovation = typer.Typer(no_args_is_help=True, help="An agency's innovations: draft to submitted.")

ROW: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Title", "title"),
    ("State", "state"),
    ("Agency", "agency_id"),
    ("Season", "season_id"),
    ("Round", "round"),
    ("Changed", "changed_at"),
)
EVIDENCE: tuple[Column, ...] = (
    ("Evidence", "evidence_id"),
    ("What", lambda row: row["content"].get("file_name") or row["content"].get("url")),
    ("Kind", "evidence_kind"),
    ("For", "indicators"),
    ("Letter", "letter.number"),
    ("Taken in", "accepted"),
    ("SHA-256", "content.sha256"),
)
