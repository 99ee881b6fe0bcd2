"""`inda dossier admit` and `accept`: the five criteria, and what is granted as it is claimed."""

from typing import Annotated

import typer

from deploy.cli.arguments import Dossier
from deploy.cli.client import Document
from deploy.cli.output import Column, listed
from deploy.cli.session import Session, writing
from deploy.cli.verification import seen
from deploy.cli.verification.group import dossier
from deploy.cli.verification.holding import taken, watched
from deploy.cli.verification.typed import criteria
from deploy.cli.written import show_written

NotMet = Annotated[
    list[str] | None,
    typer.Option("--not", help="A criterion that is not met: benefit='why'; may be repeated."),
]
WHY = {
    "already_decided": "It has a verdict.",
    "evidence_missing": "No evidence is shown for it.",
    "finding": "The rules find something there; see `inda dossier findings`.",
    "evidence_unread": "Its evidence was not read yet; ask again in a moment.",
}
SORTED: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("As claimed", lambda row: row["why"] is None),
    ("Why it is left to you", lambda row: WHY.get(row["why"], row["why"])),
)


@dossier.command("admit")
@writing
def admit(session: Session, dossier_id: Dossier, not_met: NotMet = None) -> None:
    """Decide the five criteria of admissibility; without --not all are met.

    Nothing is graded before. Claims the dossier first if you have not.
    """
    findings = criteria(not_met or ())
    seen.shown(session, dossier_id)
    api, path = session.api("verification"), f"/dossiers/{dossier_id}/admissibility"
    with watched(session, dossier_id):
        body = {"token": taken(session, api, dossier_id), "findings": findings}
        written = api.put(path, body, if_match=True)
    outcome = "not admissible" if not_met else "admissible"
    show_written(session, written, f"The innovation is found {outcome}.")


@dossier.command("accept")
@writing
def accept(
    session: Session,
    dossier_id: Dossier,
    indicator: Annotated[
        list[str] | None,
        typer.Argument(metavar="[INDICATOR...]", help="These; else all that are trivially good."),
    ] = None,
) -> None:
    """Grant several indicators as they are claimed: those that are named, or else all that have
    evidence which was read, and in which the rules find nothing. Try it with --dry-run first.
    """
    seen.shown(session, dossier_id)
    api, path = session.api("verification"), f"/dossiers/{dossier_id}/acceptances"
    with watched(session, dossier_id):
        body: Document = {"token": taken(session, api, dossier_id)}
        if indicator:
            body["indicators"] = indicator
        written = api.post(path, body, if_match=True)
    _show_accepted(session, written)


def _show_accepted(session: Session, written: Document) -> None:
    granted = [{"indicator": each, "why": None} for each in written["accepted"]]
    rows = listed([*granted, *written["left"]], *SORTED)
    show_written(session, written, f"{len(granted)} indicators are granted as claimed.", rows)
