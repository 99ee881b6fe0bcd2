"""Two replicas at once give the result of one; of fifty verifiers one gets the lease."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack
from itertools import cycle

import httpx
import pytest

from services.verification.app import create_app
from services.verification.projections import DossierView, fold
from services.verification.settings import Settings
from shared.events.verification import DOSSIER, DossierLeased, DossierOpened, DossierVerified
from tests.apps import Issuer, serving
from tests.builders.verification import VERIFIER, Person
from tests.component.verification.world import Reviewer, Voice

DOSSIERS = tuple(f"inov-{number:02}" for number in range(12))
FIFTY = tuple(Person(f"verifier-{number:02}", "uni", ("uni",)) for number in range(50))


@pytest.fixture
async def replicas(settings: Settings) -> AsyncGenerator[Sequence[httpx.AsyncClient]]:
    async with AsyncExitStack() as both:
        yield [await both.enter_async_context(serving(create_app, settings)) for _ in range(2)]


async def test_two_replicas_at_once_give_the_result_of_one(
    replicas: Sequence[httpx.AsyncClient], submission: Voice, issuer: Issuer
) -> None:
    await asyncio.gather(*(submission.submit(dossier) for dossier in DOSSIERS))
    working = [
        _worked_through(Reviewer.of(api, issuer, VERIFIER), dossier)
        for dossier, api in zip(DOSSIERS, cycle(replicas), strict=False)
    ]
    await asyncio.gather(*working)
    for dossier in DOSSIERS:
        events = await submission.history.facts(DOSSIER.subject(dossier))
        assert [event.version for event in events] == list(range(1, len(events) + 1))
        for once in (DossierOpened, DossierVerified):
            assert sum(isinstance(event.fact, once) for event in events) == 1
        expected: DossierView | None = None
        for event in events:
            expected = fold(expected, event)
        assert expected is not None
        for api in replicas:
            seen = await Reviewer.of(api, issuer, VERIFIER).see(dossier, state="verified")
            assert seen == {**expected.model_dump(mode="json"), "review_due": None}


async def _worked_through(reviewer: Reviewer, dossier: str) -> None:
    await reviewer.see(dossier)
    assert (await reviewer.claim(dossier)).status_code == 200
    await reviewer.decide_all(dossier)
    assert (await reviewer.verify(dossier)).status_code == 200


async def test_of_fifty_verifiers_on_two_replicas_one_gets_the_lease(
    replicas: Sequence[httpx.AsyncClient], submission: Voice, issuer: Issuer
) -> None:
    dossier = await submission.submit("inov-1")
    await Reviewer.of(replicas[0], issuer, VERIFIER).see(dossier)
    reviewers = [
        Reviewer.of(api, issuer, person)
        for person, api in zip(FIFTY, cycle(replicas), strict=False)
    ]
    answers = await asyncio.gather(*(each.claim(dossier) for each in reviewers))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200, *[409] * 49]
    refusals = {answer.json()["code"] for answer in answers if not answer.is_success}
    assert refusals == {"lease_held"}
    events = await submission.history.facts(DOSSIER.subject(dossier))
    leases = [event.fact for event in events if isinstance(event.fact, DossierLeased)]
    (holder,) = (each for each in reviewers if each.token)
    assert [lease.token for lease in leases] == [holder.token]


async def test_a_dossier_opens_once_however_often_and_whoever_hears_of_it(
    settings: Settings, submission: Voice, issuer: Issuer
) -> None:
    await submission.submit("inov-1")
    async with serving(create_app, settings) as first:
        await Reviewer.of(first, issuer, VERIFIER).see("inov-1")
    await submission.submit("inov-1")
    await submission.submit("inov-2")
    async with serving(create_app, settings) as second, serving(create_app, settings) as third:
        await Reviewer.of(second, issuer, VERIFIER).see("inov-2")
        await Reviewer.of(third, issuer, VERIFIER).see("inov-2")
    events = await submission.history.facts(DOSSIER.subject("inov-1"))
    assert [type(event.fact) for event in events] == [DossierOpened]
