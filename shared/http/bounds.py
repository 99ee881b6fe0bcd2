"""ASGI middleware: no request is read further than a service can bear."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.exceptions import HTTPException

from shared.http.problems import problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY_BYTES = 6 * 1024 * 1024
"""Room for the largest sheet that is imported. Evidence never passes through a service."""
SENTENCE = f"A request may have {MAX_BODY_BYTES} bytes at most."


class BoundedBodies:
    """Answers 413 at once for a body that is declared too large, and when one turns out to be."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _declared(scope) > MAX_BODY_BYTES:
            answer = problem(413, "too_large", SENTENCE, {"max_bytes": MAX_BODY_BYTES})
            await answer(scope, receive, send)
        else:
            await self._app(scope, _counted(receive), send)


def _declared(scope: Scope) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


def _counted(receive: Receive) -> Receive:
    received = 0

    async def counting() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY_BYTES:
            raise HTTPException(413, SENTENCE)
        return message

    return counting
