"""What people and awards ask of a panel of judges."""

from dataclasses import dataclass
from datetime import datetime

from services.scoring.domain.commitment import Opened
from shared.events.awards import RoundOpened
from shared.events.scoring import CriterionScore, Reading


@dataclass(frozen=True, slots=True)
class OpenPanel:
    """Awards opened a round that judges score."""

    by: str
    at: datetime
    round_opened: RoundOpened


@dataclass(frozen=True, slots=True)
class SeatJudge:
    """One more judge, for these innovations; for all of the panel's where it names none."""

    by: str
    at: datetime
    judge_id: str
    innovations: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class UnseatJudge:
    """Nobody waits for this judge any more, and what they sealed counts no more."""

    by: str
    at: datetime
    judge_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recuse:
    """A judge will not score an entry; `by` is the judge, or who records it for the judge."""

    by: str
    at: datetime
    judge_id: str
    innovation_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class SealScore:
    """A judge's score of an entry. `ciphertext` hides the canonical form of these scores.

    The scores come in clear so that what could never be revealed is refused now; the fact holds
    only their commitment.
    """

    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    innovation_id: str
    scores: tuple[CriterionScore, ...]
    nonce: str
    ciphertext: str


@dataclass(frozen=True, slots=True)
class AskThirdReading:
    """Whoever opened the seals found first readers too far apart; the scores stay sealed."""

    by: str
    at: datetime
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Reveal:
    """Open every seal at once; `opened` are the scores read back from the ciphertexts."""

    by: str
    at: datetime
    opened: tuple[Opened, ...]


Command = OpenPanel | SeatJudge | UnseatJudge | Recuse | SealScore | AskThirdReading | Reveal
