"""A revision as people see it: asked for, on its way, here or given up."""

from datetime import timedelta

from services.verification.projections import RevisionRow, RoundChanges
from shared.events.submission import Profile
from shared.events.verification import RevisionLapsed
from tests.builders.verification import (
    ADMITTED,
    ALL_DECIDED,
    ANNOUNCED,
    AT,
    COLLEAGUE,
    DUE,
    FILES_UNTIL,
    INNOVATION,
    ITEMS,
    OPENED,
    REQUESTED,
    REVIEWED,
    REVISED_MANIFEST,
    SECOND_TOKEN,
    SYSTEM,
    THIRD_DIGEST,
    VERIFIED,
    VERIFIER,
    about,
    decided,
    leased,
    received,
    verdict,
)
from tests.unit.verification.shown import FREE, HELD, LATER, changed, seen

REVISION = RevisionRow(
    round=1,
    items=ITEMS,
    message=REQUESTED.message,
    due=DUE,
    requested_by=VERIFIER.by,
    requested_at=AT,
)
LATE = DUE + timedelta(seconds=1)
LAPSED = RevisionLapsed(by=SYSTEM, at=LATE, dossier_id=INNOVATION, round=1)
COMING = {"announced_at": DUE, "files_until": FILES_UNTIL}
WAITING = FREE | {"state": "waiting_revision"}
RETITLED = about(profile=Profile(title="Posyandu Digital 2", main_affair="kesehatan"))


def test_a_dossier_that_waits_shows_what_was_asked_and_until_when() -> None:
    assert seen(OPENED, leased(), REQUESTED) == changed(
        HELD, **WAITING, due=DUE, waiting_since=AT, revisions=(REVISION,)
    )


def test_a_dossier_that_waits_shows_which_fields_may_change() -> None:
    asked = REQUESTED.model_copy(update={"fields": ("title",)})
    row = REVISION.model_copy(update={"fields": ("title",)})
    assert seen(OPENED, leased(), asked).revisions == (row,)


def test_a_received_revision_shows_what_stands_and_what_lapsed() -> None:
    before = seen(OPENED, leased(), *REVIEWED)
    first, second, third = before.indicators
    rows = (
        first.model_copy(update={"carried": True}),
        second.model_copy(update={"carried": True}),
        third.model_copy(
            update={
                "evidence": (THIRD_DIGEST,),
                "verdict": None,
                "lapsed": verdict("SID-18", 0),
            }
        ),
    )
    fact = received(lapsed=("SID-18",), at=LATER)
    view = seen(OPENED, leased(), *REVIEWED, REQUESTED, fact)
    assert view == changed(
        before,
        **FREE,
        changed_at=LATER,
        waiting_since=LATER,
        round=2,
        manifest=REVISED_MANIFEST,
        digests=(*before.digests, THIRD_DIGEST),
        indicators=rows,
        decided_count=2,
        undecided=("SID-18",),
        revisions=(REVISION.model_copy(update={"received_at": LATER}),),
        changes=view.changes,
    )


def test_a_verdict_of_the_new_round_is_not_carried() -> None:
    again = decided("SID-01", 2, round=2)
    facts = (OPENED, leased(), *REVIEWED, REQUESTED, received(lapsed=("SID-18",)), leased(), again)
    assert [row.carried for row in seen(*facts).indicators] == [False, True, False]


def test_the_end_keeps_what_was_carried() -> None:
    again = decided("SID-18", 0, round=2, evidence=(THIRD_DIGEST,))
    verdicts = (*(fact.verdict for fact in ALL_DECIDED[:2]), again.verdict)
    ended = VERIFIED.model_copy(update={"round": 2, "verdicts": verdicts})
    facts = (OPENED, leased(), *REVIEWED, received(lapsed=("SID-18",)), leased(), again, ended)
    assert [row.carried for row in seen(*facts).indicators] == [True, True, False]


