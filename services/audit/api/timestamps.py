"""Time stamps over checkpoints, for anybody, without a token."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response

from services.audit.witnessing import timestamp_path
from shared.errors import NotFound, Unavailable
from shared.transparency import Shelf

REPLY = "application/timestamp-reply"
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
LARGEST = 2**53
READERS = 4
ANSWER_SECONDS = 20.0
A_STAMP: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file.", "content": {REPLY: {}}}
}


def routes(shelf: Shelf, *, answer_seconds: float = ANSWER_SECONDS) -> APIRouter:
    router = APIRouter(prefix="/log", tags=["log"])
    # Apart, so that many who ask keep nobody from signing.
    readers = ThreadPoolExecutor(READERS, thread_name_prefix="timestamps")

    @router.get(
        "/timestamps/{size}",
        name="read_log_timestamp",
        response_class=Response,
        responses=A_STAMP,
    )
    async def read_log_timestamp(size: Annotated[int, Path(ge=0, le=LARGEST)]) -> Response:
        """The time stamp (RFC 3161) over the text of the checkpoint of exactly so many facts."""
        found = await _in_time(readers, partial(shelf.get, timestamp_path(size)), answer_seconds)
        if found is None:
            raise NotFound(
                "not_stamped", f"The checkpoint over {size} facts has no time stamp.", size=size
            )
        return Response(found, media_type=REPLY, headers=FOR_EVER)

    return router


async def _in_time(
    readers: ThreadPoolExecutor, read: Callable[[], bytes | None], seconds: float
) -> bytes | None:
    try:
        async with asyncio.timeout(seconds):
            return await asyncio.get_running_loop().run_in_executor(readers, read)
    except TimeoutError as error:
        raise Unavailable("storage_timeout", "The storage takes too long to answer.") from error
