"""The commands' group, and the arguments and columns that several of them share."""

from typing import Annotated

import typer

from deploy.cli.output import Column, Record

dossier = typer.Typer(no_args_is_help=True, help="The review of one submitted innovation.")

Note = Annotated[str, typer.Option("--note", help="For the agency to read.")]
Aside = Annotated[str, typer.Option("--note", help="For the colleague who goes on with it.")]
Sha256 = Annotated[
    str,
    typer.Argument(
        metavar="SHA256",
        help="The file's SHA-256, or how it begins, as `inda dossier show` tells it.",
    ),
]


def due(row: Record) -> str | None:
    """When whoever has it now should be done: the verifier, or the agency."""
    return row.get("due_at") or row.get("review_due") or row.get("due")


ROW: tuple[Column, ...] = (
    ("Dossier", "dossier_id"),
    ("Title", "title"),
    ("State", "state"),
    ("Agency", "agency_id"),
    ("Round", "round"),
    ("Decided", lambda row: f"{row['decided_count']} of {row['claimed_count']}"),
    ("Waiting since", "waiting_since"),
    ("Due", due),
    ("Claimed by", "lease_holder"),
    ("Until", "lease_until"),
    ("Kept for", "reserved_for"),
)
