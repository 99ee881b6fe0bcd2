"""Whether a service lives and is ready, and its metrics."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

import structlog
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response

from shared.errors import Unavailable
from shared.service.skew import Skew
from shared.telemetry import Metrics, metrics_response
from shared.views import Database

log = structlog.get_logger("health")
ANSWER_SECONDS = 3.0


def add_health(
    app: FastAPI,
    metrics: Metrics,
    database: Database,
    position: Callable[[], Awaitable[int]],
    skew: Skew,
    details: Callable[[], Mapping[str, object]],
) -> None:
    """Live means the process answers; ready, that history and read models answer it and that its
    clock is the history's. `details` are told beside that and make nothing unready.
    """

    @app.get("/health/live", tags=["health"])
    async def live() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/health/ready", tags=["health"])
    async def ready() -> JSONResponse:
        parts = {
            "history": await _answers(position),
            "views": await _answers(database.ping),
            "clock": not skew.is_skewed,
        }
        good = all(parts.values())
        return JSONResponse({"ready": good, **parts, **details()}, 200 if good else 503)

    @app.get("/metrics", tags=["health"], include_in_schema=False)
    async def numbers() -> Response:
        with suppress(Unavailable):
            metrics.parked("all", await database.collection("faults").count())
        return metrics_response(metrics)


async def _answers(question: Callable[[], Awaitable[object]]) -> bool:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await question()
    except Exception as error:
        # Whatever kept it from answering, it is not ready.
        log.warning("not ready", reason=type(error).__name__)
        return False
    return True
