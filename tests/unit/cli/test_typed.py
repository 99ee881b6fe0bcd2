"""What people type about recipients and scores, and what is told of rules before they hold."""

from decimal import Decimal

import pytest

from deploy.cli.competition.announcing import to_know
from deploy.cli.failures import Misuse
from deploy.cli.panels.scoring import scores_of
from deploy.cli.purse.recipients import named
from tests.builders.awards import category, prize, rules


def test_recipients_are_typed_as_kind_tax_and_parts() -> None:
    typed = ["p-1=person", "p-2=person:payroll", "p-3=person:person:60", "hss=region", "kop=body"]
    assert named(typed) == [
        {"recipient_id": "p-1", "kind": "person", "taxed_as": "person", "parts": 1},
        {"recipient_id": "p-2", "kind": "person", "taxed_as": "payroll", "parts": 1},
        {"recipient_id": "p-3", "kind": "person", "taxed_as": "person", "parts": 60},
        {"recipient_id": "hss", "kind": "region", "taxed_as": "agency", "parts": 1},
        {"recipient_id": "kop", "kind": "body", "taxed_as": "body", "parts": 1},
    ]


@pytest.mark.parametrize("text", ["p-1", "=person", "p-1=person:person:x", "p=a:b:1:2"])
def test_a_recipient_that_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(Misuse, match="should read like"):
        named([text])


def test_scores_are_typed_or_in_a_file_but_not_both_nor_none() -> None:
    assert scores_of(["kebaruan=87.5", "manfaat=70"], None) == {
        "scores": [
            {"criterion": "kebaruan", "score": "87.5"},
            {"criterion": "manfaat", "score": "70"},
        ]
    }
    with pytest.raises(Misuse, match="--score"):
        scores_of([], None)


def test_what_to_know_of_rules_names_what_they_ask_of_people_later_on() -> None:
    told = rules(
        category("tim", recipient="team", prizes=(prize(1, 5, amount_is="net"),)),
        category("desa", by_hand_only=True, prizes=(), minimum_maturity=Decimal(1)),
        ties="promote",
    )
    assert list(to_know(told)) == [
        "No fiscal year is named: funds of any year may pay.",
        "A dispute that nobody decides never lapses.",
        "Nobody has to sign the minutes.",
        "A tie that is promoted may ask more of a fund than is shown here.",
        "tim: name who receives each prize, adopt a tax table, and have the treasurer confirm it.",
        "tim: the organiser bears the tax on net prizes; the fund pays more than is shown here.",
        "desa: nobody enters by rule; enrol each entry with a reason.",
        "desa: it gives no money.",
    ]


def test_rules_that_leave_nothing_open_need_no_word() -> None:
    whole = rules(fiscal_year=2026, decision_days=14, minutes_signatures=2)
    assert list(to_know(whole)) == []
