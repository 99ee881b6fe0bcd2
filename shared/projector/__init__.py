"""Facts into read models: each document is the latest fold of one aggregate, guarded by version."""

from shared.projector.projection import (
    Fault,
    Incarnation,
    Projection,
    Store,
    bare,
    fault_document,
)
from shared.projector.projector import Projector

__all__ = [
    "Fault",
    "Incarnation",
    "Projection",
    "Projector",
    "Store",
    "bare",
    "fault_document",
]
