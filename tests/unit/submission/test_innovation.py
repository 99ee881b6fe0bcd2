"""What may happen to an innovation: each yes, and each of its noes."""

from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.submission.domain.commands import (
    AcceptEvidence,
    ClaimLevel,
    DeclareEvidence,
    RefuseEvidence,
    Reopen,
    ReviseProfile,
    Submit,
    Withdraw,
    WithdrawEvidence,
)
from services.submission.domain.innovation import decider
from services.submission.domain.rules import missing_for_submission
from services.submission.domain.states import Draft
from shared.errors import Refused
from shared.events.submission import (
    Claim,
    EvidenceAccepted,
    EvidenceRefused,
    EvidenceWithdrawn,
    FileEvidence,
    InnovationReopened,
    InnovationSubmitted,
    InnovationWithdrawn,
    LevelClaimed,
    ProfileRevised,
)
from tests.builders.submission import (
    DEADLINE,
    DRAFTED,
    EDITION,
    NOW,
    OPERATOR,
    PROFILE,
    SHA,
    declared,
    draft,
    item,
)
from tests.spec import given

LATER = NOW + timedelta(hours=1)
CLAIM = Claim(indicator="SID-01", level=2)
CLAIMED = LevelClaimed(by=OPERATOR, at=NOW, innovation_id="inno-1", claim=CLAIM)
ACCEPTED = EvidenceAccepted(
    by="system:submission",
    at=NOW,
    innovation_id="inno-1",
    evidence_id="ev-1",
    sha256=SHA,
    size_bytes=100,
    media_type="application/pdf",
    object_key=f"sha256/{SHA}",
    object_version="v1",
)
ACCEPT = AcceptEvidence(
    by="system:submission",
    at=NOW,
    evidence_id="ev-1",
    sha256=SHA,
    size_bytes=100,
    media_type="application/pdf",
    object_key=f"sha256/{SHA}",
    object_version="v1",
)
SUBMIT = Submit(by="head", at=LATER, edition=EDITION, deadline=DEADLINE)


def submitted(number: int = 1, accepted: bool = True) -> InnovationSubmitted:
    return InnovationSubmitted(
        by="head",
        at=LATER,
        innovation_id="inno-1",
        season_id="2026",
        edition_id=EDITION.id,
        edition_digest=EDITION.digest,
        training=False,
        agency_id="hss-dinkes",
        agency_path=("kalsel", "hss", "hss-dinkes"),
        region_id="hss",
        round=number,
        profile=PROFILE,
        claims=(CLAIM,),
        manifest=(item(accepted=accepted),),
        drafters=("head", OPERATOR),
    )


REOPENED = InnovationReopened(
    by="system:submission",
    at=LATER,
    innovation_id="inno-1",
    round=1,
    indicators=("SID-02",),
    due=LATER + timedelta(days=7),
)


def test_an_innovation_is_drafted() -> None:
    given(decider).when(draft()).then(DRAFTED)


def test_a_draft_after_the_deadline_is_refused() -> None:
    given(decider).when(draft(at=DEADLINE + timedelta(seconds=1))).refused("deadline_passed")


def test_a_draft_at_the_very_deadline_is_in_time() -> None:
    given(decider).when(draft(at=DEADLINE)).then(DRAFTED.model_copy(update={"at": DEADLINE}))


def test_a_draft_before_the_season_is_refused() -> None:
    given(decider).when(draft(at=NOW - timedelta(days=2))).refused("season_not_open")


def test_an_affair_that_the_edition_does_not_know_is_refused() -> None:
    profile = PROFILE.model_copy(update={"main_affair": "sihir"})
    given(decider).when(draft(profile=profile)).refused("choice_unknown")


def test_a_second_draft_under_the_same_id_is_refused() -> None:
    given(decider, DRAFTED).when(draft()).refused("innovation_exists")


def test_a_profile_is_revised_and_saving_the_same_again_changes_nothing() -> None:
    profile = PROFILE.model_copy(update={"title": "SIP PUTIH 2"})
    revise = ReviseProfile(by=OPERATOR, at=NOW, edition=EDITION, profile=profile)
    revised = ProfileRevised(by=OPERATOR, at=NOW, innovation_id="inno-1", profile=profile)
    given(decider, DRAFTED).when(revise).then(revised)
    given(decider, DRAFTED, revised).when(revise).nothing()


