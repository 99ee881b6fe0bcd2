"""A revision that nobody answered ends by a deadline, which is no person and has no cause."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from services.audit.domain import Report
from services.verification.domain.states import WaitingForRevision
from services.verification.reactions import on_due_passed
from shared.events.verification import DOSSIER, RevisionLapsed
from shared.history import Cause, derived_id
from tests.unit.audit.past import Past, sequence_of
from tests.unit.audit.story import Story
from tests.unit.audit.test_replay import first_at, replayed


async def lapsed(command_id: str | None = None) -> Past:
    story = Story(Past(), count())
    await story.season()
    await story.innovation("inov-1", "hss-dinkes", "drafter-1")
    await story.claimed("inov-1", "token")
    due = await story.asked_for_a_revision("inov-1", "token")
    waiting = story.past.state(DOSSIER, "inov-1")
    assert isinstance(waiting, WaitingForRevision)
    to = on_due_passed("inov-1", 1, due, due + timedelta(minutes=2))
    ticked = derived_id("tick", to.name, to.key, due.isoformat())
    await story.past.give(DOSSIER, "inov-1", to.command, Cause(command_id or ticked))
    return story.past


def found(report: Report, past: Past) -> tuple[str, str]:
    finding = first_at(report, sequence_of(past.messages, RevisionLapsed))
    return finding.kind, finding.what


async def test_a_lapse_after_its_due_date_is_identical():
    assert replayed((await lapsed()).messages).findings == ()


async def test_a_lapse_under_another_id_than_the_deadline_makes_is_found():
    past = await lapsed("22222222-2222-5222-8222-222222222222")
    assert found(replayed(past.messages), past) == ("cause", "No fact before asked for this.")


async def test_a_lapse_before_its_due_date_is_found():
    past = await lapsed()
    at = sequence_of(past.messages, RevisionLapsed)
    early = "2026-01-06T00:00:00.000000Z"
    message = past.messages[at - 1]
    body = message.body.replace(message.headers["ce-time"].encode(), early.encode())
    forged = replace(message, body=body, headers={**message.headers, "ce-time": early})
    report = replayed([*past.messages[: at - 1], forged])
    assert found(report, past) == (
        "refused",
        "The rules refuse this: The agency may still answer the revision request.",
    )
