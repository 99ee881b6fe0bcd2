"""Who opened which document is replayed like all else; what cannot have happened is found."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from services.audit.domain import Finding
from shared.accesses import WINDOW, OpenEvidence
from shared.events import awards, submission, verification
from shared.events.access import Opening
from shared.events.base import Aggregate
from tests.unit.audit.past import Past
from tests.unit.audit.story import Story
from tests.unit.audit.test_replay import first_at, replayed

LETTER, OTHER = "1" * 64, "2" * 64
OPENED = datetime(2026, 2, 1, 2, tzinfo=UTC)
EVERYWHERE: dict[str, tuple[Aggregate[Opening], type[Opening]]] = {
    "submission": (submission.ACCESS, submission.EvidenceOpened),
    "verification": (verification.ACCESS, verification.EvidenceOpened),
    "awards": (awards.ACCESS, awards.EvidenceOpened),
}
everywhere = pytest.mark.parametrize("service", EVERYWHERE)


@pytest.fixture
async def handed_in() -> Past:
    story = Story(Past(), count())
    await story.season()
    await story.innovation("inov-1", "hss-dinkes", "drafter-1")
    return story.past


def asked(person: str, after: timedelta = timedelta(), **changes: Any) -> OpenEvidence:
    told = OpenEvidence(
        by=person,
        at=OPENED + after,
        sha256=LETTER,
        about="inov-1",
        how="link",
        agency="tapin",
        roles=("verifier",),
    )
    return replace(told, **changes)


async def forged(past: Past, service: str, command: OpenEvidence, key: str = LETTER) -> Finding:
    """The first finding of a history with a fact that no decider decided."""
    aggregate, said = EVERYWHERE[service]
    await past.say(aggregate, key, [said(**asdict(command))])
    return first_at(replayed(past.messages), len(past.messages))


@everywhere
async def test_looks_of_several_people_are_replayed_without_a_word(handed_in: Past, service: str):
    aggregate, _ = EVERYWHERE[service]
    for person, after in (("v-1", 0), ("v-2", 1), ("v-1", 15), ("v-2", 17)):
        await handed_in.give(aggregate, LETTER, asked(person, timedelta(minutes=after)))
    report = replayed(handed_in.messages)
    assert (report.findings, report.outstanding) == ((), ())
    assert report.aggregates == len({each.subject for each in handed_in.messages})


@everywhere
async def test_two_facts_of_one_person_within_the_window_are_found(handed_in: Past, service: str):
    aggregate, _ = EVERYWHERE[service]
    await handed_in.give(aggregate, LETTER, asked("v-1"))
    found = await forged(handed_in, service, asked("v-1", WINDOW - timedelta(seconds=1)))
    assert (found.kind, found.what) == ("differs", "The rules say no EvidenceOpened here.")


@everywhere
async def test_a_fact_about_another_document_than_its_subject_is_found(
    handed_in: Past, service: str
):
    found = await forged(handed_in, service, asked("v-1"), key=OTHER)
    assert (found.kind, found.what, found.expected, found.found) == (
        "envelope",
        "The fact names another aggregate than its subject.",
        OTHER,
        LETTER,
    )


@everywhere
async def test_a_document_of_what_nobody_ever_drafted_is_found(handed_in: Past, service: str):
    found = await forged(handed_in, service, asked("v-1", about="inov-9"))
    assert (found.kind, found.what) == ("untold", "The innovation inov-9 was never drafted.")


@everywhere
async def test_a_service_that_opens_a_document_by_itself_is_found(handed_in: Past, service: str):
    found = await forged(handed_in, service, asked(f"system:{service}"))
    assert (found.kind, found.what) == ("cause", "No fact before asked for this.")


@pytest.mark.parametrize(
    ("person", "agency", "what"),
    [
        (
            "v-1",
            "hss-dinkes",
            "v-1 opened a document of an innovation of their own agency hss-dinkes,"
            " or one below it.",
        ),
        ("drafter-1", None, "drafter-1 drafted the innovation and opened a document of it."),
    ],
)
async def test_a_reviewer_who_opens_what_they_are_tied_to_is_found(
    handed_in: Past, person: str, agency: str | None, what: str
):
    roles = ("auditor", "verifier")
    found = await forged(handed_in, "verification", asked(person, agency=agency, roles=roles))
    assert (found.kind, found.what) == ("conflict", what)


@pytest.mark.parametrize(
    ("service", "roles"),
    [
        ("submission", ("skpd_operator",)),
        ("awards", ("skpd_head",)),
        ("verification", ("auditor",)),
    ],
)
async def test_whom_a_tie_keeps_from_nothing_may_open_their_own(
    handed_in: Past, service: str, roles: tuple[str, ...]
):
    aggregate, _ = EVERYWHERE[service]
    command = asked("drafter-1", agency="hss-dinkes", roles=roles)
    await handed_in.give(aggregate, LETTER, command)
    assert replayed(handed_in.messages).findings == ()
