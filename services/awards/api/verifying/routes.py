"""Public verification: what is known of a document, and whether a file is one."""

from hashlib import sha256
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from services.awards.api.reading import not_found
from services.awards.api.verifying import page
from services.awards.api.verifying.answering import (
    MEGABYTE,
    MOST_MEGABYTES,
    MOST_SEQUENCE,
    PAGE,
    html,
    or_page,
    tlog,
)
from services.awards.api.verifying.finding import Finder, Verification
from services.awards.api.verifying.proving import Proofs
from shared.errors import Invalid
from shared.events.base import Digest, Key
from shared.http import Answer
from shared.http.files import file_of

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
TOO_LARGE: Final = f"Berkas terlalu besar: paling besar {MOST_MEGABYTES} MB."
NO_FILE: Final = "Tidak ada berkas yang terkirim. Pilih satu berkas lalu tekan Periksa."


class FileVerification(Answer):
    """`document` is there exactly when the file is one that was issued, unchanged."""

    is_genuine: bool
    sentence: str
    sha256: Digest
    document: Verification | None


def routes(finder: Finder, proofs: Proofs) -> APIRouter:
    router = APIRouter(tags=["verification"])
    _documents(router, finder, proofs)
    _files(router, finder, proofs)
    _proofs(router, finder, proofs)
    return router


def _documents(router: APIRouter, finder: Finder, proofs: Proofs) -> None:

    @router.get("/documents/{document_id}/verification", name="verify_document")
    async def verify_document(document_id: Key) -> Verification:
        found = await finder.by_id(document_id)
        if found is None:
            raise not_found()
        return await _with_log(found, proofs)

    @router.get(
        "/verify/{document_id}",
        name="verify_page",
        response_class=HTMLResponse,
        responses=or_page(404),
    )
    async def verify_page(document_id: str) -> HTMLResponse:
        """The page that the code on a document leads to."""
        found = await finder.by_id(document_id[:LONGEST_ID])
        if found is None:
            return html(page.unknown(MOST_MEGABYTES), 404)
        return html(page.about(await _with_log(found, proofs), MOST_MEGABYTES))


def _files(router: APIRouter, finder: Finder, proofs: Proofs) -> None:
    @router.post(
        "/verify",
        name="verify_file",
        response_model=FileVerification,
        responses={200: PAGE, **or_page(413, 422)},
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
            return html(page.refused(sentence, MOST_MEGABYTES), status)
        digest = sha256(content).hexdigest()
        found = await finder.by_digest(digest)
        if found is not None:
            found = await _with_log(found, proofs)
        return _as_page(found, digest) if is_page else _as_json(found, digest)


def _proofs(router: APIRouter, finder: Finder, proofs: Proofs) -> None:
    @router.get(
        "/documents/{document_id}/proofs/{sequence}",
        name="prove_document",
        response_class=PlainTextResponse,
    )
    async def prove_document(
        document_id: Key, sequence: Annotated[int, Path(ge=1, le=MOST_SEQUENCE)]
    ) -> PlainTextResponse:
        """That a fact which a document rests on is in the transparency log (C2SP tlog-proof):
        one file, checked by anybody without a server.
        """
        found = await finder.by_id(document_id)
        facts = [] if found is None else [each for each in found.facts if each.sequence == sequence]
        if not facts:
            raise not_found()
        return tlog(await proofs.proof(facts[0]), sequence)


async def _with_log(found: Verification, proofs: Proofs) -> Verification:
    return found.model_copy(update={"log": await proofs.shown(found.facts)})


def _as_page(found: Verification | None, digest: str) -> HTMLResponse:
    if found is None:
        return html(page.altered(digest, MOST_MEGABYTES))
    return html(page.genuine(found, MOST_MEGABYTES))


def _as_json(found: Verification | None, digest: str) -> JSONResponse:
    answer = FileVerification(
        is_genuine=found is not None,
        sentence=page.ALTERED if found is None else f"Asli: {found.title}, {found.competition}.",
        sha256=digest,
        document=found,
    )
    return JSONResponse(answer.model_dump(mode="json"), headers={"Cache-Control": "no-store"})
