"""Innovations as they stand: listed, shown with their clock and what is missing, their history."""

from typing import Annotated

import typer

from deploy.cli.arguments import (
    AgencyFilter,
    Innovation,
    RegionFilter,
    SeasonFilter,
    given,
)
from deploy.cli.client import Api, Document
from deploy.cli.failures import Failure
from deploy.cli.innovation.group import EVIDENCE, ROW, innovation
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.receipts import CLAIM
from deploy.cli.session import Session, listing, reading
from deploy.cli.written import HINT, show_page

LISTED: tuple[Column, ...] = (
    *ROW,
    ("Claims", "progress.claims"),
    ("Evidence", "progress.evidence"),
    ("On their way", "progress.pending"),
)
STANDING: tuple[Column, ...] = (
    ("Training", "training"),
    ("Still missing", "missing"),
    ("Blocks", "findings.blocks"),
    ("Costs points", "findings.costs"),
    ("Advises", "findings.advises"),
    ("Endorsed by", "endorsement.by"),
    ("Endorsement holds", "endorsement.is_current"),
    ("Files may come in until", "complete_by"),
    ("Revise until", "revision.due"),
    ("Revise indicators", "revision.indicators"),
    ("Revise fields", "revision.fields"),
    ("Developed from", "developed_from"),
    ("Developed into", "successor_id"),
)
FACT: tuple[Column, ...] = (
    ("Version", "version"),
    ("When", "at"),
    ("Who", "by"),
    ("What happened", "sentence"),
)
CHANGING = ("draft", "reopened")


@innovation.command("list")
@listing
def list_innovations(
    session: Session,
    season: SeasonFilter = None,
    agency: AgencyFilter = None,
    region: RegionFilter = None,
    state: Annotated[
        str | None,
        typer.Option("--state", help="draft, submitted, reopened, verified or withdrawn."),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", help="Words of the title; with --season or --agency.")
    ] = None,
    training: Annotated[
        bool | None, typer.Option("--training/--real", help="Only of training, or none of it.")
    ] = None,
    lineage_of: Annotated[
        str | None, typer.Option("--lineage-of", help="This one and its other editions.")
    ] = None,
) -> None:
    """List the innovations that you may see, the newest first."""
    filters = given(
        season_id=season,
        agency_id=agency,
        region_id=region,
        state=state,
        text=text,
        training=training,
        lineage_of=lineage_of,
    )
    found = session.api("submission").pages("/innovations", every=session.every_page, **filters)
    show_page(session, found, *LISTED)


@innovation.command("show")
@reading
def show_innovation(session: Session, innovation_id: Innovation) -> None:
    """Show an innovation: its clock, what is missing, profile, claims, evidence, revision."""
    api, path = session.api("submission"), f"/innovations/{innovation_id}"
    # First, so that the version that is remembered is that of the texts that are shown.
    findings = _findings(api, path)
    found = api.get(path)
    told = {**found, "findings": findings if found["state"] in CHANGING else None}
    profile = found["profile"]
    tables = [
        detailed(told, *ROW, *STANDING),
        detailed(profile, *((name, name) for name in profile), title="Profile"),
        listed(found["claims"], *CLAIM, title="Claims"),
        listed(found["evidence"], *EVIDENCE, title="Evidence"),
    ]
    if found["refusals"]:
        refused = ("Evidence", "evidence_id"), ("Rule", "rule"), ("When", "at")
        tables.append(listed(found["refusals"], *refused, title="Files that were refused"))
    if found["granted"]:
        granted = ("Indicator", "indicator"), ("Level", "level")
        tables.append(listed(found["granted"], *granted, title="Granted by the verifiers"))
    session.out.answer(told, line(found["clock"]["sentence"]), *tables)


@innovation.command("history")
@listing
def show_history(session: Session, innovation_id: Innovation) -> None:
    """Show what happened to an innovation, the newest first: who, when, what."""
    path = f"/innovations/{innovation_id}/history"
    found = session.api("submission").pages(path, every=session.every_page)
    session.out.answer(found, listed(found["items"], *FACT))
    if found["next_cursor"] is not None:
        session.out.tell(HINT)


def _findings(api: Api, path: str) -> Document | None:
    """How many there are; None where the pre-flight cannot tell now."""
    try:
        found = api.get(f"{path}/preflight")
    except Failure:
        return None
    return {name: found[name] for name in ("can_submit", "blocks", "costs", "advises")}
