"""The sample competition played with the real rules, from planned verdicts to a ranking."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from deploy.sample.competition import judge_scores
from deploy.sample.innovations import verified_maturity
from deploy.sample.people import JUDGES, person_id
from deploy.sample.plan import CompetitionPlan, InnovationPlan, Script
from services.awards.domain.ranking import Order, ranked
from services.awards.domain.rounds import ClosedRound, closed, maturity_score
from services.scoring.domain.combining import combined, half_up, weighted
from shared.editions import Edition
from shared.events.awards import CategoryRule, Entry, RankedEntry, RoundRule
from shared.events.scoring import CriterionScore

USERNAMES = {person_id(judge.username): judge.username for judge in JUDGES}


def category_of(plan: InnovationPlan, maturity: Decimal, competition: CompetitionPlan) -> str:
    for category in competition.rules.categories:
        is_invited = plan.profile.initiator in category.initiators
        if is_invited and maturity >= category.minimum_maturity:
            return category.code
    return ""


def entries(script: Script, edition: Edition) -> tuple[Entry, ...]:
    found = ((plan, verified_maturity(plan, edition)) for plan in script.innovations)
    return tuple(
        Entry(
            innovation_id=plan.code,
            category=category,
            title=plan.profile.title,
            agency_id=plan.agency_code,
            agency_path=(plan.agency_code,),
            drafters=(),
            deciders=(),
            scorecard_number=1,
            verified_maturity=maturity,
            evidence_acceptance=Decimal(0),
        )
        for plan, maturity in found
        if (category := category_of(plan, maturity, script.competition))
    )


def rounds(
    script: Script, category: CategoryRule, entered: tuple[Entry, ...]
) -> Mapping[str, ClosedRound]:
    """Both rounds of a category as they close; a disqualified entry is in neither."""
    out = script.competition.disqualification
    first, last = category.rounds
    mine = [e for e in entered if e.category == category.code]
    maturities = {e.innovation_id: maturity_score(e.verified_maturity) for e in mine}
    selected = closed(first, maturities)
    heard = [
        script.innovation(each.innovation_id)
        for each in selected
        if each.advanced and (out is None or each.innovation_id != out.innovation_code)
    ]
    presented = closed(last, {plan.code: score(last, plan, script) for plan in heard})
    return {
        first.code: ClosedRound({each.innovation_id: each for each in selected}),
        last.code: ClosedRound({each.innovation_id: each for each in presented}),
    }


def score(rule: RoundRule, plan: InnovationPlan, script: Script) -> Decimal:
    """What the panel's rule makes of its judges, and of the one in reserve where two differ."""
    recusal = script.competition.recusal
    away = recusal.judge if recusal and recusal.innovation_code == plan.code else ""
    judges = [USERNAMES[each] for each in rule.judges if USERNAMES[each] != away]
    totals = [total(rule, judge, plan, script) for judge in judges]
    above = rule.panel.third_reading_above
    if above is not None and max(totals) - min(totals) > Fraction(above):
        totals.append(total(rule, USERNAMES[rule.panel.reserve_judges[0]], plan, script))
    return half_up(combined(rule.panel, totals))


def total(rule: RoundRule, judge: str, plan: InnovationPlan, script: Script) -> Fraction:
    given = judge_scores(judge, plan, script.competition.strict)
    scores = [CriterionScore(criterion=each.criterion, score=each.score) for each in given]
    return weighted(rule.criteria, scores)


def ranking(
    script: Script, entered: tuple[Entry, ...], category: CategoryRule, first: tuple[Entry, ...]
) -> tuple[RankedEntry, ...]:
    """Places with the entries as they are now, on the rounds that closed with `first`."""
    mine = [each for each in entered if each.category == category.code]
    order = Order(script.competition.rules.tie_breaks)
    return ranked(category, mine, rounds(script, category, first), order)


def places(
    script: Script, entered: tuple[Entry, ...], first: tuple[Entry, ...]
) -> dict[str, list[str]]:
    """The innovations of each category, best first."""
    return {
        category.code: [each.innovation_id for each in ranking(script, entered, category, first)]
        for category in script.competition.rules.categories
    }
