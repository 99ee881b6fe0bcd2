"""Every refusal as one kind of answer (RFC 9457); the only table of status codes."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from shared.errors import (
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    Stale,
    Unauthenticated,
    Unavailable,
)


class PreconditionMissing(Invalid):
    """The route replaces text or decides: it must know what the caller saw."""


class KeyMissing(Invalid):
    """A POST without an Idempotency-Key could happen twice."""


class BodyTooLarge(Invalid):
    """What was sent is larger than the route takes; it was not read to its end."""


STATUS_OF: dict[type[DomainError], int] = {
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Refused: 409,
    Stale: 412,
    Invalid: 422,
    Unavailable: 503,
}
TITLES = {
    400: "Unreadable",
    401: "Unauthenticated",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    409: "Refused",
    412: "Changed since you read it",
    413: "Too large",
    422: "Invalid",
    428: "Precondition required",
    503: "Unavailable for the moment",
}
PROBLEM = "application/problem+json"


class Problem(BaseModel):
    """RFC 9457. `code` is stable, `params` fill the sentence in the reader's language."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, Any] = {}


def _documented(status: int) -> dict[str, Any]:
    return {
        "description": TITLES[status],
        "content": {PROBLEM: {"schema": Problem.model_json_schema()}},
    }


PROBLEMS: dict[int | str, dict[str, Any]] = {status: _documented(status) for status in TITLES}


def problem(
    status: int,
    code: str,
    sentence: str,
    params: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    body = Problem(
        type=f"urn:inda:problem:{code}",
        title=TITLES.get(status, "Failed"),
        status=status,
        detail=sentence,
        code=code,
        params=dict(params or {}),
    )
    # What is refused now may be answered later: no cache may keep the refusal.
    told = {"Cache-Control": "no-store", **(headers or {})}
    return JSONResponse(body.model_dump(), status, told, media_type=PROBLEM)


def status_of(error: DomainError) -> int:
    if isinstance(error, PreconditionMissing):
        return 428
    if isinstance(error, KeyMissing):
        return 400
    if isinstance(error, BodyTooLarge):
        return 413
    return next(STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF)


def install_problem_answers(app: FastAPI) -> None:
    """Every refusal and every fault of a request as one kind of answer."""

    @app.exception_handler(DomainError)
    async def refused(_: Request, error: DomainError) -> JSONResponse:
        status = status_of(error)
        headers: dict[str, str] = {}
        if status == 503:
            headers["Retry-After"] = "2"
        if status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        params: dict[str, Any] = dict(error.params)
        if isinstance(error, Stale) and error.texts is not None:
            params |= error.texts
        return problem(status, error.code, error.sentence, params, headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        faults = [
            {"field": ".".join(str(part) for part in fault["loc"]), "fault": fault["msg"]}
            for fault in error.errors()
        ]
        sentence = "; ".join(f"{fault['field']}: {fault['fault']}" for fault in faults[:5])
        return problem(422, "request_invalid", f"{sentence}.", {"faults": faults[:50]})

    @app.exception_handler(HTTPException)
    async def failed(_: Request, error: HTTPException) -> JSONResponse:
        code = TITLES.get(error.status_code, "failed").lower().replace(" ", "_")
        return problem(error.status_code, code, str(error.detail), headers=error.headers)
