"""Minutes, doubts, shared and taxed money, papers: replayed without a word, forged and found."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from services.audit.domain import CompetitionTotals, DisputeTotals, FundTotals, Replay
from shared.editions import load
from shared.editions.taxes import load_table
from shared.events.awards import (
    AllocationHeld,
    AllocationReleased,
    AllocationReversed,
    DoubtLapsed,
    ObjectionLapsed,
)
from shared.events.scoring import ScoreSealed
from shared.history import derived_id
from shared.history.envelope import Message, event_id
from tests.unit.audit.past import Past, sequence_of, tampered
from tests.unit.audit.prize_forgeries import FORGERIES
from tests.unit.audit.prize_rules import APBD, BANK, EARLIER, MAIN
from tests.unit.audit.prized import prized
from tests.unit.audit.test_replay import first_at, replayed, set_path


@pytest.fixture(scope="module")
async def won() -> Past:
    return await prized()


def test_everything_that_may_be_won_is_replayed_without_a_word(won: Past):
    report = replayed(won.messages)
    assert (report.findings, report.outstanding) == ((), ())
    assert report.tax_tables == (("2024-r1", load_table("2024-r1").digest),)
    said = {each.headers["ce-type"] for each in won.messages}
    others = (AllocationHeld, AllocationReleased, AllocationReversed, ScoreSealed)
    told = {each.fact.ce_type for each in FORGERIES.values()}
    assert said >= told | {each.ce_type for each in others}


def test_every_sum_is_told(won: Past):
    report = replayed(won.messages)
    assert report.funds == (
        FundTotals(
            fund_id=APBD,
            ceiling_rupiah=40_000_000,
            allocated_rupiah=14_000_000,
            held_rupiah=4_000_000,
            paid_rupiah=6_000_000,
            returned_rupiah=5_000_000,
            tax_withheld_rupiah=300_000,
        ),
        FundTotals(fund_id=BANK, ceiling_rupiah=1_000_000, allocated_rupiah=599_999),
    )
    earlier, main = report.competitions
    assert (earlier.competition_id, earlier.disputes) == (EARLIER, DisputeTotals())
    assert main == CompetitionTotals(
        competition_id=MAIN,
        state="published",
        version=2,
        entries=5,
        places=main.places,
        signatures=2,
        disputes=DisputeTotals(objections=1, lapsed=1, doubts=3, doubts_upheld=1, doubts_lapsed=1),
        documents=6,
    )


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_fact_is_found(won: Past, name: str):
    forgery = FORGERIES[name]
    at = sequence_of(won.messages, forgery.fact, forgery.number)
    report = replayed(tampered(won.messages, at, set_paths(forgery.values)))
    found = [
        each for each in report.findings if each.kind == forgery.kind and forgery.what in each.what
    ]
    assert found, report.findings
    if forgery.shows_at is None:
        assert found[0].sequence in command_of(won, at), found
        return
    shown = won.messages[found[0].sequence - 1]
    assert shown.headers["ce-type"] == forgery.shows_at.ce_type, found


def set_paths(values: dict[str, Any]) -> Callable[[Any], None]:
    def change(body: Any) -> None:
        for path, value in values.items():
            set_path(path, value)(body)

    return change


def command_of(past: Past, sequence: int) -> list[int]:
    """The sequences of the command that said what stands there."""
    command = past.messages[sequence - 1].headers["ce-commandid"]
    return [m.sequence for m in past.messages if m.headers["ce-commandid"] == command]


@pytest.mark.parametrize("kind", [DoubtLapsed, ObjectionLapsed])
def test_a_lapse_before_its_time_is_found(won: Past, kind: type[DoubtLapsed | ObjectionLapsed]):
    at = sequence_of(won.messages, kind)
    early = moved(won.messages[at - 1], "2026-03-06T00:00:00.000000Z")
    report = replayed([*won.messages[: at - 1], early])
    found = first_at(report, at)
    assert (found.kind, found.what) == ("differs", f"The rules say no {kind.__name__} here.")


def moved(message: Message, moment: str) -> Message:
    """The same fact, said at another moment."""
    body = message.body.replace(message.headers["ce-time"].encode(), moment.encode())
    return replace(message, body=body, headers={**message.headers, "ce-time": moment})


def test_a_lapse_under_another_id_than_the_deadline_makes_is_found(won: Past):
    at = sequence_of(won.messages, DoubtLapsed)
    message = won.messages[at - 1]
    other = derived_id("tick", "lapse", MAIN, "2026-03-09T00:00:00+00:00")
    ids = {"ce-commandid": other, "ce-id": event_id(other, message.subject, 0)}
    forged = replace(message, headers={**message.headers, **ids})
    found = first_at(replayed([*won.messages[: at - 1], forged]), at)
    assert (found.kind, found.what) == ("cause", "No fact before asked for this.")


def test_a_replay_that_ends_inside_a_command_blames_nobody(won: Past):
    commands = [each.headers["ce-commandid"] for each in won.messages]
    ends = [n for n in range(1, len(commands)) if commands[n - 1] == commands[n]]
    assert len(ends) > 10
    for end in ends:
        replay = Replay(load)
        for message in won.messages[:end]:
            replay.take(message)
        assert replay.finished(is_cut=True).findings == (), end
