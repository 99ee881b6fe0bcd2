"""Who enters a competition, by rule and by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.awards.domain.competition import EnrolByHand, decider
from services.awards.domain.entries import entry_of, evidence_acceptance
from shared.events.awards import CategoryRule, EntryEnrolled
from shared.events.scoring import InnovationScored
from tests.builders.awards import (
    ANNOUNCED,
    AT,
    CHAIR,
    COMPETITION_ID,
    DRAFTED,
    ENTERED,
    MEMBER,
    SYSTEM,
    announce,
    category,
    enrol,
    happened,
    open_round,
    row,
    scored,
)
from tests.spec import given

OUTSIDE = scored("inov-9", agency_id="bpbd", agency_path=("kalsel", "banjar", "bpbd"))


def _entered(
    scorecard: InnovationScored,
    by: str = SYSTEM,
    reason: str = "",
    by_agency: str | None = None,
) -> EntryEnrolled:
    return EntryEnrolled(
        by=by,
        at=AT,
        competition_id=COMPETITION_ID,
        entry=entry_of(scorecard, "skpd"),
        reason=reason,
        by_agency=by_agency,
    )


def _by_hand(scorecard: InnovationScored, **changes: object) -> EnrolByHand:
    command = EnrolByHand(
        by=MEMBER,
        at=AT,
        agency="brida",
        agency_path=("kalsel", "brida"),
        scorecard=scorecard,
        category="skpd",
        reason="Penilaian tambahan",
    )
    return replace(command, **changes)  # type: ignore[arg-type]


def test_a_scored_innovation_enters_the_category_that_invites_it() -> None:
    given(decider, *ANNOUNCED).when(enrol(scored())).then(_entered(scored()))


def test_many_enter_at_once_and_those_already_in_are_left_out() -> None:
    given(decider, *ANNOUNCED, _entered(scored())).when(enrol(scored(), scored("inov-2"))).then(
        _entered(scored("inov-2"))
    )


@pytest.mark.parametrize(
    ("rule", "scorecard"),
    [
        (category(), OUTSIDE),
        (category(initiators=("masyarakat",)), scored()),
        (category(minimum_maturity=Decimal("80.01")), scored(maturity="80")),
        (category(), scored(training=True)),
        (category(without=("dinkes",)), scored()),
        (category(regions=("banjar",)), scored()),
        (category(agency_kinds=("health_centre",)), scored(agency_kind="agency")),
        (category(agency_kinds=("health_centre",)), scored()),
        (category(classifications=("perangkat_daerah",)), scored(classification="desa")),
        (category(change_projects=("pka", "pkp")), scored()),
        (category(by_hand_only=True), scored()),
        (category(), scored(season_id="2025")),
    ],
    ids=[
        "agency",
        "initiator",
        "maturity",
        "training",
        "left out",
        "other region",
        "other kind",
        "unknown kind",
        "other class",
        "no training",
        "by hand",
        "season",
    ],
)
def test_a_rule_leaves_out_whom_it_does_not_invite(
    rule: CategoryRule, scorecard: InnovationScored
) -> None:
    given(decider, *happened(decider, announce(rule))).when(enrol(scorecard)).nothing()


def test_an_innovation_enters_only_the_first_category_that_invites_it() -> None:
    history = happened(decider, announce(category(), category("umum")))
    given(decider, *history).when(enrol(scored())).then(_entered(scored()))


def test_a_newer_scorecard_replaces_the_older_one() -> None:
    newer = scored(maturity="85", number=2)
    given(decider, *ENTERED).when(enrol(newer)).then(_entered(newer))


def test_an_older_scorecard_changes_nothing() -> None:
    history = happened(decider, enrol(scored(number=2)), before=ANNOUNCED)
    given(decider, *history).when(enrol(scored(number=1))).nothing()


def test_entries_are_frozen_when_the_first_round_opens() -> None:
    history = happened(decider, open_round(), before=ENTERED)
    given(decider, *history).when(enrol(scored("inov-4"), scored(number=2))).nothing()
    given(decider, *history).when(_by_hand(scored("inov-4"))).refused("entries_frozen")


def test_nobody_enters_when_results_are_drafted() -> None:
    given(decider, *DRAFTED).when(enrol(scored("inov-4"))).nothing()
    given(decider, *DRAFTED).when(_by_hand(scored("inov-4"))).refused("results_drafted")


def test_the_committee_enters_an_innovation_by_hand_with_a_reason() -> None:
    given(decider, *ANNOUNCED).when(_by_hand(OUTSIDE)).then(
        _entered(OUTSIDE, MEMBER, "Penilaian tambahan", "brida")
    )
    given(decider, *ANNOUNCED).when(_by_hand(OUTSIDE, reason=" ")).refused("reason_missing")


def test_entering_by_hand_what_is_there_is_already_so() -> None:
    given(decider, *ENTERED).when(_by_hand(scored())).nothing()


def test_an_innovation_stands_in_one_category_only() -> None:
    history = happened(decider, announce(category(), category("umum")), enrol(scored()))
    given(decider, *history).when(_by_hand(scored(), category="umum")).refused("already_entered")


def test_nobody_enters_an_innovation_of_their_own_by_hand() -> None:
    theirs = _by_hand(scored(), agency="dinkes")
    given(decider, *ANNOUNCED).when(theirs).refused("conflict_of_interest")
    drafted = _by_hand(scored(), by="person-drafter")
    given(decider, *ANNOUNCED).when(drafted).refused("conflict_of_interest")


def test_training_and_other_seasons_do_not_enter_by_hand() -> None:
    given(decider, *ANNOUNCED).when(_by_hand(scored(training=True))).refused("training")
    given(decider, *ANNOUNCED).when(_by_hand(scored(season_id="2025"))).refused("other_season")


def test_there_is_no_such_category_or_competition() -> None:
    given(decider, *ANNOUNCED).when(_by_hand(scored(), category="desa")).refused("category_unknown")
    given(decider).when(_by_hand(scored())).refused("competition_unknown")
    given(decider).when(enrol(scored())).refused("competition_unknown")


def test_evidence_acceptance_is_the_share_of_claims_granted_in_full() -> None:
    assert evidence_acceptance((row("SID-01", 3, 3), row("SID-02", 2, 1), row("SID-03", 0, 0))) == (
        Decimal("50.00")
    )
    assert evidence_acceptance((row(claimed=0, granted=0),)) == Decimal("0.00")
    assert evidence_acceptance(
        (row("SID-01", 1, 2), row("SID-02", 2, 2), row("SID-03", 1, 0))
    ) == Decimal("66.67")


def test_the_chair_is_not_tied_by_being_in_another_branch() -> None:
    given(decider, *ANNOUNCED).when(
        _by_hand(scored("inov-7"), by=CHAIR, agency="rsud", agency_path=("kalsel", "hss", "rsud"))
    ).then(_entered(scored("inov-7"), CHAIR, "Penilaian tambahan", "rsud"))
