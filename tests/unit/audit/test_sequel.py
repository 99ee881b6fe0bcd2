"""What a second season brings, decided again: grace, endorsement, successors, replications."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any, cast

import pytest

from services.submission.domain import season
from services.submission.domain.commands import Develop, RefuseEvidence
from shared.events.base import Fact
from shared.events.submission import (
    INNOVATION,
    SEASON,
    AgencyRenamed,
    AgencySucceeded,
    EvidenceDeclared,
    EvidenceRefused,
    EvidenceRevised,
    InnovationDeveloped,
    InnovationDrafted,
    InnovationEndorsed,
    InnovationSubmitted,
    LateExceptionGranted,
    ReplicationLinked,
    ReplicationStated,
    SeasonOpened,
    SubmissionCompleted,
    VerificationConcluded,
)
from shared.events.verification import DossierOpened
from shared.history import Cause, derived_id
from shared.history.envelope import Message
from tests.unit.audit.past import Past, sequence_of, tampered, with_header
from tests.unit.audit.sequel import DIGESTS, LATER, Sequel, sequel
from tests.unit.audit.test_replay import first_at, replayed, set_path


@pytest.fixture
async def past() -> Past:
    return await sequel()


def test_two_seasons_are_replayed_without_a_word(past: Past):
    report = replayed(past.messages)
    assert (report.findings, report.outstanding) == ((), ())
    assert {each.headers["ce-type"] for each in past.messages} >= {
        kind.ce_type for kind, *_ in FORGERIES.values()
    }


FORGERIES: dict[str, tuple[type[Fact], int, str, object, str, str]] = {
    "a longer grace than the season gives": (
        *(InnovationSubmitted, 3, "complete_by", "2026-03-01T00:00:00.000000Z"),
        *("differs", "InnovationSubmitted: complete_by"),
    ),
    "files that nobody waits for": (
        *(InnovationSubmitted, 3, "pending", []),
        *("differs", "InnovationSubmitted: pending"),
    ),
    "an endorsement by somebody else": (
        *(InnovationSubmitted, 3, "endorsed_by", "head-2"),
        *("differs", "InnovationSubmitted: endorsed_by"),
    ),
    "another content than was handed in": (
        *(InnovationSubmitted, 3, "content_digest", "c" * 64),
        *("differs", "InnovationSubmitted: content_digest"),
    ),
    "an endorsement of another content": (
        *(InnovationEndorsed, 0, "content_digest", "c" * 64),
        *("refused", "It changed since you read it."),
    ),
    "somebody who acts without an appointment": (
        *(InnovationEndorsed, 0, "appointment", None),
        *("refused", "Who acts for the head names the letter of appointment."),
    ),
    "a file that came and is called missing": (
        *(SubmissionCompleted, 0, "missing", ["ev-b"]),
        *("differs", "SubmissionCompleted: missing[0]"),
    ),
    "a file in the manifest that never came": (
        *(SubmissionCompleted, 1, "missing", []),
        *("differs", "SubmissionCompleted: missing[0]"),
    ),
    "a claim that nobody carried over": (
        *(InnovationDrafted, 3, "claims.0.level", 1),
        *("differs", "InnovationDrafted: claims[0].level"),
    ),
    "evidence that nobody carried over": (
        *(InnovationDrafted, 3, "carried.0.content.sha256", "c" * 64),
        *("differs", "InnovationDrafted: carried[0].content.sha256"),
    ),
    "a lineage cut short": (
        *(InnovationDrafted, 3, "lineage", []),
        *("differs", "InnovationDrafted: lineage[0]"),
    ),
    "an original that goes on as another": (
        *(InnovationDrafted, 3, "developed_from", "inov-2"),
        *("untold", "inov-2 does not go on as inov-1b."),
    ),
    "another kind of agency": (
        *(InnovationDrafted, 3, "agency_kind", "school"),
        *("differs", "InnovationDrafted: agency_kind"),
    ),
    "a successor in the same season": (
        *(InnovationDeveloped, 0, "successor_season_id", "2026"),
        *("refused", "An innovation is developed in a later season."),
    ),
    "a successor of a stranger": (
        *(InnovationDeveloped, 0, "successor_agency_id", "tapin-dinkes"),
        *("refused", "tapin-dinkes does not carry on for hss-dinkes."),
    ),
    "more granted than was verified": (
        *(VerificationConcluded, 0, "granted.0.level", 3),
        *("differs", "VerificationConcluded: granted[0].level"),
    ),
    "a statement under another digest": (
        *(ReplicationStated, 0, "statement_digest", "c" * 64),
        *("differs", "ReplicationStated: statement_digest"),
    ),
    "a statement about what was not verified": (
        *(ReplicationStated, 0, "innovation_id", "inov-2"),
        *("refused", "Only a verified innovation can be replicated."),
    ),
    "a replica of somebody else": (
        *(ReplicationLinked, 0, "replica_id", "inov-2"),
        *("refused", "The replica is an innovation of the replicating agency itself."),
    ),
    "another statement than the register's": (
        *(EvidenceDeclared, 3, "item.content.started_on", "2024-01-01"),
        *("untold", "The statement inov-1_tapin-dinkes does not say so."),
    ),
    "a statement that nobody made": (
        *(EvidenceDeclared, 3, "item.content.replication_id", "inov-1_hss"),
        *("untold", "The statement of replication inov-1_hss does not stand."),
    ),
    "a file that nobody took in": (
        *(EvidenceDeclared, 4, "item.accepted", True),
        *("untold", "The file ev-a was never taken in."),
    ),
    "evidence told anew as what no rule asks for": (
        *(EvidenceRevised, 0, "evidence_kind", "novel"),
        *("refused", "This kind of evidence is not among those asked for."),
    ),
    "an exception for nobody": (
        *(LateExceptionGranted, 0, "agency_id", "hss-nowhere"),
        *("untold", "The agency hss-nowhere was never registered."),
    ),
    "an exception that takes time away": (
        *(LateExceptionGranted, 0, "until", "2026-05-01T00:00:00.000000Z"),
        *("refused", "A late exception must end after the deadline"),
    ),
    "an agency that succeeds itself": (
        *(AgencySucceeded, 0, "successors", ["hss-dinkes"]),
        *("refused", "An agency is not succeeded by itself or by one below it."),
    ),
    "a successor that is no agency": (
        *(AgencySucceeded, 0, "successors", ["hss-nowhere"]),
        *("untold", "The agency hss-nowhere was never registered."),
    ),
    "a name that holds only later": (
        *(AgencyRenamed, 1, "effective_on", "2027-01-05"),
        *("refused", "The change is recorded once it holds"),
    ),
    "a grace of days": (
        *(SeasonOpened, 1, "grace_minutes", 5000),
        *("refused", "Files may finish for at most a day"),
    ),
    "training that looks like a season": (
        *(SeasonOpened, 1, "training", True),
        *("refused", "The code of a training season begins with latihan-"),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_fact_is_found(past: Past, name: str):
    kind, number, path, value, finding, what = FORGERIES[name]
    at = sequence_of(past.messages, kind, number)
    report = replayed(tampered(past.messages, at, set_path(path, value)))
    found = [each for each in report.findings if each.kind == finding and what in each.what]
    assert found, report.findings
    assert at - 1 <= found[0].sequence <= at, found


def test_a_dossier_that_did_not_wait_for_the_files_is_found(past: Past):
    submitted = past.messages[sequence_of(past.messages, InnovationSubmitted, 3) - 1]
    at = sequence_of(past.messages, DossierOpened, 3)
    forged = with_header(past.messages, at, "ce-causationid", submitted.headers["ce-id"])
    assert first_at(replayed(forged), at).kind == "cause"


async def run_out(command_id: str | None = None, **changes: Any) -> tuple[Past, int]:
    """An innovation whose only file never came; where the clock's word stands."""
    story = Sequel(Past(), count())
    await story.began()
    await story.later()
    await story.developed("inov-1", "inov-1b", "hss-dinkes-baru")
    await story.declared("inov-1b", "ev-a")
    await story.endorsed("inov-1b")
    await story.handed_in("inov-1b")
    await story.run_out("inov-1b", command_id)
    return story.past, sequence_of(story.past.messages, SubmissionCompleted)


