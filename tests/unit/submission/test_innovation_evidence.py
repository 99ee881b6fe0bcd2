"""Evidence of an innovation: what may be shown, for what, and how it is taken in."""

from datetime import date
from typing import Any

import pytest

from services.submission.domain.commands import (
    DeclareEvidence,
    RefuseEvidence,
    ReviseEvidence,
    WithdrawEvidence,
)
from services.submission.domain.evidence import MAX_ITEMS
from services.submission.domain.innovation import decider
from services.submission.domain.states import Draft, State
from shared.events.submission import (
    EvidenceItem,
    EvidenceWithdrawn,
    FileProperties,
    Letter,
    LinkEvidence,
    ReplicationEvidence,
)
from tests.builders.innovation import accept, accepted, refused, revise, revised, withdrawn
from tests.builders.submission import (
    DRAFTED,
    EDITION,
    LATER,
    NOW,
    OPERATOR,
    SHA,
    SYSTEM,
    attachment,
    declared,
    file,
    item,
)
from tests.spec import given

LETTER = Letter(number="188/1/2024", signed_on=date(2024, 3, 1), subject="Penetapan inovasi")
STATEMENT: dict[str, Any] = {
    "indicators": ("SID-16",),
    "evidence_kind": "replication_statement",
    "accepted": True,
    "letter": LETTER,
    "content": ReplicationEvidence(
        replication_id="rep-1",
        agency_id="hst-dinkes",
        region_id="hst",
        started_on=date(2025, 1, 1),
        contact_body="Dinas Kesehatan HST",
        sha256="c" * 64,
    ),
}


def link(url: str = "https://contoh.go.id/video") -> LinkEvidence:
    return LinkEvidence(url=url, sha256=SHA)


def declare(**changes: Any) -> DeclareEvidence:
    return DeclareEvidence(
        by=OPERATOR, at=NOW, edition=EDITION, item=item(**changes), max_bytes=1000
    )


def evidence(state: State) -> dict[str, EvidenceItem]:
    assert isinstance(state, Draft)
    return dict(state.content.evidence)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"indicators": ("SID-01", "SID-02", "SID-07", "SID-08", "SID-09"), "letter": LETTER},
        {"indicators": ("SID-20",), "evidence_kind": "video_link", "content": link()},
        {"content": link("http://contoh.go.id/a?b=c#d")},
        {"evidence_kind": "video_file", "indicators": ("SID-20",), "content": file("video/mp4")},
        attachment("budget"),
        attachment("business_profile"),
        attachment("intellectual_property"),
        attachment("award"),
        attachment("award", "image/jpeg"),
        STATEMENT,
        {"evidence_kind": "replication_statement", "indicators": ("SID-16",)},
        {"content": file(size_bytes=1000)},
        {"declared_by": "operator-lain"},
    ],
)
def test_evidence_is_declared_once(changes: dict[str, Any]) -> None:
    given(decider, DRAFTED).when(declare(**changes)).then(declared(**changes))
    given(decider, DRAFTED, declared(**changes)).when(declare(**changes)).nothing()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"evidence_kind": "poem"}, "evidence_kind_unknown"),
        ({"indicators": ()}, "indicator_missing"),
        ({"indicators": ("SID-10",), "evidence_kind": "activity_photo"}, "file_type_not_allowed"),
        ({"content": file(size_bytes=1001)}, "file_too_large"),
        ({"content": file(size_bytes=0)}, "file_empty"),
        ({**attachment("budget"), "indicators": ("SID-03",)}, "attachment_proves_nothing"),
        (attachment("budget", "image/png"), "file_type_not_allowed"),
        (attachment("award", "video/mp4"), "file_type_not_allowed"),
        ({**attachment("award"), "content": link()}, "attachment_not_a_file"),
        ({**attachment("award"), "content": file(size_bytes=0)}, "file_empty"),
        ({"content": link("ftp://contoh.go.id/video")}, "link_not_public"),
        ({"content": link("javascript:alert(1)")}, "link_not_public"),
        ({"content": link("https:///tanpa-nama")}, "link_not_public"),
        ({"content": link("https://[::1")}, "link_not_public"),
        ({"content": link("https://nama:sandi@contoh.go.id")}, "link_not_public"),
        ({"content": link("https://contoh.go.id/a b")}, "link_not_public"),
        ({"content": link("https://contoh.go.id/" + "a" * 2000)}, "link_not_public"),
        ({**STATEMENT, "indicators": ("SID-16", "SID-07")}, "replication_misplaced"),
        ({**STATEMENT, "evidence_kind": "mou"}, "replication_misplaced"),
        ({**STATEMENT, "indicators": ("SID-01",)}, "evidence_kind_unknown"),
        ({**STATEMENT, "indicators": (), "evidence_kind": "award"}, "attachment_not_a_file"),
    ],
)
def test_evidence_that_is_not_asked_for_is_refused(changes: dict[str, Any], code: str) -> None:
    given(decider, DRAFTED).when(declare(**changes)).refused(code)


