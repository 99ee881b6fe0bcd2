"""Case files over HTTP: all about one thing with its proofs, or the paper of it alone."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse

from services.audit.cases import Case, Cases
from services.audit.searching import Kind
from shared.documents.names import disposition
from shared.errors import Invalid
from shared.http import Doors

Sequence = Annotated[int | None, Query(ge=1, lt=10**15)]
Format = Literal["zip", "pdf"]
MEDIA_TYPES = {"zip": "application/zip", "pdf": "application/pdf"}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file. An archive that breaks off before its end is not whole.",
        "content": {
            each: {"schema": {"type": "string", "format": "binary"}}
            for each in MEDIA_TYPES.values()
        },
    }
}


def routes(doors: Doors, cases: Cases) -> APIRouter:
    router = APIRouter(prefix="/cases", tags=["cases"])

    @router.get(
        "/{kind}/{key}",
        name="export_case",
        response_class=Response,
        responses=FILE,
        dependencies=[doors.reads("export_case")],
    )
    async def export_case(
        kind: Kind,
        key: Annotated[str, Path(min_length=1, max_length=130)],
        format: Format = "zip",
        first: Sequence = None,
        last: Sequence = None,
    ) -> Response:
        """Waits, bounded, for a checkpoint over its newest fact; facts without one are named in
        the paper. `first` and `last` keep it to a part of the history, by sequence.
        """
        if first is not None and last is not None and first > last:
            raise Invalid("span_empty", "`first` must not be behind `last`.")
        found = await cases.gathered(Case(kind, key, first or 1, last))
        headers = {
            "Content-Disposition": disposition(f"kasus-{kind}-{key}.{format}"),
            "Inda-Sequence": str(found.telling.sequences[-1]),
        }
        if format == "pdf":
            return Response(await cases.paper(found), headers=headers, media_type="application/pdf")
        archive = cases.archive(found)
        return StreamingResponse(archive, headers=headers, media_type="application/zip")

    return router
