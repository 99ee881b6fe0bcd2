"""The second look: drawn again from the history, by other people, and ended as the rules say."""

from itertools import count

import pytest

from services.audit.domain import Replay, ReviewTotals
from services.submission.domain.states import Rejected, Verified
from shared.editions import load
from shared.events.base import Fact
from shared.events.submission import INNOVATION, VerificationConcluded
from shared.events.verification import (
    AdmissibilityDecided,
    AdmissibilityRechecked,
    ConflictDeclared,
    DiscrepancyResolved,
    DossierHandedOver,
    DossierLeased,
    DossierRejected,
    DossierVerified,
    FieldVisitRecorded,
    IndicatorDecided,
    IndicatorRechecked,
    LeaseRenewed,
    LeaseRevoked,
    QualityCheckDecided,
    QualityCheckDrawn,
    QualityRule,
    QualityRulePublished,
    VerifierDescribed,
)
from tests.unit.audit.checked import (
    AGREED,
    OUTRIGHT,
    REFUSED,
    REJECTED,
    RESOLVED,
    Checked,
    checked,
)
from tests.unit.audit.past import Past, sequence_of, tampered
from tests.unit.audit.reviewing import FIRST, NO_SAMPLE, SECOND
from tests.unit.audit.test_replay import first_at, replayed, set_path

OTHER_DRAW = "0" * 64


@pytest.fixture(scope="module")
async def ended() -> Past:
    return await checked()


def test_reviews_that_end_in_every_way_are_replayed_without_a_word(ended: Past):
    report = replayed(ended.messages)
    assert (report.findings, report.outstanding) == ((), ())
    said = {each.headers["ce-type"] for each in ended.messages}
    assert said >= {kind.ce_type for kind, *_ in FORGERIES.values()}
    granted = {key: ended.state(INNOVATION, key) for key in (AGREED, RESOLVED, REJECTED, REFUSED)}
    assert isinstance(granted[REJECTED], Rejected)
    assert isinstance(granted[REFUSED], Rejected)
    assert isinstance(granted[RESOLVED], Verified)
    assert [each.level for each in granted[RESOLVED].granted] == [3, 2]


def test_the_report_tells_what_was_drawn_and_what_came_of_it(ended: Past):
    assert replayed(ended.messages).reviews == (
        ReviewTotals(
            season_id="2026",
            ended=7,
            drawn=6,
            sample=5,
            large_change=1,
            rejection=2,
            decided=6,
            agreeing=3,
            disputed=3,
            resolved=3,
        ),
    )


def test_a_history_that_ends_amid_a_check_is_clean_as_far_as_it_goes(ended: Past):
    for end in range(sequence_of(ended.messages, DossierLeased), len(ended.messages)):
        replay = Replay(load)
        for message in ended.messages[:end]:
            replay.take(message)
        assert replay.finished(is_cut=True).findings == ()


