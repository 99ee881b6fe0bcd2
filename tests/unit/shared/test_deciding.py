"""The small values everything leans on: a decision, an error, an id, a place for documents."""

import asyncio
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import BaseModel

from shared.decider import Decider
from shared.errors import DomainError, Refused
from shared.events.base import Recorded
from shared.events.submission import AGENCY
from shared.history import Cause, command_id, derived_id, digest_of
from shared.history.envelope import event_id
from shared.projector import Projection, bare
from shared.service.stopping import stop
from tests.renaming import renamed

SUM = Decider[int, int, int](0, lambda command, state: [command], lambda state, fact: state + fact)


class View(BaseModel):
    name: str


class Longer(View):
    note: str = ""


def fold(view: View | None, event: Recorded[object]) -> View:
    return View(name=event.key)


VIEW = Projection("names", AGENCY, View, fold)


@given(some.lists(some.integers()), some.lists(some.integers()))
def test_a_history_folds_the_same_in_one_go_or_in_two(first: list[int], then: list[int]) -> None:
    assert SUM.replay(then, SUM.replay(first)) == SUM.replay([*first, *then])


def test_a_state_that_is_false_is_still_a_start() -> None:
    assert replace(SUM, initial=5).replay([1], start=0) == 1


def test_a_refusal_carries_code_sentence_and_parameters() -> None:
    error = Refused("too_many", "There are too many.", limit=3)
    assert isinstance(error, DomainError)
    assert (error.code, str(error), error.params) == (
        "too_many",
        "There are too many.",
        {"limit": 3},
    )


def test_the_same_cause_makes_the_same_ids_and_another_does_not() -> None:
    assert derived_id("a", "b") == derived_id("a", "b")
    assert derived_id("a", "b") != derived_id("ab")
    assert command_id("p-1", "POST /a", "k") != command_id("p-2", "POST /a", "k")
    ids = {event_id(c, s, o) for c in "ab" for s in ("x", "y") for o in (0, 1)}
    assert len(ids) == 8


def test_a_digest_is_that_of_the_content() -> None:
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    assert digest_of({"a": "1"}) != digest_of({"a": 1})
    assert digest_of(None) == digest_of(None)
    with pytest.raises(ValueError, match="exceeds"):
        digest_of({"a": 2**60})


def test_a_reaction_is_caused_by_its_fact() -> None:
    event = Recorded(renamed("a"), "e-1", AGENCY.subject("hss"), 7, 1, "c", "d", "r-1", None, "t-1")
    cause = Cause.of(event, "follow", "target")
    assert cause == Cause(
        derived_id("reaction", "e-1", "follow", "target"), "", "r-1", "e-1", "t-1", None
    )
    assert Cause.of(event, "follow", "other").command_id != cause.command_id


def test_another_schema_or_revision_is_another_collection() -> None:
    kept = {VIEW.collection, replace(VIEW, view=Longer).collection}
    kept.add(replace(VIEW, revision=2).collection)
    assert len(kept) == 3
    assert all(re.fullmatch(r"names_[0-9a-f]{8}", each) for each in kept)


def test_a_document_is_the_view_with_its_place_in_the_history() -> None:
    event = Recorded(renamed("a"), "e-1", AGENCY.subject("hss"), 7, 2, "c", "d", "r", None, None)
    document = VIEW.document(None, event)
    assert document == {"name": "hss", "_id": "hss", "version": 2, "sequence": 7}
    assert bare(document) == {"name": "hss"}


async def test_work_that_missed_its_cancellation_is_stopped_all_the_same() -> None:
    heard: list[str] = []

    async def stubborn() -> None:
        while len(heard) < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                heard.append("cancelled")

    async def failing() -> None:
        raise ValueError("It had ended before.")

    tasks = [asyncio.create_task(stubborn()), asyncio.create_task(failing())]
    await asyncio.sleep(0)
    await stop(tasks)
    assert all(task.done() for task in tasks)
    assert isinstance(tasks[1].exception(), ValueError)
