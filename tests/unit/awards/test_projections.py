"""What people see of a competition and a fund."""

import json
from datetime import timedelta

from services.awards.domain.competition import LapseDisputes, NameRecipients, decider
from services.awards.projections import COMPETITIONS, CompetitionView
from services.awards.projections.competition import fold
from services.awards.projections.fund import fold as fold_fund
from services.awards.projections.parts import (
    About,
    Act,
    Change,
    DoubtDecision,
    Lapse,
    NamedRecipients,
    Proven,
)
from services.awards.projections.scorecard import fold as fold_scorecard
from shared.events.awards import Recipient
from tests.builders.awards import (
    ANNOUNCED,
    AT,
    CHAIR,
    DAY,
    DRAFTED,
    ENTERED,
    JUDGED,
    MEMBER,
    OBJECTING,
    SYSTEM,
    enrol,
    happened,
    scored,
)
from tests.unit.awards.folding import as_recorded, folded
from tests.unit.awards.ledger import ALLOCATED, PAID, REVERSED
from tests.unit.awards.test_lapsing import FILED as FILED_BOTH
from tests.unit.awards.test_lapsing import GRANT
from tests.unit.awards.test_minutes import SECOND, SIGN, TWO_SIGN
from tests.unit.awards.test_objections import CORRECTED, DETERMINED, DISMISSED, FILED
from tests.unit.awards.test_public_test import DECIDE
from tests.unit.awards.test_public_test import DOUBTED as DOUBTED_IN_TEST
from tests.unit.awards.test_results import PUBLISHED, VOTE, out
from tests.unit.awards.test_results import TIED as TIED_RESULTS

MICROSECOND = timedelta(microseconds=1)


def _view(facts: object) -> CompetitionView:
    view = folded(fold, facts)  # type: ignore[arg-type]
    assert isinstance(view, CompetitionView)
    return view


def test_the_state_of_a_competition_follows_its_facts() -> None:
    told = (ANNOUNCED, ENTERED, JUDGED, DRAFTED, OBJECTING, DETERMINED, PUBLISHED)
    assert [_view(facts).state for facts in told] == [
        "announced",
        "announced",
        "judging",
        "drafted",
        "objection",
        "determined",
        "published",
    ]


def test_a_version_says_what_it_changed_and_why() -> None:
    versions = _view(CORRECTED).results
    assert [(each.version, each.cause, each.cause_id) for each in versions] == [
        (1, "first", None),
        (2, "objection", "objection-1"),
    ]
    assert versions[0].changes == ()
    assert versions[1].changes == (
        Change(
            innovation_id="inov-2",
            category="skpd",
            rank_before=2,
            rank=2,
            score_before="74.43",
            score="82.00",
            because="corrected",
        ),
    )
    assert [each.about for each in versions] == [
        None,
        About(dispute_id="objection-1", innovation_id="inov-2", indicator="SID-16"),
    ]


def test_a_disqualified_entry_is_shown_with_its_ground_and_loses_its_place() -> None:
    view = _view(happened(decider, out("inov-1"), before=OBJECTING))
    entry = view.entries[0]
    assert entry.disqualified is not None
    assert (entry.disqualified.by, entry.disqualified.ground) == (MEMBER, "Tidak orisinal")
    last = view.results[-1]
    assert [(c.innovation_id, c.rank_before, c.rank, c.because) for c in last.changes] == [
        ("inov-1", 1, None, "out"),
        ("inov-2", 2, 1, "moved"),
        ("inov-3", 3, 2, "moved"),
    ]
    assert last.about == About(dispute_id=None, innovation_id="inov-1", indicator=None)
    assert view.state == "objection"


def test_a_vote_is_shown_with_its_reason() -> None:
    view = _view(happened(decider, VOTE, before=TIED_RESULTS))
    assert [(v.by, v.order, v.reason) for v in view.votes] == [
        (MEMBER, ("inov-2", "inov-1"), "Berita acara pleno nomor 4")
    ]
    assert view.state == "drafted"
    assert {each.because for each in view.results[-1].changes} == {"voted"}


def test_an_objection_shows_what_became_of_it() -> None:
    assert _view(FILED).objections[0].state == "filed"
    assert _view(DISMISSED).objections[0].state == "dismissed"
    corrected = _view(CORRECTED)
    assert corrected.objections[0].state == "corrected"
    decision = corrected.objections[0].decision
    assert decision is not None
    assert (decision.by, decision.granted, decision.level) == (MEMBER, True, 3)
    assert corrected.entries[1].corrected_by == ("objection-1",)


def test_a_round_shows_who_was_in_it_and_who_went_on() -> None:
    administration, final = _view(JUDGED).rounds
    assert administration.closed == Act(by=CHAIR, at=AT)
    assert [(s.innovation_id, s.advanced) for s in administration.scores] == [
        ("inov-2", True),
        ("inov-1", True),
        ("inov-3", True),
    ]
    assert (final.panel_id, final.judges) == ("panel-final", ("judge-1", "judge-2"))


