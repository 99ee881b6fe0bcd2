"""Reactions on the real broker: done once, refused once, postponed until it is possible."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared import bus
from shared.decider import Decider
from shared.errors import Refused, Unavailable
from shared.events.base import Recorded
from shared.events.submission import INNOVATION, InnovationEvent, InnovationWithdrawn
from shared.events.verification import DOSSIER, DossierEvent, DossierWithdrawn
from shared.history import Cause, Connection, Handler, HistoryLog
from shared.history.envelope import headers_of
from shared.history.names import STREAM
from shared.reactions import To
from shared.service.reacting import Commands, Reactor
from shared.service.stopping import stop
from shared.service.ticking import Ticked, keep_ticking
from shared.telemetry import Metrics
from shared.views import Database
from tests.renaming import AT, connected
from tests.servers import Running, nats_client
from tests.waiting import holds

React = Callable[[Recorded[Any]], Awaitable[object]]


def withdraw(reason: str, known: tuple[str, ...]) -> Sequence[DossierEvent]:
    if reason == "refuse me":
        raise Refused("never", "This is never withdrawn.")
    told = DossierWithdrawn(by="system:verification", at=AT, dossier_id="d", reason=reason)
    return [] if reason in known else [told]


def known(before: tuple[str, ...], fact: DossierEvent) -> tuple[str, ...]:
    return (*before, fact.reason) if isinstance(fact, DossierWithdrawn) else before


def leave(reason: str, _: None) -> Sequence[InnovationEvent]:
    return [InnovationWithdrawn(by="p-1", at=AT, innovation_id="i", reason=reason)]


WITHDRAWING = Decider[str, tuple[str, ...], DossierEvent]((), withdraw, known)
LEAVING = Decider[str, None, InnovationEvent](None, leave, lambda state, _: state)


async def follow(event: Recorded[Any]) -> Sequence[To[str]]:
    return (To("withdraw_dossier", DOSSIER, event.key, event.fact.reason),)


class Stage:
    """Submission speaks, verification reacts."""

    def __init__(self, said: Connection, reacts: Connection, database: Database) -> None:
        self.said = said
        self.reacts = reacts
        self.leaves = Handler(HistoryLog(said), INNOVATION, LEAVING)
        self.withdraws = Handler(HistoryLog(reacts, 5), DOSSIER, WITHDRAWING)
        self.faults = database.collection("faults")

    def reactor(self, commands: Commands = follow) -> Reactor:
        return Reactor(commands, {DOSSIER.label: self.withdraws}, self.faults, Metrics())

    async def say(self, key: str, reason: str) -> Recorded[Any]:
        outcome = await self.leaves(key, reason, Cause(f"{key}/{reason}"))
        event = await HistoryLog(self.said).fact(outcome.sequence)
        assert event is not None
        return event

    async def reasons(self, key: str) -> tuple[str, ...]:
        return (await self.withdraws.state(key)).state


@pytest.fixture
async def stage(fresh_stream: Running, fresh_databases: Running) -> AsyncGenerator[Stage]:
    said = await connected(fresh_stream)
    reacts = await connected(fresh_stream, "verification")
    url = fresh_databases.addresses.mongo_urls["verification"]
    database = Database(url, "verification", timeout_seconds=2)
    yield Stage(said, reacts, database)
    database.close()
    await said.close()
    await reacts.close()


@asynccontextmanager
async def reacting(running: Running, react: React, park: bus.Park) -> AsyncGenerator[None]:
    addresses = running.addresses
    urls, seed = tuple(addresses.nats_url.split(",")), addresses.nats_seeds["verification"]
    broker = bus.broker(urls, "verification", seed, closed=lambda: None)
    bus.on_facts(broker, "verification", react, park)
    await broker.start()
    try:
        yield
    finally:
        await broker.stop()


async def all_done(running: Running) -> bool:
    async with nats_client(running.addresses, "admin") as admin:
        info = await admin.jetstream().consumer_info(STREAM, "verification-reactions")
    return not info.num_pending and not info.num_ack_pending


async def test_a_fact_of_another_service_leads_to_our_own(
    fresh_stream: Running, stage: Stage
) -> None:
    reactor = stage.reactor()
    async with reacting(fresh_stream, reactor, reactor.park):
        event = await stage.say("i1", "merged")
        await holds(lambda: all_done(fresh_stream))
    (caused,) = await HistoryLog(stage.reacts).facts(DOSSIER.subject("i1"))
    assert (caused.causation_id, caused.correlation_id) == (event.id, event.correlation_id)
    assert await reactor(event) == ()
    assert await stage.reasons("i1") == ("merged",)


async def test_two_replicas_react_once(fresh_stream: Running, stage: Stage) -> None:
    one, other = stage.reactor(), stage.reactor()
    async with (
        reacting(fresh_stream, one, one.park),
        reacting(fresh_stream, other, other.park),
    ):
        events = [await stage.say(f"i{number}", "merged") for number in range(20)]
        await asyncio.gather(*(each(event) for event in events for each in (one, other)))
        await holds(lambda: all_done(fresh_stream))
    assert [await stage.reasons(event.key) for event in events] == [("merged",)] * 20


async def test_a_refusal_is_recorded_once_and_never_comes_again(
    fresh_stream: Running, stage: Stage
) -> None:
    reactor = stage.reactor()
    async with reacting(fresh_stream, reactor, reactor.park):
        event = await stage.say("i1", "refuse me")
        await stage.say("i2", "merged")
        await holds(lambda: all_done(fresh_stream))
    fault = {
        "_id": f"reaction:withdraw_dossier:{event.id}:i1",
        "kind": "reaction",
        "subject": event.subject,
        "at_sequence": event.sequence,
        "reason": "never: This is never withdrawn.",
    }
    assert await stage.faults.all() == [fault]
    assert await reactor(event) == (fault["_id"],)
    assert await stage.faults.all() == [fault]
    assert (await stage.reasons("i1"), await stage.reasons("i2")) == ((), ("merged",))


async def test_what_is_unavailable_comes_again(fresh_stream: Running, stage: Stage) -> None:
    tries: list[int] = []

    async def later(event: Recorded[Any]) -> Sequence[To[str]]:
        tries.append(event.sequence)
        if len(tries) < 2:
            raise Unavailable("views_unavailable", "Not now.")
        return await follow(event)

    reactor = stage.reactor(later)
    async with reacting(fresh_stream, reactor, reactor.park):
        event = await stage.say("i1", "merged")
        await holds(lambda: all_done(fresh_stream))
    assert tries == [event.sequence] * 2
    assert (await stage.reasons("i1"), await stage.faults.all()) == (("merged",), [])


async def test_a_fact_that_this_build_cannot_read_is_parked_and_the_rest_flows(
    fresh_stream: Running, stage: Stage
) -> None:
    fact = InnovationWithdrawn(by="p-1", at=AT, innovation_id="i", reason="merged")
    subject = INNOVATION.subject("unreadable")
    headers = {
        **headers_of(fact, subject, 1, 0, Cause("of a later build").trace),
        "ce-type": "inda.submission.innovation-withdrawn.v9",
    }
    reactor = stage.reactor()
    async with reacting(fresh_stream, reactor, reactor.park):
        ack = await stage.said.jetstream.publish(subject, b"{}", headers=headers)
        await stage.say("i2", "merged")
        await holds(lambda: all_done(fresh_stream))
    (fault,) = await stage.faults.all()
    assert (fault["_id"], fault["subject"]) == (f"reaction:unreadable:{ack.seq}", subject)
    assert await stage.reasons("i2") == ("merged",)


# --- ticks --------------------------------------------------------------------------------


async def ticking(stage: Stage, due: Sequence[Ticked], until: Callable[[], bool]) -> None:
    rounds = 0

    async def tick(_: datetime) -> Sequence[Ticked]:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            raise ValueError("A fault of ours must not stop the clock.")
        if rounds == 2:
            raise Unavailable("views_unavailable", "Not now.")
        return due

    handlers = {DOSSIER.label: stage.withdraws}
    replicas = [
        asyncio.create_task(keep_ticking(tick, handlers, lambda: AT, 0.01)) for _ in range(2)
    ]

    async def over() -> bool:
        return rounds > 8 and until()

    await holds(over)
    await stop(replicas)


async def test_replicas_that_tick_make_one_fact_a_deadline(stage: Stage) -> None:
    one = Ticked(To("lapse", DOSSIER, "i1", "lapsed"), AT)
    extended = Ticked(To("lapse", DOSSIER, "i1", "lapsed again"), AT + timedelta(days=1))
    refused = Ticked(To("lapse", DOSSIER, "i1", "refuse me"), AT + timedelta(days=2))
    await ticking(stage, [refused, one, extended], lambda: True)
    assert await stage.reasons("i1") == ("lapsed", "lapsed again")
    facts = await HistoryLog(stage.reacts).facts(DOSSIER.subject("i1"))
    assert len({event.command_id for event in facts}) == len(facts) == 2