def test_evidence_is_declared_once() -> None:
    declare = DeclareEvidence(by=OPERATOR, at=NOW, edition=EDITION, item=item(), max_bytes=1000)
    given(decider, DRAFTED).when(declare).then(declared())
    given(decider, DRAFTED, declared()).when(declare).nothing()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"evidence_kind": "poem"}, "evidence_kind_unknown"),
        ({"indicators": ()}, "indicator_missing"),
        ({"indicators": ("SID-10",), "evidence_kind": "activity_photo"}, "file_type_not_allowed"),
        (
            {
                "content": FileEvidence(
                    file_name="sk.pdf", sha256=SHA, size_bytes=1001, media_type="application/pdf"
                )
            },
            "file_too_large",
        ),
        (
            {
                "content": FileEvidence(
                    file_name="sk.pdf", sha256=SHA, size_bytes=0, media_type="application/pdf"
                )
            },
            "file_empty",
        ),
    ],
)
def test_evidence_that_the_edition_does_not_allow_is_refused(
    changes: dict[str, object], code: str
) -> None:
    declare = DeclareEvidence(
        by=OPERATOR, at=NOW, edition=EDITION, item=item(**changes), max_bytes=1000
    )
    given(decider, DRAFTED).when(declare).refused(code)


def test_evidence_is_accepted_and_accepting_again_changes_nothing() -> None:
    given(decider, DRAFTED, declared()).when(ACCEPT).then(ACCEPTED)
    given(decider, DRAFTED, declared(), ACCEPTED).when(ACCEPT).nothing()


def test_another_file_than_the_declared_one_is_refused() -> None:
    other = AcceptEvidence(
        **{**{n: getattr(ACCEPT, n) for n in ACCEPT.__slots__}, "sha256": "b" * 64}
    )
    given(decider, DRAFTED, declared()).when(other).refused("digest_mismatch")


def test_evidence_that_nobody_declared_is_unknown() -> None:
    given(decider, DRAFTED).when(ACCEPT).refused("evidence_unknown")


def test_a_refused_file_leaves_the_draft_as_it_was() -> None:
    refuse = RefuseEvidence("system:submission", NOW, "ev-1", "encrypted", (("page", "1"),))
    refused = EvidenceRefused(
        by="system:submission",
        at=NOW,
        innovation_id="inno-1",
        evidence_id="ev-1",
        rule="encrypted",
        detail={"page": "1"},
    )
    given(decider, DRAFTED, declared()).when(refuse).then(refused)
    state = decider.replay((DRAFTED, declared(), refused))
    assert isinstance(state, Draft)
    assert state.content.evidence == {}


def test_evidence_is_withdrawn_with_a_reason() -> None:
    withdraw = WithdrawEvidence(OPERATOR, NOW, "ev-1", "salah berkas")
    given(decider, DRAFTED, declared()).when(withdraw).then(
        EvidenceWithdrawn(
            by=OPERATOR, at=NOW, innovation_id="inno-1", evidence_id="ev-1", reason="salah berkas"
        )
    )
    given(decider, DRAFTED).when(withdraw).refused("evidence_unknown")


def test_a_level_is_claimed_once() -> None:
    claim = ClaimLevel(OPERATOR, NOW, EDITION, CLAIM)
    given(decider, DRAFTED).when(claim).then(CLAIMED)
    given(decider, DRAFTED, CLAIMED).when(claim).nothing()


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (Claim(indicator="SID-18", level=2), "basis_missing"),
        (Claim(indicator="SID-18", level=2, basis="z"), "basis_missing"),
        (Claim(indicator="SID-15", level=1), "subtype_missing"),
    ],
)
def test_a_level_without_what_it_is_measured_by_is_refused(claim: Claim, code: str) -> None:
    given(decider, DRAFTED).when(ClaimLevel(OPERATOR, NOW, EDITION, claim)).refused(code)


def test_a_complete_innovation_is_submitted_with_manifest_claims_and_drafters() -> None:
    given(decider, DRAFTED, declared(), ACCEPTED, CLAIMED).when(SUBMIT).then(submitted())


def test_a_submission_with_a_file_that_never_arrived_is_refused() -> None:
    given(decider, DRAFTED, declared(), CLAIMED).when(SUBMIT).refused("evidence_pending")


