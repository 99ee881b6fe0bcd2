"""The 108 published innovations of the sample: none of them is blocked without a reason."""

from hashlib import sha256

import pytest

from deploy.sample.plan import EvidencePlan, InnovationPlan, Script
from deploy.sample.script import EDITION_ID, whole_season
from shared.editions import load
from shared.events.submission import EvidenceItem, FileEvidence, LinkEvidence
from shared.findings import Case, Neighbour, Reading, examine, standing

MEDIA_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
EDITION = load(EDITION_ID)
THIN = {"events_missing", "methods_missing", "replications_missing", "years_missing"}
"""One document for a level that asks for several: the sample is thin in this way, on purpose."""


@pytest.fixture(scope="module")
def script() -> Script:
    return whole_season()


def item_of(plan: EvidencePlan) -> EvidenceItem:
    digest = sha256(plan.file_name.encode()).hexdigest()
    content = (
        LinkEvidence(url=plan.url, sha256=digest)
        if plan.url
        else FileEvidence(
            file_name=plan.file_name,
            sha256=digest,
            size_bytes=1,
            media_type=MEDIA_TYPES[plan.media],
        )
    )
    return EvidenceItem(
        evidence_id=plan.key,
        indicators=plan.indicators,
        evidence_kind=plan.evidence_kind,
        content=content,
        letter=plan.letter,
        accepted=True,
    )


def case_of(plan: InnovationPlan, *neighbours: Neighbour) -> Case:
    items = {each.key: item_of(each) for each in plan.evidence}
    readings = {
        items[each.key].content.sha256: Reading("\n".join(each.lines), 1)
        for each in plan.evidence
        if each.media == "pdf"
    }
    return Case(
        EDITION, plan.final_profile, plan.claims, tuple(items.values()), readings, neighbours
    )


def test_nothing_blocks_and_only_thin_evidence_costs(script: Script):
    assert len(script.innovations) == 108
    for plan in script.innovations:
        found = examine(case_of(plan))
        assert [each for each in found if each.severity == "blocks"] == [], plan.code
        assert {each.code for each in found if each.severity == "costs"} <= THIN, plan.code


def test_the_one_that_forgot_its_development_is_blocked_for_just_that(script: Script):
    plan = script.innovation("peta-baper")
    assert plan.refusal is not None
    found = examine(Case(EDITION, plan.profile, plan.claims))
    assert [each.code for each in found if each.severity == "blocks"] == ["outside_window"]


def test_no_two_published_innovations_are_taken_for_one(script: Script):
    titles = {plan.code: plan.final_profile.title for plan in script.innovations}
    for plan in script.innovations:
        others = [Neighbour(code, title) for code, title in titles.items() if code != plan.code]
        found = examine(case_of(plan, *others))
        assert "title_taken" not in {each.code for each in found}, plan.code


def test_the_risk_is_never_more_than_the_claim(script: Script):
    for plan in script.innovations:
        case = case_of(plan)
        stands = standing(case, examine(case))
        assert 0 <= stands.at_risk <= stands.claimed
