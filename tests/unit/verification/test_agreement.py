"""How far second looks agree with the first, counted over dossiers as people see them."""

from decimal import Decimal

from services.verification.api.quality.agreement import (
    Agreement,
    Compared,
    DossierSeen,
    IndicatorLine,
    VerifierLine,
    agreement,
)
from shared.events.verification import DossierEvent
from tests.builders.verification import (
    COLLEAGUE,
    NOT_ADMITTED,
    OPENED,
    RESOLVER,
    REVIEWED,
    SECOND_TOKEN,
    VERIFIED,
    VERIFIER,
    admissibility,
    check_decided,
    drawn,
    leased,
    readmitted,
    received,
    rechecked,
    resolved,
    verdict,
)
from tests.unit.verification.shown import seen

NONE = Decimal("0.0000")
REVIEW: tuple[DossierEvent, ...] = (OPENED, leased(), *REVIEWED)
DRAWN = (*REVIEW, drawn(), leased(COLLEAGUE, SECOND_TOKEN), readmitted())
SAME = (*DRAWN, rechecked("SID-01", 2), rechecked("SID-02", 2), rechecked("SID-18", 0))
AGREED = (*SAME, check_decided(), VERIFIED)
LOWER = (*DRAWN, rechecked("SID-01", 0), rechecked("SID-02", 2), rechecked("SID-18", 0))
DISPUTED = (*LOWER, check_decided("SID-01"))


def counted(*histories: tuple[DossierEvent, ...], **unchecked: int) -> Agreement:
    rows = [DossierSeen.model_validate(seen(*facts).model_dump(mode="json")) for facts in histories]
    return agreement(rows, unchecked)


def line(indicator: str, compared: int, differing: int = 0, mean: Decimal = NONE) -> IndicatorLine:
    return IndicatorLine(
        indicator=indicator, compared=compared, differing=differing, mean_difference=mean
    )


def test_without_reviews_there_is_no_rate() -> None:
    assert counted() == Agreement(
        reviews=0,
        checks=0,
        drawn={"sample": 0, "large_change": 0, "rejection": 0},
        decided=0,
        agreeing=0,
        rate=None,
        admissibility=Compared(compared=0, differing=0),
        indicators=(),
        verifiers=(),
    )


def test_reviews_that_were_never_drawn_count_as_reviews_alone() -> None:
    found = counted(**{VERIFIER.by: 4, COLLEAGUE.by: 1})
    assert (found.reviews, found.checks, found.rate) == (5, 0, None)
    assert found.verifiers == (
        VerifierLine(verifier_id=COLLEAGUE.by, reviews=1),
        VerifierLine(verifier_id=VERIFIER.by, reviews=4),
    )


def test_two_who_agree() -> None:
    assert counted(AGREED) == Agreement(
        reviews=1,
        checks=1,
        drawn={"sample": 1, "large_change": 0, "rejection": 0},
        decided=1,
        agreeing=1,
        rate=Decimal("1.0000"),
        admissibility=Compared(compared=1, differing=0),
        indicators=(line("SID-01", 1), line("SID-02", 1), line("SID-18", 1)),
        verifiers=(
            VerifierLine(verifier_id=COLLEAGUE.by, second_looks=1),
            VerifierLine(verifier_id=VERIFIER.by, reviews=1, checked=1),
        ),
    )


def test_a_check_that_is_not_decided_is_drawn_and_no_more() -> None:
    for history in (DRAWN, SAME, LOWER):
        found = counted(history)
        assert (found.checks, found.decided, found.rate, found.indicators) == (1, 0, None, ())
        assert found.admissibility == Compared(compared=0, differing=0)
        assert found.verifiers == (VerifierLine(verifier_id=VERIFIER.by, reviews=1),)


def test_every_reason_of_a_check_is_counted() -> None:
    both = (*REVIEW, drawn("sample", "large_change"))
    rejection = (OPENED, leased(), NOT_ADMITTED, drawn("rejection"))
    found = counted(both, rejection)
    assert found.drawn == {"sample": 1, "large_change": 1, "rejection": 1}
    assert found.checks == 2


def test_two_who_differ_and_nobody_has_resolved_it() -> None:
    found = counted(DISPUTED, AGREED, AGREED)
    assert (found.decided, found.agreeing, found.rate) == (3, 2, Decimal("0.6667"))
    mean = Decimal("-0.6667")
    assert found.indicators == (line("SID-01", 3, 1, mean), line("SID-02", 3), line("SID-18", 3))
    assert found.verifiers == (
        VerifierLine(verifier_id=COLLEAGUE.by, second_looks=3),
        VerifierLine(verifier_id=VERIFIER.by, reviews=3, checked=3, differing=1),
    )


def test_a_third_person_decides_against_the_first_the_second_or_both() -> None:
    against = {
        level: counted((*DISPUTED, resolved(verdict("SID-01", level, RESOLVER)))).verifiers
        for level in (0, 1, 2)
    }
    told = {
        level: (lines[1].resolved_against, lines[0].second_resolved_against)
        for level, lines in against.items()
    }
    assert told == {0: (1, 0), 1: (1, 1), 2: (0, 1)}


def test_where_one_rejects_only_admissibility_is_compared() -> None:
    history = (
        *REVIEW,
        drawn(),
        leased(COLLEAGUE, SECOND_TOKEN),
        readmitted("renewal"),
        check_decided("admissibility", compared=1),
    )
    open_yet = counted(history)
    assert open_yet.admissibility == Compared(compared=1, differing=1)
    assert (open_yet.indicators, open_yet.rate) == ((), NONE)
    admitted = counted((*history, resolved(admissibility=admissibility(person=RESOLVER))))
    rejected = counted((*history, resolved(admissibility=admissibility("renewal"))))
    assert [each.second_resolved_against for each in admitted.verifiers] == [1, 0]
    assert [each.resolved_against for each in admitted.verifiers] == [0, 0]
    assert [each.second_resolved_against for each in rejected.verifiers] == [0, 0]
    assert [each.resolved_against for each in rejected.verifiers] == [0, 1]


def test_levels_that_were_granted_before_a_rejection_are_not_compared() -> None:
    changed_mind = (*SAME, readmitted("renewal"), check_decided("admissibility", compared=1))
    assert counted(changed_mind).indicators == ()


def test_a_review_after_a_revision_is_another_review() -> None:
    again = (*DRAWN, received(), leased(COLLEAGUE))
    assert counted(again).verifiers == (VerifierLine(verifier_id=VERIFIER.by, reviews=1),)
    ended = VERIFIED.model_copy(update={"by": COLLEAGUE.by, "round": 2})
    assert counted((*again, ended)).verifiers == (
        VerifierLine(verifier_id=COLLEAGUE.by, reviews=1),
        VerifierLine(verifier_id=VERIFIER.by, reviews=1),
    )


def test_who_ends_the_second_look_has_not_ended_a_review() -> None:
    ended = VERIFIED.model_copy(update={"by": COLLEAGUE.by})
    found = counted((*SAME, check_decided(), ended))
    assert found.verifiers[0] == VerifierLine(verifier_id=COLLEAGUE.by, second_looks=1)
