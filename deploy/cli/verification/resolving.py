"""`inda dossier resolve`: a third person's word where two have decided differently."""

from typing import Annotated

import typer

from deploy.cli.arguments import Dossier
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.session import Session, writing
from deploy.cli.verification import seen
from deploy.cli.verification.ending import outcome
from deploy.cli.verification.finding import NotMet
from deploy.cli.verification.group import dossier
from deploy.cli.verification.overtaken import both_shown
from deploy.cli.verification.seen import Shown
from deploy.cli.verification.typed import by_indicator, criteria, levels
from deploy.cli.written import show_written


@dossier.command("resolve")
@writing
def resolve(
    session: Session,
    dossier_id: Dossier,
    note: Annotated[str, typer.Option("--note", help="Why; it stays in the history.")],
    level: Annotated[
        list[str] | None,
        typer.Option("--level", help="SID-03=2 for each indicator in which the two differ."),
    ] = None,
    reason: Annotated[
        list[str] | None,
        typer.Option(
            "--reason",
            help="SID-03=CODE of `inda dossier reasons`, if less is granted; CODE alone for all.",
        ),
    ] = None,
    admissible: Annotated[
        bool, typer.Option("--admissible", help="All five criteria are met, if they differ there.")
    ] = False,
    not_met: NotMet = None,
) -> None:
    """Decide what two verifiers have decided differently; for quality controllers."""
    if admissible and not_met:
        raise Misuse("criteria_contradict", "Say either --admissible or --not, not both.")
    body = {
        "verdicts": verdicts(
            seen.shown(session, dossier_id), levels(level or ()), reason or (), note
        ),
        "findings": criteria(not_met or ()) if admissible or not_met else [],
        "note": note,
    }
    path = f"/dossiers/{dossier_id}/resolution"
    with both_shown(session):
        written = session.api("verification").post(path, body, if_match=True)
    show_written(session, written, outcome(written))


def verdicts(
    shown: Shown, granted: dict[str, int], reasons: list[str] | tuple[str, ...], note: str
) -> list[Document]:
    """On the evidence and the basis that were shown; `note` tells why of each. Pure."""
    codes = by_indicator(reasons, tuple(granted), "SID-03=lower_level_proven")
    return [
        {
            "indicator": indicator,
            "granted_level": level,
            "evidence": shown.evidence(indicator),
            "basis": shown.basis(indicator),
            "reason_code": codes.get(indicator),
            "note": note,
        }
        for indicator, level in granted.items()
    ]
