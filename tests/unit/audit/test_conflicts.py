"""A conflict of interest by agency is proven from the history alone, whoever acted and on what."""

import pytest

from shared.events.awards import AllocationApproved, EntryDisqualified, EntryEnrolled, TieResolved
from shared.events.base import Fact
from shared.events.scoring import JudgeRecused, ScoreSealed
from tests.unit.audit.contested import BELOW, OWNER, contested
from tests.unit.audit.past import Past, sequence_of, tampered
from tests.unit.audit.test_replay import first_at, replayed, set_path

ACTS: dict[type[Fact], tuple[str, str]] = {
    ScoreSealed: ("judge-1", "scored an innovation"),
    EntryEnrolled: ("chair-1", "decided on an innovation"),
    EntryDisqualified: ("chair-1", "decided on an innovation"),
    TieResolved: ("chair-1", "decided on an innovation"),
    AllocationApproved: ("leader-1", "approved money"),
}
every_act = pytest.mark.parametrize("kind", ACTS, ids=lambda kind: kind.__name__)


@pytest.fixture(scope="module")
async def fought() -> Past:
    return await contested()


def test_people_of_other_agencies_and_a_judge_who_steps_back_are_no_conflict(fought: Past):
    report = replayed(fought.messages)
    assert (report.findings, report.outstanding) == ((), ())
    (ranked,) = report.competitions
    assert [place[1:3] for place in ranked.places] == [(1, "inov-2"), (2, "inov-1")]
    for kind in (*ACTS, JudgeRecused):
        assert sequence_of(fought.messages, kind)


@every_act
@pytest.mark.parametrize("agency", [OWNER, "hss", "kalsel"])
def test_who_acts_for_their_own_agency_or_one_below_it_is_found(
    fought: Past, kind: type[Fact], agency: str
):
    person, did = ACTS[kind]
    at = sequence_of(fought.messages, kind)
    forged = tampered(fought.messages, at, set_path("by_agency", agency))
    found = first_at(replayed(forged), at)
    said = f"{person} {did} of their own agency {agency}, or one below it."
    assert (found.kind, found.what) == ("conflict", said)


@every_act
def test_who_acts_for_an_agency_above_their_own_is_found(fought: Past, kind: type[Fact]):
    person, did = ACTS[kind]
    at = sequence_of(fought.messages, kind)
    forged = tampered(fought.messages, at, set_path("by_agency", BELOW))
    found = first_at(replayed(forged), at)
    assert (found.kind, found.what) == (
        "conflict",
        f"{person} {did} of {OWNER}, above their {BELOW}.",
    )


@every_act
def test_an_agency_that_the_tree_does_not_hold_is_tied_to_nothing(fought: Past, kind: type[Fact]):
    at = sequence_of(fought.messages, kind, 1 if kind is ScoreSealed else 0)
    forged = tampered(fought.messages, at, set_path("by_agency", "inspektorat"))
    assert replayed(forged).findings == ()


@pytest.mark.parametrize(
    ("kind", "drafter"),
    [
        (EntryEnrolled, "drafter-of-inov-2"),
        (EntryDisqualified, "drafter-of-inov-3"),
        (TieResolved, "drafter-of-inov-1"),
    ],
)
def test_who_acts_on_what_they_drafted_is_found(fought: Past, kind: type[Fact], drafter: str):
    at = sequence_of(fought.messages, kind)
    found = first_at(replayed(tampered(fought.messages, at, set_path("by", drafter))), at)
    assert (found.kind, found.what) == (
        "conflict",
        f"{drafter} drafted the innovation and decided on it.",
    )


def test_a_judge_who_hides_a_tie_to_another_entry_is_found(fought: Past):
    at = sequence_of(fought.messages, ScoreSealed, 1)
    forged = tampered(fought.messages, at, set_path("by_agency", "hss-dinkes"))
    found = first_at(replayed(forged), at)
    assert (found.kind, found.what) == (
        "differs",
        "judge-2 is tied to inov-1 by agency and is not recused from it.",
    )


def test_a_recusal_that_another_judge_smuggles_in_is_found(fought: Past):
    at = sequence_of(fought.messages, JudgeRecused)
    forged = tampered(fought.messages, at, set_path("judge_id", "judge-2"))
    found = first_at(replayed(forged), at - 1)
    assert (found.kind, found.what) == (
        "differs",
        "JudgeRecused is no part of what judge-1 sealed.",
    )


def test_a_judge_from_outside_has_no_ties_to_declare(fought: Past):
    at = sequence_of(fought.messages, ScoreSealed)
    forged = tampered(fought.messages, at, set_path("by_agency", None))
    assert first_at(replayed(forged), at).kind == "differs"
