"""What rules must be before they are announced, and their digest."""

from dataclasses import replace
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.awards.domain.competition import Announce, decider
from services.awards.domain.rules import digest_of
from shared.events.awards import CategoryRule, CompetitionAnnounced
from tests.builders.awards import (
    ADMINISTRATION,
    ANNOUNCED,
    AT,
    BENEFIT,
    CHAIR,
    COMPETITION_ID,
    FINAL,
    SEASON,
    announce,
    category,
    prize,
    rules,
)
from tests.spec import given


def test_a_competition_is_announced_with_the_digest_of_its_rules() -> None:
    given(decider).when(announce()).then(
        CompetitionAnnounced(
            by=CHAIR,
            at=AT,
            competition_id=COMPETITION_ID,
            name="Kalsel Innovation Award 2026",
            season_id=SEASON,
            rules=rules(),
            rules_digest=digest_of(rules()),
        )
    )


def test_the_same_announcement_again_is_already_so() -> None:
    given(decider, *ANNOUNCED).when(announce()).nothing()


def test_other_rules_under_the_same_code_are_refused() -> None:
    given(decider, *ANNOUNCED).when(announce(objection_days=9)).refused("already_announced")


@for_all(st.text(), st.integers(min_value=1, max_value=2**53 - 1))
def test_the_digest_is_that_of_the_canonical_json(name: str, amount: int) -> None:
    frozen = rules(category(name=name, prizes=(prize(1, amount, in_kind=name),)))
    canonical = rfc8785.dumps(frozen.model_dump(mode="json"))
    assert digest_of(frozen) == sha256(canonical).hexdigest()


def _round(**changes: object) -> CategoryRule:
    return category(rounds=(ADMINISTRATION.model_copy(update=changes),))


def _panel(**changes: object) -> CategoryRule:
    return category(rounds=(FINAL.model_copy(update=changes),))


UNUSABLE = {
    "category_repeated": announce(category(), category()),
    "tie_break_repeated": announce(tie_breaks=("last_round", "last_round")),
    "objection_days_short": announce(objection_days=0),
    "round_missing": announce(category(rounds=())),
    "round_repeated": announce(category(rounds=(ADMINISTRATION, ADMINISTRATION))),
    "minimum_negative": announce(category(minimum_maturity="-1")),
    "round_weight_negative": announce(_round(weight=-1)),
    "round_weights_zero": announce(_round(weight=0)),
    "advance_short": announce(_round(advance=0)),
    "pass_mark_out_of_range": announce(_round(pass_mark=101)),
    "criteria_missing": announce(_panel(criteria=())),
    "criterion_repeated": announce(_panel(criteria=(BENEFIT, BENEFIT))),
    "criterion_empty": announce(_panel(criteria=(BENEFIT.model_copy(update={"weight": 0}),))),
    "judges_missing": announce(_panel(judges=())),
    "judge_repeated": announce(_panel(judges=("judge-1", "judge-1"))),
    "prize_ranks_start": announce(category(prizes=(prize(2, 1),))),
    "prize_empty": announce(category(prizes=(prize(1, 0),))),
}


@pytest.mark.parametrize("code", UNUSABLE)
def test_rules_that_cannot_be_worked_with_are_refused(code: str) -> None:
    given(decider).when(UNUSABLE[code]).refused(code)


def test_rules_without_a_category_are_refused() -> None:
    without: Announce = replace(announce(), rules=rules().model_copy(update={"categories": ()}))
    given(decider).when(without).refused("category_missing")
