"""Writes of people without an account: the same manners, asked of nobody in particular."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Query, Request, Response

from shared.errors import Invalid
from shared.history import Cause, command_id, digest_of
from shared.http import Ask
from shared.http.doors import KEY_HELP
from shared.http.problems import KeyMissing
from shared.identity import Access, Caller
from shared.telemetry import current_traceparent

ANYBODY: Final = Caller(id="public", roles=frozenset())


class Strangers:
    """Makes the dependency of a command that anybody may give. `now` is the process's clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def writes(self) -> Any:
        now = self._now

        async def ask(
            request: Request,
            response: Response,
            idempotency_key: Annotated[
                str | None, Header(min_length=8, max_length=200, description=KEY_HELP)
            ] = None,
            dry_run: Annotated[bool, Query(description="Decide, answer, store nothing.")] = False,
        ) -> Ask:
            if idempotency_key is None:
                raise KeyMissing(
                    "idempotency_key_missing", "Send an Idempotency-Key with every POST."
                )
            route = f"{request.method} {request.scope['path']}"
            cause = Cause(
                command_id=command_id(ANYBODY.id, route, idempotency_key),
                digest=await _digest(request),
                correlation_id=request.headers.get("Inda-Correlation", "")[:128],
                traceparent=current_traceparent(),
            )
            return Ask(Access(ANYBODY, frozenset()), now(), cause, dry_run, response)

        return Depends(ask)


async def _digest(request: Request) -> str:
    """Raises `Invalid`."""
    try:
        return digest_of(await request.json())
    except (ValueError, RecursionError) as error:
        raise Invalid("body_unreadable", "The body is not JSON.") from error
