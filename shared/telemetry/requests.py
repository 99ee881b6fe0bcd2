"""ASGI middleware: continues the caller's trace, counts each request and logs it once."""

from collections.abc import Awaitable, Callable, MutableMapping
from time import perf_counter
from typing import Any

import structlog

from shared.telemetry.metrics import Metrics
from shared.telemetry.traces import continued

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

UNMATCHED = "unmatched"
# Asked every few seconds by machines: counted, and logged only when they fail.
WATCHED = frozenset({"/health/live", "/health/ready", "/metrics"})


class RequestTelemetry:
    """`app.add_middleware(RequestTelemetry, metrics=metrics)`, added last to be outermost.

    Lines carry the route's template, not the path: a path from outside may hold anything.
    """

    def __init__(self, app: App, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._log = structlog.stdlib.get_logger("inda.requests")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with continued(_traceparent(scope)):
            await self._watched(scope, receive, send)

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 500
        began = perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._tell(scope, status, perf_counter() - began)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route, method = _template(scope), str(scope["method"])
        self._metrics.requested(route, method, status, seconds)
        if route in WATCHED and status < 400:
            return
        tell = self._log.error if status >= 500 else self._log.info
        milliseconds = round(seconds * 1000, 1)
        tell("request", method=method, route=route, status=status, milliseconds=milliseconds)


def _traceparent(scope: Scope) -> str | None:
    found = [value for name, value in scope["headers"] if name == b"traceparent"]
    return found[0].decode("latin-1") if len(found) == 1 else None


def _template(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", UNMATCHED))
