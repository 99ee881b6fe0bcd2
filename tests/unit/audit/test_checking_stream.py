"""Facts of the stream against the log and against other copies: the first that differs is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.audit.checking import Differs, Sealed, head_of
from services.audit.checking.named import (
    NamedFile,
    NamedRule,
    NamedRules,
    files_in,
)
from services.audit.checking.stream.comparing import Facts
from services.audit.checking.stream.copies import nodes_of
from shared.events.submission import EvidenceAccepted
from shared.transparency import FolderShelf, SigningKey
from tests.unit.audit.past import sequence_of
from tests.unit.audit.prized import prized
from tests.unit.audit.shelved import ORIGIN, facts, seal

KEY = SigningKey.made(ORIGIN)
FACTS = facts(300)


@pytest.fixture
def seen(tmp_path: Path) -> Facts:
    """Of three hundred facts the first two hundred and sixty are sealed."""
    shelf = FolderShelf(tmp_path)
    seal(shelf, FACTS, (260,), KEY)
    return Facts(Sealed(shelf, head_of(shelf, (KEY.verifier,))))


def test_a_copy_that_is_as_sealed_differs_in_nothing(seen: Facts):
    seen.take(FACTS[:100], 1, "nats-1")
    seen.take(FACTS[100:], 101, "nats-1")
    seen.take(FACTS, 1, "nats-2")
    assert seen.unsealed == 40


def test_a_gap_is_named_with_its_copy(seen: Facts):
    with pytest.raises(Differs) as error:
        seen.take([*FACTS[:9], *FACTS[12:]], 1, "nats-2")
    found = error.value.difference
    assert (found.code, found.place, found.sequence, found.sentence) == (
        "stream_gap",
        "the copy of nats-2",
        10,
        "The copy of nats-2 cannot show facts 10 to 12.",
    )


def test_a_fact_that_differs_is_named_with_its_field(seen: Facts):
    forged = replace(FACTS[49], body=b"{}")
    with pytest.raises(Differs, match="The body of fact 50 in the stream is not") as error:
        seen.take([*FACTS[:49], forged], 1, "")
    assert error.value.difference.code == "stream_differs"


def test_what_a_broker_adds_to_a_fact_is_no_difference(seen: Facts):
    seen.take(
        [replace(each, headers={**each.headers, "Nats-Msg-Id": "1"}) for each in FACTS], 1, ""
    )


def test_copies_of_facts_that_are_not_sealed_are_held_against_one_another(seen: Facts):
    seen.take(FACTS, 1, "nats-1")
    other = [*FACTS[:280], replace(FACTS[280], body=b"{}")]
    with pytest.raises(Differs, match="Fact 281, not sealed yet, is another one") as error:
        seen.take(other, 1, "nats-2")
    assert error.value.difference.place == "the copy of nats-2"


def test_the_nodes_of_a_cluster_are_those_that_its_leader_names():
    cluster = {"leader": "nats-3", "replicas": [{"name": "nats-1"}, {"name": "nats-2"}]}
    assert nodes_of({"cluster": cluster}) == ("nats-1", "nats-2", "nats-3")
    assert nodes_of({"cluster": {"leader": "nats"}}) == ()
    assert nodes_of({}) == ()


async def test_facts_name_files_editions_and_tables():
    messages = (await prized()).messages
    accepted = sequence_of(messages, EvidenceAccepted)
    assert files_in(messages[accepted - 1]) == (NamedFile("evidence", "1" * 64, 2048, accepted),)
    assert files_in(replace(messages[accepted - 1], body=b"?")) == ()
    rules = NamedRules()
    for each in (replace(messages[0], body=b'"edition_digest'), *messages):
        rules.take(each)
    assert {(each.key, each.is_table) for each in rules.first} == {
        ("2026-r1", False),
        ("2024-r1", True),
    }
    assert all(isinstance(each, NamedRule) and len(each.digest) == 64 for each in rules.first)
