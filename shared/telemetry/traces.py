"""W3C trace context: one trace from a person's click through every fact and reaction it causes."""

import re
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_FORM = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_SAMPLED = "01"


@dataclass(frozen=True, slots=True)
class Trace:
    """Hexadecimal ids as on the wire; `str()` is the `traceparent` header that passes it on."""

    trace_id: str
    span_id: str
    flags: str = _SAMPLED

    def __str__(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current_trace() -> Trace | None:
    """The trace of the request or fact at hand; None outside of both."""
    return _current.get()


def current_traceparent() -> str:
    """The header to send on with a fact or a call; the start of a new trace when there is none."""
    return str(_current.get() or _started())


@contextmanager
def continued(traceparent: str | None) -> Generator[Trace, None, None]:
    """Within, the current trace is a step of this one, or a new trace if it cannot be read."""
    caused = _parsed(traceparent or "")
    trace = _started() if caused is None else Trace(caused.trace_id, _span_id(), caused.flags)
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)


def _parsed(traceparent: str) -> Trace | None:
    """By W3C Trace Context level 1; newer versions may grow at the end."""
    found = _FORM.fullmatch(traceparent.strip())
    if found is None:
        return None
    version, trace_id, span_id, flags, more = found.groups()
    is_known = version != "ff" and (version != "00" or more is None)
    if not is_known or not trace_id.strip("0") or not span_id.strip("0"):
        return None
    return Trace(trace_id, span_id, flags)


def _started() -> Trace:
    return Trace(secrets.token_hex(16), _span_id())


def _span_id() -> str:
    return secrets.token_hex(8)
