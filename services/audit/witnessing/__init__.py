"""Eyes outside: witnesses that cosign what was signed, and stamps of when it existed."""

from services.audit.witnessing.cosignatures import cosignatures_of, serve, served_note
from services.audit.witnessing.outside import Outside
from services.audit.witnessing.outsiders import Backoff
from services.audit.witnessing.protocol import Witness, witnesses_of
from services.audit.witnessing.shapes import (
    FaultTold,
    OutsideTold,
    TimestampsTold,
    WitnessesTold,
    WitnessTold,
)
from services.audit.witnessing.stamps import Stamp, roots_of, stamp_of
from services.audit.witnessing.timestamps import Timestamps, timestamp_path
from services.audit.witnessing.witnesses import Witnesses

__all__ = [
    "Backoff",
    "FaultTold",
    "Outside",
    "OutsideTold",
    "Stamp",
    "Timestamps",
    "TimestampsTold",
    "Witness",
    "WitnessTold",
    "Witnesses",
    "WitnessesTold",
    "cosignatures_of",
    "roots_of",
    "serve",
    "served_note",
    "stamp_of",
    "timestamp_path",
    "witnesses_of",
]
