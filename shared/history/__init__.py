"""Append, load and read the one stream. There is no publish without an expected version."""

from shared.history.connection import Connection, connect
from shared.history.handler import Cause, Handler, Outcome, Snapshot, command_id, derived_id
from shared.history.log import Conflict, HistoryLog, Tail
from shared.history.reader import Gap, read_all

__all__ = [
    "Cause",
    "Conflict",
    "Connection",
    "Gap",
    "Handler",
    "HistoryLog",
    "Outcome",
    "Snapshot",
    "Tail",
    "command_id",
    "connect",
    "derived_id",
    "read_all",
]
