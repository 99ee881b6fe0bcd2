"""What the facts of scoring, and announcements, make awards do."""

from services.awards.domain.competition import CloseJudgedRound, CorrectEntry, Enrol
from services.awards.reactions import (
    AT_ONCE,
    on_competition_announced,
    on_innovation_scored,
    on_scores_revealed,
)
from shared.events.awards import COMPETITION, CompetitionAnnounced
from shared.events.scoring import ScoresRevealed
from shared.reactions import To
from tests.builders.awards import (
    ANNOUNCED,
    AT,
    COMPETITION_ID,
    PANEL_ID,
    SYSTEM,
    judged,
    mean,
    scored,
)
from tests.unit.awards.folding import as_recorded


def test_a_scorecard_is_entered_in_every_competition_of_its_season() -> None:
    command = Enrol(by=SYSTEM, at=AT, scorecards=(scored(),))
    assert on_innovation_scored(as_recorded(scored()), ("kia-2026", "krenova")) == (
        To("enrol", COMPETITION, "kia-2026", command),
        To("enrol", COMPETITION, "krenova", command),
    )


def test_a_scorecard_that_an_objection_caused_corrects_there_and_enters_elsewhere() -> None:
    fact = scored(number=2, competition_id=COMPETITION_ID, objection_id="objection-1")
    correct = CorrectEntry(by=SYSTEM, at=AT, objection_id="objection-1", scorecard=fact)
    enrol = Enrol(by=SYSTEM, at=AT, scorecards=(fact,))
    assert on_innovation_scored(as_recorded(fact), (COMPETITION_ID, "krenova")) == (
        To("correct-entry", COMPETITION, COMPETITION_ID, correct),
        To("enrol", COMPETITION, "krenova", enrol),
    )


def test_an_announcement_enters_what_was_scored_before_some_at_a_time() -> None:
    (announced,) = ANNOUNCED
    assert isinstance(announced, CompetitionAnnounced)
    known = [scored(f"inov-{n}") for n in range(AT_ONCE + 1)]
    asked = on_competition_announced(
        as_recorded(announced), [*known, scored("inov-old", season_id="2025")]
    )
    assert [each.name for each in asked] == ["enrol-known-0", f"enrol-known-{AT_ONCE}"]
    assert [each.key for each in asked] == [COMPETITION_ID, COMPETITION_ID]
    assert [s for each in asked for s in each.command.scorecards] == known


def test_revealed_scores_close_their_round() -> None:
    fact = ScoresRevealed(
        by="system:scoring",
        at=AT,
        panel_id=PANEL_ID,
        competition_id=COMPETITION_ID,
        category="skpd",
        round="presentasi",
        scores=(judged("inov-1", "judge-1", "9"),),
        means=(mean("inov-1", "90.00"),),
    )
    close = CloseJudgedRound(
        by=SYSTEM,
        at=AT,
        category="skpd",
        round="presentasi",
        panel_id=PANEL_ID,
        means=fact.means,
        scores=fact.scores,
    )
    assert on_scores_revealed(as_recorded(fact)) == (
        To("close-round", COMPETITION, COMPETITION_ID, close),
    )
