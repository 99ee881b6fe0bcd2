"""The metrics that all services share. Labels are bounded: names that the code gives, never ids."""

from typing import Literal

from fastapi import Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

AppendOutcome = Literal["stored", "already_so", "refused", "unavailable"]
ReactionOutcome = Literal["done", "already_so", "refused", "retried", "parked"]
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 20.0)


class Metrics:
    """One set for each app. Its methods are handed down as plain functions to what they count."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._requests = self._counter("http_requests", "Requests.", "route", "method", "status")
        self._latency = Histogram(
            "inda_http_request_seconds",
            "Time to the end of the answer.",
            ("route", "method"),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._appends = self._counter("appends", "Decisions by what became of them.", "outcome")
        self._conflicts = self._counter("append_conflicts", "Decisions taken again after a race.")
        self._projected = self._counter("projected_events", "Events folded.", "projector")
        self._lag_events = self._gauge("projector_lag_events", "Events behind.", "projector")
        self._lag_seconds = self._gauge(
            "projector_lag_seconds", "Age of the event folded last.", "projector"
        )
        self._faults = self._gauge("faults", "Aggregates parked.", "consumer")
        self._reactions = self._counter("reactions", "Reactions.", "reaction", "outcome")
        self._restarts = self._counter("restarts", "Parts of this service restarted.", "part")

    def requested(self, route: str, method: str, status: int, seconds: float) -> None:
        """`route` is the template that matched, never the path; `seconds` to the end."""
        known = method if method in METHODS else "OTHER"
        self._requests.labels(route, known, str(status)).inc()
        self._latency.labels(route, known).observe(seconds)

    def appended(self, outcome: AppendOutcome) -> None:
        self._appends.labels(outcome).inc()

    def conflicted(self) -> None:
        self._conflicts.inc()

    def projected(self, projector: str, events: int, behind: int, lag_seconds: float) -> None:
        """A batch was written: how many events, how many wait, and how old its last one is."""
        self._projected.labels(projector).inc(events)
        self._lag_events.labels(projector).set(behind)
        self._lag_seconds.labels(projector).set(lag_seconds)

    def parked(self, consumer: str, aggregates: int) -> None:
        """How many aggregates are parked now."""
        self._faults.labels(consumer).set(aggregates)

    def reacted(self, reaction: str, outcome: ReactionOutcome) -> None:
        self._reactions.labels(reaction, outcome).inc()

    def restarted(self, part: str) -> None:
        self._restarts.labels(part).inc()

    def _counter(self, name: str, help_text: str, *labels: str) -> Counter:
        return Counter(f"inda_{name}", help_text, labels, registry=self.registry)

    def _gauge(self, name: str, help_text: str, *labels: str) -> Gauge:
        return Gauge(f"inda_{name}", help_text, labels, registry=self.registry)


def metrics_response(metrics: Metrics) -> Response:
    """The answer of `GET /metrics`."""
    return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)
