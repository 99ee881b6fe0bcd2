"""The sample competition played with the real rules, from planned verdicts to a ranking."""

from collections.abc import Mapping
from decimal import Decimal

from deploy.sample.competition import judge_scores
from deploy.sample.innovations import verified_maturity
from deploy.sample.people import JUDGES, person_id
from deploy.sample.plan import CompetitionPlan, InnovationPlan, Script
from services.awards.domain.ranking import Order, ranked
from services.awards.domain.rounds import ClosedRound, closed, maturity_score
from shared.editions import Edition
from shared.editions.numbers import two_decimals
from shared.events.awards import CategoryRule, Entry, RankedEntry, RoundRule

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
    presented = closed(last, {plan.code: mean(last, plan, script) for plan in heard})
    return {
        first.code: ClosedRound({each.innovation_id: each for each in selected}),
        last.code: ClosedRound({each.innovation_id: each for each in presented}),
    }


def mean(rule: RoundRule, plan: InnovationPlan, script: Script) -> Decimal:
    recusal = script.competition.recusal
    away = recusal.judge if recusal and recusal.innovation_code == plan.code else ""
    weights = {each.code: each.weight for each in rule.criteria}
    points = [
        weights[score.criterion] * score.score
        for judge in (USERNAMES[each] for each in rule.judges)
        if judge != away
        for score in judge_scores(judge, plan)
    ]
    judges = len(points) // len(weights)
    return two_decimals(sum(points, Decimal(0)), sum(weights.values()) * judges)


def ranking(
    script: Script, entered: tuple[Entry, ...], category: CategoryRule, first: tuple[Entry, ...]
) -> tuple[RankedEntry, ...]:
    """Places with the entries as they are now, on the rounds that closed with `first`."""
    mine = [each for each in entered if each.category == category.code]
    order = Order(script.competition.rules.tie_breaks)
    return ranked(category, mine, rounds(script, category, first), order)
