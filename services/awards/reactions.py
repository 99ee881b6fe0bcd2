"""What the facts of scoring, and our own announcements, ask of competitions. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.awards.domain.competition import (
    CloseJudgedRound,
    CorrectEntry,
    Enrol,
    LapseDisputes,
)
from services.awards.domain.known import PastWin
from shared.events.awards import COMPETITION, CompetitionAnnounced
from shared.events.base import Recorded
from shared.events.scoring import InnovationScored, ScoresRevealed
from shared.reactions import To

SYSTEM = "system:awards"
AT_ONCE = 200
"""Scorecards a command, well below what an atomic batch of the history may hold (1,000)."""


@dataclass(frozen=True, slots=True)
class Inviting:
    """A competition that takes entries, and who won before where its rules look."""

    competition_id: str
    past_wins: tuple[PastWin, ...] = ()


def on_innovation_scored(
    event: Recorded[InnovationScored], competitions: Iterable[Inviting]
) -> tuple[To[Enrol | CorrectEntry], ...]:
    """Enters it in every competition of its season; where an objection caused it, corrects there.

    `competitions` are those announced for the fact's season.
    """
    fact = event.fact
    others = [each for each in competitions if each.competition_id != fact.competition_id]
    enrolled = tuple(_enrol("enrol", each, fact.at, (fact,)) for each in others)
    if fact.competition_id is None or fact.objection_id is None:
        return enrolled
    correct = CorrectEntry(by=SYSTEM, at=fact.at, objection_id=fact.objection_id, scorecard=fact)
    return (To("correct-entry", COMPETITION, fact.competition_id, correct), *enrolled)


def on_competition_announced(
    event: Recorded[CompetitionAnnounced],
    scorecards: Sequence[InnovationScored],
    past_wins: tuple[PastWin, ...] = (),
) -> tuple[To[Enrol], ...]:
    """Enters what was scored before the announcement, some at a time."""
    fact = event.fact
    mine = [scored for scored in scorecards if scored.season_id == fact.season_id]
    inviting = Inviting(fact.competition_id, past_wins)
    return tuple(
        _enrol(f"enrol-known-{start}", inviting, fact.at, mine[start : start + AT_ONCE])
        for start in range(0, len(mine), AT_ONCE)
    )


def _enrol(
    name: str, where: Inviting, at: datetime, scorecards: Sequence[InnovationScored]
) -> To[Enrol]:
    """Past wins go along only where somebody of these could be the winner."""
    mine = {key for each in scorecards for key in (each.innovation_id, *each.lineage)}
    wins = tuple(each for each in where.past_wins if each.innovation_id in mine)
    command = Enrol(by=SYSTEM, at=at, scorecards=tuple(scorecards), past_wins=wins)
    return To(name, COMPETITION, where.competition_id, command)


def on_scores_revealed(event: Recorded[ScoresRevealed]) -> tuple[To[CloseJudgedRound], ...]:
    """A revealed panel closes its round."""
    fact = event.fact
    close = CloseJudgedRound(
        by=SYSTEM,
        at=fact.at,
        category=fact.category,
        round=fact.round,
        panel_id=fact.panel_id,
        means=fact.means,
        scores=fact.scores,
    )
    return (To("close-round", COMPETITION, fact.competition_id, close),)


def on_time_run_out(competition_id: str, at: datetime) -> To[LapseDisputes]:
    """The time of something that was disputed ran out, in the words of the read model."""
    return To("lapse", COMPETITION, competition_id, LapseDisputes(by=SYSTEM, at=at))
