"""What the facts of scoring, and announcements, make awards do."""

from services.awards.domain.competition import (
    CloseJudgedRound,
    CorrectEntry,
    Enrol,
    LapseDisputes,
)
from services.awards.domain.known import PastWin
from services.awards.reactions import (
    AT_ONCE,
    Inviting,
    on_competition_announced,
    on_innovation_scored,
    on_scores_revealed,
    on_time_run_out,
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

KIA, KRENOVA = Inviting(COMPETITION_ID), Inviting("krenova")
WON = PastWin(competition_id="kia-2025", rank=1, innovation_id="inov-1")
OTHER_WON = PastWin(competition_id="kia-2025", rank=2, innovation_id="inov-9")


def test_a_scorecard_is_entered_in_every_competition_of_its_season() -> None:
    command = Enrol(by=SYSTEM, at=AT, scorecards=(scored(),))
    assert on_innovation_scored(as_recorded(scored()), (KIA, KRENOVA)) == (
        To("enrol", COMPETITION, "kia-2026", command),
        To("enrol", COMPETITION, "krenova", command),
    )


def test_a_scorecard_that_an_objection_caused_corrects_there_and_enters_elsewhere() -> None:
    fact = scored(number=2, competition_id=COMPETITION_ID, objection_id="objection-1")
    correct = CorrectEntry(by=SYSTEM, at=AT, objection_id="objection-1", scorecard=fact)
    enrol = Enrol(by=SYSTEM, at=AT, scorecards=(fact,))
    assert on_innovation_scored(as_recorded(fact), (KIA, KRENOVA)) == (
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


def test_earlier_wins_of_an_innovation_and_its_lineage_go_along() -> None:
    inviting = Inviting(COMPETITION_ID, (WON, OTHER_WON))
    (own,) = on_innovation_scored(as_recorded(scored()), (inviting,))
    later = scored("inov-5", lineage=("inov-9",))
    (descended,) = on_innovation_scored(as_recorded(later), (inviting,))
    assert own.command == Enrol(by=SYSTEM, at=AT, scorecards=(scored(),), past_wins=(WON,))
    assert descended.command == Enrol(by=SYSTEM, at=AT, scorecards=(later,), past_wins=(OTHER_WON,))


def test_an_announcement_takes_along_who_won_before() -> None:
    (announced,) = ANNOUNCED
    assert isinstance(announced, CompetitionAnnounced)
    known = [scored("inov-1"), scored("inov-2")]
    (enrol,) = on_competition_announced(as_recorded(announced), known, (WON, OTHER_WON))
    assert enrol.command.past_wins == (WON,)


def test_what_nobody_answers_lapses_in_its_competition() -> None:
    lapse = LapseDisputes(by=SYSTEM, at=AT)
    assert on_time_run_out(COMPETITION_ID, AT) == To("lapse", COMPETITION, COMPETITION_ID, lapse)
