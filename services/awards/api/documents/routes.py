"""Documents over HTTP: issuing them, their list, and their files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Response

from services.awards.api.documents.office import Office
from services.awards.api.papers import ENDINGS, MEDIA_TYPES, Asked, Format
from services.awards.api.reading import Competitions, not_found
from services.awards.domain.competition.questions import judged
from services.awards.projections import DocumentsView, Issued, PayoutsView
from shared.events.awards import DocumentKind
from shared.events.base import Code, Key, Utc
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.identity import Access, Thing
from shared.projector import bare
from shared.views import Collection

FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {media_type: {} for media_type in MEDIA_TYPES.values()}}
}


class DocumentRequest(Body):
    """`about` is the innovation of a certificate, the allocation of a tax slip, else left out."""

    kind: DocumentKind
    format: Format
    about: Key | None = None


class DocumentWritten(Written):
    """`happened` is empty where the same document had been issued before."""

    document_id: str
    sha256: str
    verify_url: str


class DocumentAnswer(Answer):
    document_id: str
    kind: DocumentKind
    media_type: str
    results_version: int
    about: str | None
    sha256: str
    size: int
    content_digest: str
    template: str
    verify_url: str
    has_names: bool
    issued_by: str
    issued_at: Utc
    event_id: str
    event_sequence: int


class DocumentList(Answer):
    items: tuple[DocumentAnswer, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is known of issued documents, and whose they are."""

    view: Collection
    payouts: Collection
    competitions: Competitions

    async def of(self, competition_id: str, response: Response) -> DocumentsView:
        """Raises `NotFound`."""
        found = await self.view.get(competition_id)
        if found is None:
            raise not_found()
        show_version(response, found["version"], found["sequence"])
        return DocumentsView.model_validate(bare(found))

    async def things(self, competition_id: str, documents: Iterable[Issued]) -> Mapping[str, Thing]:
        """By document: a certificate and a slip belong to an agency, all others to none."""
        documents = tuple(documents)
        kinds = {each.kind for each in documents}
        owners: dict[str, tuple[str, ...]] = {}
        if "certificate" in kinds:
            entries = judged((await self.competitions.state(competition_id)).state).entries
            owners |= {key: entry.agency_path for key, entry in entries.items()}
        if "tax_slip" in kinds:
            for found in await self.payouts.all({"payouts.competition_id": competition_id}):
                payouts = PayoutsView.model_validate(bare(found)).payouts
                owners |= {each.allocation_id: each.agency_path for each in payouts}
        return {each.document_id: Thing(owners.get(each.about or "", ())) for each in documents}


def routes(doors: Doors, office: Office, shelf: Shelf) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}/documents", tags=["documents"])

    @router.post("", name="issue_document", status_code=201)
    async def issue_document(
        competition_id: Code,
        body: DocumentRequest,
        ask: Annotated[Ask, doors.writes("issue_document")],
    ) -> DocumentWritten:
        asked = Asked(competition_id, body.kind, body.format, body.about)
        paper = await office.issue(asked, ask)
        return DocumentWritten(
            **ask.written(paper.outcome).model_dump(),
            document_id=paper.fact.document_id,
            sha256=paper.fact.sha256,
            verify_url=paper.fact.verify_url,
        )

    @router.get("", name="list_documents")
    async def list_documents(
        competition_id: Code,
        response: Response,
        access: Annotated[Access, doors.reads("list_documents")],
    ) -> DocumentList:
        """The newest last; of those about an agency, each sees its own."""
        found = (await shelf.of(competition_id, response)).documents
        things = await shelf.things(competition_id, found)
        mine = (each for each in found if access.may(things[each.document_id]))
        return DocumentList(items=tuple(_shown(each) for each in mine))

    @router.get(
        "/{document_id}/file",
        name="read_document",
        response_class=Response,
        responses=FILE,
    )
    async def read_document(
        competition_id: Code,
        document_id: Key,
        access: Annotated[Access, doors.reads("read_document")],
    ) -> Response:
        """The file as it was issued, byte for byte."""
        told = Response()
        found = (await shelf.of(competition_id, told)).documents
        issued = next((each for each in found if each.document_id == document_id), None)
        if issued is None:
            raise not_found()
        access.require((await shelf.things(competition_id, [issued]))[document_id])
        name = f"{issued.kind}-{document_id}.{ENDINGS[issued.media_type]}"
        headers = {
            "ETag": f'"{issued.sha256}"',
            "Inda-Sequence": told.headers["Inda-Sequence"],
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-cache",
            "X-Content-Type-Options": "nosniff",
        }
        content = await office.file(competition_id, issued)
        return Response(content, media_type=issued.media_type, headers=headers)

    return router


def _shown(issued: Issued) -> DocumentAnswer:
    return DocumentAnswer(
        document_id=issued.document_id,
        kind=issued.kind,
        media_type=issued.media_type,
        results_version=issued.issue_version,
        about=issued.about,
        sha256=issued.sha256,
        size=issued.size,
        content_digest=issued.content_digest,
        template=issued.template,
        verify_url=issued.verify_url,
        has_names=issued.has_names,
        issued_by=issued.issued_by,
        issued_at=issued.issued_at,
        event_id=issued.event_id,
        event_sequence=issued.sequence_no,
    )
