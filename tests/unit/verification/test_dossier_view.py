"""What people see of a dossier after its facts."""

from datetime import timedelta
from functools import reduce

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.verification.domain import Command, State, decider
from services.verification.domain.states import InReview, Verified, WaitingForRevision, Withdrawn
from services.verification.projections import DossierView, IndicatorRow, fold
from services.verification.projections.views import CorrectionRow, RecusalRow, RevisionRow
from shared.errors import DomainError
from shared.events.verification import (
    DossierEvent,
    DossierReleased,
    DossierWithdrawn,
    RevisionLapsed,
    VerifierRecused,
)
from tests.builders.verification import (
    ALL_DECIDED,
    ANNOUNCED,
    AT,
    COLLEAGUE,
    DRAFTER,
    DUE,
    FILES_UNTIL,
    FIRST_DIGEST,
    INNOVATION,
    ITEMS,
    MANIFEST,
    OBJECTION_DECIDER,
    OPENED,
    OPENED_AT,
    REQUESTED,
    REVISED_MANIFEST,
    SECOND_DIGEST,
    SYSTEM,
    THIRD_DIGEST,
    TOKEN,
    VERIFIED,
    VERIFIER,
    about,
    announce,
    attachment,
    claim,
    correct,
    decide,
    decided,
    lapse,
    leased,
    open_dossier,
    receive,
    received,
    recorded,
    recuse,
    release,
    request_revision,
    statement,
    verdict,
    verify,
    withdraw,
)

ENDED = AT + timedelta(seconds=1800)


def seen(*facts: DossierEvent) -> DossierView:
    events = [recorded(fact, version) for version, fact in enumerate(facts, start=1)]
    view = reduce(fold, events, None)
    assert view is not None
    assert DossierView.model_validate(view.model_dump(mode="json")) == view
    return view


NEW = DossierView(
    dossier_id=INNOVATION,
    state="open",
    about=about(),
    round=1,
    season_id="2026",
    agency_id="dinkes",
    agency_path=("kalsel", "dinkes"),
    region_id="kalsel",
    affair="kesehatan",
    title="Posyandu Digital",
    excluded=(DRAFTER.by,),
    opened_at=OPENED_AT,
    changed_at=OPENED_AT,
    claimed_count=3,
    indicators=(
        IndicatorRow(
            indicator="SID-01",
            claimed_level=3,
            basis=None,
            subtype=None,
            evidence=(FIRST_DIGEST, SECOND_DIGEST),
        ),
        IndicatorRow(
            indicator="SID-02", claimed_level=2, basis=None, subtype=None, evidence=(FIRST_DIGEST,)
        ),
        IndicatorRow(indicator="SID-18", claimed_level=1, basis="a", subtype=None, evidence=()),
    ),
    manifest=MANIFEST,
)


def changed(view: DossierView, **changes: object) -> DossierView:
    return view.model_copy(update={"changed_at": AT, **changes})


HELD = changed(
    NEW,
    state="in_review",
    lease_holder=VERIFIER.by,
    lease_agency=VERIFIER.agency,
    lease_until=ENDED,
)
FREE = {"lease_holder": None, "lease_agency": None, "lease_until": None}


def test_a_new_dossier_shows_every_claim_beside_its_evidence() -> None:
    assert seen(OPENED) == NEW


def test_what_belongs_to_the_profile_is_shown_beside_the_claims() -> None:
    more = (attachment("ev-5", SECOND_DIGEST), statement("ev-4", THIRD_DIGEST))
    manifest = (*MANIFEST, *more)
    first, second, third = NEW.indicators
    proven = third.model_copy(update={"evidence": (THIRD_DIGEST,)})
    assert seen(OPENED.model_copy(update={"manifest": manifest})) == NEW.model_copy(
        update={"manifest": manifest, "indicators": (first, second, proven)}
    )


def test_a_held_dossier_shows_by_whom_and_until_when_but_no_token() -> None:
    view = seen(OPENED, leased())
    assert view == HELD
    assert TOKEN not in view.model_dump_json()


def test_a_verdict_stands_beside_its_claim_and_counts() -> None:
    first, *others = NEW.indicators
    row = first.model_copy(update={"verdict": verdict("SID-01", 2)})
    assert seen(OPENED, leased(), decided("SID-01", 2)) == changed(
        HELD, indicators=(row, *others), decided_count=1, deciders=(VERIFIER.by,)
    )


def test_a_verdict_changed_counts_once() -> None:
    view = seen(OPENED, leased(), decided("SID-01", 2), decided("SID-01", 3))
    assert (view.decided_count, view.indicators[0].verdict) == (1, verdict("SID-01", 3))


def test_a_released_dossier_is_open_and_shows_the_note() -> None:
    released = DossierReleased(
        by=VERIFIER.by, at=AT, dossier_id=INNOVATION, token=TOKEN, note="Called away."
    )
    assert seen(OPENED, leased(), released) == changed(NEW, last_note="Called away.")


REVISION = RevisionRow(
    round=1,
    items=ITEMS,
    message=REQUESTED.message,
    due=DUE,
    requested_by=VERIFIER.by,
    requested_at=AT,
)


