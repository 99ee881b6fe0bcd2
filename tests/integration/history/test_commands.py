"""A command happens once: retries, reused keys, stale versions, refusals, rehearsals."""

from dataclasses import replace

import pytest

from shared.errors import DomainError, Invalid, NotFound, Refused, Stale
from shared.events.submission import AGENCY
from shared.history import Cause, Handler, HistoryLog, Outcome
from tests.integration.history.conftest import Connect
from tests.renaming import RENAMING, Rename, history, names, renamed, renaming

FIRST = Cause("first", digest="d1")
SECOND = Cause("second", digest="d2")
BATCH = Rename(("a", "b", "c"))


async def code_of(refused: type[DomainError], asked: object) -> str:
    with pytest.raises(refused) as caught:
        await asked  # type: ignore[misc]
    return caught.value.code


# --- retries ------------------------------------------------------------------------------


async def test_a_retry_is_given_the_original_answer(replica: Connect, key: str) -> None:
    connection = await replica()
    handle = renaming(connection)
    original = await handle(key, BATCH, FIRST)
    assert original == Outcome(key, 3, original.sequence, tuple(map(renamed, BATCH.names)))
    await handle(key, Rename(("d",)), SECOND)
    assert await handle(key, BATCH, FIRST) == original
    assert await names(connection, key) == ("a", "b", "c", "d")


async def test_a_replica_that_knows_nothing_gives_the_original_answer(
    replica: Connect, key: str
) -> None:
    original = await renaming(await replica())(key, BATCH, FIRST)
    for new in (False, True):
        assert await renaming(await replica())(key, BATCH, FIRST, new=new) == original


@pytest.mark.parametrize("others", [(), ("x",), ("x", "y")])
async def test_a_replica_that_remembers_an_older_state_gives_the_original_answer(
    replica: Connect, key: str, others: tuple[str, ...]
) -> None:
    behind, ahead = renaming(await replica()), renaming(await replica())
    await behind(key, Rename(("0",)), Cause("zero"))
    original = await ahead(key, BATCH, FIRST)
    for other in others:
        await ahead(key, Rename((other,)), Cause(other))
    assert await behind(key, BATCH, FIRST) == original


@pytest.mark.parametrize("other_names", [("z",), ("x", "y", "z"), BATCH.names])
async def test_the_same_key_for_another_request_is_refused(
    replica: Connect, key: str, other_names: tuple[str, ...]
) -> None:
    connection = await replica()
    aware, fresh, behind = (renaming(each) for each in (connection, connection, await replica()))
    await behind(key, Rename(("0",)), Cause("zero"))
    await aware(key, BATCH, FIRST)
    reused = replace(FIRST, digest="another")
    for handle in (aware, behind, fresh):
        asked = handle(key, Rename(other_names), reused)
        assert await code_of(Invalid, asked) == "idempotency_key_reused"
    assert await names(connection, key) == ("0", "a", "b", "c")


async def test_a_single_fact_under_a_reused_key_is_refused_by_a_replica_that_is_behind(
    replica: Connect, key: str
) -> None:
    """The server takes it for a duplicate: nobody may believe that without looking."""
    behind, ahead = renaming(await replica()), renaming(await replica())
    await behind(key, Rename(("0",)), Cause("zero"))
    await ahead(key, Rename(("a",)), FIRST)
    asked = behind(key, Rename(("z",)), replace(FIRST, digest="another"))
    assert await code_of(Invalid, asked) == "idempotency_key_reused"


async def test_one_cause_on_two_aggregates_makes_two_facts(replica: Connect, key: str) -> None:
    connection = await replica()
    handle = renaming(connection)
    for each in (key, f"{key}-other"):
        await handle(each, Rename(("a",)), FIRST)
    one, other = [(await history(connection, each))[0] for each in (key, f"{key}-other")]
    assert one.id != other.id


# --- memory and the tail ------------------------------------------------------------------


async def test_a_refusal_looks_at_the_tail_first(replica: Connect, key: str) -> None:
    behind, ahead = renaming(await replica()), renaming(await replica())
    await behind(key, Rename(("0",)), Cause("zero"))
    await ahead(key, Rename(("made possible",)), FIRST)
    outcome = await behind(key, Rename(("b",), after="made possible"), SECOND)
    assert outcome.version == 3
    asked = behind(key, Rename(("c",), after="never"), Cause("third"))
    assert await code_of(Refused, asked) == "not_yet"


