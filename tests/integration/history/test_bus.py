"""`plan` shows what a server lacks, `apply` mends it and leaves alone what is right."""

import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from nats.aio.client import Client

from shared.bus import Change, apply, consumer_settings, plan, stream_settings
from shared.errors import Unavailable
from shared.history.names import STREAM
from tests.servers import Running, nats_client
from tests.waiting import eventually

CONSUMERS = ("submission", "verification", "scoring", "awards")
CREATED = [
    Change("create", "stream", {}),
    Change("create", "stream of checkpoints", {}),
    *(
        Change("create", f"consumer {service}-{kind}", {})
        for service in CONSUMERS
        for kind in ("views", "reactions", *(("notices",) if service == "verification" else ()))
    ),
]


@pytest.fixture(params=[1, 3])
def replicas(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def server(replicas: int, request: pytest.FixtureRequest) -> Running:
    return request.getfixturevalue("fresh_nats" if replicas == 1 else "fresh_cluster")


@pytest.fixture
async def admin(server: Running) -> AsyncGenerator[Client]:
    async with nats_client(server.addresses, "admin") as client:
        yield client


async def ask(admin: Client, verb: str, body: object = None) -> dict[str, Any]:
    question = json.dumps(body).encode() if body is not None else b""
    return json.loads((await admin.request(f"$JS.API.{verb}", question, timeout=10)).data)


async def test_a_fresh_server_is_brought_to_its_settings_and_kept_there(
    admin: Client, replicas: int
) -> None:
    assert await eventually(lambda: plan(admin, replicas)) == CREATED
    # On a cold cluster the first try may stop half-way; the next goes on from there.
    await eventually(lambda: apply(admin, replicas))
    assert await plan(admin, replicas) == []
    assert await apply(admin, replicas) == []
    await drift_and_mend(admin, replicas)


async def drift_and_mend(admin: Client, replicas: int) -> None:
    limited = {**stream_settings(replicas), "max_bytes": 10**9, "max_msgs_per_subject": 5}
    assert "error" not in await ask(admin, f"STREAM.UPDATE.{STREAM}", limited)
    hasty = {**consumer_settings("awards-views", replicas), "ack_wait": 1_000_000_000}
    wanted = {"stream_name": STREAM, "config": hasty, "action": "update"}
    assert "error" not in await ask(admin, f"CONSUMER.CREATE.{STREAM}.awards-views", wanted)
    drift = [
        Change("update", "stream", {"max_bytes": (10**9, -1), "max_msgs_per_subject": (5, -1)}),
        Change("update", "consumer awards-views", {"ack_wait": (1_000_000_000, 10_000_000_000)}),
    ]
    assert await plan(admin, replicas) == drift
    assert await apply(admin, replicas) == drift
    assert await plan(admin, replicas) == []
    kept = (await ask(admin, f"STREAM.INFO.{STREAM}"))["config"]
    assert (kept["max_bytes"], kept["max_msgs_per_subject"]) == (-1, -1)


async def test_a_lost_consumer_is_made_again(fresh_stream: Running) -> None:
    async with nats_client(fresh_stream.addresses, "admin") as admin:
        await ask(admin, f"CONSUMER.DELETE.{STREAM}.scoring-views")
        lost = [Change("create", "consumer scoring-views", {})]
        assert (await apply(admin, 1), await plan(admin, 1)) == (lost, [])


async def test_what_the_server_refuses_is_said(fresh_stream: Running) -> None:
    async with nats_client(fresh_stream.addresses, "admin") as admin:
        with pytest.raises(Unavailable, match="stream"):
            await apply(admin, 3)


async def test_a_server_that_does_not_answer_is_unavailable(fresh_stream: Running) -> None:
    """A service may not ask in the admin's name: to it, nobody answers."""
    async with nats_client(fresh_stream.addresses, "scoring") as service:
        service.request = timed(service.request)  # type: ignore[method-assign]
        with pytest.raises(Unavailable):
            await plan(service, 1)


def timed(request: Any) -> Any:
    """The same with a short patience."""

    async def asked(subject: str, payload: bytes, timeout: float) -> Any:  # noqa: ASYNC109
        return await request(subject, payload, timeout=min(timeout, 0.3))

    return asked
