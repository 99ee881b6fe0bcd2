"""Fifty verifiers at two replicas that are killed at random: nothing twice, nothing stuck."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from services.audit.auditing import TO_THE_END
from services.audit.domain import Report, compared
from services.audit.reading import Reading, StreamSource
from services.audit.served import Services
from shared.editions import load
from shared.events.base import Recorded
from shared.events.verification import DOSSIER, DossierLeased, LeaseRenewed
from tests.apps import Issuer
from tests.builders.verification import ALL_SAMPLED, NO_SAMPLE
from tests.component.verification.world import CHECKED_SEASON, Voice, speaking
from tests.e2e.auditing import history_of
from tests.e2e.office import Office
from tests.e2e.opinions import plans
from tests.e2e.program import until
from tests.e2e.proving import assert_decided_once, assert_independent, assert_said_by_the_holder
from tests.e2e.replicas import NAMES, Replicas, replicas
from tests.e2e.reviewing import HABITS, LEASE_SECONDS, Verifier
from tests.integration.audit.world import connected

VERIFIERS = 50
DOSSIERS = 40
AT_FIRST = 28
KILLS = 6
AFTER_EACH_KILL = (DOSSIERS - AT_FIRST) // KILLS
SAVES_BETWEEN_KILLS = (3, 20)
ENDED_SECONDS = 90.0
"""After the last kill, and the longest pause before: what takes longer is stuck."""
SHOWN_SECONDS = 45.0
"""What a killed replica was given and has not acknowledged comes to the other after 30 s."""

Histories = dict[str, list[Recorded[Any]]]


@pytest.mark.timeout(300)
async def test_fifty_verifiers_decide_everything_once_whichever_replica_is_killed(
    fresh_servers: Addresses, issuer: Issuer, tmp_path: Path
) -> None:
    async with (
        replicas(tmp_path, fresh_servers, issuer, lease_seconds=LEASE_SECONDS) as both,
        speaking(fresh_servers, "submission") as submission,
        opened(fresh_servers, both) as office,
    ):
        await review_everything(office, issuer, both, submission)
        assert both.ends() == [(name, "signal 9 (SIGKILL)") for name, _ in both.ends()]
        assert len(both.ends()) == KILLS
        history = await history_of(fresh_servers.nats_url, fresh_servers.nats_seeds["admin"])
        assert_nothing_lost(office, history)
        assert_reviewed(office, history)
        await assert_shown(both, issuer, fresh_servers)
    assert_worth_it(office, history)


@asynccontextmanager
async def opened(at: Addresses, both: Replicas) -> AsyncGenerator[Office]:
    """The rules of both seasons are published, and nobody has come yet."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with (
        speaking(at, "verification") as verification,
        httpx.AsyncClient(timeout=15, trust_env=False, limits=limits) as http,
    ):
        await verification.publish_rule("2026", NO_SAMPLE)
        await verification.publish_rule(CHECKED_SEASON, ALL_SAMPLED)
        # The plugin that shuffles the tests tells its seed, and sets it again before each of them.
        chance = Random(random.getrandbits(64))
        habits = cycle(chance.sample(HABITS, len(HABITS)))
        yield Office(both.urls, http, verification.history, plans(DOSSIERS), habits, chance)


async def review_everything(
    office: Office, issuer: Issuer, both: Replicas, submission: Voice
) -> None:
    """Ends when every dossier has come to its end. Raises AssertionError that names the others."""
    dossiers = iter(office.plans)
    await hand_in(office, submission, islice(dossiers, AT_FIRST))
    async with asyncio.TaskGroup() as group:
        for number in range(1, VERIFIERS + 1):
            headers = issuer.headers(f"person-{number}", "verifier", "quality_controller")
            own = Random(office.chance.getrandbits(64))
            group.create_task(Verifier(office, headers, own).work())
        try:
            await kill_again_and_again(office, both, submission, dossiers)
            await until(lambda: not office.unended, ENDED_SECONDS, office.stuck)
        finally:
            office.closed.set()