def test_a_dossier_that_waits_shows_what_was_asked_and_until_when() -> None:
    assert seen(OPENED, leased(), REQUESTED) == changed(
        NEW, state="waiting_revision", due=DUE, revisions=(REVISION,)
    )


def test_a_dossier_that_waits_shows_which_fields_may_change() -> None:
    asked = REQUESTED.model_copy(update={"fields": ("title",)})
    row = REVISION.model_copy(update={"fields": ("title",)})
    assert seen(OPENED, leased(), asked).revisions == (row,)


def test_a_received_revision_shows_what_lapsed_beside_the_new_evidence() -> None:
    view = seen(OPENED, leased(), *ALL_DECIDED, REQUESTED, received(lapsed=("SID-18",)))
    first, second, third = NEW.indicators
    rows = (
        first.model_copy(update={"verdict": verdict("SID-01", 2)}),
        second.model_copy(update={"verdict": verdict("SID-02", 2)}),
        third.model_copy(update={"evidence": (THIRD_DIGEST,), "lapsed": verdict("SID-18", 0)}),
    )
    assert view == changed(
        NEW,
        round=2,
        manifest=REVISED_MANIFEST,
        indicators=rows,
        decided_count=2,
        deciders=(VERIFIER.by,),
        revisions=(REVISION.model_copy(update={"received_at": AT}),),
    )


def test_a_lapsed_revision_puts_the_dossier_back_into_the_queue() -> None:
    late = DUE + timedelta(seconds=1)
    lapsed = RevisionLapsed(by=SYSTEM, at=late, dossier_id=INNOVATION, round=1)
    ended = REVISION.model_copy(update={"lapsed_at": late})
    assert seen(OPENED, leased(), REQUESTED, lapsed) == changed(
        NEW, revisions=(ended,), changed_at=late
    )


COMING = {"announced_at": DUE, "files_until": FILES_UNTIL}


def test_a_dossier_that_waits_for_files_shows_until_when() -> None:
    asked, told = seen(OPENED, leased(), REQUESTED), seen(OPENED, leased(), REQUESTED, ANNOUNCED)
    row = REVISION.model_copy(update=COMING)
    waits = {"state": "waiting_revision", "due": FILES_UNTIL, "revisions": (row,)}
    assert told == changed(NEW, **waits, changed_at=DUE)
    assert (asked.is_announced, told.is_announced) == (False, True)


def test_an_announcement_after_the_lapse_takes_the_dossier_out_of_the_queue() -> None:
    late = DUE + timedelta(seconds=1)
    lapsed = RevisionLapsed(by=SYSTEM, at=late, dossier_id=INNOVATION, round=1)
    row = REVISION.model_copy(update={**COMING, "lapsed_at": late})
    view = seen(OPENED, leased(), REQUESTED, lapsed, leased(COLLEAGUE, "token-2"), ANNOUNCED)
    waits = {"state": "waiting_revision", "due": FILES_UNTIL, "revisions": (row,)}
    assert view == changed(NEW, **waits, changed_at=DUE)


def test_an_announced_revision_that_is_received_says_both() -> None:
    view = seen(OPENED, leased(), REQUESTED, ANNOUNCED, received())
    row = REVISION.model_copy(update={**COMING, "received_at": AT})
    assert (view.state, view.due, view.revisions) == ("open", None, (row,))
    assert not view.is_announced


def test_what_is_asked_for_again_is_not_announced_yet() -> None:
    again = REQUESTED.model_copy(update={"round": 2})
    view = seen(OPENED, leased(), REQUESTED, ANNOUNCED, received(), leased(), again)
    assert (view.is_announced, view.due) == (False, DUE)


def test_a_recused_holder_is_excluded_and_the_lease_is_gone() -> None:
    recusal = VerifierRecused(
        by=VERIFIER.by, at=AT, dossier_id=INNOVATION, verifier_id=VERIFIER.by, reason="A relative."
    )
    assert seen(OPENED, leased(), recusal) == changed(
        NEW,
        excluded=tuple(sorted((DRAFTER.by, VERIFIER.by))),
        recusals=(RecusalRow(verifier_id=VERIFIER.by, reason="A relative.", at=AT),),
    )


def test_the_recusal_of_another_leaves_the_holder() -> None:
    recusal = VerifierRecused(
        by=COLLEAGUE.by, at=AT, dossier_id=INNOVATION, verifier_id=COLLEAGUE.by, reason="A friend."
    )
    view = seen(OPENED, leased(), recusal)
    assert (view.state, view.lease_holder) == ("in_review", VERIFIER.by)


def test_the_recused_stay_excluded_after_a_revision() -> None:
    recusal = VerifierRecused(
        by=COLLEAGUE.by, at=AT, dossier_id=INNOVATION, verifier_id=COLLEAGUE.by, reason="A friend."
    )
    view = seen(OPENED, recusal, leased(), REQUESTED, received())
    assert view.excluded == tuple(sorted((COLLEAGUE.by, DRAFTER.by)))


