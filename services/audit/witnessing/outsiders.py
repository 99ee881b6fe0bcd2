"""How others are asked over HTTP: bounded in time and size; and how long to wait after a no."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from services.audit.witnessing.faults import OddAnswer, Silent

SECONDS = 20.0
MAX_BYTES = 128 * 1024


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Backoff:
    """Seconds to wait after the first failure; twice as long after each further one."""

    first: float = 1.0
    longest: float = 300.0

    def after(self, failures: int) -> float:
        return min(self.longest, self.first * 2.0 ** min(failures - 1, 30))


async def posted(
    http: httpx.AsyncClient,
    url: str,
    content: bytes,
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
) -> Answered:
    """Raises `Silent` where nobody answers in time, `OddAnswer` where too much comes."""
    try:
        async with (
            asyncio.timeout(seconds),
            http.stream("POST", url, content=content, headers=headers) as answer,
        ):
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > MAX_BYTES:
                    raise OddAnswer(f"{url} answered more than {MAX_BYTES} bytes.", url)
            media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Answered(answer.status_code, media_type, body)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise Silent(f"{url} does not answer ({type(error).__name__}).", url) from None
