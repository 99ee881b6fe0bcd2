"""Public verification: what is known of a document, and whether a file is one."""

from hashlib import sha256
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from services.awards.api.reading import not_found
from services.awards.api.verifying import page
from services.awards.api.verifying.finding import Finder, Verification
from shared.errors import Invalid
from shared.events.base import Digest, Key
from shared.http import PROBLEMS, Answer
from shared.http.files import file_of

MEGABYTE: Final = 1024 * 1024
MOST_MEGABYTES: Final = 5
"""More than any document of ours, and less than a request may hold."""
LONGEST_ID: Final = 131
"""One more than an id may have: what is longer is none, however it goes on."""
UPLOAD: Final = {
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {"file": {"type": "string", "format": "binary"}},
                "required": ["file"],
            }
        }
    },
    "required": True,
}
PAGE: Final[dict[str, Any]] = {"content": {"text/html": {}}}
TOO_LARGE: Final = f"Berkas terlalu besar: paling besar {MOST_MEGABYTES} MB."
NO_FILE: Final = "Tidak ada berkas yang terkirim. Pilih satu berkas lalu tekan Periksa."


class FileVerification(Answer):
    """`document` is there exactly when the file is one that was issued, unchanged."""

    is_genuine: bool
    sentence: str
    sha256: Digest
    document: Verification | None


def _or_page(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problems that browsers are told of by a page."""
    return {
        status: {**PROBLEMS[status], "content": {**PROBLEMS[status]["content"], **PAGE["content"]}}
        for status in statuses
    }


def routes(finder: Finder) -> APIRouter:
    router = APIRouter(tags=["verification"])

    @router.get("/documents/{document_id}/verification", name="verify_document")
    async def verify_document(document_id: Key) -> Verification:
        found = await finder.by_id(document_id)
        if found is None:
            raise not_found()
        return found

    @router.get(
        "/verify/{document_id}",
        name="verify_page",
        response_class=HTMLResponse,
        responses=_or_page(404),
    )
    async def verify_page(document_id: str) -> HTMLResponse:
        """The page that the code on a document leads to."""
        found = await finder.by_id(document_id[:LONGEST_ID])
        if found is None:
            return _html(page.unknown(MOST_MEGABYTES), 404)
        return _html(page.about(found, MOST_MEGABYTES))

    @router.post(
        "/verify",
        name="verify_file",
        response_model=FileVerification,
        responses={200: PAGE, **_or_page(413, 422)},
        openapi_extra={"requestBody": UPLOAD},
    )
    async def verify_file(request: Request) -> Response:
        """Compares the SHA-256 of a file with those of all issued documents. Nothing is stored.

        Answers the page to browsers, JSON to whoever asks for `application/json`.
        """
        is_page = "application/json" not in request.headers.get("Accept", "")
        try:
            content = await file_of(request, MOST_MEGABYTES * MEGABYTE)
            if not content:
                raise Invalid("file_missing", "There is no file in the form.")
        except (Invalid, HTTPException) as error:
            if not is_page:
                raise
            is_large = getattr(error, "code", "too_large") in ("file_too_large", "too_large")
            sentence, status = (TOO_LARGE, 413) if is_large else (NO_FILE, 422)
            return _html(page.refused(sentence, MOST_MEGABYTES), status)
        digest = sha256(content).hexdigest()
        found = await finder.by_digest(digest)
        return _as_page(found, digest) if is_page else _as_json(found, digest)

    return router


def _as_page(found: Verification | None, digest: str) -> HTMLResponse:
    if found is None:
        return _html(page.altered(digest, MOST_MEGABYTES))
    return _html(page.genuine(found, MOST_MEGABYTES))


def _as_json(found: Verification | None, digest: str) -> JSONResponse:
    answer = FileVerification(
        is_genuine=found is not None,
        sentence=page.ALTERED if found is None else f"Asli: {found.title}, {found.competition}.",
        sha256=digest,
        document=found,
    )
    return JSONResponse(answer.model_dump(mode="json"), headers={"Cache-Control": "no-store"})


def _html(text: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(text, status, dict(page.HEADERS))
