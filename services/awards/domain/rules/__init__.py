"""What the rules of a competition must be before they are announced, and their digest. Pure."""

import json
from hashlib import sha256

from services.awards.domain.rules.categories import check_category
from services.awards.domain.rules.distinct import require_distinct
from services.awards.domain.rules.money import asked_of, check_funds, check_money
from shared.errors import Refused
from shared.events.awards import CompetitionRules


def canonical(rules: CompetitionRules) -> bytes:
    """The rules as canonical JSON (RFC 8785), without what is at its default.

    So a rule that is added later changes no digest of before. For text, whole numbers below
    2**53, null and ASCII names, which is all that rules are made of, sorted compact JSON is that
    form.
    """
    plain = rules.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest_of(rules: CompetitionRules) -> str:
    """SHA-256 of the canonical rules, in lower-case hexadecimal."""
    return sha256(canonical(rules)).hexdigest()


def check(rules: CompetitionRules) -> None:
    """Raises `Refused` with the first rule that cannot be worked with."""
    if not rules.categories:
        raise Refused("category_missing", "A competition needs at least one category.")
    require_distinct("category_repeated", "category", (each.code for each in rules.categories))
    require_distinct("tie_break_repeated", "tie-break", rules.tie_breaks)
    _check_course(rules)
    for category in rules.categories:
        check_category(category)
    check_money(rules)


def _check_course(rules: CompetitionRules) -> None:
    """Raises `Refused` for days and signatures that no competition can go by."""
    if rules.objection_days < 1:
        raise Refused("objection_days_short", "The objection window lasts one day or more.")
    if rules.public_test_days < 0 or rules.minutes_signatures < 0:
        raise Refused("course_negative", "Days and signatures are counted from zero.")
    if rules.decision_days is not None and rules.decision_days < 1:
        raise Refused("decision_days_short", "A decision takes one day or more.")


__all__ = ["asked_of", "canonical", "check", "check_funds", "check_money", "digest_of"]
