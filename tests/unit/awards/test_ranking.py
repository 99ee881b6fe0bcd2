"""Places: final scores, tie-breaks, votes, and an order that does not depend on the input."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.awards.domain.entries import entry_of
from services.awards.domain.ranking import Order, Vote, ranked, ties, votes_needed
from services.awards.domain.rounds import ClosedRound, closed, maturity_score
from shared.events.awards import Entry, Pool, RankedEntry, TieBreak
from tests.builders.awards import FINAL, MATURITY_ONLY, category, prize, rules, scored

ALL: tuple[TieBreak, ...] = (
    "last_round",
    "first_criterion",
    "verified_maturity",
    "evidence_acceptance",
)
MATURITY_ROUND = MATURITY_ONLY.rounds[0]
TWO_ROUNDS = category(rounds=(MATURITY_ROUND, FINAL))


def _entry(innovation: str, maturity: str = "80", acceptance: str = "50") -> Entry:
    entry = entry_of(scored(innovation, maturity), "skpd")
    return entry.model_copy(update={"evidence_acceptance": Decimal(acceptance)})


def _maturity_round(entries: Sequence[Entry]) -> ClosedRound:
    scores = {each.innovation_id: maturity_score(each.verified_maturity) for each in entries}
    return ClosedRound({each.innovation_id: each for each in closed(MATURITY_ROUND, scores)})


def _panel(means: dict[str, str], first: dict[str, str] | None = None) -> ClosedRound:
    scores = {innovation: Decimal(points) for innovation, points in means.items()}
    return ClosedRound(
        {each.innovation_id: each for each in closed(FINAL, scores)},
        {innovation: Decimal(points) for innovation, points in (first or {}).items()},
    )


def _rank(
    entries: Sequence[Entry], order: Order, panel: ClosedRound | None = None
) -> tuple[RankedEntry, ...]:
    rounds = {"administrasi": _maturity_round(entries)}
    if panel is None:
        return ranked(MATURITY_ONLY, entries, rounds, order)
    return ranked(TWO_ROUNDS, entries, {**rounds, "presentasi": panel}, order)


def _places(ranking: Sequence[RankedEntry]) -> list[tuple[str, int, str | None]]:
    return [(each.innovation_id, each.rank, each.tie_break) for each in ranking]


def test_the_final_score_weighs_the_rounds_and_is_rounded_once() -> None:
    (place,) = _rank([_entry("a", "80")], Order(ALL), _panel({"a": "90.01"}))
    # (40 x 72.07 + 60 x 90.01) / 100 = 82.834
    assert place.final_score == Decimal("82.83")


def test_a_half_hundredth_is_rounded_up() -> None:
    even = TWO_ROUNDS.model_copy(
        update={
            "rounds": tuple(each.model_copy(update={"weight": 1}) for each in TWO_ROUNDS.rounds)
        }
    )
    entry = _entry("a", "111")
    rounds = {"administrasi": _maturity_round([entry]), "presentasi": _panel({"a": "90.01"})}
    (place,) = ranked(even, [entry], rounds, Order(()))
    assert place.final_score == Decimal("95.01")


def test_the_higher_final_score_wins_without_a_tie_break() -> None:
    ranking = _rank([_entry("a", "70"), _entry("b", "90")], Order(ALL))
    assert _places(ranking) == [("b", 1, None), ("a", 2, None)]


def test_the_last_round_breaks_a_tie_first() -> None:
    # 40 x 72.07 + 60 x 60.00 = 40 x 63.06 + 60 x 66.0067, equal at two decimals.
    entries = [_entry("a", "80"), _entry("b", "70")]
    ranking = _rank(entries, Order(ALL), _panel({"a": "60.00", "b": "66.01"}))
    assert [each.final_score for each in ranking] == [Decimal("64.83"), Decimal("64.83")]
    assert _places(ranking) == [("b", 1, "last_round"), ("a", 2, "last_round")]


def test_tie_breaks_apply_in_the_order_that_was_declared() -> None:
    entries = [_entry("a", acceptance="90"), _entry("b", acceptance="40")]
    panel = _panel({"a": "60", "b": "60"}, {"a": "50", "b": "55"})
    assert _places(_rank(entries, Order(ALL), panel)) == [
        ("b", 1, "first_criterion"),
        ("a", 2, "first_criterion"),
    ]
    assert _places(_rank(entries, Order(("evidence_acceptance",)), panel)) == [
        ("a", 1, "evidence_acceptance"),
        ("b", 2, "evidence_acceptance"),
    ]


def test_each_of_three_equals_names_the_rule_that_set_it_apart() -> None:
    entries = [_entry("a", acceptance="90"), _entry("b", acceptance="40"), _entry("c")]
    panel = _panel({"a": "60", "b": "60", "c": "60"}, {"a": "50", "b": "50", "c": "55"})
    assert _places(_rank(entries, Order(ALL), panel)) == [
        ("c", 1, "first_criterion"),
        ("a", 2, "evidence_acceptance"),
        ("b", 3, "evidence_acceptance"),
    ]


def test_equals_share_a_rank_and_the_next_rank_is_left_out() -> None:
    entries = [_entry("a"), _entry("b"), _entry("c", "70")]
    ranking = _rank(entries, Order(ALL))
    assert _places(ranking) == [("a", 1, None), ("b", 1, None), ("c", 3, None)]
    assert ties(ranking, MATURITY_ONLY) == (("a", "b"),)


def test_a_vote_orders_the_entries_of_a_tie() -> None:
    entries = [_entry("a"), _entry("b"), _entry("c", "70")]
    ranking = _rank(entries, Order(ALL, (Vote("skpd", ("b", "a")),)))
    assert _places(ranking) == [("b", 1, "vote"), ("a", 2, "vote"), ("c", 3, None)]
    assert ties(ranking, MATURITY_ONLY) == ()


def test_a_vote_that_did_not_know_of_all_equals_counts_for_nothing() -> None:
    entries = [_entry("a"), _entry("b"), _entry("c")]
    votes = (Vote("skpd", ("b", "a")), Vote("umum", ("c", "b", "a")))
    assert {each.rank for each in _rank(entries, Order(ALL, votes))} == {1}


def test_a_vote_still_holds_when_one_of_the_equals_is_gone() -> None:
    votes = (Vote("skpd", ("c", "b", "a")),)
    ranking = _rank([_entry("a"), _entry("c")], Order(ALL, votes))
    assert _places(ranking) == [("c", 1, "vote"), ("a", 2, "vote")]


def test_a_tie_below_the_prizes_needs_no_vote() -> None:
    entries = [_entry("a", "90"), _entry("b"), _entry("c")]
    one_prize = MATURITY_ONLY.model_copy(update={"prizes": MATURITY_ONLY.prizes[:1]})
    assert ties(_rank(entries, Order(ALL)), one_prize) == ()
    assert ties(_rank(entries, Order(ALL)), MATURITY_ONLY) == (("b", "c"),)


@pytest.mark.parametrize(
    ("maturities", "to_rank", "tied"),
    [
        (["90", "90", "80", "70"], 1, [("a", "b")]),
        (["90", "80", "80", "70"], 2, [("b", "c")]),
        (["90", "80", "70", "70"], 2, []),
    ],
    ids=["on its first rank", "on its last rank", "below it"],
)
def test_a_tie_on_a_pooled_rank_needs_a_vote(
    maturities: list[str], to_rank: int, tied: list[tuple[str, ...]]
) -> None:
    shared = Pool(label="x", fund_id="f", amount_rupiah=9, by="index", to_rank=to_rank)
    pooled = category(prizes=(), pools=(shared,))
    entries = [_entry(name, points) for name, points in zip("abcd", maturities, strict=True)]
    assert list(ties(_rank(entries, Order(())), pooled)) == tied


def test_only_what_hangs_on_the_places_of_a_tie_can_ask_for_a_vote() -> None:
    """A thing for the first rank does not keep the tie behind it from being split."""
    table = category(prizes=(prize(1, 5, in_kind="Piala"), prize(2, 4), prize(3, 3)))
    split = rules(table, ties="split")
    second = _rank([_entry("a", "90"), _entry("b"), _entry("c")], Order(()))
    assert votes_needed(second, table, split) == ()
    first = _rank([_entry("a"), _entry("b"), _entry("c", "10")], Order(()))
    assert votes_needed(first, table, split) == (("a", "b"),)
    assert votes_needed(first, table, rules(table, ties="promote")) == ()
    assert votes_needed(second, table, rules(table)) == (("b", "c"),)


def test_an_entry_without_a_score_on_the_first_criterion_counts_as_nothing_there() -> None:
    panel = _panel({"a": "70", "b": "70"}, {"b": "0.01"})
    found = _rank([_entry("a"), _entry("b")], Order(("first_criterion",)), panel)
    assert _places(found) == [("b", 1, "first_criterion"), ("a", 2, "first_criterion")]


def test_who_was_in_no_closed_round_is_not_ranked() -> None:
    assert ranked(TWO_ROUNDS, [_entry("a")], {}, Order(ALL)) == ()


def test_a_corrected_entry_is_held_against_the_cut_that_was_drawn() -> None:
    best_one = MATURITY_ROUND.model_copy(update={"advance": 1})
    rule = MATURITY_ONLY.model_copy(update={"rounds": (best_one,)})
    recorded = closed(
        best_one, {"a": maturity_score(Decimal(80)), "b": maturity_score(Decimal(70))}
    )
    rounds = {"administrasi": ClosedRound({each.innovation_id: each for each in recorded})}
    below = ranked(rule, [_entry("a", "80"), _entry("b", "79")], rounds, Order(ALL))
    above = ranked(rule, [_entry("a", "80"), _entry("b", "81")], rounds, Order(ALL))
    assert _places(below) == [("a", 1, None)]
    assert _places(above) == [("b", 1, None), ("a", 2, None)]


FEW_VALUES = st.sampled_from(["10", "20", "30"])
ENTRIES = st.lists(st.tuples(FEW_VALUES, FEW_VALUES, FEW_VALUES, FEW_VALUES), max_size=12)


@for_all(ENTRIES, st.permutations(ALL), st.integers())
def test_ranking_is_total_and_does_not_depend_on_the_order_of_the_input(
    values: list[tuple[str, str, str, str]], tie_breaks: list[TieBreak], seed: int
) -> None:
    entries = [_entry(f"i{n}", v[0], v[1]) for n, v in enumerate(values)]
    panel = _panel(
        {f"i{n}": v[2] for n, v in enumerate(values)}, {f"i{n}": v[3] for n, v in enumerate(values)}
    )
    ranking = _rank(entries, Order(tie_breaks), panel)
    shuffled = list(entries)
    Random(seed).shuffle(shuffled)

    assert _rank(shuffled, Order(tie_breaks), panel) == ranking
    assert sorted(each.innovation_id for each in ranking) == sorted(
        e.innovation_id for e in entries
    )
    scores = [each.final_score for each in ranking]
    assert scores == sorted(scores, reverse=True)
    ranks = [each.rank for each in ranking]
    assert ranks == [1 + sum(other < rank for other in ranks) for rank in ranks]


@for_all(ENTRIES, st.integers())
def test_every_tie_ends_with_a_vote_on_it(
    values: list[tuple[str, str, str, str]], seed: int
) -> None:
    entries = [_entry(f"i{n}", v[0], v[1]) for n, v in enumerate(values)]
    ranking = _rank(entries, Order(ALL))
    votes: list[Vote] = []
    for tied in ties(ranking, MATURITY_ONLY):
        voted = list(tied)
        Random(seed).shuffle(voted)
        votes.append(Vote("skpd", tuple(voted)))
    after = _rank(entries, Order(ALL, votes))
    assert ties(after, MATURITY_ONLY) == ()
    assert {e.innovation_id: e.final_score for e in after} == {
        e.innovation_id: e.final_score for e in ranking
    }
