"""Prizes, pools, ties, teams, taxes and caps: who is owed what, to the rupiah."""

import pytest

from services.awards.domain.allocation import Results, lines
from services.awards.domain.allocation.prizes import prize_dues
from services.awards.domain.allocation.ties import groups_by_category
from services.awards.domain.fund import Line
from shared.errors import Refused
from shared.events.awards import Recipient, Ties
from tests.builders.awards import COMPETITION_ID, FUND_ID, category, prize
from tests.unit.awards.allocating import (
    TABLE,
    brief,
    identify,
    owed,
    person,
    place,
    placed,
    pool,
    results,
)

OTHERS = {"to": "other_finalists", "label": "Finalis"}
EVERYBODY = {"to": "finalists", "label": "Peserta"}
TEAM = category(prizes=(prize(1, 10_000_000),), recipient="team")


def refused(given: Results, code: str) -> Refused:
    with pytest.raises(Refused) as no:
        lines(given, identify, None)
    assert no.value.code == code
    return no.value


def test_a_line_says_all_there_is_to_say() -> None:
    rule = category(prizes=(prize(1, 5_000_000, in_kind="Trofi"),), recipient="person")
    given = results(placed("a"), rule, recipients={"a": (person("p-1"),)})
    assert owed(given) == {
        FUND_ID: [
            Line(
                allocation_id="skpd_1_prize-0_a_p-1",
                competition_id=COMPETITION_ID,
                results_version=1,
                category="skpd",
                rank=1,
                label="Juara 1",
                innovation_id="a",
                agency_id="agency-a",
                agency_path=("kalsel", "agency-a"),
                amount_rupiah=5_000_000,
                in_kind="Trofi",
                recipient=person("p-1"),
                tax_rupiah=250_000,
                net_rupiah=4_750_000,
                tax_rule=TABLE.treatment("person").rule,
                tax_table="2024-r1",
                tax_digest=TABLE.digest,
            )
        ]
    }


def test_ranks_without_a_prize_get_nothing() -> None:
    rule = category(prizes=(prize(1, 5_000), prize(2, 4_000)))
    assert brief(owed(results(placed("a", "b", "c"), rule))) == [
        ("a", 1, "Juara 1", 5_000),
        ("b", 2, "Juara 2", 4_000),
    ]


def test_nobody_ranked_is_owed_nothing() -> None:
    assert owed(results([], category(pools=(pool(),)))) == {}


def test_several_funds_pay_for_one_competition() -> None:
    rule = category(prizes=(prize(1, 5_000), prize(2, 3_000, fund_id="bank-2026")))
    found = owed(results(placed("a", "b"), rule))
    assert brief(found) == [("a", 1, "Juara 1", 5_000)]
    assert brief(found, "bank-2026") == [("b", 2, "Juara 2", 3_000)]


def test_finalists_and_those_whom_no_prize_names() -> None:
    rule = category(prizes=(prize(1, 5_000), prize(0, 700, **OTHERS), prize(0, 100, **EVERYBODY)))
    assert brief(owed(results(placed("a", "b", "c"), rule))) == [
        ("a", 1, "Juara 1", 5_000),
        ("b", 2, "Finalis", 700),
        ("c", 3, "Finalis", 700),
        ("a", 1, "Peserta", 100),
        ("b", 2, "Peserta", 100),
        ("c", 3, "Peserta", 100),
    ]


def test_what_is_in_kind_costs_nothing_and_has_its_line() -> None:
    rule = category(prizes=(prize(1, 0, in_kind="Umrah"),))
    found = owed(results(placed("a"), rule))[FUND_ID]
    assert [(each.amount_rupiah, each.in_kind) for each in found] == [(0, "Umrah")]


@pytest.mark.parametrize(
    "rule", [{"prizes": (prize(2, 5_000),)}, {"prizes": (), "pools": (pool(),)}]
)
def test_a_tie_on_a_prized_or_pooled_place_waits_for_a_vote(rule: dict[str, object]) -> None:
    given = results([place("b", 1), place("a", 1)], category(**rule))
    no = refused(given, "tie_unresolved")
    assert no.params == {"category": "skpd", "innovations": ("a", "b")}
    assert "a, b" in no.sentence