def test_a_verified_dossier_shows_who_verified_it_and_who_decided() -> None:
    view = seen(OPENED, leased(), *ALL_DECIDED, VERIFIED)
    assert (view.state, view.verified_by, view.verified_at, view.deciders, view.lease_holder) == (
        "verified",
        VERIFIER.by,
        AT,
        (VERIFIER.by,),
        None,
    )


def test_a_correction_shows_the_verdict_before_and_after() -> None:
    facts = (OPENED, leased(), *ALL_DECIDED, VERIFIED)
    (corrected,) = decider.decide(correct(), decider.replay(facts))
    view = seen(*facts, corrected)
    after = view.indicators[0].verdict
    assert after is not None
    assert after.granted_level == 3
    assert view.corrections == (
        CorrectionRow(
            objection_id="objection-1",
            competition_id="kia-2026",
            before=verdict("SID-01", 2),
            after=after,
        ),
    )
    assert view.deciders == tuple(sorted((OBJECTION_DECIDER.by, VERIFIER.by)))


WITHDRAWN = DossierWithdrawn(by=SYSTEM, at=AT, dossier_id=INNOVATION, reason="Filed twice.")


def test_a_withdrawn_dossier_says_why() -> None:
    assert seen(OPENED, leased(), WITHDRAWN) == changed(
        NEW, state="withdrawn", withdrawn_at=AT, withdrawn_reason="Filed twice."
    )


def test_a_withdrawal_that_came_first_leaves_an_empty_dossier() -> None:
    assert seen(WITHDRAWN) == DossierView(
        dossier_id=INNOVATION,
        state="withdrawn",
        opened_at=AT,
        changed_at=AT,
        withdrawn_at=AT,
        withdrawn_reason="Filed twice.",
    )


LATER_FACTS: tuple[DossierEvent, ...] = (
    leased(),
    leased(COLLEAGUE, "token-2"),
    *ALL_DECIDED,
    REQUESTED,
    ANNOUNCED,
    received(lapsed=("SID-18",)),
    RevisionLapsed(by=SYSTEM, at=DUE, dossier_id=INNOVATION, round=1),
    VERIFIED,
    *decider.decide(correct(), decider.replay([OPENED, VERIFIED])),
    WITHDRAWN,
)

# --- the view and the decision never disagree ---------------------------------------------

COMMANDS: tuple[Command, ...] = (
    open_dossier(),
    claim(),
    claim(COLLEAGUE, "token-2"),
    claim(COLLEAGUE, "token-2", ENDED),
    release(),
    release(COLLEAGUE, "token-2"),
    decide("SID-01", 2),
    decide("SID-01", 3),
    decide("SID-01", 3, COLLEAGUE, token="token-2"),
    decide("SID-02", 2),
    decide("SID-18", 0),
    request_revision(),
    request_revision(COLLEAGUE, token="token-2", max_revisions=2),
    receive(),
    receive(round=3, manifest=MANIFEST),
    announce(),
    announce(round=3),
    lapse(DUE + timedelta(seconds=1)),
    lapse(FILES_UNTIL + timedelta(seconds=1)),
    lapse(FILES_UNTIL + timedelta(seconds=1), due=FILES_UNTIL),
    recuse(),
    recuse(COLLEAGUE),
    verify(),
    verify(COLLEAGUE, "token-2"),
    correct(),
    withdraw(),
)


@settings(max_examples=300, deadline=None)
@for_all(st.lists(st.sampled_from(COMMANDS), max_size=30))
def test_the_view_tells_what_the_decision_knows(commands: list[Command]) -> None:
    state: State = decider.initial
    view: DossierView | None = None
    for command in commands:
        try:
            facts = decider.decide(command, state)
        except DomainError:
            continue
        for fact in facts:
            state = decider.evolve(state, fact)
            view = fold(view, recorded(fact))
    if view is not None:
        assert _told_by(view) == _known_to(state, view.state)


@settings(deadline=None)
@for_all(st.lists(st.sampled_from((OPENED, *LATER_FACTS)), max_size=12))
def test_a_recorded_history_always_folds(facts: list[DossierEvent]) -> None:
    decider.replay(facts)
    seen(OPENED, *facts)


def test_a_dossier_begins_with_what_came_in() -> None:
    with pytest.raises(ValueError, match="cannot begin with DossierLeased"):
        seen(leased())


def _told_by(view: DossierView) -> object:
    if view.state == "withdrawn":
        return ("withdrawn",)
    verdicts = tuple(row.verdict for row in view.indicators if row.verdict)
    return (view.state, view.round, view.lease_holder, view.due, verdicts, view.deciders)


def _known_to(state: State, shown: str) -> object:
    match state:
        case Withdrawn():
            return ("withdrawn",)
        case InReview(case, lease):
            holder = lease.holder if lease else None
            is_open = "in_review" if lease else "open"
            return (is_open, case.round, holder, None, case.verdicts, case.deciders)
        case WaitingForRevision(case, due):
            return ("waiting_revision", case.round, None, due, case.verdicts, case.deciders)
        case Verified(case, deciders):
            return ("verified", case.round, None, None, case.verdicts, deciders)
        case _:
            raise AssertionError(shown)
