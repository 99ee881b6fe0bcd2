"""Time stamps over checkpoints, for anybody, without a token."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from services.audit.witnessing import timestamp_path
from shared.errors import NotFound
from shared.transparency import Shelf

REPLY = "application/timestamp-reply"
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
LARGEST = 2**53
A_STAMP: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": {REPLY: {}}}
}


def routes(shelf: Shelf) -> APIRouter:
    router = APIRouter(prefix="/log", tags=["log"])

    @router.get(
        "/timestamps/{size}",
        name="read_log_timestamp",
        response_class=Response,
        responses=A_STAMP,
    )
    async def read_log_timestamp(size: Annotated[int, Path(ge=0, le=LARGEST)]) -> Response:
        """The time stamp (RFC 3161) over the text of the checkpoint of exactly so many facts."""
        # Not in the threads of the loop itself: the signer works in those.
        found = await run_in_threadpool(shelf.get, timestamp_path(size))
        if found is None:
            raise NotFound(
                "not_stamped", f"The checkpoint over {size} facts has no time stamp.", size=size
            )
        return Response(found, media_type=REPLY, headers=FOR_EVER)

    return router
