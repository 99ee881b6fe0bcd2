"""Opening and closing rounds, and who goes on."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.awards.domain.competition import Disqualify, decider
from services.awards.domain.entries import entry_of
from services.awards.domain.rounds import ClosedRound, closed, maturity_score, score_again
from shared.events.awards import RoundClosed, RoundOpened, RoundScore
from shared.events.scoring import PanelEntry
from tests.builders.awards import (
    ADMINISTRATION,
    ANNOUNCED,
    AT,
    CHAIR,
    COMPETITION_ID,
    ENTERED,
    FINAL,
    JUDGED,
    MEMBER,
    PANEL_ID,
    PATH,
    announce,
    category,
    close_round,
    enrol,
    happened,
    judged,
    mean,
    open_round,
    reveal,
    scored,
)
from tests.spec import given

OPENED = happened(decider, open_round(), before=ENTERED)
CLOSED = happened(decider, close_round(), before=OPENED)
BEFORE_PANEL = happened(decider, open_round("presentasi"), before=CLOSED)
MEANS = {"inov-1": "90.00", "inov-2": "70.00", "inov-3": "60.00"}


def _out(innovation: str) -> Disqualify:
    return Disqualify(
        by=MEMBER,
        at=AT,
        agency=None,
        agency_path=(),
        innovation_id=innovation,
        ground="Tidak orisinal",
        reason="Uji publik",
    )


def _score(innovation: str, score: str, *, advanced: bool, code: str = "x") -> RoundScore:
    return RoundScore(round=code, innovation_id=innovation, score=Decimal(score), advanced=advanced)


def test_a_judged_round_opens_with_all_that_a_panel_needs() -> None:
    given(decider, *CLOSED).when(open_round("presentasi")).then(
        RoundOpened(
            by=CHAIR,
            at=AT,
            competition_id=COMPETITION_ID,
            category="skpd",
            round="presentasi",
            scored_by="panel",
            panel_id=PANEL_ID,
            criteria=FINAL.criteria,
            judges=FINAL.judges,
            entries=tuple(
                PanelEntry(
                    innovation_id=each,
                    title=f"Inovasi {each}",
                    agency_path=PATH,
                    drafters=("person-drafter",),
                )
                for each in ("inov-1", "inov-2", "inov-3")
            ),
        )
    )


def test_rounds_open_in_their_order_and_once() -> None:
    given(decider, *ENTERED).when(open_round("presentasi")).refused("previous_round_open")
    given(decider, *OPENED).when(open_round("presentasi")).refused("previous_round_open")
    given(decider, *OPENED).when(open_round()).nothing()
    given(decider, *ENTERED).when(open_round("lapangan")).refused("round_unknown")


def test_a_round_without_entries_does_not_open() -> None:
    given(decider, *ANNOUNCED).when(open_round()).refused("no_entries")


def test_a_maturity_round_scores_maturity_of_a_hundred() -> None:
    given(decider, *OPENED).when(close_round()).then(
        RoundClosed(
            by=CHAIR,
            at=AT,
            competition_id=COMPETITION_ID,
            category="skpd",
            round="administrasi",
            means=(),
            scores=(
                _score("inov-2", "81.08", advanced=True, code="administrasi"),
                _score("inov-1", "72.07", advanced=True, code="administrasi"),
                _score("inov-3", "63.06", advanced=True, code="administrasi"),
            ),
        )
    )


@pytest.mark.parametrize(
    ("maturity", "score"), [("111", "100.00"), ("0", "0.00"), ("2.775", "2.50"), ("61.05", "55.00")]
)
def test_maturity_scores_have_two_decimals_half_up(maturity: str, score: str) -> None:
    assert maturity_score(Decimal(maturity)) == Decimal(score)


def test_the_best_go_on_with_all_who_equal_the_last_of_them() -> None:
    rule = ADMINISTRATION.model_copy(update={"code": "x", "advance": 2})
    scores = {"a": Decimal(90), "b": Decimal(80), "c": Decimal(80), "d": Decimal(79)}
    assert closed(rule, scores) == (
        _score("a", "90", advanced=True),
        _score("b", "80", advanced=True),
        _score("c", "80", advanced=True),
        _score("d", "79", advanced=False),
    )


def test_nobody_goes_on_below_the_pass_mark() -> None:
    rule = ADMINISTRATION.model_copy(update={"code": "x", "advance": 2, "pass_mark": Decimal(85)})
    assert closed(rule, {"a": Decimal(85), "b": Decimal("84.99")}) == (
        _score("a", "85", advanced=True),
        _score("b", "84.99", advanced=False),
    )
    assert closed(rule, {"b": Decimal("84.99")}) == (_score("b", "84.99", advanced=False),)


def test_a_judged_round_closes_with_the_revealed_means_and_the_first_criterion() -> None:
    scores = (
        judged("inov-1", "judge-1", "9"),
        judged("inov-1", "judge-2", "8.5"),
        judged("inov-2", "judge-1", "7"),
    )
    given(decider, *BEFORE_PANEL).when(reveal(MEANS, *scores)).then(
        RoundClosed(
            by="system:awards",
            at=AT,
            competition_id=COMPETITION_ID,
            category="skpd",
            round="presentasi",
            means=tuple(mean(each, points) for each, points in MEANS.items()),
            scores=(
                _score("inov-1", "90.00", advanced=True, code="presentasi"),
                _score("inov-2", "70.00", advanced=True, code="presentasi"),
                _score("inov-3", "60.00", advanced=True, code="presentasi"),
            ),
            first_criterion=(mean("inov-1", "87.50"), mean("inov-2", "70.00", judges=1)),
        )
    )


def test_who_is_disqualified_meanwhile_falls_out_of_the_round() -> None:
    history = happened(decider, _out("inov-2"), before=BEFORE_PANEL)
    (fact,) = decider.decide(reveal(MEANS), decider.replay(history))
    assert isinstance(fact, RoundClosed)
    assert [each.innovation_id for each in fact.scores] == ["inov-1", "inov-3"]


def test_an_entry_that_no_judge_scored_is_nobodys_zero() -> None:
    given(decider, *BEFORE_PANEL).when(reveal({"inov-1": "90.00"})).refused("mean_missing")


def test_a_round_closes_once_and_only_when_open() -> None:
    given(decider, *ENTERED).when(close_round()).refused("round_not_open")
    given(decider, *CLOSED).when(close_round()).nothing()
    given(decider, *JUDGED).when(reveal(MEANS)).nothing()


def test_a_judged_round_is_not_closed_by_hand_nor_by_another_panel() -> None:
    given(decider, *BEFORE_PANEL).when(close_round("presentasi")).refused("scored_by_panel")
    theirs = replace(reveal(MEANS), panel_id="panel-other")
    given(decider, *BEFORE_PANEL).when(theirs).refused("other_panel")


def test_an_entry_that_did_not_go_on_is_not_in_the_next_round() -> None:
    history = happened(
        decider,
        enrol(scored("inov-4", "10")),
        open_round(),
        close_round(),
        before=ENTERED,
    )
    (fact,) = decider.decide(open_round("presentasi"), decider.replay(history))
    assert isinstance(fact, RoundOpened)
    assert [each.innovation_id for each in fact.entries] == ["inov-1", "inov-2", "inov-3"]


def test_a_round_scored_by_maturity_names_its_entries_by_id_alone() -> None:
    (opened,) = decider.decide(open_round(), decider.replay(ENTERED))
    assert isinstance(opened, RoundOpened)
    assert opened.entries == tuple(
        PanelEntry(innovation_id=name, title="", agency_path=(), drafters=())
        for name in ("inov-1", "inov-2", "inov-3")
    )


def test_a_panel_whose_scores_no_fact_could_hold_does_not_open() -> None:
    alone = category(rounds=(FINAL,), rounds_total=FINAL.weight)
    many = [scored(f"inov-{number}") for number in range(1_001)]
    crowded = happened(decider, announce(alone), enrol(*many))
    given(decider, *crowded).when(open_round("presentasi")).refused("panel_too_large")


def test_equal_scores_stand_in_the_order_of_their_ids() -> None:
    scores = {"c": Decimal(70), "a": Decimal(80), "b": Decimal(70)}
    found = [each.innovation_id for each in closed(ADMINISTRATION, scores)]
    assert found == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("advance", "went_on", "maturity", "goes_on"),
    [
        (None, ["90"], "10", True),
        (3, ["90", "80"], "10", True),
        (2, ["90", "80"], "88.80", True),
        (2, ["90", "80"], "88.78", False),
    ],
    ids=["all go on", "a place was left", "equal to the last", "below the last"],
)
def test_a_corrected_entry_is_held_against_the_cut_of_its_round(
    advance: int | None, went_on: list[str], maturity: str, goes_on: bool
) -> None:
    rule = ADMINISTRATION.model_copy(update={"advance": advance})
    before = ClosedRound(
        {
            name: _score(name, score, advanced=True)
            for name, score in zip(["a", "b"], went_on, strict=False)
        }
    )
    entry = entry_of(scored("inov-1", maturity), "skpd")
    found = score_again(rule, entry, before)
    assert found == RoundScore(
        round=rule.code,
        innovation_id="inov-1",
        score=maturity_score(Decimal(maturity)),
        advanced=goes_on,
    )


def test_a_corrected_entry_below_the_pass_mark_does_not_go_on() -> None:
    rule = ADMINISTRATION.model_copy(update={"advance": None, "pass_mark": Decimal("72.07")})
    passed = [
        score_again(rule, entry_of(scored("inov-1", maturity), "skpd"), ClosedRound({}))
        for maturity in ("80", "79.99")
    ]
    assert [each.advanced for each in passed if each is not None] == [True, False]
