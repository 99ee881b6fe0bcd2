"""What operators see: one line and one count a request, one trace through everything."""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
import structlog
from fastapi import APIRouter, FastAPI

from shared.telemetry import (
    Metrics,
    RequestTelemetry,
    configure_logging,
    continued,
    current_traceparent,
    metrics_response,
)

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE_ID}-00f067aa0ba902b7-01"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a process with JSON logs writes; the loggers of this one are put back after."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging("submission", "json", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def _written(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@dataclass
class Api:
    client: httpx.AsyncClient
    metrics: Metrics

    def count(self, route: str, method: str, status: str) -> float | None:
        labels = {"route": route, "method": method, "status": status}
        return self.metrics.registry.get_sample_value("inda_http_requests_total", labels)


@pytest.fixture
async def api():
    metrics, app, router = Metrics(), FastAPI(), APIRouter(prefix="/v1")
    app.add_middleware(RequestTelemetry, metrics=metrics)

    @router.get("/innovations/{innovation}")
    def innovation(innovation: str) -> str:
        return current_traceparent()

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("broken on purpose")

    @app.get("/metrics")
    def _():
        return metrics_response(metrics)

    app.include_router(router)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api.test") as client:
        yield Api(client, metrics)


async def test_a_request_is_one_line_with_the_template_and_the_trace(lines: io.StringIO, api: Api):
    await api.client.get(
        "/v1/innovations/siti-aminah?phone=0812", headers={"traceparent": TRACEPARENT}
    )
    (line,) = _written(lines)
    assert isinstance(line.pop("milliseconds"), float)
    assert str(line.pop("time")).endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "inda.requests",
        "service": "submission",
        "trace": TRACE_ID,
        "method": "GET",
        "route": "/v1/innovations/{innovation}",
        "status": 200,
    }


async def test_a_failure_is_counted_and_logged_as_an_error(lines: io.StringIO, api: Api):
    await api.client.get("/broken")
    (line,) = _written(lines)
    assert (line["level"], line["route"], line["status"]) == ("error", "/broken", 500)
    assert api.count("/broken", "GET", "500") == 1


async def test_paths_and_methods_of_strangers_do_not_become_labels(lines: io.StringIO, api: Api):
    for each in range(3):
        await api.client.request("BREW", f"/pot/{each}")
    assert api.count("unmatched", "OTHER", "404") == 3


async def test_health_and_metrics_are_counted_but_not_logged(lines: io.StringIO, api: Api):
    answer = await api.client.get("/metrics")
    assert "inda_http_request_seconds_bucket" not in lines.getvalue()
    assert (answer.status_code, lines.getvalue()) == (200, "")
    assert api.count("/metrics", "GET", "200") == 1


async def test_the_trace_of_the_caller_goes_on_as_a_new_step(lines: io.StringIO, api: Api):
    answer = await api.client.get("/v1/innovations/1", headers={"traceparent": TRACEPARENT})
    version, trace_id, span_id, flags = answer.json().split("-")
    assert (version, trace_id, flags) == ("00", TRACE_ID, "01")
    assert span_id != "00f067aa0ba902b7"


@pytest.mark.parametrize(
    "unreadable",
    [
        None,
        "",
        "nonsense",
        f"ff-{TRACE_ID}-00f067aa0ba902b7-01",
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-{TRACE_ID}-{'0' * 16}-01",
        f"00-{TRACE_ID.upper()}-00f067aa0ba902b7-01",
        f"00-{TRACE_ID}-00f067aa0ba902b7-01-more",
    ],
)
def test_an_unreadable_trace_starts_a_new_one(unreadable: str | None):
    with continued(unreadable) as trace:
        assert trace.trace_id != TRACE_ID
        assert current_traceparent() == str(trace)


def test_a_newer_version_of_the_header_is_continued():
    with continued(f"cc-{TRACE_ID}-00f067aa0ba902b7-00-what-comes") as trace:
        assert (trace.trace_id, trace.flags) == (TRACE_ID, "00")


def test_outside_of_a_request_every_fact_starts_its_own_trace():
    assert current_traceparent() != current_traceparent()


def test_lines_of_libraries_look_the_same(lines: io.StringIO):
    logging.getLogger("uvicorn.error").warning("Shutting down")
    (line,) = _written(lines)
    assert (line["event"], line["level"], line["service"]) == (
        "Shutting down",
        "warning",
        "submission",
    )


def test_a_traceback_shows_no_local_variables(lines: io.StringIO):
    def fail() -> None:
        phone = "0812-3456"
        raise ValueError(len(phone))

    try:
        fail()
    except ValueError:
        structlog.get_logger("inda").exception("reaction_failed")
    assert "ValueError" in lines.getvalue()
    assert "0812-3456" not in lines.getvalue()


def test_a_console_line_is_readable():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging("submission", "console", stream)
    structlog.get_logger("inda").info("receipt_signed", sequence=42)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    assert "receipt_signed" in stream.getvalue()
    assert "sequence=42" in stream.getvalue()


def test_all_that_happens_is_counted():
    metrics = Metrics()
    metrics.appended("stored")
    metrics.conflicted()
    metrics.projected("submission-views", events=100, behind=7, lag_seconds=0.5)
    metrics.parked("submission-views", 1)
    metrics.reacted("open_dossier", "done")
    metrics.restarted("projector")
    read = metrics.registry.get_sample_value
    projector = {"projector": "submission-views"}
    assert [
        read("inda_appends_total", {"outcome": "stored"}),
        read("inda_append_conflicts_total"),
        read("inda_projected_events_total", projector),
        read("inda_projector_lag_events", projector),
        read("inda_projector_lag_seconds", projector),
        read("inda_faults", {"consumer": "submission-views"}),
        read("inda_reactions_total", {"reaction": "open_dossier", "outcome": "done"}),
        read("inda_restarts_total", {"part": "projector"}),
    ] == [1, 1, 100, 7, 0.5, 1, 1, 1]
