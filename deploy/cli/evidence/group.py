"""The commands' group, and what they are given."""

from typing import Annotated

import typer

from deploy.cli.arguments import day
from deploy.cli.client import Document
from deploy.cli.failures import Misuse

evidence = typer.Typer(no_args_is_help=True, help="The evidence of an innovation.")

EvidenceId = Annotated[str, typer.Argument(metavar="EVIDENCE", help="The evidence's id.")]
Indicators = Annotated[
    list[str] | None,
    typer.Option(
        "--indicator",
        help="What it proves, such as SID-01; may be repeated. None for what belongs to the"
        " profile: budget, business_profile, intellectual_property, award.",
    ),
]
KIND_HELP = "What it is, such as decree, activity_photo, video_file."
Kind = Annotated[str, typer.Option("--kind", help=KIND_HELP)]
LetterNumber = Annotated[str | None, typer.Option("--letter-number", help="Nomor.")]
LetterDate = Annotated[
    str | None, typer.Option("--letter-date", help="The day it was signed: 2026-02-01.")
]
LetterSubject = Annotated[str | None, typer.Option("--letter-subject", help="Tentang.")]


def path_of(innovation_id: str, evidence_id: str) -> str:
    return f"/innovations/{innovation_id}/evidence/{evidence_id}"


def letter_of(number: str | None, date: str | None, subject: str | None) -> Document | None:
    """None where nothing of it was given. Raises `Misuse` where only a part was."""
    if number is None and date is None and subject is None:
        return None
    if number is None or date is None or subject is None:
        raise Misuse(
            "letter_incomplete",
            "A letter needs all three: --letter-number, --letter-date, --letter-subject.",
        )
    return {"number": number, "signed_on": day(date), "subject": subject}
