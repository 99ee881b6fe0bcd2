"""A rule of quality control holds from its moment; how far two looks agree is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from shared.events.verification import DOSSIER, DossierVerified, QualityCheckDrawn, QualityRule
from tests.apps import Issuer
from tests.builders.verification import (
    ALL_SAMPLED,
    COLLEAGUE,
    NO_SAMPLE,
    OUTSIDER,
    SUPERVISOR,
    VERIFIER,
)
from tests.component.verification.world import CHECKED_SEASON, CUT, Later, Reviewer, Voice

DEFAULT = {"sample_permille": 100, "large_change": 2}
FIFTH = {"sample_permille": 200, "large_change": 1}


def ahead(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


async def rules(person: Reviewer, season_id: str, **params: Any) -> dict[str, Any]:
    answer = await person.api.get(
        f"/quality-rules/{season_id}", params=params, headers=person.headers
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_season_without_a_rule_has_the_default(verifier: Reviewer) -> None:
    assert await rules(verifier, "2031") == {
        "season_id": "2031",
        "effective": DEFAULT,
        "is_default": True,
        "default": DEFAULT,
        "rules": [],
    }


async def test_a_rule_is_published_ahead_and_does_not_hold_yet(
    supervisor: Reviewer, verifier: Reviewer
) -> None:
    moment = ahead(10)
    answer = await supervisor.post("/quality-rules/2031", {**FIFTH, "effective_from": moment})
    assert (answer.status_code, answer.json()["happened"]) == (201, ["QualityRulePublished"])
    found = await rules(verifier, "2031", min_seq=answer.json()["sequence"])
    (row,) = found.pop("rules")
    assert found == {
        "season_id": "2031",
        "effective": DEFAULT,
        "is_default": True,
        "default": DEFAULT,
    }
    assert (row["rule"], row["published_by"]) == (FIFTH, SUPERVISOR.by)
    assert datetime.fromisoformat(row["effective_from"]) == datetime.fromisoformat(moment)
    again = await supervisor.post("/quality-rules/2031", {**FIFTH, "effective_from": moment})
    assert (again.json()["version"], again.json()["happened"]) == (1, [])


async def test_a_published_rule_holds_from_its_moment_on(
    later: Later, issuer: Issuer, submission: Voice
) -> None:
    person = later.verifier
    admin = Reviewer.of(person.api, issuer, SUPERVISOR, "pemda_admin")
    body = {**ALL_SAMPLED.model_dump(), "effective_from": ahead(20)}
    published = await admin.post("/quality-rules/2026", body)
    assert published.status_code == 201, published.text
    before = await submission.submit("inov-1")
    assert (await person.review(before)).status_code == 200
    later.go_on(hours=0.5)
    after = await submission.submit("inov-2")
    assert (await person.review(after)).status_code == 200
    ends = [
        (await submission.history.facts(DOSSIER.subject(each)))[-1].fact for each in (before, after)
    ]
    assert [(type(end), end.rule) for end in ends] == [
        (DossierVerified, NO_SAMPLE),
        (QualityCheckDrawn, ALL_SAMPLED),
    ]
    known = await rules(admin, "2026")
    assert (QualityRule(**known["effective"]), known["is_default"]) == (ALL_SAMPLED, False)


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"effective_from": ahead(4)}, 409, "rule_too_soon"),
        ({"effective_from": ahead(-60)}, 409, "rule_too_soon"),
        ({"effective_from": "0001-01-01T00:00:00+14:00"}, 409, "rule_too_soon"),
        ({"effective_from": "9999-12-31T23:59:59-12:00"}, 409, "rule_too_late"),
        ({"effective_from": "2030-01-01T00:00:00"}, 422, "request_invalid"),
        ({"sample_permille": -1}, 422, "request_invalid"),
        ({"sample_permille": 1001}, 422, "request_invalid"),
        ({"large_change": 0}, 422, "request_invalid"),
        ({"large_change": 4}, 422, "request_invalid"),
        ({"colour": "red"}, 422, "request_invalid"),
    ],
    ids=[
        "four minutes",
        "an hour ago",
        "year one",
        "the last year",
        "no zone",
        "less than none",
        "more than all",
        "no change",
        "four levels",
        "field",
    ],
)
async def test_what_cannot_be_a_rule_is_refused(
    supervisor: Reviewer, change: dict[str, Any], status: int, code: str
) -> None:
    body = {**FIFTH, "effective_from": ahead(10), **change}
    answer = await supervisor.post("/quality-rules/2031", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_rule_before_one_that_is_published_is_refused(supervisor: Reviewer) -> None:
    await supervisor.post("/quality-rules/2031", {**FIFTH, "effective_from": ahead(60)})
    answer = await supervisor.post("/quality-rules/2031", {**DEFAULT, "effective_from": ahead(30)})
    assert (answer.status_code, answer.json()["code"]) == (409, "rule_out_of_order")


async def quality(person: Reviewer, **params: Any) -> dict[str, Any]:
    answer = await person.api.get("/quality", params=params, headers=person.headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def check(person: Reviewer, dossier: str, first_level: int) -> None:
    """The second look: all as the first, but for the level of SID-01."""
    await person.see(dossier, state="checking")
    assert (await person.claim(dossier)).status_code == 200
    await person.admit(dossier)
    for indicator, level in (("SID-01", first_level), ("SID-02", 2), ("SID-18", 0)):
        more = {} if (indicator, level) in (("SID-01", 3), ("SID-02", 2)) else CUT
        answer = await person.decide(dossier, indicator, level, **more)
        assert answer.status_code == 200, answer.text
    assert (await person.verify(dossier)).status_code == 200


@pytest.fixture
async def checked(
    submission: Voice, verifier: Reviewer, colleague: Reviewer, resolver: Reviewer
) -> None:
    """In the season of checks: one agreed, one resolved against the second, one disputed, one
    that waits for its second look. In the other season one that was never drawn.
    """
    undrawn = await submission.submit("inov-0")
    await verifier.review(undrawn)
    for number, level in ((1, 3), (2, 1), (3, 2), (4, None)):
        dossier = await submission.submit(f"inov-{number}", season_id=CHECKED_SEASON)
        await verifier.review(dossier)
        if level is not None:
            await check(colleague, dossier, level)
    await resolver.see("inov-2", state="disputed")
    claim = resolver.claims["inov-2"][0]
    verdict = {"granted_level": 3, **{name: claim[name] for name in ("indicator", "evidence")}}
    answer = await resolver.post_on_seen(
        "/dossiers/inov-2/resolution", {"verdicts": [verdict], "note": "Page two shows it."}
    )
    assert answer.status_code == 200, answer.text
    await resolver.see("inov-2", state="verified")
    await resolver.see("inov-3", state="disputed")
    await verifier.see("inov-4", state="checking")
    await verifier.see("inov-0", state="verified")


OF_VERIFIER = {
    "verifier_id": VERIFIER.by,
    "reviews": 4,
    "checked": 3,
    "differing": 2,
    "resolved_against": 0,
    "second_looks": 0,
    "second_resolved_against": 0,
}
OF_COLLEAGUE = {
    "verifier_id": COLLEAGUE.by,
    "reviews": 0,
    "checked": 0,
    "differing": 0,
    "resolved_against": 0,
    "second_looks": 3,
    "second_resolved_against": 1,
}


@pytest.mark.usefixtures("checked")
async def test_agreement_is_told(
    api: httpx.AsyncClient, issuer: Issuer, verifier: Reviewer, colleague: Reviewer
) -> None:
    leader = Reviewer.of(api, issuer, OUTSIDER, "leader")
    found = await quality(leader, season_id=CHECKED_SEASON)
    same = {"compared": 3, "differing": 0, "mean_difference": "0.0000"}
    assert found == {
        "season_id": CHECKED_SEASON,
        "affair": None,
        "reviews": 4,
        "checks": 4,
        "drawn": {"sample": 4, "large_change": 0, "rejection": 0},
        "decided": 3,
        "agreeing": 1,
        "rate": "0.3333",
        "admissibility": {"compared": 3, "differing": 0},
        "indicators": [
            {"indicator": "SID-01", "compared": 3, "differing": 2, "mean_difference": "-1.0000"},
            {"indicator": "SID-02", **same},
            {"indicator": "SID-18", **same},
        ],
        "verifiers": [OF_COLLEAGUE, OF_VERIFIER],
        "disputed": 1,
    }
    for person, line in ((verifier, OF_VERIFIER), (colleague, OF_COLLEAGUE)):
        assert await quality(person, season_id=CHECKED_SEASON) == {**found, "verifiers": [line]}
    of_health = await quality(leader, season_id=CHECKED_SEASON, affair="kesehatan")
    assert of_health == {**found, "affair": "kesehatan"}
    other_season = await quality(leader, season_id="2026")
    assert (other_season["reviews"], other_season["checks"], other_season["rate"]) == (1, 0, None)
    assert [each["reviews"] for each in other_season["verifiers"]] == [1]
    nothing = await quality(leader, season_id=CHECKED_SEASON, affair="pangan")
    assert (nothing["reviews"], nothing["verifiers"], nothing["rate"]) == (0, [], None)


async def test_a_season_must_be_named(supervisor: Reviewer) -> None:
    answer = await supervisor.api.get("/quality", headers=supervisor.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")
