"""Whoever is tied to an agency, by their own word or by succession, sees nothing of it."""

from collections.abc import AsyncGenerator
from datetime import date
from typing import Any

import httpx
import pytest

from services.verification.app import create_app
from services.verification.settings import Settings
from shared.events.submission import AGENCY, AgencyRegistered, AgencySucceeded
from shared.events.verification import VERIFIER as VERIFIERS
from shared.events.verification import ConflictDeclared, ConflictEnded
from tests.apps import Issuer, serving
from tests.builders.verification import AT, COLLEAGUE, VERIFIER
from tests.component.verification.world import Reviewer, Voice, eventually

OWN = f"/verifiers/{VERIFIER.by}/conflicts"
TIE = {"agency_id": "dinkes", "reason": "My former office."}


async def register(submission: Voice, agency_id: str, *above: str) -> None:
    fact = AgencyRegistered(
        by="person-admin",
        at=AT,
        agency_id=agency_id,
        name=agency_id.title(),
        short_name=agency_id,
        kind="agency" if above else "province",
        parent_id=above[-1] if above else None,
        region_id=above[0] if above else agency_id,
        path=(*above, agency_id),
        source="Register of agencies",
        sample=False,
    )
    await submission.say(AGENCY, agency_id, fact)


async def succeed(submission: Voice, agency_id: str, *successors: str) -> int:
    fact = AgencySucceeded(
        by="person-admin",
        at=AT,
        agency_id=agency_id,
        successors=successors,
        effective_on=date(2026, 1, 1),
        letter_number="PERDA 3/2025",
        reason="Merged.",
    )
    return await submission.say(AGENCY, agency_id, fact)


@pytest.fixture
async def tree(submission: Voice, verifier: Reviewer) -> None:
    """The agencies of the region are registered, as far as verification shows."""
    await register(submission, "kalsel")
    for agency_id in ("dinkes", "brida", "dinsos", "rsud"):
        await register(submission, agency_id, "kalsel")

    async def shown() -> bool | None:
        tie = {"agency_id": "rsud", "reason": "Is it there?"}
        answer = await verifier.post(OWN, tie, dry_run=1)
        return answer.status_code == 201 or None

    await eventually(shown)


async def looks(person: Reviewer, dossier: str) -> dict[str, Any]:
    """What each way to a dossier answers this person."""
    read = await person.api.get(f"/dossiers/{dossier}", headers=person.headers)
    claimed = await person.post(f"/dossiers/{dossier}/lease", dry_run=1)
    return {
        "listed": dossier in await person.queue(),
        "read": read.status_code,
        "claimed": claimed.status_code,
    }


@pytest.fixture
async def replica(settings: Settings, issuer: Issuer) -> AsyncGenerator[Reviewer]:
    """The same verifier at another process of the service."""
    async with serving(create_app, settings) as client:
        yield Reviewer.of(client, issuer, VERIFIER)


VISIBLE = {"listed": True, "read": 200, "claimed": 200}
INVISIBLE = {"listed": False, "read": 404, "claimed": 404}