async def test_a_completion_under_another_id_than_the_deadline_makes_is_found():
    past, at = await run_out("22222222-2222-5222-8222-222222222222")
    found = first_at(replayed(past.messages), at)
    assert (found.kind, found.what) == ("cause", "No fact before asked for this.")


async def test_nobody_speaks_for_the_clock():
    past, at = await run_out("22222222-2222-5222-8222-222222222222")
    forged = tampered(past.messages, at, set_path("by", "drafter-1"))
    assert first_at(replayed(forged), at).kind == "differs"


async def test_a_completion_before_its_time_is_found():
    past, at = await run_out()
    message = past.messages[at - 1]
    submitted = past.messages[sequence_of(past.messages, InnovationSubmitted, 3) - 1]
    early = json.loads(submitted.body)["complete_by"]
    body = message.body.replace(message.headers["ce-time"].encode(), early.encode())
    headers = {**message.headers, "ce-time": early}
    forged = [*past.messages[: at - 1], replace(message, body=body, headers=headers)]
    found = first_at(replayed(forged), at)
    assert (found.kind, found.what) == (
        "refused",
        "The rules refuse this: Files may still come in.",
    )


async def test_a_submission_that_was_decided_while_the_deadline_moved_is_no_forgery():
    story = Sequel(Past(), count())
    await story.began()
    await story.later()
    await story.developed("inov-1", "inov-1b", "hss-dinkes-baru")
    await story.declared("inov-1b", "ev-a")
    await story.endorsed("inov-1b")
    await story.handed_in("inov-1b")
    *before, submitted = story.past.messages
    moved = Sequel(Past(before, **_as_known(story.past)), count(500), LATER)
    moved.past.states.pop("inda.v1.submission.innovation.inov-1b")
    extend = season.ExtendDeadline(
        "admin-1", moved.at, LATER + timedelta(days=60), "Jaringan padam."
    )
    await moved.past.give(SEASON, "2027", extend)
    late = replace(submitted, sequence=len(moved.past.messages) + 1)
    assert replayed([*moved.past.messages, late]).findings == ()


