"""What stands against an innovation before anybody else sees it, and what would raise it."""

from typing import Annotated

import typer
from rich.console import RenderableType

from deploy.cli.arguments import Innovation
from deploy.cli.client import Document
from deploy.cli.failures import REFUSED
from deploy.cli.innovation.fields import profile_change
from deploy.cli.innovation.group import innovation
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.session import Session, reading

TITLES = {
    "blocks": "Blocks the submission",
    "costs": "Costs points",
    "advises": "Advises only",
}
FINDING: tuple[Column, ...] = (
    ("Where", lambda row: row["indicator"] or row["field"] or row["evidence_id"]),
    ("What", "what"),
    ("How to mend", "how_to_mend"),
)
POINTS: tuple[Column, ...] = (
    ("Maturity as claimed", "claimed_maturity"),
    ("Safe if every finding is right", "safe_maturity"),
    ("At risk", "maturity_at_risk"),
    ("Highest possible", "highest_maturity"),
)
MATURITY: tuple[Column, ...] = (
    ("Maturity now", "maturity"),
    ("By levels", "levels_by"),
    ("Highest possible", "highest_maturity"),
    ("All steps add", "gain"),
    ("Next band", "next_mark.band"),
    ("Still missing for it", "next_mark.missing"),
)
UNPROVEN: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Name", "name"),
    ("Claimed level", "level"),
    ("Its proof adds", "worth"),
)
STEP: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Name", "name"),
    ("Mandatory", "mandatory"),
    ("Level now", "level"),
    ("Next level asks for", lambda row: row["targets"][0]["asks"]),
    ("Adds", lambda row: row["targets"][0]["gain"]),
    ("Level 3 adds", lambda row: row["targets"][-1]["gain"]),
    ("Evidence (--kind)", lambda row: [f"{e['id']} ({e['name']})" for e in row["evidence"]]),
    ("Maturity then", "maturity_then"),
)


@innovation.command("check")
@reading
def check(
    session: Session,
    innovation_id: Innovation,
    change: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIELD=VALUE...]", help="As if these were saved; nothing is saved."
        ),
    ] = None,
) -> None:
    """Check an innovation by the rules that verifiers see: what blocks, costs points, advises.

    Exit code 1 when it could not be submitted now.
    """
    api, path = session.api("submission"), f"/innovations/{innovation_id}/preflight"
    found = api.query(path, {"profile": profile_change(change)}) if change else api.get(path)
    session.out.answer(found, *_shown(found))
    if found["unread"]:
        count = len(found["unread"])
        session.out.tell(f"{count} files were not read yet; check again in a moment.")
    if not found["can_submit"]:
        raise typer.Exit(REFUSED)


@innovation.command("coach")
@reading
def coach(session: Session, innovation_id: Innovation) -> None:
    """Show what would raise the maturity, what adds most first; the numbers are the scores'."""
    found = session.api("submission").get(f"/innovations/{innovation_id}/coach")
    title = "LATIHAN" if found["training"] else None
    tables = [detailed(found, *MATURITY, title=title)]
    if found["unproven"]:
        tables.append(listed(found["unproven"], *UNPROVEN, title="Claimed, and not proven yet"))
    tables.append(listed(found["steps"], *STEP, title="Steps"))
    session.out.answer(found, *tables)


def _shown(found: Document) -> list[RenderableType]:
    groups = {
        severity: [each for each in found["findings"] if each["severity"] == severity]
        for severity in TITLES
    }
    tables = [
        listed(rows, *FINDING, title=f"{TITLES[severity]}: {len(rows)}")
        for severity, rows in groups.items()
        if rows
    ]
    return [line(found["clock"]["sentence"]), *tables, detailed(found, *POINTS), _verdict(found)]


def _verdict(found: Document) -> RenderableType:
    refusal = found["save_refusal"] or found["refusal"]
    if refusal is None:
        return line("It can be submitted now.")
    what = "saved" if found["save_refusal"] else "submitted"
    return line(f"It cannot be {what} now: {refusal['sentence']} [{refusal['code']}]")
