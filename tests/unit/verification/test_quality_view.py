"""What people see of a season's rules for second looks."""

from datetime import UTC, datetime, timedelta
from functools import reduce

from services.verification.projections import QUALITY_RULES, QualityView, RuleRow
from shared.events.verification import QUALITY, QualityRule, QualityRulePublished
from tests.builders.verification import recorded

AT = datetime(2026, 8, 4, 1, tzinfo=UTC)
STRICT = QualityRule(sample_permille=500, large_change=1)
LENIENT = QualityRule(sample_permille=50, large_change=3)


def published(rule: QualityRule, days: int) -> QualityRulePublished:
    return QualityRulePublished(
        by="person-controller",
        at=AT,
        season_id="2026",
        rule=rule,
        effective_from=AT + timedelta(days=days),
    )


def row(rule: QualityRule, days: int) -> RuleRow:
    return RuleRow(
        rule=rule,
        effective_from=AT + timedelta(days=days),
        published_by="person-controller",
        published_at=AT,
    )


def seen(*facts: QualityRulePublished) -> QualityView:
    events = [recorded(fact, n, QUALITY.subject("2026")) for n, fact in enumerate(facts, start=1)]
    view = reduce(QUALITY_RULES.fold, events, None)
    assert view is not None
    assert QualityView.model_validate(view.model_dump(mode="json")) == view
    return view


def test_every_rule_stays_with_who_published_it() -> None:
    assert seen(published(STRICT, 1), published(LENIENT, 9)) == QualityView(
        season_id="2026", rules=(row(STRICT, 1), row(LENIENT, 9))
    )


def test_rules_stand_in_the_order_in_which_they_hold() -> None:
    view = seen(published(LENIENT, 9), published(STRICT, 1))
    assert view.rules == (row(STRICT, 1), row(LENIENT, 9))