@pytest.mark.usefixtures("tree")
async def test_a_declared_conflict_hides_a_dossier_until_it_ends(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    assert await looks(verifier, dossier) == VISIBLE
    declared = await verifier.post(OWN, TIE)
    assert declared.status_code == 201
    assert declared.json()["happened"] == ["ConflictDeclared"]
    assert await looks(verifier, dossier) == INVISIBLE
    assert await looks(colleague, dossier) == VISIBLE
    ended = await verifier.post(f"{OWN}/dinkes/end", {"reason": "Five years ago."})
    assert (ended.status_code, ended.json()["happened"]) == (200, ["ConflictEnded"])
    assert await looks(verifier, dossier) == VISIBLE


@pytest.mark.usefixtures("tree")
async def test_a_conflict_with_an_agency_above_hides_all_below_it(
    submission: Voice, colleague: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await colleague.see(dossier)
    own = f"/verifiers/{COLLEAGUE.by}/conflicts"
    await colleague.post(own, {"agency_id": "kalsel", "reason": "Family."})
    assert await looks(colleague, dossier) == INVISIBLE


@pytest.mark.usefixtures("tree")
async def test_who_declares_a_conflict_can_save_nothing_more(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    assert (await verifier.claim(dossier)).status_code == 200
    version = verifier.version
    await verifier.post(OWN, TIE)
    verifier.version = version
    for answer in (await verifier.admit(dossier), await verifier.verify(dossier)):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.usefixtures("tree")
async def test_another_replica_knows_of_a_conflict_at_once(
    submission: Voice, verifier: Reviewer, replica: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    await replica.see(dossier)
    assert await looks(replica, dossier) == VISIBLE
    await verifier.post(OWN, TIE)
    assert await looks(replica, dossier) == INVISIBLE


@pytest.mark.usefixtures("tree")
async def test_what_an_agency_carries_on_for_is_hidden_from_its_people(
    submission: Voice, verifier: Reviewer, colleague: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    elsewhere = await submission.submit(
        "inov-2", agency_id="dinsos", agency_path=("kalsel", "dinsos")
    )
    await verifier.see(dossier)
    await verifier.see(elsewhere)
    await succeed(submission, "dinkes", "rsud")
    await succeed(submission, "rsud", "brida")

    async def hidden() -> bool | None:
        return dossier not in await verifier.queue() or None

    await eventually(hidden)
    assert await looks(verifier, dossier) == INVISIBLE
    assert await looks(verifier, elsewhere) == VISIBLE
    assert await looks(colleague, dossier) == VISIBLE


@pytest.mark.usefixtures("tree")
async def test_agencies_that_carry_on_for_one_another_end_the_search(
    submission: Voice, verifier: Reviewer
) -> None:
    dossier = await submission.submit("inov-1")
    await verifier.see(dossier)
    await succeed(submission, "brida", "dinkes")
    await succeed(submission, "dinkes", "brida", "dinsos")

    async def hidden() -> bool | None:
        return dossier not in await verifier.queue() or None

    await eventually(hidden)
    assert await looks(verifier, dossier) == INVISIBLE


@pytest.mark.usefixtures("tree")
async def test_a_conflict_is_told_once_and_by_the_person_alone(
    verifier: Reviewer, colleague: Reviewer, submission: Voice
) -> None:
    for_another = await colleague.post(OWN, TIE)
    assert (for_another.status_code, for_another.json()["code"]) == (404, "verifier_unknown")
    first = await verifier.post(OWN, TIE)
    again = await verifier.post(OWN, {**TIE, "reason": "Said again."})
    assert (first.json()["version"], again.json()["version"]) == (1, 1)
    assert again.json()["happened"] == []
    by_another = await colleague.post(f"{OWN}/dinkes/end", {"reason": "No."})
    assert (by_another.status_code, by_another.json()["code"]) == (404, "verifier_unknown")
    for happened in (["ConflictEnded"], []):
        ended = await verifier.post(f"{OWN}/dinkes/end", {"reason": "Long ago."})
        assert ended.json()["happened"] == happened
    facts = await submission.history.facts(VERIFIERS.subject(VERIFIER.by))
    assert [type(each.fact) for each in facts] == [ConflictDeclared, ConflictEnded]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        (OWN, {**TIE, "agency_id": "dinkse"}, 404, "agency_unknown"),
        (OWN, {**TIE, "agency_id": "a.b"}, 422, "request_invalid"),
        (OWN, {**TIE, "reason": ""}, 422, "request_invalid"),
        (OWN, {**TIE, "reason": "  "}, 409, "reason_missing"),
        (OWN, {**TIE, "reason": "x" * 100_000}, 422, "request_invalid"),
        (OWN, {**TIE, "colour": "red"}, 422, "request_invalid"),
        (f"{OWN}/dinkes/end", {"reason": "None was."}, 404, "conflict_unknown"),
        (f"{OWN}/dinkes/end", {}, 422, "request_invalid"),
    ],
    ids=["slip", "no code", "empty", "blank", "long", "field", "never declared", "no reason"],
)
async def test_what_cannot_be_a_conflict_is_refused(
    verifier: Reviewer, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await verifier.post(path, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.usefixtures("tree")
async def test_a_person_whom_no_subject_can_name_declares_a_conflict(
    api: httpx.AsyncClient, issuer: Issuer, submission: Voice
) -> None:
    headers = issuer.headers("oidc|verifier 7", "verifier", agency="uni", path=("uni",))
    person = Reviewer(api, headers)
    dossier = await submission.submit("inov-1")
    await person.see(dossier)
    declared = await person.post("/verifiers/oidc|verifier 7/conflicts", TIE)
    assert declared.status_code == 201, declared.text
    assert await looks(person, dossier) == INVISIBLE
