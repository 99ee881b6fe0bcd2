"""What rules must be before they are announced, and their digest."""

from dataclasses import replace
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.awards.domain.competition import Announce, decider
from services.awards.domain.known import KnownFund
from services.awards.domain.rules import asked_of, canonical, digest_of
from shared.events.awards import CategoryRule, CompetitionAnnounced, PastWinnerRule, Pool
from shared.events.scoring import PanelRule
from tests.builders.awards import (
    ADMINISTRATION,
    ANNOUNCED,
    AT,
    BENEFIT,
    CHAIR,
    COMPETITION_ID,
    FINAL,
    FUND_ID,
    NOVELTY,
    PRIZES,
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
    canonical = rfc8785.dumps(frozen.model_dump(mode="json", exclude_defaults=True))
    assert digest_of(frozen) == sha256(canonical).hexdigest()


def _round(**changes: object) -> CategoryRule:
    one = ADMINISTRATION.model_copy(update=changes)
    return category(rounds=(one,), rounds_total=max(one.weight, 1))


def _panel(**changes: object) -> CategoryRule:
    return category(rounds=(FINAL.model_copy(update=changes),), rounds_total=FINAL.weight)


def _panel_rule(**changes: object) -> CategoryRule:
    return _panel(panel=PanelRule(**changes))  # type: ignore[arg-type]


def _pool(**changes: object) -> CategoryRule:
    values = {"label": "Pembinaan", "fund_id": FUND_ID, "amount_rupiah": 9, "by": "index"}
    pool = Pool(**{**values, "to_rank": 3, **changes})  # type: ignore[arg-type]
    return category(pools=(pool,))


def _known(**changes: object) -> KnownFund:
    values = {"fund_id": FUND_ID, "fiscal_year": 2026, "available_rupiah": 12_000_000}
    return KnownFund(**{**values, **changes})  # type: ignore[arg-type]


UNUSABLE = {
    "category_repeated": announce(category(), category()),
    "tie_break_repeated": announce(tie_breaks=("last_round", "last_round")),
    "objection_days_short": announce(objection_days=0),
    "round_missing": announce(category(rounds=())),
    "round_repeated": announce(category(rounds=(ADMINISTRATION, ADMINISTRATION))),
    "minimum_negative": announce(category(minimum_maturity="-1")),
    "round_weight_negative": announce(_round(weight=-1)),
    "weights_do_not_sum": announce(category(rounds_total=99)),
    "past_winners_empty": announce(
        category(past_winners=PastWinnerRule(competitions=(), up_to_rank=1))
    ),
    "course_negative": announce(public_test_days=-1),
    "decision_days_short": announce(decision_days=0),
    "third_reading_out_of_range": announce(
        _panel_rule(third_reading_above=100, reserve_judges=("judge-3",))
    ),
    "reserve_judges_missing": announce(_panel_rule(third_reading_above=10)),
    "minimum_sample_short": announce(_panel_rule(minimum_sample=1)),
    "prize_rank_unclear": announce(category(prizes=(prize(1, 1), prize(2, 1, to="finalists")))),
    "pool_empty": announce(_pool(amount_rupiah=0)),
    "pool_shares_missing": announce(_pool(by="shares", shares=(3, 2))),
    "pool_shares_unused": announce(_pool(shares=(3, 2, 1))),
    "pool_share_empty": announce(_pool(by="shares", shares=(3, 2, 0))),
    "fund_unknown": replace(announce(), funds=()),
    "fund_of_another_year": replace(announce(fiscal_year=2026), funds=(_known(fiscal_year=2025),)),
    "prizes_over_ceiling": replace(announce(), funds=(_known(available_rupiah=11_999_999),)),
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


@pytest.mark.parametrize(
    "panel",
    [
        {"criteria": (BENEFIT, NOVELTY.model_copy(update={"weight": 59}))},
        {"panel": PanelRule(criteria_total=21)},
    ],
)
def test_the_weights_of_the_criteria_add_up_to_what_is_declared(panel: dict[str, object]) -> None:
    given(decider).when(announce(_panel(**panel))).refused("weights_do_not_sum")


def test_a_fund_that_holds_exactly_the_prizes_is_enough() -> None:
    rich = replace(announce(fiscal_year=2026), funds=(_known(),))
    assert len(decider.decide(rich, decider.initial)) == 1


def test_prizes_of_finalists_count_as_often_as_entries_go_on() -> None:
    finalists = prize(0, 100, to="finalists")
    others = prize(0, 10, to="other_finalists")
    asked = asked_of(rules(category(prizes=(*PRIZES[:2], finalists, others))))
    assert asked == {FUND_ID: 9_000_000 + 3 * 100 + 1 * 10}


def test_a_rule_that_is_added_later_changes_no_digest() -> None:
    assert "objection_calendar" not in canonical(rules()).decode()
    assert digest_of(rules(objection_calendar="working_days")) != digest_of(rules())


def test_rules_without_a_category_are_refused() -> None:
    without: Announce = replace(announce(), rules=rules().model_copy(update={"categories": ()}))
    given(decider).when(without).refused("category_missing")
