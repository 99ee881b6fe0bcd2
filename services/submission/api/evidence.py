"""Evidence over HTTP: declared here, uploaded straight to object storage, taken in here."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import AnyHttpUrl, Field

from services.submission.api.bodies import ReasonRequest
from services.submission.api.innovations import EditionOf, Innovations, content_for
from services.submission.domain.commands import (
    AcceptEvidence,
    DeclareEvidence,
    RefuseEvidence,
    WithdrawEvidence,
)
from shared.documents import Accepted, Declared, Documents, Failed, Held, NotUploaded
from shared.errors import NotFound, Refused, Unavailable
from shared.events.base import Digest, Indicator, Key, Utc
from shared.events.submission import (
    EvidenceItem,
    FileEvidence,
    Letter,
    LinkEvidence,
)
from shared.http import Answer, Ask, Body, Doors, Written
from shared.identity import Access

EvidenceKind = Annotated[str, Field(min_length=1, max_length=60)]
Indicators = Annotated[tuple[Indicator, ...], Field(min_length=1, max_length=20)]
MediaType = Literal["application/pdf", "image/jpeg", "image/png", "video/mp4"]


class LetterBody(Body):
    number: Annotated[str, Field(min_length=1, max_length=120)]
    signed_on: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    subject: Annotated[str, Field(min_length=1, max_length=500)]


class FileRequest(Body):
    """A file that the client is about to upload, with the digest it will have."""

    file_name: Annotated[str, Field(min_length=1, max_length=200)]
    sha256: Digest
    size_bytes: Annotated[int, Field(ge=0)]
    media_type: MediaType
    evidence_kind: EvidenceKind
    indicators: Indicators
    letter: LetterBody | None = None


class LinkRequest(Body):
    url: Annotated[AnyHttpUrl, Field(max_length=2000)]
    evidence_kind: EvidenceKind
    indicators: Indicators


class Upload(Answer):
    """Send `fields`, then the file as `file`, as multipart/form-data to `url`."""

    url: str
    fields: dict[str, str]
    expires_at: Utc


class EvidenceDeclaredAnswer(Answer):
    evidence_id: str
    version: int
    sequence: int
    upload: Upload | None
    dry_run: bool = False


class IntakeAnswer(Answer):
    """`accepted`, or `rule` and `detail` that say which rule refused the file."""

    evidence_id: str
    version: int
    sequence: int
    accepted: bool
    rule: str | None = None
    detail: dict[str, str] = Field(default_factory=dict)
    dry_run: bool = False


class Download(Answer):
    url: str


def routes(
    doors: Doors,
    innovations: Innovations,
    documents: Documents,
    edition_of: EditionOf,
    max_bytes: Mapping[str, int],
) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}", tags=["evidence"])

    async def declare(
        ask: Ask, innovation_id: str, item: EvidenceItem, limit: int, upload: Declared | None
    ) -> EvidenceDeclaredAnswer:
        content = await content_for(ask, innovations, innovation_id)
        edition = edition_of(content.drafted.edition_id)
        command = DeclareEvidence(ask.by, ask.at, edition, item, limit)
        outcome = await ask.send(innovations, innovation_id, command)
        return EvidenceDeclaredAnswer(
            evidence_id=item.evidence_id,
            version=outcome.version,
            sequence=outcome.sequence,
            upload=None if upload is None else _upload(documents, item.evidence_id, upload),
            dry_run=ask.dry_run,
        )

    @router.post("/evidence", name="declare_evidence", status_code=201)
    async def declare_file(
        innovation_id: Key,
        body: FileRequest,
        ask: Annotated[Ask, doors.writes("declare_evidence")],
    ) -> EvidenceDeclaredAnswer:
        item = EvidenceItem(
            evidence_id=ask.new_id("evidence"),
            indicators=tuple(sorted(set(body.indicators))),
            evidence_kind=body.evidence_kind,
            content=FileEvidence(
                file_name=body.file_name,
                sha256=body.sha256,
                size_bytes=body.size_bytes,
                media_type=body.media_type,
            ),
            letter=None if body.letter is None else Letter.model_validate(body.letter.model_dump()),
        )
        upload = Declared(body.sha256, body.size_bytes, body.media_type)
        return await declare(ask, innovation_id, item, max_bytes[body.media_type], upload)

    @router.post("/links", name="declare_evidence", status_code=201)
    async def declare_link(
        innovation_id: Key,
        body: LinkRequest,
        ask: Annotated[Ask, doors.writes("declare_evidence")],
    ) -> EvidenceDeclaredAnswer:
        url = str(body.url)
        item = EvidenceItem(
            evidence_id=ask.new_id("evidence"),
            indicators=tuple(sorted(set(body.indicators))),
            evidence_kind=body.evidence_kind,
            content=LinkEvidence(url=url, sha256=sha256(url.encode()).hexdigest()),
            accepted=True,
        )
        return await declare(ask, innovation_id, item, 0, None)

    async def file_for(ask: Ask | Access, innovation_id: str, evidence_id: str) -> FileEvidence:
        content = await content_for(ask, innovations, innovation_id)
        item = content.evidence.get(evidence_id)
        if item is None:
            # It may be newer than what is remembered here.
            state = (await innovations.state(innovation_id)).state
            known = getattr(state, "content", content)
            item = known.evidence.get(evidence_id)
        if item is None or not isinstance(item.content, FileEvidence):
            raise NotFound("evidence_unknown", "There is no such file.")
        return item.content

    @router.post("/evidence/{evidence_id}/intake", name="take_in_evidence")
    async def take_in_evidence(
        innovation_id: Key,
        evidence_id: Key,
        ask: Annotated[Ask, doors.writes("take_in_evidence")],
    ) -> IntakeAnswer:
        declared = await file_for(ask, innovation_id, evidence_id)
        found = await documents.intake(
            evidence_id, Declared(declared.sha256, declared.size_bytes, declared.media_type)
        )
        command = _intake_command(ask, evidence_id, found)
        outcome = await ask.send(innovations, innovation_id, command)
        if not ask.dry_run:
            # Only now: before the acknowledgement a crash would cost a second upload.
            await documents.discard(evidence_id)
        refused = command if isinstance(command, RefuseEvidence) else None
        return IntakeAnswer(
            evidence_id=evidence_id,
            version=outcome.version,
            sequence=outcome.sequence,
            accepted=refused is None,
            rule=None if refused is None else refused.rule,
            detail={} if refused is None else dict(refused.detail),
            dry_run=ask.dry_run,
        )

    @router.post("/evidence/{evidence_id}/withdrawal", name="withdraw_evidence")
    async def withdraw_evidence(
        innovation_id: Key,
        evidence_id: Key,
        body: ReasonRequest,
        ask: Annotated[Ask, doors.writes("withdraw_evidence")],
    ) -> Written:
        await content_for(ask, innovations, innovation_id)
        command = WithdrawEvidence(ask.by, ask.at, evidence_id, body.reason)
        return ask.written(await ask.send(innovations, innovation_id, command))

    @router.get("/evidence/{evidence_id}/download", name="download_evidence")
    async def download_evidence(
        innovation_id: Key,
        evidence_id: Key,
        access: Annotated[Access, doors.reads("download_evidence")],
    ) -> Download:
        file = await file_for(access, innovation_id, evidence_id)
        if not await documents.exists(file.sha256):
            raise NotFound("evidence_not_accepted", "The file has not been taken in.")
        return Download(url=documents.download_link(file.sha256, file.file_name, file.media_type))

    return router


def _upload(documents: Documents, evidence_id: str, declared: Declared) -> Upload:
    form = documents.upload_link(evidence_id, declared)
    return Upload(url=form.url, fields=dict(form.fields), expires_at=form.expires_at)


def _intake_command(
    ask: Ask, evidence_id: str, found: Accepted | Failed | Held | NotUploaded
) -> AcceptEvidence | RefuseEvidence:
    match found:
        case Accepted():
            return AcceptEvidence(
                by=ask.by,
                at=ask.at,
                evidence_id=evidence_id,
                sha256=found.sha256,
                size_bytes=found.size_bytes,
                media_type=found.media_type,
                object_key=found.object_key,
                object_version=found.version_id or "",
            )
        case Failed():
            detail = tuple((name, str(value)) for name, value in sorted(found.params.items()))
            return RefuseEvidence(ask.by, ask.at, evidence_id, found.rule, detail)
        case Held():
            raise Unavailable("evidence_held", "The file waits for the malware scanner.")
        case NotUploaded():
            raise Refused("evidence_not_uploaded", "The file has not been uploaded yet.")