FORGERIES: dict[str, tuple[type[Fact], int, str, object, str, str]] = {
    "a number that was not drawn": (
        *(QualityCheckDrawn, 0, "draw", OTHER_DRAW),
        *("sample", "Another number was drawn for this review."),
    ),
    "a lucky number": (
        *(DossierVerified, 0, "draw", OTHER_DRAW),
        *("sample", "Another number was drawn for this review."),
    ),
    "another number after the check than before it": (
        *(DossierVerified, 1, "draw", OTHER_DRAW),
        *("sample", "Another number was drawn for this review."),
    ),
    "a rule that was not in force": (
        *(QualityCheckDrawn, 1, "rule.sample_permille", 999),
        *("sample", "Another rule of the quality check was in force"),
    ),
    "a milder rule for what was verified at once": (
        *(DossierVerified, 0, "rule.large_change", 3),
        *("sample", "Another rule of the quality check was in force"),
    ),
    "another rule after the third word than before it": (
        *(DossierVerified, 3, "rule.sample_permille", 0),
        *("sample", "Another rule of the quality check was in force"),
    ),
    "a rule unsaid": (
        *(DossierVerified, 0, "rule", None),
        *("differs", "DossierVerified: rule"),
    ),
    "a sample told as something else": (
        *(QualityCheckDrawn, 1, "reasons", ["large_change"]),
        *("sample", "is said to be checked for other reasons only."),
    ),
    "a sample that is none": (
        *(QualityCheckDrawn, 0, "reasons", ["sample", "large_change"]),
        *("sample", "The review is not in the sample that it is said to be in."),
    ),
    "a large change that is none": (
        *(QualityCheckDrawn, 1, "reasons", ["sample", "large_change"]),
        *("differs", "QualityCheckDrawn: reasons[1]"),
    ),
    "a reviewer in the place of another": (
        *(QualityCheckDrawn, 0, "reviewed_by", "verifier-7"),
        *("differs", "QualityCheckDrawn: reviewed_by"),
    ),
    "a second look by the first person": (
        *(IndicatorRechecked, 0, "verdict.decided_by", FIRST),
        *("conflict", f"{FIRST} decided in the review and took part in the second look at it."),
    ),
    "criteria answered a second time by the first person": (
        *(AdmissibilityRechecked, 0, "admissibility.decided_by", FIRST),
        *("conflict", f"{FIRST} decided in the review and took part in the second look at it."),
    ),
    "a check ended by the first person": (
        *(QualityCheckDecided, 0, "checked_by", "verifier-7"),
        *("differs", "QualityCheckDecided: checked_by"),
    ),
    "a difference resolved by one of the two": (
        *(DiscrepancyResolved, 0, "by", SECOND),
        *("conflict", f"{SECOND} decided in the dossier before and resolved the difference."),
    ),
    "a difference resolved by a drafter": (
        *(DiscrepancyResolved, 0, "by", f"drafter-of-{RESOLVED}"),
        *("conflict", f"drafter-of-{RESOLVED} drafted the innovation and decided on it."),
    ),
    "a difference resolved by the own agency": (
        *(DiscrepancyResolved, 0, "verdicts.0.decided_by_agency", "hss-disdag"),
        *("conflict", "controller-1 decided on an innovation of their own agency hss-disdag"),
    ),
    "a difference hidden": (
        *(QualityCheckDecided, 2, "differing", []),
        *("differs", "QualityCheckDecided: differing[0]"),
    ),
    "agreement on fewer decisions than there were": (
        *(QualityCheckDecided, 0, "compared", 1),
        *("differs", "QualityCheckDecided: compared"),
    ),
    "another level than the third person's": (
        *(DossierVerified, 3, "verdicts.0.granted_level", 2),
        *("differs", "DossierVerified: verdicts[0].granted_level"),
    ),
    "a criterion that turns out met": (
        *(AdmissibilityDecided, 4, "admissibility.admissible", True),
        *("differs", "AdmissibilityDecided: admissibility.admissible"),
    ),
    "criteria read of another profile": (
        *(AdmissibilityDecided, 0, "admissibility.profile_digest", "d" * 64),
        *("differs", "AdmissibilityDecided: admissibility.profile_digest"),
    ),
    "criteria answered by the own agency": (
        *(AdmissibilityDecided, 0, "admissibility.decided_by_agency", "hss"),
        *("conflict", "verifier-1 decided on an innovation of their own agency hss"),
    ),
    "a rejection by fewer people": (
        *(DossierRejected, 0, "deciders", [FIRST]),
        *("differs", "DossierRejected: deciders[1]"),
    ),
    "a rejection that submission did not hear": (
        *(VerificationConcluded, 4, "rejected", False),
        *("differs", "VerificationConcluded: rejected"),
    ),
    "one of several accepted at another level": (
        *(IndicatorDecided, 1, "verdict.granted_level", 1),
        *("refused", "Accepting means granting what was claimed"),
    ),
    "a page of a file that was not shown": (
        *(IndicatorDecided, 0, "verdict.place", {"sha256": "e" * 64, "page": 1}),
        *("refused", "Name a page or second inside one of the files"),
    ),
    "a lease renewed for longer than it was half gone": (
        *(LeaseRenewed, 0, "until", "2026-01-05T01:54:00.000000Z"),
        *("differs", "The rules say no LeaseRenewed here."),
    ),
    "a dossier handed over with another token": (
        *(DossierHandedOver, 0, "token", "t-1"),
        *("refused", "Your claim on this dossier has ended"),
    ),
    "a dossier handed over to a drafter": (
        *(DossierHandedOver, 0, "to", f"drafter-of-{OUTRIGHT}"),
        *("refused", "That colleague may not take this dossier."),
    ),
    "a lease taken from somebody else than its holder": (
        *(LeaseRevoked, 0, "holder", FIRST),
        *("differs", "LeaseRevoked: holder"),
    ),
    "a visit that lies ahead": (
        *(FieldVisitRecorded, 0, "visited_on", "2026-03-01"),
        *("refused", "A visit is recorded after it was made."),
    ),
    "a visit by a drafter": (
        *(FieldVisitRecorded, 0, "by", f"drafter-of-{OUTRIGHT}"),
        *("conflict", f"drafter-of-{OUTRIGHT} drafted the innovation and decided on it."),
    ),
    "a rule that holds at once": (
        *(QualityRulePublished, 1, "effective_from", "2026-01-05T01:00:00.000000Z"),
        *("refused", "A rule is published at least five minutes before it holds."),
    ),
    "a home that somebody else tells": (
        *(VerifierDescribed, 0, "by", "admin-1"),
        *("differs", "VerifierDescribed: agency_id"),
    ),
    "a verifier under another key": (
        *(VerifierDescribed, 0, "verifier_id", "verifier-7"),
        *("envelope", "The fact names another aggregate than its subject."),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_fact_is_found(ended: Past, name: str):
    kind, number, path, value, finding, what = FORGERIES[name]
    at = sequence_of(ended.messages, kind, number)
    report = replayed(tampered(ended.messages, at, set_path(path, value)))
    found = [each for each in report.findings if each.kind == finding and what in each.what]
    assert found, report.findings
    assert at - 1 <= found[0].sequence <= at, found


def test_a_lease_for_the_second_look_by_the_first_person_is_found(ended: Past):
    (at, *_) = [
        each.sequence
        for each in ended.messages
        if each.headers["ce-type"] == DossierLeased.ce_type
        and f'"token":"second-{AGREED}"'.encode() in each.body
    ]
    found = first_at(replayed(tampered(ended.messages, at, set_path("verifier_id", FIRST))), at)
    assert (found.kind, found.what) == (
        "conflict",
        f"{FIRST} decided in the review and took part in the second look at it.",
    )


def test_a_rejection_that_submission_never_heard_of_is_outstanding(ended: Past):
    at = sequence_of(ended.messages, DossierRejected)
    assert [
        (each.reaction, each.subject, each.cause_sequence)
        for each in replayed(ended.messages[:at]).outstanding
    ] == [("conclude", INNOVATION.subject(REJECTED), at)]


def test_another_published_rule_draws_all_reviews_anew(ended: Past):
    at = sequence_of(ended.messages, QualityRulePublished)
    report = replayed(tampered(ended.messages, at, set_path("rule.sample_permille", 7)))
    found = first_at(report, sequence_of(ended.messages, DossierVerified))
    assert (found.kind, found.what, found.expected, found.found) == (
        "sample",
        "Another rule of the quality check was in force when the review ended.",
        "7 permille, 2 levels",
        "0 permille, 2 levels",
    )


async def test_a_review_that_ended_by_a_rule_of_its_own_is_found():
    story = Checked(Past(), count())
    await story.began(OUTRIGHT)
    mild = QualityRule(sample_permille=0, large_change=3)
    await story.let_pass(OUTRIGHT, mild, level=1)
    past = story.past
    at = sequence_of(past.messages, DossierVerified)
    found = first_at(replayed(past.messages), at)
    assert (found.kind, found.expected, found.found) == (
        "sample",
        "0 permille, 2 levels",
        "0 permille, 3 levels",
    )
    honest_words = tampered(past.messages, at, set_path("rule.large_change", 2))
    found = first_at(replayed(honest_words), at)
    assert (found.kind, found.what) == (
        "sample",
        "A verdict lies far below its claim and was verified without a second look.",
    )


async def test_a_review_of_the_sample_that_nobody_looked_at_again_is_found():
    story = Checked(Past(), count())
    await story.began(OUTRIGHT)
    await story.rule(QualityRule(sample_permille=1000, large_change=2))
    await story.let_pass(OUTRIGHT, NO_SAMPLE)
    at = sequence_of(story.past.messages, DossierVerified)
    honest_words = tampered(story.past.messages, at, set_path("rule.sample_permille", 1000))
    found = first_at(replayed(honest_words), at)
    assert (found.kind, found.what) == (
        "sample",
        "The review is in the sample and was verified without a second look.",
    )


async def test_a_season_without_a_rule_is_drawn_by_the_default():
    story = Checked(Past(), count())
    await story.began(OUTRIGHT)
    published = sequence_of(story.past.messages, QualityRulePublished)
    await story.let_pass(OUTRIGHT, NO_SAMPLE)
    at = sequence_of(story.past.messages, DossierVerified)
    without = [each for each in story.past.messages if each.sequence != published]
    found = first_at(replayed(without), at)
    assert (found.kind, found.expected) == ("sample", "100 permille, 2 levels")


@pytest.mark.parametrize("agency", ["hss-disdag", "hss"])
async def test_a_declared_conflict_that_was_ignored_is_found(agency: str):
    story = Checked(Past(), count())
    await story.began(OUTRIGHT)
    await story.tied(FIRST, agency)
    await story.reviewed(OUTRIGHT)
    report = replayed(story.past.messages)
    assert {(each.kind, each.what) for each in report.findings} == {
        ("conflict", f"{FIRST} declared a conflict with {agency} and decided all the same.")
    }
    assert first_at(report, sequence_of(story.past.messages, DossierLeased))


async def test_a_declared_conflict_binds_its_own_person_its_own_agency_and_its_own_time():
    story = Checked(Past(), count())
    await story.began(OUTRIGHT, AGREED)
    await story.tied(SECOND, "hss-disdag")
    await story.tied(FIRST, "hss-dinkes")
    await story.reviewed(OUTRIGHT)
    await story.tied(FIRST, "hss-disdag")
    await story.untied(FIRST, "hss-disdag")
    await story.reviewed(AGREED)
    assert replayed(story.past.messages).findings == ()


async def test_a_conflict_declared_for_somebody_else_is_found():
    story = Checked(Past(), count())
    await story.began()
    await story.tied(FIRST, "hss-disdag")
    at = sequence_of(story.past.messages, ConflictDeclared)
    forged = tampered(story.past.messages, at, set_path("by", "admin-1"))
    found = first_at(replayed(forged), at)
    assert (found.kind, found.what) == ("differs", "ConflictDeclared: verifier_id")


async def test_an_agency_that_carries_on_for_the_owner_is_tied_to_it():
    story = Checked(Past(), count())
    await story.began(OUTRIGHT)
    await story.succeeded("hss-disdag", "hss-dinkes")
    await story.succeeded("hss-dinkes", "brida")
    await story.reviewed(OUTRIGHT)
    report = replayed(story.past.messages)
    found = first_at(report, sequence_of(story.past.messages, DossierLeased))
    assert (found.kind, found.what) == (
        "conflict",
        f"{FIRST} decided on an innovation of hss-disdag, for which their brida carries on.",
    )
