"""Categories, rounds and panels that can be worked with. Pure."""

from decimal import Decimal

from services.awards.domain.rules.distinct import require_distinct
from shared.errors import Refused
from shared.events.awards import CategoryRule, RoundRule
from shared.events.scoring import Criterion

HIGHEST_SCORE = Decimal(100)


def check_category(category: CategoryRule) -> None:
    """Raises `Refused` with the first thing about the category that cannot be worked with."""
    code = category.code
    if not category.rounds:
        raise Refused("round_missing", f"Category {code} needs a round.", category=code)
    require_distinct(
        "round_repeated", "round", (each.code for each in category.rounds), category=code
    )
    if category.minimum_maturity < 0:
        raise Refused(
            "minimum_negative", f"The minimum of category {code} is negative.", category=code
        )
    for rule in category.rounds:
        _check_round(code, rule)
    _require_sum(
        f"The weights of the rounds of category {code}",
        sum(rule.weight for rule in category.rounds),
        category.rounds_total,
        category=code,
    )
    _check_past_winners(category)


def _check_round(category: str, rule: RoundRule) -> None:
    where = {"category": category, "round": rule.code}
    place = f"Round {rule.code} of category {category}"
    if rule.weight < 0:
        raise Refused("round_weight_negative", f"{place} has a negative weight.", **where)
    if rule.advance is not None and rule.advance < 1:
        raise Refused("advance_short", f"{place} lets nobody go on.", **where)
    if rule.pass_mark is not None and not 0 <= rule.pass_mark <= HIGHEST_SCORE:
        raise Refused("pass_mark_out_of_range", f"{place} has a pass mark beyond 0..100.", **where)
    if rule.scored_by == "panel":
        _check_panel(category, rule)


def _check_panel(category: str, rule: RoundRule) -> None:
    where = {"category": category, "round": rule.code}
    place = f"Round {rule.code} of category {category}"
    if not rule.criteria:
        raise Refused("criteria_missing", f"{place} is judged and has no criteria.", **where)
    if not rule.judges:
        raise Refused("judges_missing", f"{place} is judged and has no judges.", **where)
    require_distinct(
        "criterion_repeated", "criterion", (each.code for each in rule.criteria), **where
    )
    require_distinct("judge_repeated", "judge", rule.judges, **where)
    if not all(map(_is_usable, rule.criteria)):
        raise Refused(
            "criterion_empty", f"{place} has a criterion without weight or scale.", **where
        )
    _require_sum(
        f"The weights of the criteria of {place.lower()}",
        sum(each.weight for each in rule.criteria),
        rule.panel.criteria_total,
        **where,
    )
    _check_panel_rule(rule, place, where)


def _is_usable(criterion: Criterion) -> bool:
    return criterion.weight > 0 and criterion.scale > 0


def _check_panel_rule(rule: RoundRule, place: str, where: dict[str, str]) -> None:
    panel = rule.panel
    require_distinct("judge_repeated", "judge", (*rule.judges, *panel.reserve_judges), **where)
    apart = panel.third_reading_above
    if apart is not None and not 0 <= apart < HIGHEST_SCORE:
        raise Refused(
            "third_reading_out_of_range",
            f"{place} has a third reading beyond 0..100.",
            **where,
        )
    if apart is not None and not panel.reserve_judges:
        raise Refused(
            "reserve_judges_missing",
            f"{place} needs reserve judges for third readings.",
            **where,
        )
    if panel.minimum_sample < 2:
        raise Refused(
            "minimum_sample_short", f"{place} would adjust by the severity of one score.", **where
        )


def _check_past_winners(category: CategoryRule) -> None:
    barred = category.past_winners
    if barred is not None and (barred.up_to_rank < 1 or not barred.competitions):
        raise Refused(
            "past_winners_empty",
            f"Category {category.code} bars past winners of no rank or of no competition.",
            category=category.code,
        )


def _require_sum(what: str, found: int, declared: int, **where: str) -> None:
    if declared < 1 or found != declared:
        raise Refused(
            "weights_do_not_sum",
            f"{what} add up to {found}, not to {declared}.",
            found=found,
            declared=declared,
            **where,
        )
