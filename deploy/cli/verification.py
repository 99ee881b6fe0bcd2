"""`inda queue`, `inda dossier`, `inda decide`: what verifiers do."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated

import typer

from deploy.cli.arguments import (
    AgencyFilter,
    Dossier,
    Indicator,
    Reason,
    RegionFilter,
    SeasonFilter,
    given,
    moment,
    pair,
)
from deploy.cli.client import Api, Document
from deploy.cli.failures import Failure, Misuse
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.plain import in_wita
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

dossier = typer.Typer(no_args_is_help=True, help="The review of one submitted innovation.")

Note = Annotated[str, typer.Option("--note", help="For the agency to read.")]
ROW: tuple[Column, ...] = (
    ("Dossier", "dossier_id"),
    ("Title", "title"),
    ("State", "state"),
    ("Agency", "agency_id"),
    ("Round", "round"),
    ("Decided", lambda row: f"{row['decided_count']} of {row['claimed_count']}"),
    ("Claimed by", "lease_holder"),
    ("Until", "lease_until"),
    ("Due", "due"),
)
INDICATOR: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Claimed", "claimed_level"),
    ("Basis", "basis"),
    ("Sub-type", "subtype"),
    ("Granted", "verdict.granted_level"),
    ("Reason", "verdict.reason_code"),
    ("Note", "verdict.note"),
    ("Evidence", lambda row: [digest[:12] for digest in row["evidence"]]),
)


@listing
def queue(
    session: Session,
    mine: Annotated[bool, typer.Option("--mine", help="Only those that you have claimed.")] = False,
    state: Annotated[
        str | None,
        typer.Option("--state", help="open, in_review, waiting_revision, verified or withdrawn."),
    ] = None,
    season: SeasonFilter = None,
    region: RegionFilter = None,
    agency: AgencyFilter = None,
    affair: Annotated[str | None, typer.Option("--affair", help="Only of this affair.")] = None,
) -> None:
    """List the dossiers that you may review, the oldest first."""
    filters = given(
        mine=mine or None,
        state=state,
        season_id=season,
        region_id=region,
        agency_id=agency,
        affair=affair,
    )
    found = session.api("verification").pages("/dossiers", every=session.every_page, **filters)
    show_page(session, found, *ROW)


@dossier.command("show")
@reading
def show_dossier(session: Session, dossier_id: Dossier) -> None:
    """Show a dossier: every claim beside its verdict, and the evidence."""
    found = session.api("verification").get(f"/dossiers/{dossier_id}")
    evidence = listed(
        found["manifest"],
        ("SHA-256", "content.sha256"),
        ("What", lambda row: row["content"].get("file_name") or row["content"].get("url")),
        ("Kind", "evidence_kind"),
        ("For", "indicators"),
        title="Evidence",
    )
    rows = listed(found["indicators"], *INDICATOR, title="Indicators")
    session.out.answer(found, detailed(found, *ROW), rows, evidence)


@dossier.command("evidence")
@reading
def read_evidence(
    session: Session,
    dossier_id: Dossier,
    sha256: Annotated[
        str, typer.Argument(metavar="SHA256", help="The file's SHA-256, as `dossier show` tells.")
    ],
) -> None:
    """Print a short-lived address where a piece of evidence can be looked at."""
    found = session.api("verification").get(f"/dossiers/{dossier_id}/evidence/{sha256}")
    session.out.answer(found, line(found["url"]))


@dossier.command("reasons")
@reading
def list_reasons(session: Session) -> None:
    """List the reasons for granting less than was claimed."""
    found = session.api("verification").get("/reason-codes")
    session.out.answer(found, listed(found["items"], ("Code", "code"), ("Meaning", "sentence")))


@dossier.command("claim")
@writing
def claim_dossier(session: Session, dossier_id: Dossier) -> None:
    """Claim a dossier, so that nobody else decides on it while you do."""
    leased = _leased(session, session.api("verification"), dossier_id)
    show_written(
        session, leased, f"Dossier {dossier_id} is yours until {in_wita(leased['until'])}."
    )


@dossier.command("release")
@writing
def release_dossier(session: Session, dossier_id: Dossier, note: Note = "") -> None:
    """Give a claimed dossier back to the queue."""
    written = _ending(session, dossier_id, "release", {"note": note})
    show_written(session, written, "The dossier is back in the queue.")


@dossier.command("verify")
@writing
def verify_dossier(session: Session, dossier_id: Dossier) -> None:
    """End the review: every claimed indicator has its verdict, and scoring begins."""
    written = _ending(session, dossier_id, "verification", {})
    show_written(session, written, f"Dossier {dossier_id} is verified.")


@dossier.command("revise")
@writing
def request_revision(
    session: Session,
    dossier_id: Dossier,
    message: Annotated[str, typer.Option("--message", help="For the agency to read.")],
    item: Annotated[
        list[str] | None, typer.Option("--item", help="SID-03='what to revise'; may be repeated.")
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option("--field", help="A field of the profile, such as benefit; may be repeated."),
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", help="Until when; else by the service's rule.")
    ] = None,
) -> None:
    """Ask the agency for a revision of some indicators, or fields of the profile."""
    pairs = [pair(each, "SID-03='what to revise'") for each in item or ()]
    body = {
        "items": [{"indicator": name, "message": text} for name, text in pairs],
        "fields": field or [],
        "message": message,
        "due": None if due is None else moment(due),
    }
    written = _ending(session, dossier_id, "revision-requests", body)
    show_written(session, written, "The agency is asked for a revision.")


@dossier.command("recuse")
@writing
def recuse(session: Session, dossier_id: Dossier, reason: Reason) -> None:
    """Step aside from a dossier because of a conflict of interest; it becomes invisible to you."""
    path = f"/dossiers/{dossier_id}/recusals"
    written = session.api("verification").post(path, {"reason": reason})
    show_written(session, written, "You have stepped aside.")


@writing
def decide(
    session: Session,
    dossier_id: Dossier,
    indicator: Indicator,
    level: Annotated[int, typer.Option("--level", min=0, max=3, help="The level granted.")],
    reason: Annotated[
        str | None,
        typer.Option("--reason", help="A code of `inda dossier reasons`, if less is granted."),
    ] = None,
    note: Note = "",
) -> None:
    """Decide an indicator of a dossier; claims the dossier first if you have not."""
    api = session.api("verification")
    token = session.drawer.lease(dossier_id)
    if token is None:
        _refuse_dry_run(session)
        token = _leased(session, api, dossier_id)["token"]
    body = {"token": token, "granted_level": level, "reason_code": reason, "note": note}
    path = f"/dossiers/{dossier_id}/verdicts/{indicator}"
    with _lease_watched(session, dossier_id):
        written = api.put(path, body, if_match=True)
    show_written(session, written, f"{indicator} is granted level {level}.")


def _leased(session: Session, api: Api, dossier_id: str) -> Document:
    """Refused with 412 if the dossier changed since it was last shown."""
    leased = api.post(f"/dossiers/{dossier_id}/lease", if_match=None)
    if not session.is_dry_run:
        session.drawer.keep_lease(dossier_id, leased["token"])
    return leased


def _ending(session: Session, dossier_id: str, command: str, body: Document) -> Document:
    """A command that only the holder gives and that ends the claim."""
    token = session.drawer.lease(dossier_id)
    if token is None:
        raise Misuse(
            "dossier_not_claimed",
            f"You have not claimed this dossier here; `inda dossier claim {dossier_id}` does it.",
        )
    with _lease_watched(session, dossier_id):
        written = session.api("verification").post(
            f"/dossiers/{dossier_id}/{command}", {"token": token, **body}
        )
    if not session.is_dry_run:
        session.drawer.forget_lease(dossier_id)
    return written


def _refuse_dry_run(session: Session) -> None:
    if session.is_dry_run:
        raise Misuse("dossier_not_claimed", "A dry run claims nothing; claim the dossier first.")


@contextmanager
def _lease_watched(session: Session, dossier_id: str) -> Generator[None]:
    """A claim that has ended is forgotten here too."""
    try:
        yield
    except Failure as failure:
        if failure.code == "lease_lost":
            session.drawer.forget_lease(dossier_id)
        raise