async def test_already_so_looks_at_the_tail_first(replica: Connect, key: str) -> None:
    behind, ahead = renaming(await replica()), renaming(await replica())
    await behind(key, Rename(("a",)), FIRST)
    assert (await ahead(key, Rename(("b",)), SECOND)).version == 2
    assert (await behind(key, Rename(("a",)), Cause("third"))).version == 3
    already = await behind(key, Rename(("a",)), Cause("fourth"))
    assert (already.version, already.facts) == (3, ())


async def test_the_memory_holds_no_more_than_it_may(replica: Connect, key: str) -> None:
    connection = await replica()
    handle = Handler(HistoryLog(connection), AGENCY, RENAMING, remember=1)
    for turn in range(4):
        await handle(f"{key}-{turn % 2}", Rename((str(turn),)), Cause(str(turn)))
    assert await names(connection, f"{key}-0") == ("0", "2")


# --- versions -----------------------------------------------------------------------------


async def test_a_stale_version_is_refused_only_after_a_look_at_the_tail(
    replica: Connect, key: str
) -> None:
    behind, ahead = renaming(await replica()), renaming(await replica())
    await behind(key, Rename(("a",)), Cause("one"))
    await ahead(key, Rename(("b",)), Cause("two"))
    seen = replace(FIRST, expected_version=2)
    assert (await behind(key, Rename(("c",)), seen)).version == 3
    late = replace(SECOND, expected_version=2)
    with pytest.raises(Stale) as caught:
        await ahead(key, Rename(("d",)), late)
    assert caught.value.params == {"expected": 2, "current": 3}


async def test_a_retry_with_its_old_version_is_given_the_original_answer(
    replica: Connect, key: str
) -> None:
    handle = renaming(await replica())
    await handle(key, Rename(("a",)), Cause("one"))
    seen = replace(FIRST, expected_version=1)
    original = await handle(key, Rename(("b",)), seen)
    await handle(key, Rename(("c",)), SECOND)
    assert await handle(key, Rename(("b",)), seen) == original
    assert await renaming(await replica())(key, Rename(("b",)), seen) == original


# --- rehearsals, keys, sizes --------------------------------------------------------------


async def test_a_rehearsal_decides_on_the_tail_and_stores_nothing(
    replica: Connect, key: str
) -> None:
    connection = await replica()
    behind, ahead = renaming(connection), renaming(await replica())
    await behind(key, Rename(("a",)), Cause("one"))
    before = await ahead(key, Rename(("b",)), Cause("two"))
    told = await behind(key, Rename(("c",), after="b"), FIRST, dry_run=True)
    assert told == Outcome(key, 2, before.sequence, (renamed("c"),))
    asked = behind(key, Rename(("c",), after="never"), FIRST, dry_run=True)
    assert await code_of(Refused, asked) == "not_yet"
    stale = replace(FIRST, expected_version=1)
    assert await code_of(Stale, behind(key, Rename(("c",)), stale, dry_run=True))
    assert await names(connection, key) == ("a", "b")
    assert (await behind(key, Rename(("c",)), FIRST)).version == 3


@pytest.mark.parametrize("no_key", ["", "*", ">", "a.b", "a b", "a*", "å", "x" * 131])
async def test_what_can_be_no_key_is_not_found(replica: Connect, no_key: str) -> None:
    handle = renaming(await replica())
    assert await code_of(NotFound, handle(no_key, Rename(("a",)), FIRST)) == "not_found"
    assert await code_of(NotFound, handle.state(no_key)) == "not_found"


@pytest.mark.parametrize("letters", [1_010_000, 1_200_000])
@pytest.mark.parametrize("count", [1, 2])
async def test_what_is_too_large_is_refused_whole(
    replica: Connect, key: str, letters: int, count: int
) -> None:
    connection = await replica()
    large = Rename(("a", "x" * letters)[-count:])
    asked = renaming(connection)(key, large, FIRST)
    assert await code_of(Invalid, asked) == "fact_too_large"
    assert await names(connection, key) == ()
