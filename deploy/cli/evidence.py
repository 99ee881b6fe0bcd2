"""`inda innovation evidence`: files go straight to object storage, never through a service."""

import mimetypes
from hashlib import file_digest
from pathlib import Path
from typing import Annotated

import httpx
import typer

from deploy.cli.arguments import Innovation, Reason, day
from deploy.cli.client import Api, Document, persistently
from deploy.cli.failures import Denied, Misuse
from deploy.cli.output import line
from deploy.cli.session import Session, is_loopback, reading, writing
from deploy.cli.written import show_written

evidence = typer.Typer(no_args_is_help=True, help="The evidence of an innovation.")

MEDIA_TYPES = ("application/pdf", "image/jpeg", "image/png", "video/mp4")
UPLOAD_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
EvidenceId = Annotated[str, typer.Argument(metavar="EVIDENCE", help="The evidence's id.")]
Indicators = Annotated[
    list[str], typer.Option("--indicator", help="What it proves, such as SID-01; may be repeated.")
]
Kind = Annotated[str, typer.Option("--kind", help="What it is, such as decree, photo, video.")]


@evidence.command("add")
@writing
def add_file(
    session: Session,
    innovation_id: Innovation,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PDF, JPEG, PNG or MP4 file.")],
    indicator: Indicators,
    kind: Kind,
    letter_number: Annotated[str | None, typer.Option("--letter-number", help="Nomor.")] = None,
    letter_date: Annotated[
        str | None, typer.Option("--letter-date", help="The day it was signed: 2026-02-01.")
    ] = None,
    letter_subject: Annotated[str | None, typer.Option("--letter-subject", help="Tentang.")] = None,
    media_type: Annotated[
        str | None, typer.Option("--media-type", help="Else told from the file's name.")
    ] = None,
) -> None:
    """Upload a file and have it taken in; tells the rule if it is refused."""
    api = session.api("submission")
    letter = _letter(letter_number, letter_date, letter_subject)
    body = {**_described(file, media_type), "evidence_kind": kind, "indicators": indicator}
    declared = api.post(f"/innovations/{innovation_id}/evidence", {**body, "letter": letter})
    if session.is_dry_run:
        show_written(session, declared, "")
        return
    _upload(session, declared["upload"], file)
    taken = _taken_in(session, api, innovation_id, declared["evidence_id"])
    done = f"{file.name} is taken in as evidence {taken['evidence_id']}."
    show_written(session, {**taken, "sha256": body["sha256"]}, done)


@evidence.command("link")
@writing
def add_link(
    session: Session,
    innovation_id: Innovation,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="A public address, such as of a video.")
    ],
    indicator: Indicators,
    kind: Kind,
) -> None:
    """Name a public address as evidence."""
    body = {"url": url, "evidence_kind": kind, "indicators": indicator}
    written = session.api("submission").post(f"/innovations/{innovation_id}/links", body)
    show_written(session, written, f"The link is evidence {written['evidence_id']}.")


@evidence.command("withdraw")
@writing
def withdraw_evidence(
    session: Session, innovation_id: Innovation, evidence_id: EvidenceId, reason: Reason
) -> None:
    """Take evidence back before it is submitted."""
    path = f"/innovations/{innovation_id}/evidence/{evidence_id}/withdrawal"
    written = session.api("submission").post(path, {"reason": reason})
    show_written(session, written, "The evidence is withdrawn.")


@evidence.command("download")
@reading
def download_evidence(session: Session, innovation_id: Innovation, evidence_id: EvidenceId) -> None:
    """Print a short-lived address where the file can be fetched."""
    path = f"/innovations/{innovation_id}/evidence/{evidence_id}/download"
    found = session.api("submission").get(path)
    session.out.answer(found, line(found["url"]))


def _described(file: Path, media_type: str | None) -> Document:
    known = media_type or mimetypes.guess_type(file.name)[0]
    if known not in MEDIA_TYPES:
        raise Misuse("media_type_unknown", f"{file.name} is not a PDF, JPEG, PNG or MP4 file.")
    try:
        with file.open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
        size = file.stat().st_size
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None
    return {
        "file_name": file.name,
        "sha256": digest,
        "size_bytes": size,
        "media_type": known,
    }


def _letter(number: str | None, date: str | None, subject: str | None) -> Document | None:
    if number is None and date is None and subject is None:
        return None
    if number is None or date is None or subject is None:
        raise Misuse(
            "letter_incomplete",
            "A letter needs all three: --letter-number, --letter-date, --letter-subject.",
        )
    return {"number": number, "signed_on": day(date), "subject": subject}


def _upload(session: Session, form: Document, file: Path) -> None:
    """Sends the form with the file; a broken line starts it again. Raises `Failure`."""
    with (
        httpx.Client(timeout=UPLOAD_TIMEOUT, trust_env=not is_loopback(form["url"])) as storage,
        session.out.progress() as progress,
    ):
        task = progress.add_task(file.name, total=file.stat().st_size)

        def send() -> httpx.Response:
            progress.reset(task)
            with file.open("rb") as stream:
                counted = progress.wrap_file(stream, task_id=task)
                return storage.post(form["url"], data=form["fields"], files={"file": counted})

        answer = persistently(
            send, "the object storage", session.patience.seconds, session.patience.tell
        )
    if not answer.is_success:
        code = _storage_code(answer)
        raise Denied("upload_refused", f"The storage refused the file ({code}).", storage=code)


def _taken_in(session: Session, api: Api, innovation_id: str, evidence_id: str) -> Document:
    """The file's intake. Raises `Denied` with the rule that refused it."""
    taken = api.post(f"/innovations/{innovation_id}/evidence/{evidence_id}/intake")
    if taken["accepted"]:
        return taken
    told = ", ".join(f"{name}: {value}" for name, value in taken["detail"].items())
    sentence = f"The file was refused by the rule {taken['rule']}"
    raise Denied(
        "evidence_refused",
        f"{sentence} ({told})." if told else f"{sentence}.",
        rule=taken["rule"],
        evidence_id=evidence_id,
        **taken["detail"],
    )


def _storage_code(answer: httpx.Response) -> str:
    found = answer.text.partition("<Code>")[2].partition("</Code>")[0]
    return found or f"status {answer.status_code}"
