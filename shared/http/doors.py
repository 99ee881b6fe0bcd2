"""The dependencies of routes: who may, and the cause that makes a command happen once."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request, Response

from shared.errors import Invalid
from shared.history import Cause, command_id, digest_of
from shared.http.asking import Ask
from shared.http.files import Sent, file_digest, file_of
from shared.http.problems import KeyMissing, PreconditionMissing
from shared.identity import Access, Caller
from shared.telemetry import current_traceparent

MIN_SEQ_HELP = "Wait up to five seconds until this sequence is shown."
KEY_HELP = "One value per intended change; a retry with the same value happens once."


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
        now, is_match_needed = self._now, if_match

        async def ask(
            request: Request,
            response: Response,
            access: Annotated[Access, Depends(self._allowed(operation))],
            idempotency_key: Annotated[
                str | None, Header(min_length=8, max_length=200, description=KEY_HELP)
            ] = None,
            if_match: Annotated[str | None, Header(max_length=64)] = None,
            dry_run: Annotated[bool, Query(description="Decide, answer, store nothing.")] = False,
        ) -> Ask:
            version = parsed_if_match(if_match)
            if is_match_needed and version is None:
                raise PreconditionMissing(
                    "if_match_missing", "Send the ETag of what you read as If-Match."
                )
            at = now()
            digest = await _digest(request)
            cause = _cause(request, access.caller, idempotency_key, version, at, digest)
            return Ask(access, at, cause, dry_run, response)

        return Depends(ask)

    def takes(self, operation: str, max_bytes: int) -> Any:
        """The dependency of a command whose body is a file, or a form with one: what was `Sent`."""
        now = self._now

        async def sent(
            request: Request,
            response: Response,
            access: Annotated[Access, Depends(self._allowed(operation))],
            idempotency_key: Annotated[
                str | None, Header(min_length=8, max_length=200, description=KEY_HELP)
            ] = None,
            dry_run: Annotated[bool, Query(description="Decide, answer, store nothing.")] = False,
        ) -> Sent:
            content = await file_of(request, max_bytes)
            at = now()
            digest = digest_of(file_digest(request, content))
            cause = _cause(request, access.caller, idempotency_key, None, at, digest)
            return Sent(Ask(access, at, cause, dry_run, response), content)

        return Depends(sent)


def _cause(
    request: Request,
    caller: Caller,
    key: str | None,
    version: int | None,
    at: datetime,
    digest: str,
) -> Cause:
    route = f"{request.method} {request.scope['path']}"
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


def parsed_if_match(text: str | None) -> int | None:
    """The version in an `If-Match`. Raises `Invalid`; `*` asks for no particular version."""
    if text is None or text.strip() == "*":
        return None
    plain = text.strip().removeprefix("W/").strip('"')
    if not plain.isascii() or not plain.isdigit():
        raise Invalid("if_match_broken", "If-Match must be the ETag of the last answer.")
    return int(plain)
