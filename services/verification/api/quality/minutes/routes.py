"""The minutes as a PDF: made anew from the history whenever asked, always the same bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Response

from services.verification.api.catalogue import REASONS_IN_INDONESIAN
from services.verification.api.quality.minutes.telling import minutes_of
from services.verification.api.sight import Sight
from services.verification.projections import DossierView
from shared.editions import Edition
from shared.errors import Refused
from shared.events.base import Key
from shared.http import Doors
from shared.identity import Access
from shared.papers import digest_of, typeset

TEMPLATE: Final = Path(__file__).with_name("template.typ").read_text()
CONCLUDED: Final = ("verified", "rejected")
PDF: Final = "application/pdf"


def routes(doors: Doors, sight: Sight, edition_of: Callable[[str], Edition]) -> APIRouter:
    router = APIRouter(tags=["dossiers"])

    @router.get(
        "/dossiers/{dossier_id}/minutes",
        name="read_minutes",
        response_class=Response,
        responses={200: {"content": {PDF: {}}}},
    )
    async def read_minutes(
        dossier_id: Key, access: Annotated[Access, doors.reads("read_minutes")]
    ) -> Response:
        """Berita acara validasi, once the review is concluded."""
        told = Response()
        shown = await sight.found(dossier_id, access, told)
        if shown.state not in CONCLUDED:
            raise Refused("not_concluded", "Minutes are made when the review is concluded.")
        etag, sequence = told.headers["ETag"], told.headers["Inda-Sequence"]
        made = await _made(shown, int(etag.strip('"')), int(sequence), edition_of)
        name = f"berita-acara-validasi-{dossier_id}.pdf"
        return Response(
            made,
            media_type=PDF,
            headers={
                "ETag": etag,
                "Inda-Sequence": sequence,
                "Content-Disposition": f'inline; filename="{name}"',
                "Cache-Control": "private, no-cache",
            },
        )

    return router


async def _made(
    view: DossierView, version: int, sequence: int, edition_of: Callable[[str], Edition]
) -> bytes:
    assert view.about is not None
    edition = edition_of(view.about.edition_id)
    reasons = REASONS_IN_INDONESIAN
    told = minutes_of(view, edition, reasons, version=version, sequence=sequence)
    return await typeset(TEMPLATE, {**told, "digest": digest_of(told)})
