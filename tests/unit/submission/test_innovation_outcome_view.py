"""What an agency sees of its innovation once it is handed in: receipts, revisions, outcome."""

from datetime import timedelta

from services.submission.projections.innovations import (
    Arrival,
    Receipt,
    Revision,
    Snapshot,
)
from shared.events.submission import (
    Claim,
    GrantedLevel,
    InnovationDeveloped,
    LevelClaimed,
    ProfileRevised,
)
from tests.builders.innovation import (
    accepted,
    completed,
    concluded,
    endorsed,
    reopened,
    submitted,
    withdrawn,
)
from tests.builders.submission import (
    DEADLINE,
    EDITION,
    HEAD,
    LATER,
    OPERATOR,
    PROFILE,
    declared,
    item,
)
from tests.unit.submission.shown import changed, digest, view

IDS = {"by": OPERATOR, "at": LATER, "innovation_id": "inno-1"}
CLAIM = Claim(indicator="SID-02", level=2)
WAITING = submitted(
    manifest=(item(), item(evidence_id="ev-2")), pending=("ev-1", "ev-2"), complete_by=DEADLINE
)


def test_a_submission_leaves_a_receipt_and_the_verifiers_have_it() -> None:
    before = view(declared(), accepted())
    fact = submitted(endorsed_by=HEAD)
    receipt = Receipt(
        round=1,
        submitted_by=HEAD,
        submitted_at=LATER,
        event_id="event-4",
        sequence_number=104,
        edition_digest=EDITION.digest,
        claims=(),
        manifest=(item(accepted=True),),
        content_digest=digest(item()),
        endorsed_by=HEAD,
        completed_at=LATER,
    )
    assert view(declared(), accepted(), fact) == changed(
        before, state="submitted", round=1, receipts=(receipt,), completed=True
    )


def test_a_submission_that_waits_says_for_what_and_until_when() -> None:
    facts = (declared(), declared(evidence_id="ev-2"), WAITING)
    shown = view(*facts)
    assert (shown.pending, shown.has_pending, shown.complete_by, shown.completed) == (
        ("ev-1", "ev-2"),
        True,
        DEADLINE,
        False,
    )
    (receipt,) = shown.receipts
    assert (receipt.pending, receipt.complete_by, receipt.completed_at) == (
        ("ev-1", "ev-2"),
        DEADLINE,
        None,
    )
    came = view(*facts, accepted(at=LATER))
    arrivals = (Arrival(evidence_id="ev-1", accepted_at=LATER),)
    assert came == changed(
        shown,
        evidence=(item(accepted=True), item(evidence_id="ev-2")),
        pending=("ev-2",),
        receipts=(receipt.model_copy(update={"arrivals": arrivals}),),
    )


def test_a_completed_submission_says_what_is_missing_and_waits_no_more() -> None:
    facts = (declared(), declared(evidence_id="ev-2"), WAITING, accepted(at=LATER))
    waiting = view(*facts)
    end = DEADLINE + timedelta(seconds=1)
    shown = view(*facts, completed(at=end, missing=("ev-2",)))
    told = {"completed_at": end, "missing": ("ev-2",)}
    assert shown == changed(
        waiting,
        changed_at=end,
        evidence=(item(accepted=True),),
        pending=(),
        has_pending=False,
        complete_by=None,
        completed=True,
        content_digest=digest(item()),
        receipts=(waiting.receipts[0].model_copy(update=told),),
    )


def test_a_withdrawal_in_the_grace_waits_no_more() -> None:
    facts = (declared(), declared(evidence_id="ev-2"), WAITING)
    assert view(*facts, withdrawn()) == changed(
        view(*facts),
        state="withdrawn",
        withdrawn_because="ganda",
        has_pending=False,
        complete_by=None,
    )


def test_a_reopened_innovation_shows_what_may_change_and_what_was_submitted() -> None:
    sent = (declared(), accepted(), submitted())
    revision = Revision(
        round=1,
        indicators=("SID-02",),
        fields=("purpose",),
        due=reopened().due,
        submitted=Snapshot(
            profile=PROFILE, claims=(), evidence=(item(accepted=True),), endorsement=None
        ),
    )
    open_again = view(*sent, reopened(fields=("purpose",)))
    assert open_again == changed(view(*sent), state="reopened", revision=revision, completed=False)
    again = view(*sent, reopened(fields=("purpose",)), submitted(round=2))
    assert (again.state, again.round, again.revision, again.completed) == (
        "submitted",
        2,
        None,
        True,
    )
    assert [receipt.round for receipt in again.receipts] == [1, 2]


def test_a_verified_innovation_shows_what_was_granted() -> None:
    sent = (declared(), accepted(), submitted())
    granted = (GrantedLevel(indicator="SID-01", level=1),)
    shown = view(*sent, concluded(granted=granted))
    assert shown == changed(view(*sent), state="verified", granted=granted)
    corrected = (GrantedLevel(indicator="SID-01", level=2),)
    assert view(*sent, concluded(granted=granted), concluded(granted=corrected)) == changed(
        shown, granted=corrected
    )


def test_a_rejected_innovation_shows_that_and_no_grants() -> None:
    sent = (declared(), accepted(), submitted())
    assert view(*sent, concluded(rejected=True)) == changed(view(*sent), state="rejected")


def test_a_revision_that_ran_out_leaves_no_trace_in_what_was_verified() -> None:
    sent = (declared(), accepted(), endorsed(digest(item())), submitted(endorsed_by=HEAD))
    changes = (
        reopened(fields=("title",)),
        ProfileRevised(**IDS, profile=PROFILE.model_copy(update={"title": "LAIN"})),
        LevelClaimed(**IDS, claim=CLAIM),
        declared(evidence_id="ev-2", indicators=("SID-02",)),
        endorsed("c" * 64),
    )
    assert view(*sent, *changes, concluded()) == view(*sent, concluded())


def test_a_developed_innovation_names_its_successor() -> None:
    sent = (declared(), accepted(), submitted())
    fact = InnovationDeveloped(
        **IDS,
        successor_id="inno-2",
        successor_season_id="2027",
        successor_agency_id="hss-dinkes",
    )
    assert view(*sent, fact) == changed(view(*sent), successor_id="inno-2")
