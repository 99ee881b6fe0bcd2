"""`inda doubt list`, `show`, `evidence`, `decide`: by those who answer a doubt."""

from typing import Annotated

import typer

from deploy.cli.arguments import Competition, Reason
from deploy.cli.disputes.links import SaveOption, Sha256, answered
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

doubt = typer.Typer(no_args_is_help=True, help="Doubts of the public test (uji publik).")

DoubtId = Annotated[str, typer.Argument(metavar="DOUBT", help="The doubt's id.")]
LISTED: tuple[Column, ...] = (
    ("Doubt", "doubt_id"),
    ("Innovation", "innovation_id"),
    ("Files", lambda row: len(row["evidence"])),
    ("Links", "links"),
    ("Filed", "filed_at"),
    ("State", "state"),
    ("Decided by", "decision.by"),
)
SHOWN: tuple[Column, ...] = (
    *LISTED,
    ("What is said", "statement"),
    ("Addresses", "addresses"),
    ("Who says so", "reporter.name"),
    ("Contact", "reporter.contact"),
    ("Why it was decided so", "decision.reason"),
    ("Lapsed", "lapsed_at"),
)
FILE: tuple[Column, ...] = (("File", "name"), ("Kind", "media_type"), ("SHA-256", "sha256"))


@doubt.command("list")
@reading
def list_doubts(session: Session, competition_id: Competition) -> None:
    """List the doubts of a competition that you may see."""
    found = session.api("awards").get(f"/competitions/{competition_id}/doubts")
    session.out.answer(found, listed(found["items"], *LISTED))


@doubt.command("show")
@reading
def show_doubt(session: Session, competition_id: Competition, doubt_id: DoubtId) -> None:
    """Show a doubt; what was written is for those who decide, and for nobody else."""
    found = session.api("awards").get(f"/competitions/{competition_id}/doubts/{doubt_id}")
    tables = [detailed(found, *SHOWN)]
    if found["files"]:
        tables.append(listed(found["files"], *FILE))
    session.out.answer(found, *tables)


@doubt.command("evidence")
@reading
def read_evidence(
    session: Session,
    competition_id: Competition,
    doubt_id: DoubtId,
    sha256: Sha256,
    save: SaveOption = None,
) -> None:
    """Print a short-lived address of a file of a doubt, or save it."""
    path = f"/competitions/{competition_id}/doubts/{doubt_id}/evidence/{sha256}"
    answered(session, session.api("awards").get(path), save)


@doubt.command("decide")
@writing
def decide_doubt(
    session: Session,
    competition_id: Competition,
    doubt_id: DoubtId,
    uphold: Annotated[bool, typer.Option("--uphold/--refute", help="Whether the doubt is right.")],
    reason: Reason,
) -> None:
    """Decide a doubt; the entry of one that is upheld is disqualified, by a new version."""
    body = {"upheld": uphold, "reason": reason}
    path = f"/competitions/{competition_id}/doubts/{doubt_id}/decision"
    written = session.api("awards").post(path, body, if_match=True)
    show_written(session, written, "The doubt is " + ("upheld." if uphold else "refuted."))