def test_a_tie_below_all_prizes_shares_what_every_finalist_gets() -> None:
    rule = category(prizes=(prize(1, 5_000), prize(0, 700, **OTHERS)))
    ranking = [place("a", 1), place("b", 2), place("c", 2)]
    assert brief(owed(results(ranking, rule)))[1:] == [
        ("b", 2, "Finalis", 700),
        ("c", 2, "Finalis", 700),
    ]


def test_split_shares_the_money_of_all_places_of_a_tie() -> None:
    rule = category(prizes=(prize(1, 5_000), prize(2, 4_000), prize(3, 1_001)))
    ranking = [place("c", 1), place("b", 1), place("a", 1), place("d", 4)]
    label = "Juara 1 + Juara 2 + Juara 3"
    assert brief(owed(results(ranking, rule, ties="split"))) == [
        ("a", 1, label, 3_334),
        ("b", 1, label, 3_334),
        ("c", 1, label, 3_333),
    ]


def test_split_keeps_funds_and_net_prizes_apart() -> None:
    rule = category(
        prizes=(
            prize(1, 5_000),
            prize(1, 600, fund_id="bank"),
            prize(2, 4_001),
            prize(2, 10, amount_is="net"),
        )
    )
    found = owed(results([place("b", 1), place("a", 1)], rule, ties="split"))
    assert brief(found) == [
        ("a", 1, "Juara 1 + Juara 2", 4_501),
        ("b", 1, "Juara 1 + Juara 2", 4_500),
        ("a", 1, "Juara 2", 5),
        ("b", 1, "Juara 2", 5),
    ]
    assert brief(found, "bank") == [("a", 1, "Juara 1", 300), ("b", 1, "Juara 1", 300)]
    ids = [each.allocation_id for each in found[FUND_ID]]
    assert len(set(ids)) == len(ids)


def test_split_at_the_edge_counts_what_other_finalists_get() -> None:
    sheet = prize(0, 500, in_kind="Piagam", **OTHERS)
    rule = category(prizes=(prize(1, 5_000), prize(2, 4_000), sheet))
    ranking = [place("a", 1), place("b", 2), place("c", 2)]
    found = owed(results(ranking, rule, ties="split"))[FUND_ID]
    assert [(e.innovation_id, e.amount_rupiah, e.in_kind) for e in found] == [
        ("a", 5_000, ""),
        ("b", 2_250, "Piagam"),
        ("c", 2_250, "Piagam"),
    ]


def test_a_thing_cannot_be_split() -> None:
    rule = category(prizes=(prize(1, 5_000), prize(2, 0, in_kind="Laptop")))
    refused(results([place("a", 1), place("b", 1)], rule, ties="split"), "tie_unresolved")


def test_promote_gives_all_of_a_tie_what_its_rank_gives() -> None:
    rule = category(prizes=(prize(1, 5_000, in_kind="Trofi"), prize(2, 4_000), prize(3, 3_000)))
    ranking = [place("a", 1), place("b", 1), place("c", 3)]
    assert brief(owed(results(ranking, rule, ties="promote"))) == [
        ("a", 1, "Juara 1", 5_000),
        ("b", 1, "Juara 1", 5_000),
        ("c", 3, "Juara 3", 3_000),
    ]


def test_a_pool_is_shared_by_the_parts_of_its_ranks() -> None:
    rule = category(prizes=(), pools=(pool(amount_rupiah=1_001),))
    assert brief(owed(results(placed("a", "b", "c", "d"), rule))) == [
        ("a", 1, "Dana bersama", 501),
        ("b", 2, "Dana bersama", 300),
        ("c", 3, "Dana bersama", 200),
    ]


def test_a_pool_with_fewer_places_taken_is_still_shared_whole() -> None:
    rule = category(prizes=(), pools=(pool(amount_rupiah=800),))
    assert [amount for *_, amount in brief(owed(results(placed("a", "b"), rule)))] == [500, 300]


def test_a_pool_by_index_follows_the_final_scores() -> None:
    rule = category(prizes=(), pools=(pool("index", 1_000_000),))
    ranking = [place("a", 1, "50"), place("b", 2, "30.01"), place("c", 3, "19.99")]
    assert brief(owed(results([*ranking, place("d", 4, "5")], rule))) == [
        ("a", 1, "Dana bersama", 500_000),
        ("b", 2, "Dana bersama", 300_100),
        ("c", 3, "Dana bersama", 199_900),
    ]


