"""`inda calc rank`: rounds, cuts, weights and tie-breaks as a competition has them."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from tests.unit.calculated import Ran, answered, refused

ROUNDS = [{"code": "proposal", "weight": 40}, {"code": "final", "weight": 60}]
Place = tuple[int, str, str, str | None]
Given = dict[str, Any]


def entry(name: str, proposal: object, final: object = None, **more: object) -> Given:
    scores = {"proposal": proposal} | ({} if final is None else {"final": final})
    return {"id": name, "scores": scores, **more}


def asked(*entries: Given, **rules: object) -> Given:
    return {"rules": {"rounds": ROUNDS, **rules}, "entries": list(entries)}


def places(answer: Given) -> list[Place]:
    return [(e["rank"], e["id"], e["final_score"], e["tie_break"]) for e in answer["ranking"]]


def test_the_weighted_mean_is_rounded_half_up_and_ranks() -> None:
    # 0.4 x 80.5 + 0.6 x 90 = 86.2; 0.4 x 0.01 + 0.6 x 0.0017 = 0.00502.
    given = asked(entry("C", "0.01", "0.0017"), entry("A", "80.5", 90), entry("B", 1e1, "70"))
    assert answered("rank", given) == {
        "ranking": [
            {"rank": 1, "id": "A", "final_score": "86.20", "tie_break": None},
            {"rank": 2, "id": "B", "final_score": "46.00", "tie_break": None},
            {"rank": 3, "id": "C", "final_score": "0.01", "tie_break": None},
        ],
        "out": [],
        "ties": [],
    }


def test_who_falls_out_is_told_where_and_why() -> None:
    rounds = [ROUNDS[0] | {"advance": 2, "pass_mark": 50}, ROUNDS[1] | {"pass_mark": "60.5"}]
    given = asked(
        entry("A", 90, 80), entry("B", 80, "60.4"), entry("C", 70), entry("D", 40), rounds=rounds
    )
    answer = answered("rank", given)
    assert places(answer) == [(1, "A", "84.00", None)]
    assert answer["out"] == [
        {"id": "C", "round": "proposal", "why": "70 is not of the best 2"},
        {"id": "D", "round": "proposal", "why": "40 is below the pass mark 50"},
        {"id": "B", "round": "final", "why": "60.4 is below the pass mark 60.5"},
    ]


def test_all_who_equal_the_last_that_goes_on_go_on() -> None:
    rounds = [ROUNDS[0] | {"advance": 1}, ROUNDS[1]]
    answer = answered("rank", asked(entry("A", 90, 80), entry("B", 90, 70), rounds=rounds))
    assert [name for _, name, *_ in places(answer)] == ["A", "B"]


def test_tie_breaks_apply_in_their_order_and_say_so() -> None:
    equal = {"first_criterion": 50, "verified_maturity": "80"}
    given = asked(
        entry("A", 60, 60, **equal, evidence_acceptance=70),
        entry("B", 90, 40, **equal, evidence_acceptance=90),
        entry("C", 60, 60, **equal, evidence_acceptance="70.01"),
        tie_breaks=["last_round", "verified_maturity", "evidence_acceptance"],
    )
    assert places(answered("rank", given)) == [
        (1, "C", "60.00", "evidence_acceptance"),
        (2, "A", "60.00", "evidence_acceptance"),
        (3, "B", "60.00", "last_round"),
    ]


def test_what_is_equal_shares_a_rank_until_a_vote() -> None:
    given = asked(entry("B", 50, 50), entry("C", 40, 40), entry("A", 50, 50))
    answer = answered("rank", given)
    assert places(answer)[:2] == [(1, "A", "50.00", None), (1, "B", "50.00", None)]
    assert answer["ranking"][2]["rank"] == 3
    assert answer["ties"] == [["A", "B"]]
    voted = answered("rank", given | {"votes": [["B", "A"]]})
    assert places(voted)[:2] == [(1, "B", "50.00", "vote"), (2, "A", "50.00", "vote")]
    assert voted["ties"] == []


def test_ids_and_codes_are_any_text() -> None:
    rounds = [{"code": "Seleksi akhir", "weight": 100}]
    given = asked({"id": "Posyandu é/1", "scores": {"Seleksi akhir": 7}}, rounds=rounds)
    assert places(answered("rank", given)) == [(1, "Posyandu é/1", "7.00", None)]


def test_weights_may_add_up_to_another_total() -> None:
    rounds = [{"code": "proposal", "weight": "0.4"}, {"code": "final", "weight": 0.6}]
    given = asked(entry("A", 80, 90), rounds=rounds, weights_total=1)
    assert places(answered("rank", given)) == [(1, "A", "86.00", None)]


def test_a_tie_break_that_nobody_has_a_value_for_sets_nobody_apart() -> None:
    given = asked(entry("A", 50, 50), entry("B", 50, 50), tie_breaks=["first_criterion"])
    assert answered("rank", given)["ties"] == [["A", "B"]]


def test_nobody_is_ranked_where_nobody_entered() -> None:
    assert answered("rank", asked()) == {"ranking": [], "out": [], "ties": []}


A, B = entry("A", 50, 50), entry("B", 50, 50)
HALF = [{"code": "proposal", "weight": 40}, {"code": "final", "weight": 50}]
TWICE = [{"code": "final", "weight": 40}, {"code": "final", "weight": 60}]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (asked(A, rounds=HALF), "The weights of the rounds add up to 90, not to 100."),
        (asked(A, weights_total=99), "The weights of the rounds add up to 100, not to 99."),
        (asked(A, weights_total=0), "weight of round proposal must be from 0 to 0."),
        (asked(A, rounds=TWICE), "Round final is there twice."),
        (
            asked(A, rounds=[]),
            "rules.rounds: List should have at least 1 item after validation, not 0.",
        ),
        (asked(entry("A", 50)), "Entry A has no score in round final."),
        (asked(entry("A", 50, 50), A), "Entry A is there twice."),
        (
            asked({"id": "A", "scores": {"field": 1}}),
            "Entry A has a score in field, which is no round.",
        ),
        (asked(entry("A", 50, 101)), "The score of entry A in round final must be from 0 to 100."),
        (
            asked(entry("A", "-1", 1)),
            "The score of entry A in round proposal must be from 0 to 100.",
        ),
        (
            asked(entry("A", True, 1)),
            "entries.0.scores.proposal: must be a number or a decimal string.",
        ),
        (asked(A, tie_breaks=["last_round", "last_round"]), "Tie-break last_round is there twice."),
        (
            asked(A, tie_breaks=["time"]),
            "rules.tie_breaks.0: Input should be 'last_round', 'first_criterion',"
            " 'verified_maturity' or 'evidence_acceptance'.",
        ),
        (
            asked(A, B | {"first_criterion": 3}, tie_breaks=["first_criterion"]),
            "Entry A has no first_criterion, which breaks ties.",
        ),
        (
            asked(A | {"verified_maturity": 112}),
            "verified_maturity of entry A must be from 0 to 111.",
        ),
        (
            asked(A, rounds=[ROUNDS[0] | {"pass_mark": 101}, ROUNDS[1]]),
            "pass_mark of round proposal must be from 0 to 100.",
        ),
        (
            asked(A, rounds=[ROUNDS[0] | {"advance": 0}, ROUNDS[1]]),
            "rules.rounds.0.advance: Input should be greater than or equal to 1.",
        ),
        (asked(A, B) | {"votes": [["A", "C"]]}, "A vote names C, which is no entry."),
        (asked(A, B) | {"votes": [["A", "A"]]}, "Voted entry A is there twice."),
        ({"entries": []}, "rules: Field required."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_ranked_says_why(given: Given, sentence: str) -> None:
    assert refused("rank", given) == sentence


POINTS = st.sampled_from(["10", "20.5", "30"])


@for_all(st.lists(st.tuples(POINTS, POINTS, POINTS), max_size=8), st.integers())
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_entries_does_not_matter(
    values: list[tuple[str, str, str]], seed: int
) -> None:
    entries = [entry(f"E{n}", v[0], v[1], verified_maturity=v[2]) for n, v in enumerate(values)]
    shuffled = list(entries)
    Random(seed).shuffle(shuffled)
    rules = {"tie_breaks": ["last_round", "verified_maturity"]}
    answer = answered("rank", asked(*entries, **rules))
    assert answered("rank", asked(*shuffled, **rules)) == answer
    assert sorted(name for _, name, *_ in places(answer)) == sorted(e["id"] for e in entries)


def test_twenty_thousand_entries_are_one_document(tmp_path: Path) -> None:
    entries = [entry(f"E{n}", f"{n % 1_000 / 10:.2f}", n % 100) for n in range(20_000)]
    file = tmp_path / "entries.json"
    file.write_text(json.dumps(asked(*entries, tie_breaks=["last_round"])))
    ran = Ran(f"rank --file {file}", "")
    assert (ran.code, ran.reports, len(ran.answers)) == (0, [], 1)
    ranks = [each["rank"] for each in ran.answers[0]["ranking"]]
    assert len(ranks) == 20_000
    assert ranks == sorted(ranks)
    assert len(set(ranks)) < 20_000
