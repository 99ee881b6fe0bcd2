"""`inda queue`, `next`, `dossier`, `decide`: what verifiers do."""

from deploy.cli.verification import (
    acting,
    ending,
    finding,
    leases,
    machine,
    papers,
    reading,
    resolving,
)
from deploy.cli.verification.deciding import decide
from deploy.cli.verification.group import dossier
from deploy.cli.verification.queue import queue, take_next

__all__ = [
    "acting",
    "decide",
    "dossier",
    "ending",
    "finding",
    "leases",
    "machine",
    "papers",
    "queue",
    "reading",
    "resolving",
    "take_next",
]