def test_a_hundred_and_fifty_items_can_be_shown_and_no_more() -> None:
    items = [declared(evidence_id=f"ev-{number}") for number in range(MAX_ITEMS)]
    assert MAX_ITEMS == 150
    last = declare(evidence_id="ev-149")
    given(decider, DRAFTED, *items[:-1]).when(last).then(items[-1])
    full = given(decider, DRAFTED, *items)
    full.when(last).nothing()
    full.when(declare(evidence_id="ev-150")).refused("too_many_files")


def test_the_same_file_may_stand_twice_but_a_statement_only_once() -> None:
    given(decider, DRAFTED, declared()).when(declare(evidence_id="ev-2")).then(
        declared(evidence_id="ev-2")
    )
    given(decider, DRAFTED, declared(**STATEMENT)).when(
        declare(**STATEMENT, evidence_id="ev-2")
    ).refused("replication_adopted")


def test_evidence_is_accepted_with_what_was_measured_and_accepting_again_changes_nothing() -> None:
    measured = FileProperties(pages=3)
    fact = accepted(properties=measured)
    given(decider, DRAFTED, declared()).when(accept(properties=measured)).then(fact)
    given(decider, DRAFTED, declared(), fact).when(accept()).nothing()
    given(decider, DRAFTED, declared(), fact).when(
        RefuseEvidence(SYSTEM, NOW, "ev-1", "encrypted", ())
    ).nothing()
    assert evidence(decider.replay((DRAFTED, declared(), fact))) == {
        "ev-1": item(accepted=True, properties=measured)
    }


def test_another_file_than_the_declared_one_is_refused() -> None:
    given(decider, DRAFTED, declared()).when(accept(sha256="b" * 64)).refused("digest_mismatch")


def test_evidence_that_nobody_declared_is_unknown() -> None:
    drafted = given(decider, DRAFTED)
    for command in (
        accept(),
        RefuseEvidence(SYSTEM, NOW, "ev-1", "encrypted", ()),
        WithdrawEvidence(OPERATOR, NOW, "ev-1", "salah"),
        revise(("SID-02",)),
    ):
        drafted.when(command).refused("evidence_unknown")


def test_nothing_is_taken_in_for_an_innovation_that_was_withdrawn() -> None:
    given(decider, DRAFTED, declared(), withdrawn()).when(accept(at=LATER)).refused(
        "innovation_locked"
    )


def test_a_refused_file_leaves_the_draft_as_it_was() -> None:
    refuse = RefuseEvidence(SYSTEM, NOW, "ev-1", "encrypted", (("page", "1"),))
    given(decider, DRAFTED, declared()).when(refuse).then(refused())
    assert evidence(decider.replay((DRAFTED, declared(), refused()))) == {}


def test_evidence_is_withdrawn_with_a_reason() -> None:
    withdraw = WithdrawEvidence(OPERATOR, NOW, "ev-1", "salah berkas")
    gone = EvidenceWithdrawn(
        by=OPERATOR, at=NOW, innovation_id="inno-1", evidence_id="ev-1", reason="salah berkas"
    )
    given(decider, DRAFTED, declared()).when(withdraw).then(gone)
    assert evidence(decider.replay((DRAFTED, declared(), gone))) == {}


def test_what_an_item_is_shown_for_is_told_anew_and_its_bytes_stay() -> None:
    command = revise(("SID-02", "SID-08"), "assignment_letter", LETTER)
    history = (DRAFTED, declared(), accepted())
    given(decider, *history).when(command).then(revised(command))
    given(decider, *history, revised(command)).when(command).nothing()
    told = item(
        accepted=True,
        indicators=("SID-02", "SID-08"),
        evidence_kind="assignment_letter",
        letter=LETTER,
    )
    assert evidence(decider.replay((*history, revised(command)))) == {"ev-1": told}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (revise(("SID-01",), "poem"), "evidence_kind_unknown"),
        (revise(()), "indicator_missing"),
        (revise(("SID-01", "SID-10")), "file_type_not_allowed"),
        (revise(("SID-03",), "budget"), "attachment_proves_nothing"),
    ],
)
def test_an_item_is_told_anew_only_as_the_edition_asks(command: ReviseEvidence, code: str) -> None:
    given(decider, DRAFTED, declared()).when(command).refused(code)


def test_a_statement_of_replication_is_shown_as_it_was_made() -> None:
    history = given(decider, DRAFTED, declared(**STATEMENT))
    other = Letter(number="1", signed_on=date(2020, 1, 1), subject="Lain")
    history.when(revise(("SID-16",), "replication_statement", other)).refused("statement_fixed")
    history.when(revise(("SID-16",), "replication_statement", LETTER)).nothing()