def test_a_newer_scorecard_replaces_an_entry_and_keeps_why_it_came_in() -> None:
    newer = happened(decider, enrol(scored(maturity="85", number=2)), before=ENTERED)
    by_hand = [
        f.model_copy(update={"reason": "Undangan"}) if n == 1 else f for n, f in enumerate(newer)
    ]
    view = _view(by_hand)
    assert len(view.entries) == 3
    assert (view.entries[0].entry.scorecard_number, view.entries[0].reason) == (2, "Undangan")


def test_a_view_survives_being_stored() -> None:
    document = None
    for version, fact in enumerate(PUBLISHED, start=1):
        document = COMPETITIONS.document(document, as_recorded(fact, version))
        document = json.loads(json.dumps(document))
    assert document is not None
    stored = {k: v for k, v in document.items() if k not in ("_id", "version", "sequence")}
    assert CompetitionView.model_validate(stored) == _view(PUBLISHED)


def test_a_ledger_shows_what_became_of_every_allocation() -> None:
    for facts, state, allocated, paid in (
        (ALLOCATED, "allocated", 5_000_000, 0),
        (PAID, "paid", 5_000_000, 5_000_000),
        (REVERSED, "reversed", 0, 0),
    ):
        view = folded(fold_fund, facts)
        assert view is not None
        assert (view.allocations[0].state, view.allocated_rupiah, view.paid_rupiah) == (
            state,
            allocated,
            paid,
        )
        assert view.available_rupiah == view.ceiling_rupiah - allocated


def test_the_newest_scorecard_is_kept_whole() -> None:
    newest = scored(number=2, at=AT + DAY)
    view = folded(fold_scorecard, (scored(), newest))
    assert view is not None
    assert view.scored == newest


def test_signatures_are_kept_with_the_version_that_they_are_under() -> None:
    view = _view(happened(decider, SIGN, SECOND, before=TWO_SIGN))
    signed = [(each.by, each.version, each.function) for each in view.minutes]
    assert signed == [(CHAIR, 1, "Ketua"), (MEMBER, 1, "Anggota")]
    assert len({each.ranking_digest for each in view.minutes}) == 1


def test_an_upheld_doubt_takes_its_entry_out_and_names_the_version_that_followed() -> None:
    view = _view(happened(decider, DECIDE, before=DOUBTED_IN_TEST))
    (doubt,) = view.doubts
    assert (doubt.state, doubt.decision) == (
        "upheld",
        DoubtDecision(
            by=MEMBER, at=DECIDE.at, upheld=True, reason=DECIDE.reason, agency=DECIDE.agency
        ),
    )
    assert view.results[-1].about == About(
        dispute_id="doubt-1", innovation_id="inov-1", indicator=None
    )
    assert [(each.version, each.cause) for each in view.results] == [(1, "first"), (2, "doubt")]
    assert [each.closes_at for each in view.public_tests] == [AT + 5 * DAY]


def test_what_nobody_answered_is_shown_as_lapsed() -> None:
    late = LapseDisputes(by=SYSTEM, at=AT + 30 * DAY)
    view = _view(happened(decider, late, before=FILED_BOTH))
    assert view.objections[0].lapse == Lapse(at=late.at, because="unanswered")
    assert (view.doubts[0].state, view.doubts[0].lapsed_at) == ("lapsed", late.at)
    assert view.lapses_at is None


def test_the_view_says_to_the_moment_when_the_next_dispute_lapses() -> None:
    granted = happened(decider, GRANT, before=FILED_BOTH)
    for facts in (FILED_BOTH, granted):
        due = _view(facts).lapses_at
        assert due is not None
        state = decider.replay(facts)
        early, on_time = (LapseDisputes(by=SYSTEM, at=at) for at in (due - MICROSECOND, due))
        assert decider.decide(early, state) == []
        assert decider.decide(on_time, state) != []


def test_recipients_that_were_named_stand_with_their_entry() -> None:
    recipients = (Recipient(recipient_id="dinkes", kind="agency", taxed_as="agency"),)
    name = NameRecipients(
        by=CHAIR, at=AT, agency=None, innovation_id="inov-2", recipients=recipients
    )
    view = _view(happened(decider, name, before=DRAFTED))
    assert [each.recipients for each in view.entries] == [
        None,
        NamedRecipients(by=CHAIR, at=AT, recipients=recipients),
        None,
    ]


def test_the_public_can_look_up_the_decree_and_the_publication_in_the_history() -> None:
    view = _view(PUBLISHED)
    decreed, published = len(PUBLISHED) - 1, len(PUBLISHED)
    assert view.published == Proven(
        by=CHAIR,
        at=PUBLISHED[-1].at,
        event_id=f"event-{published}",
        event_sequence=100 + published,
    )
    assert view.determination is not None
    assert view.determination.event_id == f"event-{decreed}"
