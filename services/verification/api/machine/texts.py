"""What the evidence says and looks like: its text by pages, its pages as small pictures."""

from typing import Annotated, Final, Literal, Protocol

from fastapi import APIRouter, Query, Response
from fastapi import Path as InPath

from services.verification.api.sight import Sight, shown_file
from shared.contents import Content, Readings
from shared.documents import NoPicture
from shared.errors import DomainError, NotFound, Refused
from shared.events.base import Digest, Key
from shared.findings import is_paper
from shared.http import Answer, Doors
from shared.identity import Access

MOST_PAGES = 10_000
LEAST_WIDTH, USUAL_WIDTH, MOST_WIDTH = 100, 400, 1600
FOREVER: Final = "private, max-age=31536000, immutable"
"""The address has the digest of the file in it: what is there never changes."""

HOUR: Final = "private, max-age=3600"
OWN: Final = "Authorization"
"""What a browser keeps for one person it shows to no other: that one's look would go unrecorded."""

NO_PICTURE: Final[dict[NoPicture, str]] = {
    "no_pictures": "There are no pages to show of a file of this type; open the file itself.",
    "too_large": "The picture is too large to be shown small; open the file itself.",
    "unreadable": "The file cannot be read, so that no page of it can be shown.",
}

Status = Literal["read", "nothing_to_read"]
Page = Annotated[int, Query(ge=1, le=MOST_PAGES)]


class DocumentText(Answer):
    """`nothing_to_read` where a machine finds no letters: a scan, an image, a video.

    `page` is None where all pages are told, with a form feed between them. `is_cut` where the file
    says more than is kept of it here; `pages` are those of the file, as far as they are known.
    """

    sha256: Digest
    status: Status
    pages: int | None
    page: int | None
    text: str | None
    is_cut: bool


class Pictures(Protocol):
    """What draws a page of a kept file: `shared.documents.Documents`."""

    async def picture(
        self, sha256: str, media_type: str, page: int, width: int
    ) -> bytes | NoPicture | None: ...


def routes(doors: Doors, sight: Sight, readings: Readings, pictures: Pictures) -> APIRouter:
    router = APIRouter(prefix="/dossiers/{dossier_id}/evidence/{sha256}", tags=["machine checks"])

    @router.get("/text", name="read_evidence")
    async def read_text(
        dossier_id: Key,
        sha256: Digest,
        response: Response,
        access: Annotated[Access, doors.reads("read_evidence")],
        page: Page | None = None,
    ) -> DocumentText:
        """What the file says, whole or one page of it."""
        view = await sight.found(dossier_id, access, response)
        item, _ = shown_file(view, sha256)
        content = await readings.one(item) if is_paper(item) else Content(sha256, None, None)
        told = _told(content, page)
        if told.text is not None:
            await sight.opened(view, sha256, access, "text")
        response.headers["Cache-Control"] = HOUR
        response.headers["Vary"] = OWN
        return told

    @router.get(
        "/pages/{page}",
        name="read_evidence",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}, "description": "The page as a picture."}},
    )
    async def read_page(
        dossier_id: Key,
        sha256: Digest,
        page: Annotated[int, InPath(ge=1, le=MOST_PAGES)],
        response: Response,
        access: Annotated[Access, doors.reads("read_evidence")],
        width: Annotated[int, Query(ge=LEAST_WIDTH, le=MOST_WIDTH)] = USUAL_WIDTH,
    ) -> Response:
        """An image has one page, and is never enlarged."""
        view = await sight.found(dossier_id, access, response)
        _, file = shown_file(view, sha256)
        drawn = await pictures.picture(sha256, file.media_type, page, width)
        if not isinstance(drawn, bytes):
            raise _not_drawn(drawn, page)
        await sight.opened(view, sha256, access, "picture")
        headers = {
            "Cache-Control": FOREVER,
            "Vary": OWN,
            "X-Content-Type-Options": "nosniff",
        }
        return Response(drawn, media_type="image/png", headers=headers)

    return router


def _told(content: Content, page: int | None) -> DocumentText:
    texts = content.page_texts
    pages = content.pages or len(texts) or None
    if page is not None and page > (pages or 1):
        raise _no_page(page)
    told = content.text if page is None else "".join(texts[page - 1 : page])
    is_last = page is None or page >= len(texts)
    return DocumentText(
        sha256=content.sha256,
        status="nothing_to_read" if content.text is None else "read",
        pages=pages,
        page=page,
        text=None if content.text is None else told,
        is_cut=content.is_cut and is_last,
    )


def _not_drawn(why: NoPicture | None, page: int) -> DomainError:
    if why is None:
        return NotFound("evidence_not_kept", "No such file is kept.")
    if why == "no_page":
        return _no_page(page)
    return Refused(f"picture_{why}", NO_PICTURE[why])


def _no_page(page: int) -> NotFound:
    return NotFound("page_unknown", "The file has fewer pages.", page=page)