def test_a_pool_by_index_of_nothing_but_zeros_is_shared_equally() -> None:
    rule = category(prizes=(), pools=(pool("index", 10),))
    ranking = [place("a", 1, "0"), place("b", 1, "0"), place("c", 1, "0")]
    found = brief(owed(results(ranking, rule, ties="split")))
    assert [amount for *_, amount in found] == [4, 3, 3]


@pytest.mark.parametrize(
    ("ties", "amounts"), [("split", [500, 250, 250]), ("promote", [454, 273, 273])]
)
def test_a_tie_within_a_pool(ties: Ties, amounts: list[int]) -> None:
    rule = category(prizes=(), pools=(pool(amount_rupiah=1_000),))
    ranking = [place("a", 1), place("b", 2), place("c", 2)]
    found = brief(owed(results(ranking, rule, ties=ties)))
    assert [amount for *_, amount in found] == amounts


def test_a_tie_over_the_end_of_a_pool_splits_the_last_part() -> None:
    rule = category(prizes=(), pools=(pool(amount_rupiah=1_000, to_rank=2, shares=(6, 4)),))
    ranking = [place("a", 1), place("b", 2), place("c", 2), place("d", 2)]
    found = brief(owed(results(ranking, rule, ties="split")))
    assert [amount for *_, amount in found] == [600, 134, 133, 133]


def test_a_tie_over_the_end_of_a_pool_by_index_counts_the_places_inside() -> None:
    rule = category(prizes=(), pools=(pool("index", 17_000, to_rank=2),))
    ranking = [place("a", 1, "90"), place("b", 2, "80"), place("c", 2, "80")]
    found = brief(owed(results(ranking, rule, ties="split")))
    assert [amount for *_, amount in found] == [9_000, 4_000, 4_000]
    wider = category(prizes=(), pools=(pool("index", 25_000, to_rank=3),))
    found = brief(owed(results([*ranking, place("d", 2, "80")], wider, ties="split")))
    assert [amount for *_, amount in found] == [9_000, 5_334, 5_333, 5_333]


def test_where_nobody_ties_each_prize_stays_a_line_of_its_own() -> None:
    rule = category(prizes=(prize(1, 5_000), prize(1, 700, label="Bonus")))
    assert brief(owed(results([place("a", 1)], rule, ties="split"))) == [
        ("a", 1, "Juara 1", 5_000),
        ("a", 1, "Bonus", 700),
    ]


def test_split_keeps_a_net_prize_net() -> None:
    rule = category(prizes=(prize(1, 950, amount_is="net"), prize(2, 950, amount_is="net")))
    groups = groups_by_category([place("a", 1), place("b", 1)])["skpd"]
    found = prize_dues(rule, groups, "split")
    assert [(each.amount_rupiah, each.amount_is) for each in found] == [(950, "net")] * 2


def test_things_of_one_line_are_told_one_after_the_other() -> None:
    sheets = [prize(0, 0, in_kind=thing, **OTHERS) for thing in ("Piagam", "Plakat")]
    rule = category(prizes=(prize(1, 5_001), *sheets))
    groups = groups_by_category([place("a", 1), place("b", 1)])["skpd"]
    found = prize_dues(rule, groups, "split")
    told = [(each.amount_rupiah, each.in_kind) for each in found]
    assert told == [(2_501, "Piagam, Plakat"), (2_500, "Piagam, Plakat")]


def test_a_team_shares_by_parts_and_a_thing_goes_to_its_first() -> None:
    rule = category(prizes=(prize(1, 10_000_001, in_kind="Trofi"),), recipient="team")
    three = (person("p-2"), person("p-1", "payroll"), person("p-3", parts=2))
    found = owed(results(placed("a"), rule, recipients={"a": three}))[FUND_ID]
    assert [
        (e.recipient, e.amount_rupiah, e.tax_rupiah, e.net_rupiah, e.in_kind) for e in found
    ] == [
        (three[0], 2_500_000, 125_000, 2_375_000, "Trofi"),
        (three[1], 2_500_000, 0, 2_500_000, ""),
        (three[2], 5_000_001, 250_000, 4_750_001, ""),
    ]


