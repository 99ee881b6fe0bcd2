"""A replay dealt out to several tells, put together, what one alone tells."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from services.audit.domain import KINDS, Replay, Report
from services.audit.domain.report import digest_of
from services.audit.domain.shares import Share, put_together
from shared.editions import load
from shared.events.submission import LevelClaimed
from shared.history.envelope import Message, recorded
from tests.unit.audit.checked import checked
from tests.unit.audit.contested import contested
from tests.unit.audit.past import Past, sequence_of, tampered
from tests.unit.audit.prized import prized
from tests.unit.audit.sequel import sequel
from tests.unit.audit.story import told
from tests.unit.audit.test_replay import replayed, set_path

TELLINGS = (told, checked, prized, contested, sequel)


@pytest.fixture(scope="module", params=TELLINGS, ids=lambda telling: telling.__name__)
async def history(request: pytest.FixtureRequest) -> Past:
    telling: Callable[[], Awaitable[Past]] = request.param
    return await telling()


def shared_out(messages: Sequence[Message], of: int) -> Sequence[Report]:
    replays = [Replay(load, share=Share(number, of)) for number in range(of)]
    for message in messages:
        for replay in replays:
            replay.take(message)
    return [replay.finished(messages[-1].sequence) for replay in replays]


@pytest.mark.parametrize("of", [1, 2, 5])
def test_what_is_put_together_is_what_one_alone_tells(history: Past, of: int):
    assert put_together(shared_out(history.messages, of)) == replayed(history.messages)


def test_every_document_is_shown_by_one_share(history: Past):
    reports = shared_out(history.messages, 3)
    shown = [len(each.documents) for each in reports]
    assert sum(shown) == len(replayed(history.messages).documents)
    assert all(shown)


def test_views_that_were_settled_once_are_those_folded_fact_by_fact(history: Past):
    views: dict[tuple[str, str, str], Any] = {}
    for message in history.messages:
        event = recorded(message)
        for shown in KINDS[event.subject[8:].rpartition(".")[0]].shown:
            place = shown.service, shown.projection.name, event.key
            views[place] = shown.projection.fold(views.get(place), event)
    folded = {place: digest_of(view.model_dump(mode="json")) for place, view in views.items()}
    told = replayed(history.messages).documents
    assert {(each.service, each.view, each.key): each.digest for each in told} == folded


def test_a_document_of_many_facts_is_that_of_one_after_the_other(history: Past):
    by_subject: dict[str, list[Any]] = {}
    for message in history.messages:
        by_subject.setdefault(message.subject, []).append(recorded(message))
    for subject, events in by_subject.items():
        for shown in KINDS[subject[8:].rpartition(".")[0]].shown:
            document = None
            for event in events:
                document = shown.projection.document(document, event)
            assert shown.projection.document(None, *events) == document


@pytest.mark.parametrize("of", [2, 5])
def test_shares_that_find_something_amiss_are_not_put_together(history: Past, of: int):
    at = sequence_of(history.messages, LevelClaimed)
    forged = tampered(history.messages, at, set_path("innovation_id", "another"))
    assert replayed(forged).findings
    assert put_together(shared_out(forged, of)) is None


def test_shares_that_did_not_get_equally_far_are_not_put_together(history: Past):
    whole, half = shared_out(history.messages, 2)
    assert put_together((whole, replace(half, last_sequence=half.last_sequence - 1))) is None
