"""Evidence as it stands: listed with its state, told anew, taken back, looked at."""

from typing import Annotated

import typer

from deploy.cli.arguments import Innovation, Reason
from deploy.cli.client import Api, Document
from deploy.cli.conflicts import both_texts_shown
from deploy.cli.evidence.group import (
    KIND_HELP,
    EvidenceId,
    Indicators,
    LetterDate,
    LetterNumber,
    LetterSubject,
    evidence,
    letter_of,
    path_of,
)
from deploy.cli.failures import Denied, Failure
from deploy.cli.options import Language
from deploy.cli.output import Column, line, listed
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written
from shared.documents import explain

STATE: tuple[Column, ...] = (
    ("Evidence", "evidence_id"),
    ("What", "name"),
    ("Kind", "evidence_kind"),
    ("For", "indicators"),
    ("Letter", "letter.number"),
    ("State", "state"),
    ("Rule", "rule"),
    ("How to mend", "how_to_mend"),
)


@evidence.command("list")
@reading
def list_evidence(session: Session, innovation_id: Innovation) -> None:
    """List the evidence: what waits for its upload, is held, accepted, or was refused and why."""
    api = session.api("submission")
    found = api.get(f"/innovations/{innovation_id}")
    there = [{**item, **_shown(api, innovation_id, item)} for item in found["evidence"]]
    refused = [_refused(each, session.language) for each in found["refusals"]]
    session.out.answer({"items": [*there, *refused]}, listed([*there, *refused], *STATE))


@evidence.command("revise")
@writing
def revise_evidence(
    session: Session,
    innovation_id: Innovation,
    evidence_id: EvidenceId,
    kind: Annotated[str | None, typer.Option("--kind", help=KIND_HELP)] = None,
    indicator: Indicators = None,
    letter_number: LetterNumber = None,
    letter_date: LetterDate = None,
    letter_subject: LetterSubject = None,
) -> None:
    """Tell anew what a file is shown for, or its letter; the file and what is not named stay.

    Indicators that are given take the place of all before them.
    """
    api = session.api("submission")
    known = _item(api, innovation_id, evidence_id)
    letter = letter_of(letter_number, letter_date, letter_subject)
    body = {
        "evidence_kind": kind or known["evidence_kind"],
        "indicators": known["indicators"] if indicator is None else indicator,
        "letter": letter or known["letter"],
    }
    with both_texts_shown(session):
        written = api.put(path_of(innovation_id, evidence_id), body, if_match=True)
    show_written(session, written, "What the evidence is shown for is told anew.")


@evidence.command("withdraw")
@writing
def withdraw_evidence(
    session: Session, innovation_id: Innovation, evidence_id: EvidenceId, reason: Reason
) -> None:
    """Take evidence back before it is submitted."""
    path = f"{path_of(innovation_id, evidence_id)}/withdrawal"
    written = session.api("submission").post(path, {"reason": reason})
    show_written(session, written, "The evidence is withdrawn.")


@evidence.command("download")
@reading
def download_evidence(session: Session, innovation_id: Innovation, evidence_id: EvidenceId) -> None:
    """Print a short-lived address where the file can be fetched."""
    found = session.api("submission").get(f"{path_of(innovation_id, evidence_id)}/download")
    session.out.answer(found, line(found["url"]))


def _item(api: Api, innovation_id: str, evidence_id: str) -> Document:
    items = api.get(f"/innovations/{innovation_id}")["evidence"]
    for item in items:
        if item["evidence_id"] == evidence_id:
            return item
    raise Denied("evidence_unknown", "The innovation shows no such evidence.")


def _shown(api: Api, innovation_id: str, item: Document) -> Document:
    content = item["content"]
    name = content.get("file_name") or content.get("url") or content.get("replication_id")
    state = "accepted" if item["accepted"] else _waiting(api, innovation_id, item["evidence_id"])
    return {"name": name, "state": state}


def _waiting(api: Api, innovation_id: str, evidence_id: str) -> str:
    """How far a file is that was not taken in; whose it is not may not ask for more."""
    try:
        upload = api.get(f"{path_of(innovation_id, evidence_id)}/upload")
    except Failure as failure:
        return "waiting" if failure.code == "role_not_allowed" else f"not taken in ({failure.code})"
    if upload["state"] != "waiting":
        return "held: it is here and waits to be judged"
    parts = upload["parts"]
    if parts is None:
        return "waiting for upload"
    return f"waiting for upload ({len(parts['received'])} of {parts['part_count']} parts are here)"


def _refused(refusal: Document, language: Language) -> Document:
    mend = explain(refusal["rule"], refusal["detail"], language)
    return {**refusal, "name": None, "state": "refused", "how_to_mend": mend}
