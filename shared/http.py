"""HTTP in and out: problems (RFC 9457), versions as ETags, commands made once, doors before all."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import Depends, FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
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
from shared.history import Cause, Outcome, command_id, derived_id, digest_of
from shared.identity import Access, Caller, Thing
from shared.telemetry import current_traceparent

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


class Answer(BaseModel):
    """The base of all answers."""

    model_config = ConfigDict(frozen=True)


class Body(BaseModel):
    """The base of all requests: a field that nobody knows is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Written(Answer):
    """What a write led to: the aggregate's version and sequence after it, and the facts' types.

    `happened` is empty where it was already so; with `dry_run` nothing was stored.
    """

    id: str
    version: int
    sequence: int
    happened: tuple[str, ...]
    dry_run: bool = False


CommandT = TypeVar("CommandT", contravariant=True)


class Handles(Protocol[CommandT]):
    """What a route needs of a `shared.history.Handler`."""

    async def __call__(
        self, key: str, command: CommandT, cause: Cause, *, new: bool = ..., dry_run: bool = ...
    ) -> Outcome[Any]: ...


@dataclass(frozen=True, slots=True)
class Ask:
    """A write request whose role is allowed: who, when, from which version, and how to answer."""

    access: Access
    at: datetime
    cause: Cause
    dry_run: bool
    response: Response

    @property
    def caller(self) -> Caller:
        return self.access.caller

    @property
    def by(self) -> str:
        return self.access.caller.id

    def require(self, thing: Thing) -> None:
        """NotFound unless this person may touch the thing."""
        self.access.require(thing)

    def new_id(self, *parts: str) -> str:
        """An id that a retry of the same request makes again."""
        return derived_id(self.cause.command_id, *parts)

    async def send(
        self, handle: Handles[CommandT], key: str, command: CommandT, *, new: bool = False
    ) -> Outcome[Any]:
        """Gives the command and sets ETag and Inda-Sequence. Raises what the handler raises."""
        outcome = await handle(key, command, self.cause, new=new, dry_run=self.dry_run)
        show_version(self.response, outcome.version, outcome.sequence)
        return outcome

    def written(self, outcome: Outcome[Any]) -> Written:
        return Written(
            id=outcome.key,
            version=outcome.version,
            sequence=outcome.sequence,
            happened=tuple(type(fact).__name__ for fact in outcome.facts),
            dry_run=self.dry_run,
        )


def show_version(response: Response, version: int, sequence: int) -> None:
    response.headers["ETag"] = f'"{version}"'
    response.headers["Inda-Sequence"] = str(sequence)


def parsed_if_match(text: str | None) -> int | None:
    """The version in an `If-Match`. Raises `Invalid`; `*` asks for no particular version."""
    if text is None or text.strip() == "*":
        return None
    plain = text.strip().removeprefix("W/").strip('"')
    if not plain.isascii() or not plain.isdigit():
        raise Invalid("if_match_broken", "If-Match must be the ETag of the last answer.")
    return int(plain)


class PreconditionMissing(Invalid):
    """The route replaces text or decides: it must know what the caller saw."""


class KeyMissing(Invalid):
    """A POST without an Idempotency-Key could happen twice."""


class Doors:
    """Makes the dependencies of routes: who may, and the cause that makes a command happen once.

    `allowed` comes from `shared.identity.allow`; `now` is the process's clock; `position` and
    `reached` tell how far the read models are.
    """

    def __init__(
        self,
        allowed: Callable[[str], Callable[..., Awaitable[Access]]],
        now: Callable[[], datetime],
        position: Callable[[], Awaitable[int]],
        reached: Callable[[int], Awaitable[bool]],
    ) -> None:
        self._allowed = allowed
        self._now = now
        self._position = position
        self._reached = reached

    def reads(self, operation: str) -> Any:
        """The dependency of a query of one thing: its `Access`, after waiting for `min_seq`."""
        reached = self._reached

        async def access(
            access: Annotated[Access, Depends(self._allowed(operation))],
            min_seq: Annotated[int | None, Query(ge=0, description=MIN_SEQ_HELP)] = None,
        ) -> Access:
            if min_seq is not None:
                await reached(min_seq)
            return access

        return Depends(access)

    def lists(self, operation: str) -> Any:
        """As `reads`, for lists: the answer says in `Inda-Sequence` which facts it shows."""
        position = self._position

        async def access(
            access: Annotated[Access, self.reads(operation)], response: Response
        ) -> Access:
            response.headers["Inda-Sequence"] = str(await position())
            return access

        return Depends(access)

    def writes(self, operation: str, *, if_match: bool = False) -> Any:
        """The dependency of a command: its `Ask`. `if_match` makes that header compulsory."""
        now = self._now

        async def ask(
            request: Request,
            response: Response,
            access: Annotated[Access, Depends(self._allowed(operation))],
            idempotency_key: Annotated[
                str | None, Header(min_length=8, max_length=200, description=KEY_HELP)
            ] = None,
            if_match_header: Annotated[str | None, Header(alias="If-Match", max_length=64)] = None,
            dry_run: Annotated[bool, Query(description="Decide, answer, store nothing.")] = False,
        ) -> Ask:
            version = parsed_if_match(if_match_header)
            if if_match and version is None:
                raise PreconditionMissing(
                    "if_match_missing", "Send the ETag of what you read as If-Match."
                )
            at = now()
            cause = await _cause(request, access.caller, idempotency_key, version, at)
            return Ask(access, at, cause, dry_run, response)

        return Depends(ask)


MIN_SEQ_HELP = "Wait up to five seconds until this sequence is shown."
KEY_HELP = "One value per intended change; a retry with the same value happens once."


async def _cause(
    request: Request, caller: Caller, key: str | None, version: int | None, at: datetime
) -> Cause:
    route = f"{request.method} {request.url.path}"
    digest = await _digest(request)
    if key is None:
        if request.method == "POST":
            raise KeyMissing("idempotency_key_missing", "Send an Idempotency-Key with every POST.")
        # A PUT or DELETE of the same content over the same version is the same command; without
        # a version it is decided anew, or a text that was put back would count as a retry.
        key = f"{at.isoformat() if version is None else version}/{digest}"
    return Cause(
        command_id=command_id(caller.id, route, key),
        digest=digest,
        correlation_id=request.headers.get("Inda-Correlation", "")[:128],
        traceparent=current_traceparent(),
        expected_version=version,
    )


async def _digest(request: Request) -> str:
    """Raises `Invalid` for what is no JSON, or has numbers that JSON cannot carry exactly."""
    if not await request.body():
        return digest_of(None)
    try:
        return digest_of(await request.json())
    except (ValueError, RecursionError) as error:
        raise Invalid("body_unreadable", "The body is not JSON.") from error


# --- answers to errors --------------------------------------------------------------------


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
    return JSONResponse(body.model_dump(), status, headers, media_type=PROBLEM)


def status_of(error: DomainError) -> int:
    if isinstance(error, PreconditionMissing):
        return 428
    if isinstance(error, KeyMissing):
        return 400
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


__all__ = [
    "PROBLEMS",
    "Answer",
    "Ask",
    "Body",
    "Doors",
    "Handles",
    "Problem",
    "Written",
    "install_problem_answers",
    "show_version",
]
