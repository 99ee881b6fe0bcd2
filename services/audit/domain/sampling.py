"""The sample of the quality check, drawn again by the rule that the history had then. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.audit.domain.world import World
from services.verification.domain import sampling
from services.verification.domain.quality import Rules
from services.verification.domain.states import Case, Disputed, InReview, State, UnderCheck
from shared.events.base import Fact
from shared.events.verification import (
    QUALITY,
    DossierRejected,
    DossierVerified,
    QualityCheckDecided,
    QualityCheckDrawn,
    QualityRule,
)


@dataclass(frozen=True, slots=True)
class SampleFault:
    """Why a review was not drawn, or not let pass, as the published rule has it."""

    what: str
    expected: str
    found: str


def sample_fault(facts: Sequence[Fact], before: State, world: World) -> SampleFault | None:
    """None where nothing was drawn, and for facts of builds that did not draw."""
    for fact in facts:
        match fact, before:
            case QualityCheckDrawn(), InReview(case=case):
                return _misdrawn(fact, case, world) or _misnamed(fact)
            case DossierVerified(rule=QualityRule(), draw=str()), InReview(case=case):
                return _misdrawn(fact, case, world) or _let_pass(fact)
            case (
                DossierVerified(rule=QualityRule() as rule, draw=str(draw)),
                UnderCheck(check=check) | Disputed(check=check),
            ):
                return _differing(check.rule, rule, check.draw, draw)
            case _:
                pass
    return None


def rule_at(season_id: str, at: datetime, world: World) -> QualityRule:
    """The season's rule of that moment, as the history had published it."""
    known = world.standings.get(QUALITY.subject(season_id))
    published = known.state.rules if known and isinstance(known.state, Rules) else ()
    return sampling.rule_at(published, at)


def rule_of(
    fact: QualityCheckDrawn | QualityCheckDecided | DossierVerified | DossierRejected,
    before: State,
    world: World,
) -> QualityRule:
    """The rule by which the review, or the second look at it, ended."""
    match before:
        case UnderCheck(check=check):
            return check.rule
        case InReview(case=case):
            return rule_at(case.about.season_id, fact.at, world)
        case _:
            return sampling.DEFAULT_RULE


def _misdrawn(
    fact: QualityCheckDrawn | DossierVerified, case: Case, world: World
) -> SampleFault | None:
    rule = rule_at(case.about.season_id, fact.at, world)
    draw = sampling.draw_of(case.dossier_id, case.round, fact.at)
    return _differing(rule, fact.rule, draw, fact.draw)


def _differing(
    rule: QualityRule, told_rule: QualityRule | None, draw: str, told_draw: str | None
) -> SampleFault | None:
    if told_rule != rule:
        what = "Another rule of the quality check was in force when the review ended."
        return SampleFault(what, _in_words(rule), _in_words(told_rule))
    if told_draw != draw:
        return SampleFault("Another number was drawn for this review.", draw, str(told_draw))
    return None


def _misnamed(fact: QualityCheckDrawn) -> SampleFault | None:
    is_sampled = sampling.is_sampled(fact.draw, fact.rule)
    if is_sampled == ("sample" in fact.reasons):
        return None
    what = "The review is not in the sample that it is said to be in."
    if is_sampled:
        what = "The review is in the sample, and is said to be checked for other reasons only."
    return SampleFault(what, _told(is_sampled), _told(not is_sampled))


def _let_pass(fact: DossierVerified) -> SampleFault | None:
    """Nothing that the rule sends to a second verifier is verified by the first."""
    if fact.rule is None or fact.draw is None:
        return None
    if sampling.is_sampled(fact.draw, fact.rule):
        what = "The review is in the sample and was verified without a second look."
        return SampleFault(what, _told(True), _told(False))
    if any(sampling.is_large(each, fact.rule) for each in fact.verdicts):
        what = "A verdict lies far below its claim and was verified without a second look."
        return SampleFault(what, "large_change", "no check")
    return None


def _told(is_sampled: bool) -> str:
    return "in the sample" if is_sampled else "not in the sample"


def _in_words(rule: QualityRule | None) -> str:
    if rule is None:
        return "none"
    return f"{rule.sample_permille} permille, {rule.large_change} levels"
