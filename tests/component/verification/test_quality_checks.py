"""A second look that does not know the first, and a third where they differ; on real servers."""

from hashlib import sha256

from shared.events.verification import DOSSIER, DossierVerified, QualityCheckDrawn
from tests.apps import Issuer
from tests.builders.verification import (
    COLLEAGUE,
    OF_THE_AGENCY,
    OUTSIDER,
    RESOLVER,
    REVISED_MANIFEST,
    VERIFIER,
)
from tests.component.verification.world import (
    CHECKED_SEASON,
    CUT,
    Reviewer,
    Row,
    Voice,
    findings,
    refusal,
    written,
)

DEED = {"reason_code": "lower_level_proven", "note": "The decree is not signed."}
THREE = sorted((VERIFIER.by, COLLEAGUE.by, RESOLVER.by))


async def drawn(submission: Voice, verifier: Reviewer) -> str:
    """A dossier of the season whose every review is looked at twice, after the first look."""
    dossier = await submission.submit("inov-1", season_id=CHECKED_SEASON)
    answer = await verifier.review(dossier)
    assert answer.json()["happened"] == ["QualityCheckDrawn"]
    await verifier.see(dossier, state="checking")
    return dossier


async def disputed(submission: Voice, verifier: Reviewer, colleague: Reviewer) -> str:
    """The second verifier grants less for one indicator."""
    dossier = await drawn(submission, verifier)
    await colleague.begin(dossier)
    await colleague.decide_all(dossier)
    assert (await colleague.decide(dossier, "SID-02", 1, **DEED)).status_code == 200
    assert (await colleague.verify(dossier)).json()["happened"] == ["QualityCheckDecided"]
    await colleague.see(dossier, state="disputed")
    return dossier


def resolution(*verdicts: Row, found: list[Row] | None = None) -> Row:
    return {"verdicts": list(verdicts), "findings": found or [], "note": "I read both."}


async def verdict_on(reviewer: Reviewer, dossier: str, indicator: str, level: int) -> Row:
    seen = await reviewer.see(dossier)
    (row,) = (each for each in seen["indicators"] if each["indicator"] == indicator)
    return {
        "indicator": indicator,
        "granted_level": level,
        "evidence": row["evidence"],
        "basis": row["basis"],
        **(DEED if level < row["claimed_level"] else {}),
    }


