"""What a service tells its operators: log lines, metrics and traces, never about a person."""

from shared.telemetry.logs import configure_logging
from shared.telemetry.metrics import Metrics, metrics_response
from shared.telemetry.requests import RequestTelemetry
from shared.telemetry.traces import Trace, continued, current_traceparent

__all__ = [
    "Metrics",
    "RequestTelemetry",
    "Trace",
    "configure_logging",
    "continued",
    "current_traceparent",
    "metrics_response",
]