def _as_known(past: Past) -> dict[str, Any]:
    return {"states": dict(past.states), "versions": dict(past.versions)}


async def test_a_second_successor_beside_the_first_is_found():
    story = Sequel(Past(), count())
    await story.began()
    await story.later()
    await story.developed("inov-1", "inov-1b", "hss-dinkes-baru")
    await story.developed("inov-1", "inov-1c", "hss-dinkes-baru", freed=True)
    at = sequence_of(story.past.messages, InnovationDeveloped, 1)
    found = first_at(replayed(story.past.messages), at)
    assert (found.kind, found.what) == (
        "refused",
        "The rules refuse this: It goes on as a later innovation already.",
    )


async def test_an_original_is_freed_when_its_successor_was_never_drafted_in_time():
    story = Sequel(Past(), count())
    await story.began()
    await story.later()
    await story.developed("inov-1", "inov-1b", "hss-dinkes-baru")
    drafted = story.past.messages.pop()
    story.past.states.pop(drafted.subject)
    story.past.versions.pop(drafted.subject)
    story.start = LATER + timedelta(days=31)
    closed = season.CloseSeason("admin-1", story.at)
    await story.past.give(SEASON, "2027", closed)
    again = Develop("drafter-1", story.at, "inov-1c", "2026b", "hss-dinkes-baru", freed=True)
    await story.opened("2026b", opens_at=LATER, deadline=LATER + timedelta(days=90))
    await story.past.give(INNOVATION, "inov-1", again)
    assert replayed(story.past.messages).findings == ()


def test_facts_of_an_earlier_build_are_judged_by_what_it_said(past: Past):
    assert replayed(without(past.messages, InnovationSubmitted, "content_digest")).findings == ()
    assert replayed(before_kinds(past.messages)).findings == ()
    found = replayed(without(past.messages, InnovationDrafted, "lineage")).findings
    assert [each.what for each in found][:1] == ["InnovationDrafted: lineage[0]"]


def without(messages: Sequence[Message], kind: type[Fact], name: str) -> list[Message]:
    """The stream as if the field of these facts had not been thought of yet."""

    def older(message: Message) -> Message:
        if message.headers["ce-type"] != kind.ce_type:
            return message
        body = json.loads(message.body)
        body.pop(name)
        return replace(message, body=json.dumps(body).encode())

    return [older(each) for each in messages]


def before_kinds(messages: Sequence[Message]) -> list[Message]:
    """The stream as if no fact had ever told of the kind of an agency but the tree itself."""

    def older(told: Any) -> Any:
        if isinstance(told, list):
            return [older(each) for each in cast("list[Any]", told)]
        if not isinstance(told, dict):
            return told
        kept = cast("dict[str, Any]", told)
        return {name: older(each) for name, each in kept.items() if name != "agency_kind"}

    return [
        replace(each, body=json.dumps(older(json.loads(each.body))).encode()) for each in messages
    ]


async def taken_in_by_itself(command_id: str) -> tuple[Past, int]:
    story = Sequel(Past(), count())
    await story.began()
    await story.later()
    await story.developed("inov-1", "inov-1b", "hss-dinkes-baru")
    await story.declared("inov-1b", "ev-a")
    refuse = RefuseEvidence("system:submission", story.at, "ev-a", "encrypted", ())
    await story.past.give(INNOVATION, "inov-1b", refuse, Cause(command_id))
    return story.past, sequence_of(story.past.messages, EvidenceRefused)


async def test_a_file_of_nobody_is_taken_in_by_itself_under_its_own_id():
    past, _ = await taken_in_by_itself(derived_id("intake", "ev-a", DIGESTS["ev-a"]))
    assert replayed(past.messages).findings == ()


async def test_a_file_that_the_service_takes_in_under_any_other_id_is_found():
    past, at = await taken_in_by_itself(derived_id("intake", "ev-a", DIGESTS["ev-b"]))
    found = first_at(replayed(past.messages), at)
    assert (found.kind, found.what) == ("cause", "No fact before asked for this.")