def test_a_submission_after_the_deadline_is_refused() -> None:
    late = Submit("head", DEADLINE + timedelta(microseconds=1), EDITION, DEADLINE)
    given(decider, DRAFTED).when(late).refused("deadline_passed")


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"design_narrative": "kata " * 299}, ("design_narrative_too_short",)),
        ({"design_narrative": "<p>" + "kata " * 299 + "</p>"}, ("design_narrative_too_short",)),
        ({"purpose": "  "}, ("purpose",)),
        ({"main_affair": None}, ("main_affair",)),
        ({"implemented_on": None}, ("implemented_on",)),
        ({"trial_on": date(2024, 6, 1)}, ("dates_out_of_order",)),
        ({"trial_on": None, "implemented_on": date(2023, 12, 31)}, ("outside_window",)),
        ({"implemented_on": date(2026, 1, 1)}, ("outside_window",)),
        (
            {
                "trial_on": None,
                "implemented_on": date(2019, 1, 1),
                "developed_on": date(2025, 1, 1),
            },
            ("development_note",),
        ),
    ],
)
def test_what_the_published_rules_still_ask_for_is_named(
    changes: dict[str, object], missing: tuple[str, ...]
) -> None:
    profile = PROFILE.model_copy(update=changes)
    assert missing_for_submission(profile, EDITION) == missing
    drafted = DRAFTED.model_copy(update={"profile": profile})
    with pytest.raises(Refused) as refusal:
        decider.decide(SUBMIT, decider.replay((drafted,)))
    assert refusal.value.params == {"missing": missing}


def test_only_an_innovation_in_implementation_needs_to_lie_in_the_window() -> None:
    profile = PROFILE.model_copy(update={"stage": "trial", "implemented_on": None})
    assert missing_for_submission(profile, EDITION) == ()


def test_a_submitted_innovation_is_locked() -> None:
    history = given(decider, DRAFTED, submitted())
    for command in (
        ReviseProfile(OPERATOR, LATER, EDITION, PROFILE),
        ClaimLevel(OPERATOR, LATER, EDITION, CLAIM),
        DeclareEvidence(OPERATOR, LATER, EDITION, item(), 1000),
        WithdrawEvidence(OPERATOR, LATER, "ev-1", "x"),
        SUBMIT,
    ):
        history.when(command).refused("innovation_locked")


def test_a_revision_reopens_the_named_indicators_only() -> None:
    reopen = Reopen("system:submission", LATER, 1, ("SID-02",), REOPENED.due)
    given(decider, DRAFTED, submitted()).when(reopen).then(REOPENED)
    open_again = given(decider, DRAFTED, submitted(), REOPENED)
    open_again.when(ClaimLevel(OPERATOR, LATER, EDITION, CLAIM)).refused("indicator_not_reopened")
    open_again.when(ReviseProfile(OPERATOR, LATER, EDITION, PROFILE)).refused("profile_locked")
    claim = Claim(indicator="SID-02", level=1)
    open_again.when(ClaimLevel(OPERATOR, LATER, EDITION, claim)).then(
        LevelClaimed(by=OPERATOR, at=LATER, innovation_id="inno-1", claim=claim)
    )


def test_a_revision_of_an_older_round_is_refused() -> None:
    reopen = Reopen("system:submission", LATER, 1, ("SID-02",), REOPENED.due)
    given(decider, DRAFTED, submitted(number=2)).when(reopen).refused("round_passed")
    given(decider, DRAFTED).when(reopen).refused("nothing_to_reopen")


def test_a_resubmission_counts_on_and_is_judged_by_its_due_date() -> None:
    history = given(decider, DRAFTED, declared(), ACCEPTED, CLAIMED, submitted(), REOPENED)
    in_time = Submit("head", REOPENED.due, EDITION, NOW)
    history.when(in_time).then(submitted(2).model_copy(update={"at": REOPENED.due}))
    late = Submit("head", REOPENED.due + timedelta(seconds=1), EDITION, DEADLINE)
    history.when(late).refused("deadline_passed")


def test_an_innovation_is_withdrawn_once_in_any_state() -> None:
    withdraw = Withdraw("head", LATER, "ganda")
    withdrawn = InnovationWithdrawn(by="head", at=LATER, innovation_id="inno-1", reason="ganda")
    given(decider, DRAFTED).when(withdraw).then(withdrawn)
    given(decider, DRAFTED, submitted()).when(withdraw).then(withdrawn)
    given(decider, DRAFTED, withdrawn).when(withdraw).nothing()
    given(decider, DRAFTED, withdrawn).when(SUBMIT).refused("innovation_locked")


def test_nothing_happens_to_an_innovation_that_is_not_there() -> None:
    given(decider).when(SUBMIT).refused("innovation_unknown")


@for_all(st.integers(min_value=0, max_value=700))
def test_three_hundred_words_are_enough_and_fewer_never_are(words: int) -> None:
    profile = PROFILE.model_copy(update={"design_narrative": "<b>kata</b> " * words})
    assert ("design_narrative_too_short" in missing_for_submission(profile, EDITION)) == (
        words < 300
    )
