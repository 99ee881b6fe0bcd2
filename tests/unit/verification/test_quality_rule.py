"""Publishing the rules by which reviews get a second look."""

from datetime import datetime, timedelta, timezone

import pytest

from services.verification.domain import DEFAULT_RULE, Effective, rule_at
from services.verification.domain.quality import PublishQualityRule, decider
from shared.events.verification import QualityRule, QualityRulePublished
from tests.builders.verification import AT
from tests.spec import given

MOMENT = timedelta(microseconds=1)
SOONEST = AT + timedelta(minutes=5)
FARTHEST = AT + timedelta(days=366)
FIFTH = QualityRule(sample_permille=200, large_change=1)
ALL = QualityRule(sample_permille=1000, large_change=3)


def publish(effective_from: datetime = SOONEST, rule: QualityRule = FIFTH) -> PublishQualityRule:
    return PublishQualityRule(
        by="person-admin", at=AT, season_id="2026", rule=rule, effective_from=effective_from
    )


def published(
    effective_from: datetime = SOONEST, rule: QualityRule = FIFTH
) -> QualityRulePublished:
    return QualityRulePublished(
        by="person-admin", at=AT, season_id="2026", rule=rule, effective_from=effective_from
    )


@pytest.mark.parametrize("moment", [SOONEST, FARTHEST], ids=["soonest", "farthest"])
def test_a_rule_is_published_ahead(moment: datetime) -> None:
    given(decider).when(publish(moment)).then(published(moment))


@pytest.mark.parametrize(
    "moment",
    [SOONEST - MOMENT, AT, AT - timedelta(days=1)],
    ids=["almost five minutes", "now", "yesterday"],
)
def test_a_rule_that_would_hold_too_soon_is_refused(moment: datetime) -> None:
    given(decider).when(publish(moment)).refused("rule_too_soon")


def test_a_rule_for_another_year_is_refused() -> None:
    given(decider).when(publish(FARTHEST + MOMENT)).refused("rule_too_late")


def test_the_same_rule_for_the_same_moment_says_nothing() -> None:
    given(decider, published()).when(publish()).nothing()


def test_the_same_rule_said_again_once_it_holds_says_nothing() -> None:
    known = given(decider, published(AT - timedelta(days=1)))
    known.when(publish(AT - timedelta(days=1))).nothing()


def test_a_moment_is_the_same_in_every_zone() -> None:
    wita = timezone(timedelta(hours=8))
    given(decider, published()).when(publish(SOONEST.astimezone(wita))).nothing()


@pytest.mark.parametrize(
    "moment", [SOONEST, SOONEST + timedelta(minutes=1)], ids=["the same", "before it"]
)
def test_a_rule_must_hold_after_all_that_are_published(moment: datetime) -> None:
    known = given(decider, published(SOONEST + timedelta(minutes=1)))
    known.when(publish(moment, ALL)).refused("rule_out_of_order")


def test_a_later_rule_follows_an_earlier_one() -> None:
    later = SOONEST + MOMENT
    given(decider, published()).when(publish(later, ALL)).then(published(later, ALL))


@pytest.mark.parametrize(
    ("moment", "rule"),
    [
        (SOONEST - MOMENT, DEFAULT_RULE),
        (SOONEST, FIFTH),
        (SOONEST + timedelta(hours=1) - MOMENT, FIFTH),
        (SOONEST + timedelta(hours=1), ALL),
        (SOONEST + timedelta(days=99), ALL),
    ],
    ids=["before", "from its moment", "almost the next", "the next", "long after"],
)
def test_a_rule_holds_from_its_moment_until_that_of_the_next(
    moment: datetime, rule: QualityRule
) -> None:
    known = decider.replay([published(), published(SOONEST + timedelta(hours=1), ALL)])
    assert known.rules == (
        Effective(FIFTH, SOONEST),
        Effective(ALL, SOONEST + timedelta(hours=1)),
    )
    assert rule_at(known.rules, moment) == rule


def test_without_a_rule_the_default_holds() -> None:
    assert rule_at(decider.initial.rules, AT) == QualityRule(sample_permille=100, large_change=2)