def test_agencies_and_regions_receive_by_themselves_and_untaxed() -> None:
    for kind, recipient in (("agency", "agency-a"), ("village", "agency-a"), ("region", "hss")):
        rule = category(prizes=(prize(1, 5_000),), recipient=kind)
        (line,) = owed(results(placed("a"), rule), table=None)[FUND_ID]
        assert line.recipient is not None
        assert line.recipient == Recipient.model_validate(
            {"recipient_id": recipient, "kind": kind, "taxed_as": "agency"}
        )
        assert (line.tax_rupiah, line.net_rupiah, line.tax_rule) == (0, 5_000, "")
        assert (line.tax_table, line.tax_digest) == (None, None)


@pytest.mark.parametrize("kind", ["person", "team", "body"])
def test_people_and_bodies_must_be_named(kind: str) -> None:
    rule = category(prizes=(prize(1, 5_000),), recipient=kind)
    no = refused(results(placed("a"), rule), "recipients_missing")
    assert no.params == {"innovation_id": "a", "category": "skpd"}


def test_who_is_owed_nothing_needs_no_recipient() -> None:
    given = results(placed("a", "b"), TEAM, recipients={"a": (person("p-1"),)})
    assert [innovation for innovation, *_ in brief(owed(given))] == ["a"]


def test_whoever_is_taxed_needs_a_table() -> None:
    given = results(placed("a"), TEAM, recipients={"a": (person("p-1"),)})
    no = refused(given, "tax_table_not_adopted")
    assert no.params == {"taxed_as": "person"}


def test_a_net_prize_is_grossed_up_for_each_recipient() -> None:
    rule = category(prizes=(prize(1, 9_500_000, amount_is="net"),), recipient="team")
    two = (person("p-1"), person("p-2", "payroll"))
    found = owed(results(placed("a"), rule, recipients={"a": two}))[FUND_ID]
    assert [(e.amount_rupiah, e.tax_rupiah, e.net_rupiah) for e in found] == [
        (4_999_999, 249_999, 4_750_000),
        (4_750_000, 0, 4_750_000),
    ]


def test_a_cap_cuts_what_comes_later() -> None:
    rule = category(prizes=(prize(1, 5_000), prize(2, 4_000)), pools=(pool(amount_rupiah=1_000),))
    one = {"a": "dinkes", "b": "dinkes", "c": "dispora"}
    given = results(placed("a", "b", "c"), rule, cap=7_000, agencies=one)
    found = owed(given)[FUND_ID]
    assert [
        (e.innovation_id, e.label, e.amount_rupiah, e.net_rupiah, e.uncapped_rupiah) for e in found
    ] == [
        ("a", "Juara 1", 5_000, 5_000, None),
        ("b", "Juara 2", 2_000, 2_000, 4_000),
        ("c", "Dana bersama", 200, 200, None),
    ]


def test_a_cap_counts_across_categories_in_their_order() -> None:
    first, second = (
        category("skpd", prizes=(prize(1, 5_000),)),
        category("desa", prizes=(prize(1, 5_000),)),
    )
    ranking = [place("b", 1, category="desa"), place("a", 1)]
    one = {"a": "dinkes", "b": "dinkes"}
    found = owed(results(ranking, first, second, cap=6_000, agencies=one))[FUND_ID]
    assert [(e.innovation_id, e.amount_rupiah) for e in found] == [("a", 5_000), ("b", 1_000)]


def test_the_tax_is_of_what_the_cap_leaves_and_a_thing_is_not_cut() -> None:
    rule = category(
        prizes=(prize(1, 9_500_000, amount_is="net"), prize(1, 5_000, in_kind="Trofi")),
        recipient="person",
    )
    given = results(placed("a"), rule, cap=4_000_000, recipients={"a": (person("p-1"),)})
    found = owed(given)[FUND_ID]
    assert [
        (e.amount_rupiah, e.tax_rupiah, e.net_rupiah, e.uncapped_rupiah, e.in_kind) for e in found
    ] == [(4_000_000, 200_000, 3_800_000, 9_999_999, ""), (0, 0, 0, 5_000, "Trofi")]


def test_entries_of_other_categories_are_not_mixed_up() -> None:
    first, second = (
        category("skpd", prizes=(prize(1, 5_000),)),
        category("desa", prizes=(prize(1, 3_000),)),
    )
    ranking = [*placed("a"), *placed("b", category="desa")]
    assert brief(owed(results(ranking, first, second))) == [
        ("a", 1, "Juara 1", 5_000),
        ("b", 1, "Juara 1", 3_000),
    ]
