"""What the public's routes of verification answer with."""

from typing import Any, Final

from fastapi.responses import HTMLResponse, PlainTextResponse

from services.awards.api.verifying import page
from shared.http import PROBLEMS
from shared.transparency import TlogProof
from shared.transparency.proofs import ENDING

MEGABYTE: Final = 1024 * 1024
MOST_MEGABYTES: Final = 5
"""More than any document of ours, and less than a request may hold."""
MOST_SEQUENCE: Final = 2**53 - 1
PAGE: Final[dict[str, Any]] = {"content": {"text/html": {}}}


def or_page(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problems that browsers are told of by a page."""
    return {
        status: {**PROBLEMS[status], "content": {**PROBLEMS[status]["content"], **PAGE["content"]}}
        for status in statuses
    }


def html(text: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(text, status, dict(page.HEADERS))


def tlog(proof: TlogProof, sequence: int) -> PlainTextResponse:
    name = f'attachment; filename="{sequence}{ENDING}"'
    return PlainTextResponse(proof.text, headers={"Content-Disposition": name})