async def test_a_sampled_review_counts_once_another_agrees(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await drawn(submission, verifier)
    assert refusal(await verifier.claim(dossier)) == (409, "second_look_by_another")
    second = await colleague.review(dossier)
    assert second.json()["happened"] == ["QualityCheckDecided", "DossierVerified"]
    facts = await submission.history.facts(DOSSIER.subject(dossier))
    verified = facts[-1].fact
    assert isinstance(verified, DossierVerified)
    assert verified.deciders == tuple(sorted((VERIFIER.by, COLLEAGUE.by)))
    (check,) = (each.fact for each in facts if isinstance(each.fact, QualityCheckDrawn))
    assert (check.reasons, check.rule.sample_permille) == (("sample",), 1000)
    lines = ("inda.quality-check.v1", dossier, "1", written(check.at))
    assert check.draw == verified.draw == sha256("\n".join(lines).encode()).hexdigest()
    await verifier.see(dossier, state="verified")


async def test_a_disagreement_is_resolved_by_a_third_person(
    submission: Voice, verifier: Reviewer, colleague: Reviewer, resolver: Reviewer
) -> None:
    dossier = await disputed(submission, verifier, colleague)
    body = resolution(await verdict_on(resolver, dossier, "SID-02", 1))
    path = f"/dossiers/{dossier}/resolution"
    resolved = await resolver.post_on_seen(path, body)
    assert resolved.json()["happened"] == ["DiscrepancyResolved", "DossierVerified"]
    seen = await resolver.see(dossier, state="verified")
    granted = {row["indicator"]: row["verdict"]["granted_level"] for row in seen["indicators"]}
    assert (seen["deciders"], granted) == (THREE, {"SID-01": 3, "SID-02": 1, "SID-18": 0})
    again = await resolver.post_on_seen(path, body)
    assert again.json()["happened"] == []


async def test_nobody_resolves_what_they_decided_themselves(
    submission: Voice, verifier: Reviewer, colleague: Reviewer, issuer: Issuer
) -> None:
    dossier = await disputed(submission, verifier, colleague)
    path = f"/dossiers/{dossier}/resolution"
    for person in (VERIFIER, COLLEAGUE):
        controller = Reviewer.of(verifier.api, issuer, person, "quality_controller")
        body = resolution(await verdict_on(controller, dossier, "SID-02", 1))
        answer = await controller.post_on_seen(path, body)
        assert refusal(answer) == (409, "resolver_not_independent")
    outsider = Reviewer.of(verifier.api, issuer, OUTSIDER)
    outsider.version = verifier.version
    assert refusal(await outsider.post_on_seen(path, resolution())) == (403, "role_not_allowed")
    tied = Reviewer.of(verifier.api, issuer, OF_THE_AGENCY, "quality_controller")
    tied.version = '"1"'
    assert refusal(await tied.post_on_seen(path, resolution())) == (404, "not_found")


async def test_a_resolution_decides_exactly_what_differs_on_what_was_seen(
    submission: Voice, verifier: Reviewer, colleague: Reviewer, resolver: Reviewer
) -> None:
    dossier = await disputed(submission, verifier, colleague)
    path = f"/dossiers/{dossier}/resolution"
    full = await verdict_on(resolver, dossier, "SID-01", 3)
    cut = await verdict_on(resolver, dossier, "SID-02", 1)
    for body in (resolution(), resolution(full), resolution(cut, full), resolution(cut, cut)):
        assert refusal(await resolver.post_on_seen(path, body)) == (409, "resolution_incomplete")
    gone = resolution({**cut, "evidence": ["9" * 64]})
    late = await resolver.post_on_seen(path, gone)
    assert refusal(late) == (409, "evidence_unknown")
    assert late.json()["params"]["typed"]["note"] == "I read both."
    too_long = {**resolution(cut), "note": "x" * 100_000}
    assert refusal(await resolver.post_on_seen(path, too_long)) == (422, "request_invalid")
    resolver.version = '"1"'
    stale = await resolver.post_on_seen(path, resolution(cut))
    assert refusal(stale) == (412, "version_changed")
    assert stale.json()["params"]["current"]["state"] == "disputed"


async def test_a_large_change_is_always_looked_at_twice(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier)
    await verifier.decide_all(dossier)
    assert (await verifier.decide(dossier, "SID-01", 0, **DEED)).status_code == 200
    assert (await verifier.verify(dossier)).json()["happened"] == ["QualityCheckDrawn"]
    facts = await submission.history.facts(DOSSIER.subject(dossier))
    check = facts[-1].fact
    assert isinstance(check, QualityCheckDrawn)
    assert check.reasons == ("large_change",)


async def test_what_is_not_admissible_is_rejected_only_by_two(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    for reviewer in (verifier, colleague):
        await reviewer.begin(dossier)
        assert (await reviewer.admit(dossier, "renewal")).status_code == 200
        refused = await reviewer.decide(dossier, "SID-01", 3)
        assert refusal(refused) == (409, "inadmissible")
        ended = await reviewer.verify(dossier)
        assert ended.status_code == 200, ended.text
    assert ended.json()["happened"] == ["QualityCheckDecided", "DossierRejected"]
    seen = await verifier.see(dossier, state="rejected")
    assert seen["admissibility"]["admissible"] is False
    late = await verifier.decide(dossier, "SID-18", 0, **CUT)
    assert late.status_code in (409, 412)
    verifier.version = colleague.version
    late = await verifier.decide(dossier, "SID-18", 0, **CUT)
    assert refusal(late) == (409, "dossier_rejected")
    assert late.json()["params"]["typed"]["note"] == CUT["note"]


async def test_who_differ_on_admissibility_leave_it_to_a_third(
    submission: Voice, verifier: Reviewer, colleague: Reviewer, resolver: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.begin(dossier)
    await verifier.admit(dossier, "renewal")
    assert (await verifier.verify(dossier)).json()["happened"] == ["QualityCheckDrawn"]
    assert (await colleague.review(dossier)).json()["happened"] == ["QualityCheckDecided"]
    await resolver.see(dossier, state="disputed")
    answer = await resolver.post_on_seen(
        f"/dossiers/{dossier}/resolution", resolution(found=findings())
    )
    assert answer.json()["happened"] == ["DiscrepancyResolved", "DossierVerified"]
    seen = await resolver.see(dossier, state="verified")
    assert (seen["decided_count"], seen["deciders"]) == (3, THREE)


async def test_the_second_look_learns_nothing_of_the_first_from_a_late_save(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await drawn(submission, verifier)
    await colleague.begin(dossier, is_admitted=True)
    before = colleague.version
    late = await colleague.decide(dossier, "SID-02", 1, evidence=["9" * 64], **DEED)
    assert refusal(late) == (409, "evidence_unknown")
    assert late.json()["params"]["current"]["indicator"]["verdict"] is None
    assert (await colleague.decide(dossier, "SID-02", 1, **DEED)).status_code == 200
    colleague.version = before
    late = await colleague.decide(dossier, "SID-02", 2)
    current = late.json()["params"]["current"]
    assert (current["state"], current["lease_holder"]) == ("checking", COLLEAGUE.by)
    assert current["indicator"]["verdict"]["decided_by"] == COLLEAGUE.by
    verifier.version = '"1"'
    late = await verifier.decide(dossier, "SID-02", 2)
    current = late.json()["params"]["current"]
    assert current["indicator"]["verdict"]["decided_by"] == VERIFIER.by


async def test_the_second_look_may_accept_and_asks_for_no_revision(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await drawn(submission, verifier)
    await colleague.begin(dossier)
    asked = {"token": colleague.token, "fields": ["purpose"], "message": "Tell us more."}
    refused = await colleague.post(f"/dossiers/{dossier}/revision-requests", asked)
    assert refusal(refused) == (409, "under_quality_check")
    assert refused.json()["params"]["typed"]["message"] == "Tell us more."
    await colleague.admit(dossier)
    accepted = await colleague.accept(dossier, "SID-01", "SID-02")
    assert accepted.json()["happened"] == ["IndicatorRechecked", "IndicatorRechecked"]
    assert accepted.json()["accepted"] == ["SID-01", "SID-02"]


async def test_a_revision_that_still_comes_in_ends_the_check(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await drawn(submission, verifier)
    await colleague.claim(dossier)
    await submission.submit(dossier, round=2, season_id=CHECKED_SEASON, manifest=REVISED_MANIFEST)
    back = await verifier.see(dossier, round=2)
    assert (back["state"], back["undecided"]) == ("open", ["SID-18"])
    late = await colleague.admit(dossier)
    assert late.status_code == 412
    assert late.json()["params"]["current"]["round"] == 2
