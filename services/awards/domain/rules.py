"""What the rules of a competition must be before they are announced, and their digest. Pure."""

import json
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256

from shared.errors import Refused
from shared.events.awards import CategoryRule, CompetitionRules, Prize, RoundRule
from shared.events.scoring import Criterion

HIGHEST_SCORE = Decimal(100)


def canonical(rules: CompetitionRules) -> bytes:
    """The rules as canonical JSON (RFC 8785).

    For text, whole numbers below 2**53, null and ASCII names, which is all that rules are made
    of, sorted compact JSON is that form.
    """
    plain = rules.model_dump(mode="json")
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest_of(rules: CompetitionRules) -> str:
    """SHA-256 of the canonical rules, in lower-case hexadecimal."""
    return sha256(canonical(rules)).hexdigest()


def check(rules: CompetitionRules) -> None:
    """Raises `Refused` with the first rule that cannot be worked with."""
    if not rules.categories:
        raise Refused("category_missing", "A competition needs at least one category.")
    _unique("category_repeated", "category", (each.code for each in rules.categories))
    _unique("tie_break_repeated", "tie-break", rules.tie_breaks)
    if rules.objection_days < 1:
        raise Refused("objection_days_short", "The objection window lasts one day or more.")
    for category in rules.categories:
        _check_category(category)


def _check_category(category: CategoryRule) -> None:
    code = category.code
    if not category.rounds:
        raise Refused("round_missing", f"Category {code} needs a round.", category=code)
    _unique("round_repeated", "round", (each.code for each in category.rounds), category=code)
    if category.minimum_maturity < 0:
        raise Refused(
            "minimum_negative", f"The minimum of category {code} is negative.", category=code
        )
    for rule in category.rounds:
        _check_round(code, rule)
    if sum(rule.weight for rule in category.rounds) <= 0:
        raise Refused(
            "round_weights_zero", f"No round of category {code} has a weight.", category=code
        )
    _check_prizes(code, category.prizes)


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
    _unique("criterion_repeated", "criterion", (each.code for each in rule.criteria), **where)
    _unique("judge_repeated", "judge", rule.judges, **where)
    if not all(map(_is_usable, rule.criteria)):
        raise Refused(
            "criterion_empty", f"{place} has a criterion without weight or scale.", **where
        )


def _is_usable(criterion: Criterion) -> bool:
    return criterion.weight > 0 and criterion.scale > 0


def _check_prizes(category: str, prizes: tuple[Prize, ...]) -> None:
    if prizes and min(prize.rank for prize in prizes) != 1:
        raise Refused(
            "prize_ranks_start",
            f"The prizes of category {category} start at rank 1.",
            category=category,
        )
    for prize in prizes:
        if not prize.amount_rupiah and not prize.in_kind.strip():
            raise Refused(
                "prize_empty",
                f"A prize of category {category} is nothing.",
                category=category,
                rank=prize.rank,
            )


def _unique(code: str, what: str, names: Iterable[str], **where: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Refused(code, f"The {what} {name} is there twice.", name=name, **where)
        seen.add(name)