def test_what_a_revision_undid_is_shown_until_the_next_one() -> None:
    first = received(lapsed=("SID-18",), about=RETITLED)
    once = seen(OPENED, leased(), *REVIEWED, first)
    assert once.indicators[2].lapsed == verdict("SID-18", 0)
    assert once.lapsed_admissibility == ADMITTED.admissibility
    twice = seen(OPENED, leased(), *REVIEWED, first, received(round=3, about=RETITLED))
    assert [row.lapsed for row in twice.indicators] == [None, None, None]
    assert twice.lapsed_admissibility is None


def test_admissibility_stands_on_the_same_profile() -> None:
    view = seen(OPENED, leased(), ADMITTED, REQUESTED, received())
    assert view.admissibility == ADMITTED.admissibility
    assert (view.lapsed_admissibility, view.deciders) == (None, (VERIFIER.by,))


def test_admissibility_lapses_with_the_profile_it_was_found_of() -> None:
    view = seen(OPENED, leased(), ADMITTED, REQUESTED, received(about=RETITLED))
    assert (view.admissibility, view.deciders) == (None, ())
    assert view.lapsed_admissibility == ADMITTED.admissibility


def test_without_a_digest_in_the_fact_the_profiles_are_compared() -> None:
    same = seen(OPENED, leased(), ADMITTED, received(profile_digest=None))
    assert same.admissibility == ADMITTED.admissibility
    other = seen(OPENED, leased(), ADMITTED, received(profile_digest=None, about=RETITLED))
    assert other.admissibility is None


def test_a_lapsed_revision_puts_the_dossier_back_into_the_queue() -> None:
    ended = REVISION.model_copy(update={"lapsed_at": LATE})
    assert seen(OPENED, leased(), REQUESTED, LAPSED) == changed(
        HELD, **FREE, revisions=(ended,), changed_at=LATE, waiting_since=LATE
    )


def test_a_dossier_that_waits_for_files_shows_until_when() -> None:
    asked, told = seen(OPENED, leased(), REQUESTED), seen(OPENED, leased(), REQUESTED, ANNOUNCED)
    row = REVISION.model_copy(update=COMING)
    assert told == changed(
        HELD, **WAITING, due=FILES_UNTIL, revisions=(row,), waiting_since=AT, changed_at=DUE
    )
    assert (asked.is_announced, told.is_announced) == (False, True)


def test_an_announcement_after_the_lapse_takes_the_dossier_out_of_the_queue() -> None:
    taken = leased(COLLEAGUE, SECOND_TOKEN, LATE)
    later = LATE + timedelta(seconds=1)
    announced = ANNOUNCED.model_copy(update={"at": later})
    view = seen(OPENED, leased(), REQUESTED, LAPSED, taken, announced)
    told = {"announced_at": later, "files_until": FILES_UNTIL, "lapsed_at": LATE}
    assert view == changed(
        HELD,
        **WAITING,
        due=FILES_UNTIL,
        revisions=(REVISION.model_copy(update=told),),
        times_leased=2,
        waiting_since=later,
        changed_at=later,
    )


def test_an_announced_revision_that_is_received_says_both() -> None:
    view = seen(OPENED, leased(), REQUESTED, ANNOUNCED, received())
    row = REVISION.model_copy(update={**COMING, "received_at": AT})
    assert (view.state, view.due, view.revisions) == ("open", None, (row,))
    assert not view.is_announced


def test_what_is_asked_for_again_is_not_announced_yet() -> None:
    again = REQUESTED.model_copy(update={"round": 2})
    view = seen(OPENED, leased(), REQUESTED, ANNOUNCED, received(), leased(), again)
    assert (view.is_announced, view.due) == (False, DUE)


def test_every_round_that_came_in_says_what_it_changed() -> None:
    view = seen(OPENED, leased(), *REVIEWED, received(lapsed=("SID-18",)), received(round=3))
    assert [(each.round, each.lapsed) for each in view.changes] == [(2, ("SID-18",)), (3, ())]
    assert view.changes[1] == RoundChanges(
        round=3, received_at=AT, profile=(), claims=(), evidence=(), lapsed=()
    )
