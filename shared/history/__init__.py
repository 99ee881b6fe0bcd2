"""Append, load and read the one stream. There is no publish without an expected version."""

from shared.history.causes import Cause, command_id, derived_id, digest_of
from shared.history.connection import Connection, connect
from shared.history.handler import Handler, Outcome, Snapshot
from shared.history.log import Conflict, HistoryLog, Tail
from shared.history.reader import Gap, read_all
from shared.history.together import Together

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
    "Together",
    "command_id",
    "connect",
    "derived_id",
    "digest_of",
    "read_all",
]
