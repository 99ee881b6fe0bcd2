"""`inda calc allocate`: prizes, pools and sources into lines, never above a ceiling."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from shared.editions.taxes import load_table
from tests.unit.calculated import Ran, answered, refused

APBD = {"id": "apbd", "ceiling_rupiah": 10_000_000}
BANK = {"id": "bank", "ceiling_rupiah": 3_000_000}
PERSON_RULE = load_table("2024-r1").treatment("person").rule
Given = dict[str, Any]


def rank(name: str, place: int, **more: object) -> Given:
    return {"id": name, "rank": place, **more}


def prize(place: int, amount: int, **more: object) -> Given:
    return {"rank": place, "source": "apbd", "amount_rupiah": amount, **more}


def pool(**more: object) -> Given:
    shares = {"source": "apbd", "amount_rupiah": 1_000_000, "by": "shares", "to_rank": 2}
    return {**shares, "shares": [2, 1], **more}


def asked(ranks: list[Given], *prizes: Given, **more: object) -> Given:
    return {"ranks": ranks, "prizes": list(prizes), "sources": [APBD, BANK], **more}


def amounts(answer: Given) -> list[tuple[str, str, int]]:
    return [(e["id"], e["source"], e["amount_rupiah"]) for e in answer["lines"]]


AB = [rank("A", 1, recipient="person"), rank("B", 2, recipient="agency")]
TIED = [rank("B", 1), rank("A", 1)]


def test_lines_and_totals() -> None:
    given = asked(
        AB,
        prize(1, 5_000_000, label="Juara I"),
        prize(2, 2_000_000, source="bank"),
        on="2026-11-20",
    )
    assert answered("allocate", given) == {
        "lines": [
            {
                "id": "A",
                "rank": 1,
                "source": "apbd",
                "label": "Juara I",
                "recipient": "A",
                "amount_rupiah": 5_000_000,
                "tax_rupiah": 250_000,
                "net_rupiah": 4_750_000,
                "rule": PERSON_RULE,
            },
            {
                "id": "B",
                "rank": 2,
                "source": "bank",
                "label": "Rank 2",
                "recipient": "B",
                "amount_rupiah": 2_000_000,
                "tax_rupiah": 0,
                "net_rupiah": 2_000_000,
            },
        ],
        "totals": {
            "apbd": {
                "ceiling_rupiah": 10_000_000,
                "allocated_rupiah": 5_000_000,
                "left_rupiah": 5_000_000,
            },
            "bank": {
                "ceiling_rupiah": 3_000_000,
                "allocated_rupiah": 2_000_000,
                "left_rupiah": 1_000_000,
            },
        },
        "allocated_rupiah": 7_000_000,
    }


def test_without_a_day_nothing_is_withheld() -> None:
    (line,) = answered("allocate", asked(AB, prize(1, 5_000_000)))["lines"]
    assert (line["tax_rupiah"], line["net_rupiah"]) == (0, 5_000_000)
    assert "rule" not in line


def test_a_source_is_never_asked_for_more_than_it_has() -> None:
    exactly = asked(AB, prize(1, 6_000_000), prize(2, 4_000_000))
    assert answered("allocate", exactly)["totals"]["apbd"]["left_rupiah"] == 0
    more = asked(AB, prize(1, 6_000_000), prize(2, 4_000_001))
    assert refused("allocate", more) == (
        "Source apbd has 10000000 rupiah and is asked for 10000001."
    )


def test_what_rank_prints_can_be_allocated() -> None:
    rounds = [{"code": "final", "weight": 100}]
    entries = [{"id": name, "scores": {"final": score}} for name, score in (("A", 50), ("B", 30))]
    ranked = answered("rank", {"rules": {"rounds": rounds}, "entries": entries})
    shared = pool(by="index", shares=[])
    given = asked(ranked["ranking"], pools=[shared])
    assert amounts(answered("allocate", given)) == [("A", "apbd", 625_000), ("B", "apbd", 375_000)]


@pytest.mark.parametrize(
    ("ties", "found"),
    [
        ("split", [("A", "apbd", 2_500_001), ("B", "apbd", 2_500_000)]),
        ("promote", [("A", "apbd", 3_000_000), ("B", "apbd", 3_000_000)]),
    ],
)
def test_ties_split_or_promote(ties: str, found: list[tuple[str, str, int]]) -> None:
    given = asked(TIED, prize(1, 3_000_000), prize(2, 2_000_001), ties=ties)
    assert amounts(answered("allocate", given)) == found


def test_an_undecided_tie_is_refused() -> None:
    assert refused("allocate", asked(TIED, prize(1, 1))) == (
        "Entries A, B of category (none) share a rank that carries a prize; vote on them first."
    )


def test_categories_finalists_and_things() -> None:
    ranks = [
        rank("A", 1, category="skpd"),
        rank("C", 1, category="desa"),
        rank("B", 2, category="skpd"),
    ]
    given = asked(
        ranks,
        prize(1, 5_000, category="skpd"),
        {"to": "finalists", "source": "bank", "in_kind": "Piagam"},
        {"to": "other_finalists", "source": "bank", "amount_rupiah": 7},
    )
    lines = answered("allocate", given)["lines"]
    assert [(e["category"], e["id"], e["label"], e["amount_rupiah"]) for e in lines] == [
        ("skpd", "A", "Rank 1", 5_000),
        ("skpd", "A", "Finalist", 0),
        ("skpd", "B", "Finalist", 0),
        ("skpd", "B", "Finalist", 7),
        ("desa", "C", "Finalist", 0),
        ("desa", "C", "Finalist", 7),
    ]
    assert [e.get("in_kind") for e in lines] == [None, "Piagam", "Piagam", None, "Piagam", None]


def test_a_team_a_net_prize_and_a_cap() -> None:
    team = [
        {"id": "p1", "parts": 1, "taxed_as": "person"},
        {"id": "p2", "parts": 2, "taxed_as": "payroll"},
    ]
    given = asked(
        [rank("A", 1, recipients=team)],
        prize(1, 3_000_000, amount_is="net"),
        on="2026-11-20",
        cap_per_recipient_rupiah=1_500_000,
    )
    lines = answered("allocate", given)["lines"]
    assert [
        (
            e["recipient"],
            e["amount_rupiah"],
            e["tax_rupiah"],
            e["net_rupiah"],
            e.get("uncapped_rupiah"),
        )
        for e in lines
    ] == [
        ("p1", 1_052_631, 52_631, 1_000_000, None),
        ("p2", 1_500_000, 0, 1_500_000, 2_000_000),
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (asked([AB[0], AB[0]]), "Entry A is there twice."),
        (asked(AB, sources=[APBD, APBD]), "Source apbd is there twice."),
        (
            asked(AB, prize(1, 1, source="hibah")),
            "Prize 1 is paid from hibah; the sources are apbd, bank.",
        ),
        (
            asked(AB, pools=[pool(source="hibah")]),
            "Pool 1 is paid from hibah; the sources are apbd, bank.",
        ),
        (
            asked(AB, prize(1, 1, category="umum")),
            "Prize 1 is for category umum, where nobody is ranked.",
        ),
        (
            asked([*TIED, rank("C", 2)]),
            "2 entries share rank 1, so the next rank is 3, not 2.",
        ),
        (asked(AB, prize(1, 0)), "Prize 1 is nothing: neither money nor in kind."),
        (
            asked(AB, prize(1, 5, to="finalists")),
            'Prize 1 names a rank from 1 on, or "to" says to which finalists it goes.',
        ),
        (
            asked(AB, prize(0, 5)),
            'Prize 1 names a rank from 1 on, or "to" says to which finalists it goes.',
        ),
        (asked(AB, pools=[pool(to_rank=3)]), "Pool 1 is for 3 ranks and has 2 shares."),
        (
            asked(AB, pools=[pool(by="index")]),
            "Pool 1 is shared by index and has no shares of its own.",
        ),
        (
            asked(AB, pools=[pool(by="index", shares=[])]),
            "Pool 1 is shared by index: A has no final_score.",
        ),
        (
            asked([rank("A", 1)], prize(1, 5), on="2026-11-20"),
            "Name the recipient of A: on a day, taxes depend on it.",
        ),
        (
            asked([rank("A", 1, recipient="team")], prize(1, 5), on="2026-11-20"),
            "Name the recipients of A: on a day, taxes depend on it.",
        ),
        (
            asked([rank("A", 1, recipients=[{"id": "p"}])], prize(1, 5), on="2026-11-20"),
            "Say what p, who receives for A, is taxed as.",
        ),
        (
            asked([rank("A", 1, recipients=[{"id": "p"}, {"id": "p"}])], prize(1, 5)),
            "Among those who receive for A, p is there twice.",
        ),
        (
            asked(AB, prize(1, 5, amount_is="net")),
            'A net prize is grossed up by the taxes of a day: give "on".',
        ),
        (
            asked(AB, prize(1, 5), on="2020-01-01"),
            "There is no tax table for 2020-01-01; known are 2024-r1 from 2024-01-01.",
        ),
        (
            asked(AB, prize(1, True)),
            "prizes.0.amount_rupiah: must be whole rupiah from 0 to 9007199254740991.",
        ),
        (
            asked(AB, sources=[{"id": "apbd", "ceiling_rupiah": 1.5}]),
            "sources.0.ceiling_rupiah: must be whole rupiah from 0 to 9007199254740991.",
        ),
        (asked([rank("A", 0)]), "ranks.0.rank: Input should be greater than or equal to 1."),
        ({"ranks": []}, "sources: Field required."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_allocated_says_why(given: Given, sentence: str) -> None:
    assert refused("allocate", given) == sentence


@for_all(
    st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=8),
    st.integers(min_value=1, max_value=10**9),
    st.integers(min_value=1, max_value=10**9),
)
@settings(max_examples=40, deadline=None)
def test_lines_totals_and_pools_agree(scores: list[int], amount: int, ceiling: int) -> None:
    ordered = sorted(scores, reverse=True)
    ranks = [
        rank(f"E{n}", ordered.index(score) + 1, final_score=f"{score / 100:.2f}")
        for n, score in enumerate(ordered)
    ]
    given = asked(
        ranks,
        pools=[pool(by="index", shares=[], to_rank=len(ranks), amount_rupiah=amount)],
        sources=[{"id": "apbd", "ceiling_rupiah": ceiling}],
        ties="split",
    )
    if amount > ceiling:
        assert "asked for" in refused("allocate", given)
        return
    answer = answered("allocate", given)
    assert sum(each["amount_rupiah"] for each in answer["lines"]) == amount
    assert answer["allocated_rupiah"] == amount
    assert answer["totals"]["apbd"]["left_rupiah"] == ceiling - amount


def test_twenty_thousand_ranks_are_one_document(tmp_path: Path) -> None:
    ranks = [rank(f"E{n}", n, recipient="person", final_score="50") for n in range(1, 20_001)]
    shared = pool(by="index", shares=[], to_rank=20_000, amount_rupiah=9_999_999)
    file = tmp_path / "ranks.json"
    file.write_text(json.dumps(asked(ranks, pools=[shared], on="2026-11-20")))
    ran = Ran(f"allocate --file {file}", "")
    assert (ran.code, ran.reports, len(ran.answers)) == (0, [], 1)
    found = [each["amount_rupiah"] for each in ran.answers[0]["lines"]]
    assert (len(found), sum(found), set(found)) == (20_000, 9_999_999, {499, 500})
