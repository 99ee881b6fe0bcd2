"""What stops the signing of the log until it is mended: each has a code and a sentence. Pure."""

from dataclasses import dataclass
from datetime import datetime

from shared.transparency import Amiss, UnknownKey


class SequenceGap(Amiss):
    """The stream lacks a fact that it must have."""

    code = "sequence_gap"


class StreamShortened(Amiss):
    """The stream holds fewer facts than were signed."""

    code = "stream_shortened"


class StreamRecreated(Amiss):
    """The stream was made anew, and does not hold what was signed."""

    code = "stream_recreated"


class FactChanged(Amiss):
    """A fact in the stream is not the one that was signed."""

    code = "fact_changed"


class ForeignKey(Amiss):
    """The last checkpoint was signed by somebody else."""

    code = "checkpoint_signed_by_another_key"


class CheckpointsLost(Amiss):
    """A checkpoint is public that the stream of checkpoints does not have."""

    code = "checkpoints_lost"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Signing has stopped `since` then. `place` is a path in the log, a sequence, or empty."""

    code: str
    sentence: str
    place: str
    since: datetime


def raised(error: Amiss, before: Alarm | None, now: datetime) -> Alarm:
    """The alarm of an error; one that is the same as before has not begun anew."""
    code = ForeignKey.code if isinstance(error, UnknownKey) else error.code
    since = before.since if before is not None and before.code == code else now
    return Alarm(code, str(error), error.place, since)
