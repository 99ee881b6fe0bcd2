"""A durable command over HTTP, beside a bare endpoint that only appends the same bytes.

Ours is the submission service on the real servers: token, authorization table, validation, digest,
decision, append, answer, a log line, and in the same process the projector of its read models. The
bare endpoint is a FastAPI application with one route, served by the same uvicorn with the same
flags, which publishes headers and body of the same size to a stream with the same settings on a
nats-server with the same configuration, and waits for the acknowledgement. A few rounds more are
then measured with all services running, where two cores do the work of all who hear the fact.
"""

import json
import os
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, product
from uuid import uuid4

from fastapi import FastAPI, Request

from deploy.local.ports import LOOPBACK
from deploy.local.probes import accepts
from deploy.local.processes import Program
from shared.bus import SERVICES
from shared.events.submission import INNOVATION
from shared.history import connect
from shared.history.names import STREAM
from shared.history.wire import Wire
from tests.benchmarks.ground import Ground, dealt, ground
from tests.benchmarks.load import request, requests_per_second
from tests.benchmarks.measure import Bench, Claim, Pair, Result, Tell, alternated

CLAIM = Claim(
    name="durable_command_over_http",
    says="a claim of a level, decided and stored durably, over HTTP",
    beside="a FastAPI endpoint that only appends the same bytes",
    unit="requests/s",
    better="higher",
    aim=0.7,
)
ROUNDS = 7
WHOLE_ROUNDS = 3
CLIENTS = 8
INNOVATIONS = 64
REQUESTS_EACH = 150
# A level of SID-15 needs a sub-type and one of SID-18 a basis: the others are claimed alike.
INDICATORS = tuple(f"SID-{number:02d}" for number in range(1, 21) if number not in (15, 18))
SETTINGS = "INDA_BENCH_APPEND"
HAPPENED = b'"happened":["LevelClaimed"]'
Requests = tuple[Iterator[bytes], ...]


async def measure(tell: Tell) -> Result:
    tell("starting the servers and submission, and a bare broker beside them")
    async with ground() as at:
        await at.start("submission")
        sources = await _prepared(at)
        tell("starting the bare endpoint")
        await at.servers.supervisor.start(await _bare_program(at))
        alone = await _compared(at, sources, ("submission",), ROUNDS, tell)
        tell("starting the other services, which hear each fact on the same cores")
        await at.start(*SERVICES[1:])
        whole = await _compared(at, sources, SERVICES, WHOLE_ROUNDS, tell)
        among_all = Result(CLAIM, whole)
        also = {
            "whole_stack_ours": among_all.ours,
            "whole_stack_bare": among_all.bare,
            "whole_stack_ratio": among_all.ratio,
        }
        return Result(CLAIM, alone, also)


@dataclass(frozen=True, slots=True)
class Sources:
    """The same requests for both sides, client by client, of which the first for ours was sent."""

    ours: Requests
    bare: Requests


async def _prepared(at: Ground) -> Sources:
    await at.opened_season()
    operator = at.bearer("operator-1", "skpd_operator")
    innovations = dealt([await at.drafted(operator) for _ in range(INNOVATIONS)], CLIENTS)
    # Ours must see every one of them: a level that is claimed already would append nothing.
    ours, bare = [tuple(_requests(own, operator) for own in innovations) for _ in range(2)]
    await requests_per_second(_port(at), ours[:1], 1, HAPPENED)
    return Sources(ours, bare)


async def _compared(
    at: Ground, sources: Sources, services: tuple[str, ...], rounds: int, tell: Tell
) -> tuple[Pair, ...]:
    async def ours() -> float:
        found = await requests_per_second(_port(at), sources.ours, REQUESTS_EACH, HAPPENED)
        # What the services still have to do with these facts must not slow the bare side.
        await at.settled(*services)
        return found

    async def bare() -> float:
        return await requests_per_second(at.spare_port, sources.bare, REQUESTS_EACH, HAPPENED)

    return await alternated(rounds, ours, bare, tell)


BENCH = Bench(CLAIM, measure)


def _port(at: Ground) -> int:
    return at.ports.services["submission"]


def _requests(innovations: tuple[str, ...], headers: dict[str, str]) -> Iterator[bytes]:
    """Claims without end, one innovation after the other, each time at another level."""
    for level in cycle((1, 2, 3)):
        for innovation, indicator in product(innovations, INDICATORS):
            path = f"/innovations/{innovation}/claims/{indicator}"
            yield request("PUT", path, headers, {"level": level})


# --- the bare side ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Append:
    """What the bare endpoint is told: where to publish, and what a fact of ours looks like."""

    url: str
    seed: str
    headers: dict[str, str]
    body: str
    answer: dict[str, object]


async def _bare_program(at: Ground) -> Program:
    """Serves `bare_app`; the bytes are those of a fact that ours has just stored."""
    template = await _stored_fact(at)
    bare = at.bare
    told = {"url": bare.nats_url, "seed": bare.nats_seeds["submission"], **template}
    port = at.spare_port
    return Program(
        name="bare-endpoint",
        argv=(
            *(sys.executable, "-m", "uvicorn", f"{__name__}:bare_app", "--factory"),
            *("--host", LOOPBACK, "--port", str(port)),
            *("--no-access-log", "--log-level", "warning"),
        ),
        log=at.folder / "bare-endpoint.log",
        ready=lambda: accepts(port),
        env={SETTINGS: json.dumps(told)},
        ports=(port,),
    )


async def _stored_fact(at: Ground) -> dict[str, object]:
    """The last claim as the stream holds it, without what the broker itself has added."""
    message = await Wire(at.admin).last_or_at({"last_by_subj": INNOVATION.subjects})
    assert message is not None and message.headers["ce-type"].endswith("level-claimed.v1")
    return {
        "headers": dict(message.headers),
        "body": message.body.decode(),
        "answer": {
            "id": message.headers["ce-subject"].partition("/")[2],
            "version": 2,
            "sequence": message.sequence,
            "happened": ["LevelClaimed"],
            "dry_run": False,
        },
    }


def bare_app() -> FastAPI:
    """One route that appends and answers: nothing is checked, decided, remembered or logged."""
    told = Append(**json.loads(os.environ[SETTINGS]))
    body = told.body.encode()
    lasts: dict[str, int] = {}
    connections = []

    @asynccontextmanager
    async def connected(_: FastAPI) -> AsyncGenerator[None]:
        connection = await connect((told.url,), "submission", told.seed)
        connections.append(connection)
        yield
        await connection.close()

    app = FastAPI(lifespan=connected)

    @app.put("/innovations/{innovation_id}/claims/{indicator}")
    async def append(innovation_id: str, request: Request) -> dict[str, object]:
        await request.body()
        subject = INNOVATION.subject(innovation_id)
        fresh = str(uuid4())
        last = str(lasts.get(subject, 0))
        headers = {
            **told.headers,
            "ce-id": fresh,
            "Nats-Msg-Id": fresh,
            "Nats-Expected-Last-Subject-Sequence": last,
        }
        ack = await connections[0].jetstream.publish(
            subject, body, stream=STREAM, headers=headers, timeout=5
        )
        lasts[subject] = ack.seq
        return told.answer

    return app
