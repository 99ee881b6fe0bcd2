"""The rules of a competition as they are sent, and the days on which windows go on."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from services.awards.api.calendar import holidays_around, named_holidays
from services.awards.api.rules import RulesBody
from services.awards.domain.rules import digest_of
from shared.events.awards import CompetitionRules

AT = datetime(2026, 12, 31, 17, tzinfo=UTC)
"""New Year in WITA, and not yet in UTC."""

LEAST: dict[str, Any] = {
    "categories": [{"code": "skpd", "name": "Perangkat daerah", "within": "hss", "rounds": []}],
    "tie_breaks": [],
    "objection_days": 3,
}


def sent(**changes: Any) -> CompetitionRules:
    return RulesBody.model_validate({**LEAST, **changes}).rules(AT)


def test_what_is_left_out_has_its_default() -> None:
    rules = sent()
    assert (
        rules.objection_calendar,
        rules.minutes_signatures,
        rules.decision_days,
        rules.ties,
        rules.public_test_days,
        rules.fiscal_year,
    ) == ("working_days", 1, 14, "vote", 0, None)


def test_left_out_holidays_are_the_national_ones_of_this_year_and_the_next() -> None:
    days = sent().holidays
    assert days == holidays_around(AT)
    assert {day.year for day in days} == {2027, 2028}
    assert {date(2027, 8, 17), date(2028, 12, 25)} <= set(days)


def test_extra_holidays_come_on_top_in_order_and_once() -> None:
    joint = date(2027, 12, 24)
    added = sent(extra_holidays=["2027-12-24", "2027-08-17"]).holidays
    assert added == tuple(sorted({*holidays_around(AT), joint}))
    own = sent(holidays=["2027-08-17"], extra_holidays=["2027-01-02"]).holidays
    assert own == (date(2027, 1, 2), date(2027, 8, 17))


def test_whole_days_know_no_holidays() -> None:
    rules = sent(objection_calendar="calendar_days", minutes_signatures=0, decision_days=None)
    assert rules.holidays == ()
    old = CompetitionRules.model_validate({**LEAST, "categories": rules.categories})
    assert digest_of(rules) == digest_of(old)


def test_every_field_of_the_rules_can_be_sent() -> None:
    for body, rule in _pairs(RulesBody, CompetitionRules):
        extra = {"extra_holidays"} if rule is CompetitionRules else set[str]()
        assert set(body.model_fields) - extra == set(rule.model_fields), rule.__name__


def _pairs(body: Any, rule: Any) -> list[tuple[Any, Any]]:
    from services.awards.api import rules as sent_rules
    from shared.events import awards, scoring

    named = {
        "CategoryBody": awards.CategoryRule,
        "RoundBody": awards.RoundRule,
        "PrizeBody": awards.Prize,
        "PoolBody": awards.Pool,
        "PastWinnerBody": awards.PastWinnerRule,
        "PanelBody": scoring.PanelRule,
        "CriterionBody": scoring.Criterion,
    }
    return [(body, rule), *((getattr(sent_rules, name), kind) for name, kind in named.items())]


@pytest.mark.parametrize(
    "changes",
    [
        {"objection_days": 0},
        {"public_test_days": 91},
        {"decision_days": 0},
        {"ties": "chance"},
        {"holidays": ["2027-02-30"]},
        {"cap_per_recipient_rupiah": 0},
        {"fiscal_year": 26},
    ],
)
def test_what_is_out_of_bounds_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        sent(**changes)


def test_holidays_have_indonesian_names() -> None:
    named = dict(named_holidays(2026))
    assert named[date(2026, 8, 17)] == "Hari Kemerdekaan Republik Indonesia"
    assert named[date(2026, 3, 19)] == "Hari Suci Nyepi"
