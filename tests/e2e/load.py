"""A light load of every kind of work, and a record of what was acknowledged."""

import asyncio
import base64
import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

import httpx

from deploy.drive.opening import open_season, record_governments
from deploy.drive.people import World
from deploy.drive.reviewing import Reviewer
from deploy.drive.submitting import Submitter
from deploy.sample.people import AUDITOR, COMMITTEE
from deploy.sample.plan import InnovationPlan, Script
from shared.history import command_id

HANDS = 2
PACE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A write that was answered. `command` is the id that its facts carry, None for a PUT."""

    route: str
    command: str | None
    version: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Finished:
    """An innovation that was handed in and verified, as planned."""

    plan: InnovationPlan
    innovation_id: str


class Load:
    """Innovations from draft to verdict, one after the other in several hands, and funds."""

    def __init__(self, world: World, script: Script) -> None:
        self.acknowledged: list[Acknowledged] = []
        self.finished: list[Finished] = []
        self.funds: list[str] = []
        self._world = world
        self._script = script
        self._plans = _again_and_again(script)
        self._enough = asyncio.Event()
        world.http.event_hooks["request"].append(self._pace)
        world.http.event_hooks["response"].append(self._note)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Leaving waits until everything begun is finished."""
        await open_season(self._world, self._script, datetime.now(UTC))
        async with asyncio.TaskGroup() as group:
            for _ in range(HANDS):
                group.create_task(self._hand_in_and_review())
            group.create_task(self._register_funds())
            try:
                yield
            finally:
                self._enough.set()
        await record_governments(self._world, self._script)

    async def _hand_in_and_review(self) -> None:
        while not self._enough.is_set():
            plan = next(self._plans)
            # Logged in anew, so that the issuer has work too.
            self._world.tokens.pop(plan.operator, None)
            operator = await self._world.person(plan.operator)
            submitter = Submitter(self._world, operator, plan, self._script.season.season_id)
            await submitter.hand_in()
            await Reviewer(self._world, plan, submitter.innovation_id).review(submitter.revise)
            self.finished.append(Finished(plan, submitter.innovation_id))

    async def _register_funds(self) -> None:
        chair = await self._world.person(COMMITTEE[0].username)
        auditor = await self._world.person(AUDITOR.username)
        for number in count(1):
            fund = f"kas-{number}"
            body = {
                "fund_id": fund,
                "name": "Kas contoh",
                "source_kind": "sponsor",
                "fiscal_year": 2026,
                "ceiling_rupiah": number,
            }
            reply = await chair.post("awards", "/funds", body, key=f"register-{fund}")
            reply.needed(f"register {fund}")
            self.funds.append(fund)
            told = await auditor.get("audit", f"/timeline/awards/fund/{fund}")
            assert len(told.needed(f"timeline of {fund}").body["items"]) == 1
            if self._enough.is_set():
                return

    async def _pace(self, _: httpx.Request) -> None:
        """Keeps the load light; what was begun is finished at full speed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._enough.wait(), PACE_SECONDS)

    async def _note(self, answer: httpx.Response) -> None:
        request = answer.request
        sequence = answer.headers.get("Inda-Sequence")
        if request.method == "GET" or answer.status_code >= 300 or sequence is None:
            return
        await answer.aread()
        if answer.json().get("happened") == []:
            return  # it was already so
        route = f"{request.method} {request.url.path}"
        key = request.headers.get("Idempotency-Key")
        self.acknowledged.append(
            Acknowledged(
                route=route,
                command=None if key is None else command_id(_subject(request), route, key),
                version=int(answer.headers["ETag"].strip('"')),
                sequence=int(sequence),
            )
        )


def _again_and_again(script: Script) -> Iterator[InnovationPlan]:
    """The script's innovations, each time under another code and so with other keys."""
    for turn in count(1):
        for plan in script.innovations:
            yield replace(plan, code=f"{plan.code}-{turn}")


def _subject(request: httpx.Request) -> str:
    """The person of the bearer token."""
    body = request.headers["Authorization"].split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(body + "=="))["sub"])