async def hand_in(office: Office, submission: Voice, dossiers: Iterator[str]) -> None:
    digest = load("2026-r1").digest
    for dossier in dossiers:
        season = office.plans[dossier].season_id
        await submission.submit(dossier, season_id=season, edition_digest=digest)


async def kill_again_and_again(
    office: Office, both: Replicas, submission: Voice, dossiers: Iterator[str]
) -> None:
    """One at a time, at a moment that nobody can foresee; what comes in then gives new work."""
    chance = office.chance
    for _ in range(KILLS):
        enough = len(office.acknowledged) + chance.randint(*SAVES_BETWEEN_KILLS)
        await until(
            lambda enough=enough: len(office.acknowledged) >= enough, ENDED_SECONDS, office.stuck
        )
        await office.pause(chance.uniform(0, 0.2))
        await both.kill(chance.choice(NAMES))
        await hand_in(office, submission, islice(dossiers, AFTER_EACH_KILL))


# --- afterwards ---------------------------------------------------------------------------


def assert_nothing_lost(office: Office, history: Sequence[Recorded[Any]]) -> None:
    """What was acknowledged is where the answer said, and no command decided in two dossiers."""
    places = {event.sequence: event for event in history}
    for each in office.acknowledged:
        event = places[each.sequence]
        found = (event.key, event.version, type(event.fact).__name__)
        assert found == (each.dossier_id, each.version, each.fact)
    assert len({event.id for event in history}) == len(history)
    subjects: dict[str, set[str]] = defaultdict(set)
    for event in history:
        subjects[event.command_id].add(event.subject)
    assert {command: told for command, told in subjects.items() if len(told) > 1} == {}


def assert_reviewed(office: Office, history: Sequence[Recorded[Any]]) -> None:
    histories = of_dossiers(history)
    assert histories.keys() == office.plans.keys()
    for dossier, events in histories.items():
        assert_decided_once(office.plans[dossier], events)
        assert_said_by_the_holder(events)
        assert_independent(events)


def of_dossiers(history: Sequence[Recorded[Any]]) -> Histories:
    histories: Histories = defaultdict(list)
    for event in history:
        if event.subject.startswith(DOSSIER.subjects[:-1]):
            histories[event.key].append(event)
    return histories


async def assert_shown(both: Replicas, issuer: Issuer, at: Addresses) -> None:
    """Each replica shows what the history folds to, nobody holds anything, nothing is parked."""
    async with connected(at, "audit") as connection:
        report = await Reading(StreamSource(connection)).read(TO_THE_END, lambda _: None)
    amiss = [each for each in report.findings if each.subject.startswith(DOSSIER.subjects[:-1])]
    assert amiss == []
    headers = issuer.headers("auditor-1", "auditor")
    for url in both.urls:
        async with httpx.AsyncClient(base_url=url, headers=headers, trust_env=False) as client:
            await assert_same(client, report)
            await assert_free(client)


async def assert_same(client: httpx.AsyncClient, report: Report) -> None:
    services = Services({"verification": client})
    assert await services.lagging(report.last_sequence, SHOWN_SECONDS) == frozenset()
    mine = [each for each in report.documents if each.service == "verification"]
    assert list(compared(mine, await services.documents())) == []
    assert (await client.get("/faults")).json()["items"] == []


async def assert_free(client: httpx.AsyncClient) -> None:
    for number in range(DOSSIERS):
        shown = (await client.get(f"/views/dossiers/inov-{number:02}")).json()["document"]
        lease = (shown["lease_holder"], shown["lease_until"], shown["reserved_for"])
        assert (lease, shown["state"] in ("verified", "rejected")) == ((None, None, None), True)


def assert_worth_it(office: Office, history: Sequence[Recorded[Any]]) -> None:
    """All that should go wrong on the way did: else the proof would be of little."""
    facts = [event.fact for event in history]
    assert any(isinstance(fact, LeaseRenewed) for fact in facts)
    assert office.told["asked again"] and office.told["late: lease_lost"]
    assert all(office.told[habit] for habit in HABITS)
    holders: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, DossierLeased):
            holders[fact.dossier_id].add(fact.verifier_id)
    assert any(len(people) > 2 for people in holders.values())
