"""Log lines: events with fields, in UTC, readable in a terminal and JSON everywhere else."""

import logging
import sys
from typing import Literal, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from shared.telemetry.traces import current_trace

# These write a line, or the address with its signature, for every call they make.
TALKATIVE = ("httpx", "httpcore", "urllib3", "nats", "pymongo", "asyncio")
SERVERS = ("uvicorn", "uvicorn.error", "uvicorn.access")


def configure_logging(
    service: str,
    log_format: Literal["auto", "console", "json"] = "auto",
    stream: TextIO | None = None,
) -> None:
    """Send the lines of this process, the libraries' too, to `stream` (standard error).

    `auto` is readable in a terminal and JSON elsewhere. Called once, by the process that starts.
    """
    out = sys.stderr if stream is None else stream
    is_console = log_format == "console" or (log_format == "auto" and out.isatty())
    before = _fields(service)
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendered(is_console=is_console, has_colors=out.isatty()),
            ],
        )
    )
    _take_over(handler)


def _fields(service: str) -> list[Processor]:
    def add_place(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["service"] = service
        trace = current_trace()
        if trace is not None:
            event["trace"] = trace.trace_id
        return event

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        add_place,
    ]


def _rendered(*, is_console: bool, has_colors: bool) -> list[Processor]:
    """Tracebacks without local variables: those may hold a person's data or a secret."""
    if is_console:
        plain = structlog.dev.plain_traceback
        return [
            structlog.dev.ConsoleRenderer(
                colors=has_colors, timestamp_key="time", exception_formatter=plain
            )
        ]
    frames = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [
        structlog.processors.ExceptionRenderer(frames),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


def _take_over(handler: logging.Handler) -> None:
    """One handler for all; the access lines of the server give way to `RequestTelemetry`."""
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in SERVERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
