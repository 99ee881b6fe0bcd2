"""The sample competition: its rules hold, its objection moves the ranking, its funds suffice."""

from decimal import Decimal

from deploy.sample.competition import CRITERIA, judge_scores
from deploy.sample.people import JUDGES, person_id
from deploy.sample.plan import Script
from deploy.sample.script import small_season
from services.awards.domain import rules as announced_rules
from services.awards.domain.ranking import ties
from shared.editions import Edition
from shared.events.awards import Entry
from tests.unit.sample.play import entries, ranking, rounds


def places(script: Script, entered: tuple[Entry, ...], first: tuple[Entry, ...]):
    return {
        category.code: [each.innovation_id for each in ranking(script, entered, category, first)]
        for category in script.competition.rules.categories
    }


def after_objection(script: Script, entered: tuple[Entry, ...]) -> tuple[Entry, ...]:
    objection = script.competition.objection
    assert objection is not None
    verdicts = script.innovation(objection.innovation_code).review.verdicts
    verdict = next(each for each in verdicts if each.indicator == objection.indicator)
    assert verdict.granted_level < objection.level_granted <= objection.level_sought
    assert objection.level_sought <= verdict.claimed_level
    weight = Decimal(3)  # SID-16 Replikasi
    more = weight * (objection.level_granted - verdict.granted_level)
    return tuple(
        each.model_copy(update={"verified_maturity": each.verified_maturity + more})
        if each.innovation_id == objection.innovation_code
        else each
        for each in entered
    )


def test_the_rules_can_be_announced(script: Script):
    announced_rules.check(script.competition.rules)
    assert len(script.competition.rules.categories) == 3


def test_ten_go_on_in_every_category_and_somebody_stays_behind(script: Script, edition: Edition):
    entered = entries(script, edition)
    for category in script.competition.rules.categories:
        first = rounds(script, category, entered)[category.rounds[0].code]
        advanced = [each for each in first.scores.values() if each.advanced]
        assert len(advanced) == 10
        assert len(first.scores) > 10


def test_a_granted_objection_puts_another_innovation_first(script: Script, edition: Edition):
    entered = entries(script, edition)
    before = places(script, entered, entered)
    after = places(script, after_objection(script, entered), entered)
    assert before["perangkat-daerah"][:2] == ["sepeda-baru-v-03", "polisi-tapin"]
    assert after["perangkat-daerah"][:2] == ["polisi-tapin", "sepeda-baru-v-03"]
    assert before["perangkat-daerah"][2:] == after["perangkat-daerah"][2:]
    assert (before["masyarakat"], before["asn"]) == (after["masyarakat"], after["asn"])


def test_a_finalist_is_disqualified_and_leaves_the_ranking(script: Script, edition: Edition):
    entered = entries(script, edition)
    out = script.competition.disqualification
    assert out is not None
    category = next(each for each in entered if each.innovation_id == out.innovation_code).category
    rule = next(each for each in script.competition.rules.categories if each.code == category)
    selected = rounds(script, rule, entered)[rule.rounds[0].code].scores
    assert selected[out.innovation_code].advanced
    assert out.innovation_code not in places(script, entered, entered)[category]


def test_no_tie_waits_for_a_vote(script: Script, edition: Edition):
    entered = entries(script, edition)
    corrected = after_objection(script, entered)
    for category in script.competition.rules.categories:
        assert ties(ranking(script, entered, category, entered), category) == ()
        assert ties(ranking(script, corrected, category, entered), category) == ()


def test_one_judge_sits_in_two_categories_and_one_steps_aside_from_a_finalist(
    script: Script, edition: Edition
):
    seats = [
        judge
        for category in script.competition.rules.categories
        for rule in category.rounds
        for judge in rule.judges
    ]
    assert set(seats) == {person_id(each.username) for each in JUDGES}
    assert [judge for judge in set(seats) if seats.count(judge) > 1] == [person_id("juri-1")]
    recusal = script.competition.recusal
    assert recusal is not None
    entered = entries(script, edition)
    assert recusal.innovation_code in places(script, entered, entered)["perangkat-daerah"]
    final = script.competition.rules.categories[2].rounds[1]
    assert person_id(recusal.judge) in final.judges


def test_every_score_is_on_its_scale_and_the_same_twice(script: Script):
    for plan in script.innovations:
        for judge in JUDGES:
            scores = judge_scores(judge.username, plan)
            assert [each.criterion for each in scores] == [each.code for each in CRITERIA]
            assert all(0 <= each.score <= 100 for each in scores)
            assert judge_scores(judge.username, plan) == scores


def test_all_prizes_fit_their_funds_and_one_more_does_not(script: Script, edition: Edition):
    competition = script.competition
    entered = entries(script, edition)
    ranked = places(script, entered, entered)
    needed = dict.fromkeys((fund.fund_id for fund in competition.funds), 0)
    for category in competition.rules.categories:
        for prize in category.prizes:
            assert prize.rank <= len(ranked[category.code])
            needed[prize.fund_id] += prize.amount_rupiah
    assert needed == {"apbd-2026": 36_000_000, "sponsor-2026": 7_500_000}
    ceilings = {fund.fund_id: fund.ceiling_rupiah for fund in competition.funds}
    assert all(needed[fund] <= ceilings[fund] for fund in ceilings)
    fund = competition.one_too_many_fund
    assert needed[fund] + competition.one_too_many_rupiah > ceilings[fund]


def test_the_small_season_plans_nothing_for_whom_it_leaves_out():
    competition = small_season(6).competition
    planned = (competition.objection, competition.disqualification, competition.recusal)
    assert planned == (None, None, None)
