"""Scores with severity taken out stand beside the raw ones, where the sample is large enough."""

from decimal import Decimal

import pytest

from services.scoring.domain.commitment import Opened
from shared.events.scoring import EntryMean, JudgeSeverity, PanelRule, ScoresRevealed
from tests.builders.panels import decided, many_entries, points, points_panel, seals_of
from tests.builders.scoring import ANI, BUDI, Judge, reveal

STRICT = ("60", "62", "70", "58", "64")
KIND = ("70", "72", "80", "68", "74")
CITRA = Judge("judge-citra")


def _revealed(
    rule: PanelRule, scores: tuple[Opened, ...], *judges: Judge, entries: int = 5
) -> ScoresRevealed:
    opening = points_panel(
        rule=rule, judges=tuple(each.id for each in judges), entries=many_entries(entries)
    )
    fact = decided(reveal(*scores), opening, *seals_of(scores))
    assert isinstance(fact, ScoresRevealed)
    return fact


def _scored(judge: Judge, given: tuple[str, ...]) -> tuple[Opened, ...]:
    return tuple(points(judge, f"inov-{number}", each) for number, each in enumerate(given))


def test_severity_is_told_and_taken_out():
    found = _revealed(PanelRule(), (*_scored(ANI, STRICT), *_scored(BUDI, KIND)), ANI, BUDI)
    assert found.severities == (
        JudgeSeverity(judge_id=ANI.id, entries=5, severity=Decimal("-5.00")),
        JudgeSeverity(judge_id=BUDI.id, entries=5, severity=Decimal("5.00")),
    )
    assert found.means[2] == EntryMean(
        innovation_id="inov-2",
        judges=2,
        mean=Decimal("75.00"),
        lowest=Decimal("70.00"),
        highest=Decimal("80.00"),
        adjusted=Decimal("75.00"),
    )


def test_too_small_a_sample_tells_nothing_about_severity():
    scores = (*_scored(ANI, STRICT[:4]), *_scored(BUDI, KIND[:4]))
    found = _revealed(PanelRule(), scores, ANI, BUDI, entries=4)
    assert found.severities == ()
    assert {mean.adjusted for mean in found.means} == {None}
    smaller = _revealed(PanelRule(minimum_sample=4), scores, ANI, BUDI, entries=4)
    assert [each.severity for each in smaller.severities] == [Decimal("-5.00"), Decimal("5.00")]


def test_who_met_only_the_strict_judge_rises():
    """Ani and Budi share two entries, ten points apart; the third was read by the strict Ani."""
    opening = points_panel(
        rule=PanelRule(minimum_sample=2),
        judges=(ANI.id, BUDI.id),
        entries=tuple(
            each.model_copy(update={"drafters": (BUDI.id,)}) if number == 2 else each
            for number, each in enumerate(many_entries(3))
        ),
    )
    scores = (*_scored(ANI, ("60", "62", "66")), *_scored(BUDI, ("70", "72")))
    fact = decided(reveal(*scores), opening, *seals_of(scores))
    assert isinstance(fact, ScoresRevealed)
    assert [(mean.mean, mean.adjusted) for mean in fact.means] == [
        (Decimal("65.00"), Decimal("65.00")),
        (Decimal("67.00"), Decimal("67.00")),
        (Decimal("66.00"), Decimal("71.00")),
    ]


def test_what_is_adjusted_stays_within_the_scale():
    """Alone with the last entry the kind judge gave nothing: below zero there is nothing."""
    opening = points_panel(
        rule=PanelRule(minimum_sample=1),
        entries=tuple(
            each.model_copy(update={"drafters": (ANI.id,)}) if number == 1 else each
            for number, each in enumerate(many_entries(2))
        ),
    )
    scores = (
        points(ANI, "inov-0", "0"),
        points(BUDI, "inov-0", "100"),
        points(BUDI, "inov-1", "0"),
    )
    fact = decided(reveal(*scores), opening, *seals_of(scores))
    assert isinstance(fact, ScoresRevealed)
    assert [mean.adjusted for mean in fact.means] == [Decimal("50.00"), Decimal("0.00")]


@pytest.mark.parametrize(
    ("combine", "mean"),
    [("mean", "58.33"), ("median", "70.00"), ("trimmed_mean", "70.00")],
)
def test_adjusted_scores_are_combined_by_the_same_rule(combine: str, mean: str):
    scores = (
        points(ANI, "inov-0", "90"),
        points(BUDI, "inov-0", "70"),
        points(CITRA, "inov-0", "15"),
    )
    rule = PanelRule.model_validate({"combine": combine, "minimum_sample": 1})
    (found,) = _revealed(rule, scores, ANI, BUDI, CITRA, entries=1).means
    assert (found.mean, found.adjusted) == (Decimal(mean), Decimal("58.33"))
