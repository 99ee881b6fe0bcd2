"""The sample competition: its rules hold, its objection moves the ranking, its funds suffice."""

from decimal import Decimal

from deploy.sample.competition import CRITERIA, STRICT, judge_scores
from deploy.sample.people import JUDGES, person_id
from deploy.sample.plan import Script
from deploy.sample.script import small_season
from services.awards.domain import rules as announced_rules
from services.awards.domain.ranking import ties
from shared.editions import Edition
from shared.events.awards import Entry
from tests.unit.sample.play import entries, places, ranking, rounds, total


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
            scores = judge_scores(judge.username, plan, STRICT)
            assert [each.criterion for each in scores] == [each.code for each in CRITERIA]
            assert all(0 <= each.score <= 100 for each in scores)
            assert judge_scores(judge.username, plan, STRICT) == scores


def test_one_entry_alone_is_read_a_third_time(script: Script, edition: Edition):
    asn = script.competition.rules.categories[1]
    rule = asn.rounds[1]
    above = rule.panel.third_reading_above
    assert (above, rule.panel.combine) == (Decimal(15), "median")
    heard = places(script, entries(script, edition), entries(script, edition))["asn"]
    apart = {
        code: abs(first - second)
        for code in heard
        for first, second in [
            [total(rule, judge, script.innovation(code), script) for judge in ("juri-3", "juri-4")]
        ]
    }
    assert [code for code, points in apart.items() if points > above] == [STRICT.innovation_code]
    assert rule.panel.reserve_judges == (person_id("juri-5"),)


def test_the_doubted_entry_is_among_the_winners(script: Script, edition: Edition):
    doubt = script.competition.doubt
    assert doubt is not None and len(doubt.statement) >= 50
    entered = entries(script, edition)
    winners = [each[:3] for each in places(script, entered, entered).values()]
    assert any(doubt.innovation_code in each for each in winners)


def test_the_small_season_plans_nothing_for_whom_it_leaves_out():
    plan = small_season(6).competition
    assert plan.strict == STRICT
    assert (plan.objection, plan.disqualification, plan.recusal, plan.doubt) == (None,) * 4
