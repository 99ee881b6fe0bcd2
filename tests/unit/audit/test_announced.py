"""A revision whose files are on their way: the dossier waits, and nobody may say otherwise."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from services.submission.domain import commands
from services.verification.domain.states import WaitingForRevision
from services.verification.reactions import on_due_passed
from shared.events.base import Fact
from shared.events.submission import INNOVATION, EvidenceItem, FileEvidence, InnovationSubmitted
from shared.events.verification import (
    DOSSIER,
    RevisionAnnounced,
    RevisionLapsed,
    RevisionReceived,
    RevisionRequested,
)
from shared.history import Cause, derived_id
from tests.unit.audit.past import Past, sequence_of, tampered, with_header
from tests.unit.audit.story import DEADLINE, EDITION, Story
from tests.unit.audit.test_replay import first_at, replayed, set_path

KEY, BY, FILE = "inov-1", "drafter-1", "ev-2"
GRACE = 60


async def announced() -> Story:
    """A season with a grace, and a revision that was handed in but for one file."""
    story = Story(Past(), count())
    await story.opened("2026", grace_minutes=GRACE)
    for key, kind, above in (
        ("kalsel", "province", None),
        ("brida", "agency", "kalsel"),
        ("hss", "regency", "kalsel"),
        ("hss-dinkes", "agency", "hss"),
    ):
        await story.agency(key, kind, above)
    await story.innovation(KEY, "hss-dinkes", BY)
    await story.claimed(KEY, "token")
    await story.asked_for_a_revision(KEY, "token")
    content = FileEvidence(
        file_name="sk.pdf", sha256="2" * 64, size_bytes=2048, media_type="application/pdf"
    )
    item = EvidenceItem(
        evidence_id=FILE, indicators=("SID-02",), evidence_kind="decree", content=content
    )
    declare = commands.DeclareEvidence(BY, story.at, EDITION, item, 10_000)
    await story.past.give(INNOVATION, KEY, declare)
    submit = commands.Submit(BY, story.at, EDITION, DEADLINE, grace_minutes=GRACE)
    await story.past.give(INNOVATION, KEY, submit)
    return story


def due(past: Past) -> datetime:
    """Until when the agency had to answer."""
    asked = past.messages[sequence_of(past.messages, RevisionRequested) - 1]
    return datetime.fromisoformat(json.loads(asked.body)["due"])


async def came_in() -> Past:
    story = await announced()
    accept = commands.AcceptEvidence(
        BY, story.at, FILE, "2" * 64, 2048, "application/pdf", f"sha256/{'2' * 64}", "v1"
    )
    await story.past.give(INNOVATION, KEY, accept)
    return story.past


async def lapsed(*, by_the_request: bool = False) -> Past:
    """The clock speaks two hours after files could come in, under the id that this moment makes;
    or under that of the date by which the agency had to answer.
    """
    past = (await announced()).past
    waiting = past.state(DOSSIER, KEY)
    assert isinstance(waiting, WaitingForRevision)
    assert waiting.due == due(past) + timedelta(minutes=GRACE)
    to = on_due_passed(KEY, 1, waiting.due, waiting.due + timedelta(hours=2))
    deadline = due(past) if by_the_request else waiting.due
    ticked = derived_id("tick", to.name, to.key, deadline.isoformat())
    await past.give(DOSSIER, KEY, to.command, Cause(ticked))
    return past


async def test_a_revision_that_was_announced_and_came_in_is_identical():
    past = await came_in()
    kinds = [each.headers["ce-type"] for each in past.messages]
    assert kinds.index(RevisionAnnounced.ce_type) < kinds.index(RevisionReceived.ce_type)
    report = replayed(past.messages)
    assert (report.findings, report.outstanding) == ((), ())


async def test_an_announced_revision_that_lapsed_in_the_end_is_identical():
    assert replayed((await lapsed()).messages).findings == ()


async def test_a_dossier_that_has_not_been_told_yet_is_outstanding():
    past = (await announced()).past
    at = sequence_of(past.messages, RevisionAnnounced)
    (left,) = replayed(past.messages[: at - 1]).outstanding
    assert (left.reaction, left.subject) == ("announce", DOSSIER.subject(KEY))


async def test_a_lapse_by_the_date_of_the_request_is_found():
    past = await lapsed(by_the_request=True)
    found = first_at(replayed(past.messages), sequence_of(past.messages, RevisionLapsed))
    assert (found.kind, found.what) == ("cause", "No fact before asked for this.")


async def test_a_lapse_while_files_may_come_in_is_found():
    past = await lapsed()
    at = sequence_of(past.messages, RevisionLapsed)
    message = past.messages[at - 1]
    moment = due(past) + timedelta(minutes=GRACE)
    early = moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
    body = message.body.replace(message.headers["ce-time"].encode(), early.encode())
    forged = replace(message, body=body, headers={**message.headers, "ce-time": early})
    found = first_at(replayed([*past.messages[: at - 1], forged]), at)
    assert (found.kind, found.what) == (
        "refused",
        "The rules refuse this: The agency may still answer the revision request.",
    )


@pytest.mark.parametrize(
    ("path", "value"), [("until", "2026-02-01T00:00:00.000000Z"), ("round", 3)]
)
async def test_another_announcement_than_the_submission_makes_is_found(path: str, value: object):
    past = (await announced()).past
    at = sequence_of(past.messages, RevisionAnnounced)
    found = first_at(replayed(tampered(past.messages, at, set_path(path, value))), at)
    assert (found.kind, found.what) == ("differs", f"RevisionAnnounced: {path}")


@pytest.mark.parametrize("kind", [RevisionAnnounced, RevisionReceived])
async def test_what_no_submission_asked_for_is_found(kind: type[Fact]):
    past = await came_in()
    at = sequence_of(past.messages, kind)
    first = past.messages[sequence_of(past.messages, InnovationSubmitted) - 1]
    forged = with_header(past.messages, at, "ce-causationid", first.headers["ce-id"])
    found = first_at(replayed(forged), at)
    assert (found.kind, found.what) == ("cause", "No fact before asked for this.")
