"""Evidence is added: a file that goes on where it stopped, or a public address."""

import mimetypes
from hashlib import file_digest
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.arguments import Innovation
from deploy.cli.client import Api, Document
from deploy.cli.evidence.group import (
    EvidenceId,
    Indicators,
    Kind,
    LetterDate,
    LetterNumber,
    LetterSubject,
    evidence,
    letter_of,
)
from deploy.cli.evidence.sending import Upload, taken_in
from deploy.cli.failures import Denied, Misuse
from deploy.cli.output import line
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written

MEDIA_TYPES = ("application/pdf", "image/jpeg", "image/png", "video/mp4")
File = Annotated[Path, typer.Argument(metavar="FILE", help="A PDF, JPEG, PNG or MP4 file.")]


@evidence.command("add")
@writing
def add_file(
    session: Session,
    innovation_id: Innovation,
    file: File,
    kind: Kind,
    indicator: Indicators = None,
    letter_number: LetterNumber = None,
    letter_date: LetterDate = None,
    letter_subject: LetterSubject = None,
    media_type: Annotated[
        str | None, typer.Option("--media-type", help="Else told from the file's name.")
    ] = None,
) -> None:
    """Upload a file and have it taken in; tells the rule and how to mend it if it is refused.

    A large file goes in parts. After a stop the same command goes on with what is missing.
    """
    api = session.api("submission", session.upload_patience)
    described = _described(file, media_type)
    told = {"evidence_kind": kind, "indicators": indicator or []}
    letter = letter_of(letter_number, letter_date, letter_subject)
    body = {**described, **told, "letter": letter}
    declared = api.post(f"/innovations/{innovation_id}/evidence", body)
    if session.is_dry_run:
        show_written(session, declared, "")
        return
    upload = Upload(
        session, api, innovation_id, declared["evidence_id"], file, described["size_bytes"]
    )
    if declared["parts"] is not None:
        count = declared["parts"]["part_count"]
        session.out.tell(f"{file.name} goes in {count} parts as evidence {upload.evidence_id}.")
    _show(session, taken_in(upload, declared), file, described["sha256"])


@evidence.command("resume")
@writing
def resume(
    session: Session, innovation_id: Innovation, evidence_id: EvidenceId, file: File
) -> None:
    """Go on with an upload that stopped, from this computer or another: only what is missing."""
    api = session.api("submission", session.upload_patience)
    sha256, size_bytes = _measured(file)
    _check_same(api, innovation_id, evidence_id, file, sha256)
    upload = Upload(session, api, innovation_id, evidence_id, file, size_bytes)
    forms = upload.how_far()
    if session.is_dry_run:
        answer = {"evidence_id": evidence_id, "state": forms["state"], "dry_run": True}
        session.out.answer(answer, line(f"It is {forms['state']}; nothing was sent."))
        return
    _show(session, taken_in(upload, forms), file, sha256)


@evidence.command("link")
@writing
def add_link(
    session: Session,
    innovation_id: Innovation,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="A public address, such as of a video.")
    ],
    kind: Kind,
    indicator: Indicators = None,
) -> None:
    """Name a public address as evidence."""
    body = {"url": url, "evidence_kind": kind, "indicators": indicator or []}
    written = session.api("submission").post(f"/innovations/{innovation_id}/links", body)
    show_written(session, written, f"The link is evidence {written['evidence_id']}.")


def _show(session: Session, taken: Document, file: Path, sha256: str) -> None:
    """What became of the file. Raises `Denied` with the rule that refused it."""
    told = {**taken, "sha256": sha256}
    if taken["outcome"] == "accepted":
        show_written(session, told, f"{file.name} is taken in as evidence {taken['evidence_id']}.")
        return
    if taken["outcome"] != "refused":
        session.out.answer(told, line(f"{file.name} is {taken['outcome']}. {taken['advice']}"))
        return
    raise Denied(
        "evidence_refused",
        f"{file.name} was refused by the rule {taken['rule']}. {taken['advice']}",
        rule=taken["rule"],
        evidence_id=taken["evidence_id"],
        **taken["detail"],
    )


def _check_same(api: Api, innovation_id: str, evidence_id: str, file: Path, sha256: str) -> None:
    """Raises `Denied` for another file than was declared, before any of it is sent."""
    items = api.get(f"/innovations/{innovation_id}")["evidence"]
    declared = next((each for each in items if each["evidence_id"] == evidence_id), None)
    if declared is not None and declared["content"]["sha256"] != sha256:
        raise Denied(
            "file_differs",
            f"{file.name} is not the file that was declared"
            f" ({declared['content'].get('file_name')}), or it was changed since.",
            declared=declared["content"]["sha256"],
            found=sha256,
        )


def _described(file: Path, media_type: str | None) -> Document:
    known = media_type or mimetypes.guess_type(file.name)[0]
    if known not in MEDIA_TYPES:
        raise Misuse("media_type_unknown", f"{file.name} is not a PDF, JPEG, PNG or MP4 file.")
    sha256, size_bytes = _measured(file)
    return {
        "file_name": file.name,
        "sha256": sha256,
        "size_bytes": size_bytes,
        "media_type": known,
    }


def _measured(file: Path) -> tuple[str, int]:
    """Digest and size. Raises `Misuse`."""
    try:
        with file.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest(), stream.tell()
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None
