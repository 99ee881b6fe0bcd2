"""The minutes: enough people sign each version before it goes on."""

from dataclasses import replace
from datetime import date

from services.awards.domain.competition import Determine, SignMinutes, decider
from services.awards.domain.competition.minutes import ranking_digest
from shared.events.awards import MinutesSigned, ResultsDrafted
from tests.builders.awards import (
    AT,
    CHAIR,
    COMPETITION_ID,
    DAY,
    DRAFT,
    MATURITY_ONLY,
    MEMBER,
    OPEN_WINDOW,
    announce,
    close_round,
    enrol,
    happened,
    open_round,
    scored,
)
from tests.spec import given

TWO_SIGN = happened(
    decider,
    announce(MATURITY_ONLY, minutes_signatures=2),
    enrol(scored("inov-1", "80"), scored("inov-2", "70")),
    open_round(),
    close_round(),
    DRAFT,
)
SIGN = SignMinutes(by=CHAIR, at=AT, agency="brida", version=1, function=" Ketua ")
SECOND = SignMinutes(by=MEMBER, at=AT, agency="brida", version=1, function="Anggota")
DETERMINE = Determine(
    by=CHAIR, at=AT + 5 * DAY, decree_number="188.44/1", decree_date=date(2026, 9, 9)
)


def test_a_signature_is_under_exactly_this_ranking() -> None:
    drafted = TWO_SIGN[-1]
    assert isinstance(drafted, ResultsDrafted)
    given(decider, *TWO_SIGN).when(SIGN).then(
        MinutesSigned(
            by=CHAIR,
            at=AT,
            competition_id=COMPETITION_ID,
            version=1,
            ranking_digest=ranking_digest(drafted.ranking),
            function="Ketua",
            by_agency="brida",
        )
    )


def test_nobody_signs_twice() -> None:
    given(decider, *happened(decider, SIGN, before=TWO_SIGN)).when(SIGN).nothing()


def test_one_signature_of_two_opens_no_window() -> None:
    one = happened(decider, SIGN, before=TWO_SIGN)
    given(decider, *one).when(OPEN_WINDOW).refused("minutes_unsigned")
    both = happened(decider, SECOND, before=one)
    assert len(happened(decider, OPEN_WINDOW, before=both)) == len(both) + 1


def test_another_version_than_the_newest_is_not_signed() -> None:
    given(decider, *TWO_SIGN).when(replace(SIGN, version=2)).refused("version_not_current")


def test_a_signer_says_as_what() -> None:
    given(decider, *TWO_SIGN).when(replace(SIGN, function=" ")).refused("function_missing")


def test_a_new_version_needs_new_signatures_before_it_is_determined() -> None:
    signed = happened(decider, SIGN, SECOND, OPEN_WINDOW, before=TWO_SIGN)
    newer = (*signed, replace_version(signed, 2))
    given(decider, *newer).when(DETERMINE).refused("minutes_unsigned")
    again = happened(decider, replace(SIGN, version=2), replace(SECOND, version=2), before=newer)
    assert len(happened(decider, DETERMINE, before=again)) == len(again) + 1


def replace_version(facts: tuple[object, ...], version: int) -> ResultsDrafted:
    drafted = next(each for each in facts if isinstance(each, ResultsDrafted))
    return drafted.model_copy(update={"version": version, "cause": "disqualification"})
