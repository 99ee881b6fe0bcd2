"""What the facts of scoring, and our own announcements, ask of competitions. Pure."""

from collections.abc import Iterable, Sequence

from services.awards.domain.competition import CloseJudgedRound, CorrectEntry, Enrol
from shared.events.awards import COMPETITION, CompetitionAnnounced
from shared.events.base import Recorded
from shared.events.scoring import InnovationScored, ScoresRevealed
from shared.reactions import To

SYSTEM = "system:awards"
AT_ONCE = 200
"""Scorecards a command, well below what an atomic batch of the history may hold (1,000)."""


def on_innovation_scored(
    event: Recorded[InnovationScored], competitions: Iterable[str]
) -> tuple[To[Enrol | CorrectEntry], ...]:
    """Enters it in every competition of its season; where an objection caused it, corrects there.

    `competitions` are the keys of those announced for the fact's season.
    """
    fact = event.fact
    enrol = Enrol(by=SYSTEM, at=fact.at, scorecards=(fact,))
    others = [key for key in competitions if key != fact.competition_id]
    enrolled = tuple(To("enrol", COMPETITION, key, enrol) for key in others)
    if fact.competition_id is None or fact.objection_id is None:
        return enrolled
    correct = CorrectEntry(by=SYSTEM, at=fact.at, objection_id=fact.objection_id, scorecard=fact)
    return (To("correct-entry", COMPETITION, fact.competition_id, correct), *enrolled)


def on_competition_announced(
    event: Recorded[CompetitionAnnounced], scorecards: Sequence[InnovationScored]
) -> tuple[To[Enrol], ...]:
    """Enters what was scored before the announcement, some at a time."""
    fact = event.fact
    mine = [scored for scored in scorecards if scored.season_id == fact.season_id]
    return tuple(
        To(
            f"enrol-known-{start}",
            COMPETITION,
            fact.competition_id,
            Enrol(by=SYSTEM, at=fact.at, scorecards=tuple(mine[start : start + AT_ONCE])),
        )
        for start in range(0, len(mine), AT_ONCE)
    )


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
