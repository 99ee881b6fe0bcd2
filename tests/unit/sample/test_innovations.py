"""The innovations of the sample season against the rules that a submission must pass."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from deploy.sample import rows
from deploy.sample.innovations import claimed_maturity
from deploy.sample.plan import EvidencePlan, InnovationPlan, Script
from deploy.sample.script import SMALL, small_season, whole_season
from services.submission.domain.rules import check_choices, check_claim, check_evidence
from services.verification.domain.verdicts import REASONS
from shared.editions import Edition, in_window, word_count
from shared.events.submission import Content, EvidenceItem, FileEvidence, LinkEvidence
from shared.findings import missing_for_submission

MEDIA_TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
DIGEST = "0" * 64


def as_item(plan: EvidencePlan) -> EvidenceItem:
    content: Content
    if plan.url is not None:
        content = LinkEvidence(url=plan.url, sha256=DIGEST)
    else:
        content = FileEvidence(
            file_name=plan.file_name,
            sha256=DIGEST,
            size_bytes=1,
            media_type=MEDIA_TYPES[plan.media],
        )
    return EvidenceItem(
        evidence_id=plan.key,
        indicators=plan.indicators,
        evidence_kind=plan.evidence_kind,
        content=content,
        letter=plan.letter,
    )


def revised(plan: InnovationPlan) -> tuple[EvidencePlan, ...]:
    return plan.review.revision.evidence if plan.review.revision else ()


def test_all_published_innovations_of_the_province_are_there_once(script: Script):
    assert [plan.name for plan in script.innovations] == [row.name for row in rows.innovations()]
    assert len(script.innovations) == 108
    assert len({plan.code for plan in script.innovations}) == 108


def test_every_profile_may_be_submitted_but_the_one_that_forgets_its_development(
    script: Script, edition: Edition
):
    refused = {
        plan.code: missing
        for plan in script.innovations
        if (missing := missing_for_submission(plan.profile, edition))
    }
    assert refused == {"peta-baper": ("outside_window",)}
    assert script.innovation("peta-baper").refusal is not None
    for plan in script.innovations:
        check_choices(plan.profile, edition)
        check_choices(plan.final_profile, edition)
        assert missing_for_submission(plan.final_profile, edition) == ()


def test_a_published_value_is_kept_and_not_called_sample(script: Script):
    for row, plan in zip(rows.innovations(), script.innovations, strict=True):
        profile = plan.final_profile
        published = {
            "main_affair": row.affair,
            "form": row.form,
            "kind": row.kind,
            "initiator": row.initiator,
        }
        for name, value in published.items():
            assert (name in profile.sample_fields) == (not value)
            assert not value or getattr(profile, name) == value
        if profile.stage == "implementation" and profile.implemented_on:
            assert profile.implemented_on.isoformat().startswith(row.implemented_on)
        is_day = len(row.implemented_on) > len("2025")
        assert ("implemented_on" in profile.sample_fields) == (
            profile.implemented_on is not None and not is_day
        )


def test_made_up_texts_say_so_and_differ(script: Script):
    narratives = [plan.profile.design_narrative for plan in script.innovations]
    assert len(set(narratives)) == len(narratives)
    for plan in script.innovations:
        profile = plan.final_profile
        texts = (profile.design_narrative, profile.purpose, profile.benefit, profile.result)
        assert all(text.startswith("[CONTOH]") for text in texts)
        assert word_count(profile.design_narrative) >= 300
        assert {"design_narrative", "purpose", "benefit", "result"} <= set(profile.sample_fields)
        assert bool(profile.developed_on) == ("developed_on" in profile.sample_fields)


def test_an_old_innovation_takes_part_by_its_development(script: Script, edition: Edition):
    profile = script.innovation("puspaga-berkarakter").final_profile
    assert profile.implemented_on == date(2018, 4, 17)
    assert not in_window(edition, profile.implemented_on, None)
    assert profile.developed_on is not None and profile.developed_on.year == 2024
    assert profile.development_note


def test_a_few_are_not_applied_yet(script: Script):
    early = {
        p.code: p.profile.stage for p in script.innovations if p.profile.stage != "implementation"
    }
    assert early == {
        "podkes": "trial",
        "sinergi": "trial",
        "juragan-sayur-dan-buah": "initiative",
    }


def test_every_claim_and_every_piece_of_evidence_is_allowed(script: Script, edition: Edition):
    for plan in script.innovations:
        revision = plan.review.revision
        for claim in (*plan.claims, *(revision.claims if revision else ())):
            check_claim(claim, edition)
        for evidence in (*plan.evidence, *revised(plan)):
            check_evidence(as_item(evidence), edition, 10_000_000)


@pytest.mark.parametrize("files", [3, 6, 10, 15, 20])
def test_evidence_covers_every_claim_in_the_files_wanted(files: int, edition: Edition):
    for plan in whole_season(files).innovations:
        claimed = {claim.indicator for claim in plan.claims}
        assert {code for each in plan.evidence for code in each.indicators} == claimed
        assert sum(each.media != "link" for each in plan.evidence) <= files
        keys = [each.key for each in (*plan.evidence, *revised(plan))]
        assert len(set(keys)) == len(keys)
        for each in (*plan.evidence, *revised(plan)):
            check_evidence(as_item(each), edition, 10_000_000)


def test_a_letter_is_there_where_an_indicator_asks_for_one(script: Script, edition: Edition):
    letters = {row.code for row in edition.sid if row.shape == "letter"}
    for plan in script.innovations:
        for each in (*plan.evidence, *revised(plan)):
            assert (each.letter is not None) == bool(letters & set(each.indicators))
            if each.letter is not None:
                assert each.letter.number.startswith("CONTOH/")
                assert len(each.letter.subject) <= 500
            assert len(each.file_name) <= 200


def test_maturity_claimed_ranges_widely(script: Script, edition: Edition):
    claimed = sorted(claimed_maturity(plan, edition) for plan in script.innovations)
    assert 33 <= claimed[0] <= 35
    assert 103 <= claimed[-1] <= 105
    gaps = [high - low for low, high in pairwise(claimed)]
    assert max(gaps) <= 4


def test_a_verdict_is_planned_for_every_claim_as_it_finally_stands(script: Script):
    for plan in script.innovations:
        final = {claim.indicator: claim.level for claim in plan.claims}
        if plan.review.revision:
            final.update({each.indicator: each.level for each in plan.review.revision.claims})
        planned = {each.indicator: each.claimed_level for each in plan.review.verdicts}
        assert planned == final


def test_less_is_granted_only_with_a_reason_of_the_catalogue(script: Script):
    seen = Counter[str]()
    for verdict in (each for plan in script.innovations for each in plan.review.verdicts):
        seen[verdict.expect] += 1
        match verdict.expect:
            case "granted":
                assert verdict.granted_level == verdict.claimed_level
                assert (verdict.reason_code, verdict.reason) == (None, "")
            case "lower":
                assert 0 < verdict.granted_level < verdict.claimed_level
                assert verdict.reason_code in REASONS and verdict.reason
            case "none":
                assert verdict.granted_level == 0
                assert verdict.reason_code in REASONS and verdict.reason
    assert seen["lower"] > 50 and seen["none"] > 20


def test_a_revision_replaces_evidence_and_reopens_all_that_it_shows(script: Script):
    revisions = {p.code: p.review.revision for p in script.innovations if p.review.revision}
    assert len(revisions) == 6
    for code, revision in revisions.items():
        evidence = {each.key: each for each in script.innovation(code).evidence}
        shown = {i for key in revision.withdrawn for i in evidence[key].indicators}
        assert set(revision.indicators) == shown
        assert {i for each in revision.evidence for i in each.indicators} == shown
        assert {claim.indicator for claim in revision.claims} <= shown
        assert all(evidence[key].media != "link" for key in revision.withdrawn)
    assert any(revision.claims for revision in revisions.values())
    assert any(not revision.claims for revision in revisions.values())


def test_no_verifier_gets_a_dossier_of_their_own_region_or_one_they_step_aside_from(
    script: Script,
):
    conflicts = {plan.code: plan.review.conflict for plan in script.innovations}
    kinds = Counter(each.kind for each in conflicts.values() if each)
    assert kinds == {"by_agency": 1, "declared": 1}
    for plan in script.innovations:
        conflict = conflicts[plan.code]
        lookers = {plan.review.verifier, plan.review.second}
        assert conflict is None or conflict.verifier not in lookers
        assert plan.region_code != "hss" or "verifikator-hss" not in lookers


def test_a_second_look_is_by_another_and_a_few_of_them_differ_on_what_was_refused(
    script: Script,
):
    assert all(plan.review.second != plan.review.verifier for plan in script.innovations)
    disputed = [plan.review for plan in script.innovations if plan.review.disputed]
    assert len(disputed) > 2
    for review in disputed:
        (verdict,) = (each for each in review.verdicts if each.indicator == review.disputed)
        assert verdict.expect == "none"


def test_each_flaw_is_shown_once(script: Script):
    flaws = [each.flaw for plan in script.innovations for each in plan.broken_uploads]
    assert sorted(flaws) == ["empty", "encrypted_pdf", "png_named_pdf", "truncated_pdf"]


def test_the_small_season_is_a_part_of_the_whole_one():
    whole, small = whole_season(6), small_season(6)
    assert [plan.code for plan in small.innovations] == [
        plan.code for plan in whole.innovations if plan.code in SMALL
    ]
    assert len(small.innovations) == len(SMALL)
    assert {plan.code: plan for plan in small.innovations}.items() <= {
        plan.code: plan for plan in whole.innovations
    }.items()
    homes = {plan.agency_code for plan in small.innovations}
    assert homes <= {agency.code for agency in small.agencies} < {a.code for a in whole.agencies}


def test_the_season_is_the_same_twice(script: Script):
    assert whole_season() == script
