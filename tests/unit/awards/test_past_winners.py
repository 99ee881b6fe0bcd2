"""Who won before does not enter again, where the rules say so; and who judges does not compete."""

from dataclasses import replace

import pytest

from services.awards.domain.competition import EnrolByHand, decider
from services.awards.domain.entries import entry_of, unmet
from services.awards.domain.known import PastWin
from shared.events.awards import EntryEnrolled, PastWinnerRule, RoundOpened
from tests.builders.awards import (
    AT,
    CHAIR,
    COMPETITION_ID,
    FINAL,
    MEMBER,
    SYSTEM,
    announce,
    category,
    enrol,
    happened,
    open_round,
    scored,
)
from tests.spec import given

RULE = PastWinnerRule(competitions=("kia-2025",), up_to_rank=1)
BARRING = happened(decider, announce(category(past_winners=RULE)))
WON = PastWin(competition_id="kia-2025", rank=1, innovation_id="inov-old")
AGAIN = scored("inov-1", lineage=("inov-older", "inov-old"))


def by_hand(scorecard: object = AGAIN, **changes: object) -> EnrolByHand:
    command = EnrolByHand(
        by=MEMBER,
        at=AT,
        agency="brida",
        agency_path=("kalsel", "brida"),
        scorecard=scorecard,  # type: ignore[arg-type]
        category="skpd",
        reason="Usulan pleno",
        past_wins=(WON,),
    )
    return replace(command, **changes)  # type: ignore[arg-type]


def test_a_later_edition_of_a_past_winner_is_left_out() -> None:
    given(decider, *BARRING).when(replace(enrol(AGAIN), past_wins=(WON,))).nothing()
    given(decider, *BARRING).when(by_hand()).refused("past_winner")


@pytest.mark.parametrize(
    ("rule", "win"),
    [
        (RULE, replace(WON, rank=2)),
        (RULE, replace(WON, competition_id="kia-2024")),
        (RULE, replace(WON, innovation_id="inov-other")),
        (RULE.model_copy(update={"lineage": False}), WON),
        (None, WON),
    ],
)
def test_others_enter(rule: PastWinnerRule | None, win: PastWin) -> None:
    announced = happened(decider, announce(category(past_winners=rule)))
    given(decider, *announced).when(replace(enrol(AGAIN), past_wins=(win,))).then(
        EntryEnrolled(
            by=SYSTEM,
            at=AT,
            competition_id=COMPETITION_ID,
            entry=entry_of(AGAIN, "skpd"),
            reason="",
        )
    )


def test_every_unmet_condition_is_named() -> None:
    asked = category(within="banjar", regions=("banjar",), minimum_maturity="81", past_winners=RULE)
    assert unmet(asked, AGAIN, (WON,)) == ("within", "regions", "minimum_maturity", "past_winners")


def test_a_judge_of_the_category_does_not_enter_by_hand() -> None:
    made_by_a_judge = scored(drafters=("judge-1",))
    announced = happened(decider, announce())
    given(decider, *announced).when(by_hand(made_by_a_judge)).refused("judge_is_entrant")


def test_a_judge_who_competes_gets_no_seat() -> None:
    alone = category(rounds=(FINAL,), rounds_total=FINAL.weight)
    entered = happened(decider, announce(alone), enrol(scored(drafters=("judge-1",))))
    facts = decider.decide(open_round("presentasi"), decider.replay(entered))
    (opened,) = facts
    assert isinstance(opened, RoundOpened)
    assert (opened.by, opened.judges) == (CHAIR, ("judge-2",))


def test_a_round_whose_judges_all_compete_does_not_open() -> None:
    alone = category(rounds=(FINAL,), rounds_total=FINAL.weight)
    entered = happened(decider, announce(alone), enrol(scored(drafters=("judge-1", "judge-2"))))
    given(decider, *entered).when(open_round("presentasi")).refused("judges_are_entrants")
