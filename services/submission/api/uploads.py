"""How a file gets to the object storage: one form, or parts that outlive a lost connection."""

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Response

from services.submission.api.desk import Desk
from services.submission.api.intake import check_open, declared_of
from shared.documents import Documents, PartForm, UploadParts
from shared.events.base import Key, Utc
from shared.events.submission import FileEvidence
from shared.http import Answer, Doors, show_version
from shared.identity import Access


class Upload(Answer):
    """Send `fields`, then the file as `file`, as multipart/form-data to `url`."""

    url: str
    fields: Mapping[str, str]
    expires_at: Utc


class Part(Answer):
    """Send `fields`, then `size_bytes` of the file from `offset` on as `file`, to `url`."""

    number: int
    offset: int
    size_bytes: int
    url: str
    fields: Mapping[str, str]


class Parts(Answer):
    """How far the upload is. Parts may come in any order, each again if its answer was lost.

    `missing` are forms for the first of those that have not come, `missing_count` counts all of
    them: when these are through, or after `expires_at`, read the upload again for the next.
    """

    part_bytes: int
    part_count: int
    received: tuple[int, ...]
    missing: tuple[Part, ...]
    missing_count: int
    expires_at: Utc


class Forms(Answer):
    """How to send what has not come: `upload` for a file that goes whole, else `parts`."""

    upload: Upload | None = None
    parts: Parts | None = None


class UploadState(Forms):
    """`waiting` for bytes; `received`, so that intake can judge it; or `accepted` by it."""

    evidence_id: str
    state: Literal["waiting", "received", "accepted"]


async def forms_for(documents: Documents, evidence_id: str, file: FileEvidence) -> Forms:
    """Forms for what of the file has not come. Raises `Invalid`, or `Unavailable`."""
    declared = declared_of(file)
    if file.size_bytes > documents.part_bytes:
        return Forms(parts=_parts(await documents.parts(evidence_id, declared)))
    form = documents.upload_link(evidence_id, declared)
    return Forms(upload=Upload(url=form.url, fields=form.fields, expires_at=form.expires_at))


def routes(doors: Doors, desk: Desk, documents: Documents) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}/evidence", tags=["evidence"])

    @router.get("/{evidence_id}/upload", name="read_upload")
    async def read_upload(
        innovation_id: Key,
        evidence_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_upload")],
    ) -> UploadState:
        """What of the file has come, and forms for the rest: how an upload is resumed."""
        held = await desk.held(access, innovation_id, fresh=True)
        show_version(response, held.version, held.sequence)
        await desk.clock(response, held.drafted.season_id, held.drafted.agency_path)
        item = held.content.evidence.get(evidence_id)
        if item is not None and item.accepted:
            return UploadState(evidence_id=evidence_id, state="accepted")
        file = check_open(held.state, evidence_id, desk.now())
        return await _state(documents, evidence_id, file)

    return router


async def _state(documents: Documents, evidence_id: str, file: FileEvidence) -> UploadState:
    lacking = await documents.lacking(evidence_id, declared_of(file))
    forms = await forms_for(documents, evidence_id, file)
    state = "received" if lacking is None else "waiting"
    return UploadState(evidence_id=evidence_id, state=state, **dict(forms))


def _parts(known: UploadParts) -> Parts:
    return Parts(
        part_bytes=known.part_bytes,
        part_count=known.part_count,
        received=known.received,
        missing=tuple(_part(form) for form in known.missing),
        missing_count=known.missing_count,
        expires_at=known.expires_at,
    )


def _part(form: PartForm) -> Part:
    return Part(
        number=form.number,
        offset=form.offset,
        size_bytes=form.size_bytes,
        url=form.url,
        fields=form.fields,
    )
