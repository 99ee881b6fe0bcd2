"""The office of many verifiers at two replicas: without an answer they ask the same again."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, cycle
from random import Random
from time import monotonic
from typing import Any

import httpx

from shared.history import HistoryLog
from tests.e2e.opinions import Plan

PATIENCE_SECONDS = 40.0
BETWEEN_TRIES_SECONDS = 0.1
AWAY = 503
ENDS = ("DossierVerified", "DossierRejected")
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A write that was answered: the dossier, and where its last fact must be in the history."""

    dossier_id: str
    sequence: int
    version: int
    fact: str


@dataclass
class Office:
    """What all who work there share. `told` counts what they met."""

    doors: tuple[str, ...]
    http: httpx.AsyncClient
    history: HistoryLog
    plans: Mapping[str, Plan]
    habits: Iterator[str]
    chance: Random
    acknowledged: list[Acknowledged] = field(default_factory=list[Acknowledged])
    ended: set[str] = field(default_factory=set[str])
    told: Counter[str] = field(default_factory=Counter[str])
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def ask(
        self, method: str, path: str, headers: Headers, body: Any = None, **params: Any
    ) -> httpx.Response:
        """The first answer of either replica that is no "later"."""
        end = monotonic() + PATIENCE_SECONDS
        doors = cycle(self.chance.sample(self.doors, len(self.doors)))
        while True:
            url = f"{next(doors)}{path}"
            try:
                answer = await self.http.request(
                    method, url, json=body, headers=headers, params=params
                )
            except httpx.TransportError as error:
                trouble = type(error).__name__
            else:
                if answer.status_code != AWAY:
                    self._note(method, answer)
                    return answer
                trouble = answer.text
            self.told["asked again"] += 1
            assert monotonic() < end, f"{method} {path}: {trouble}"
            await asyncio.sleep(BETWEEN_TRIES_SECONDS)

    def keyed(self, headers: Headers) -> Headers:
        """With a fresh Idempotency-Key."""
        return {**headers, "Idempotency-Key": f"office-{next(self.numbers):06d}"}

    @property
    def unended(self) -> set[str]:
        return set(self.plans) - self.ended

    def stuck(self) -> str:
        """For whoever has waited in vain."""
        return f"not ended: {', '.join(sorted(self.unended))}; {dict(self.told)}"

    async def pause(self, seconds: float) -> None:
        """Shorter when the office closes meanwhile."""
        try:
            await asyncio.wait_for(self.closed.wait(), seconds)
        except TimeoutError:
            return

    def _note(self, method: str, answer: httpx.Response) -> None:
        if method == "GET" or not answer.is_success:
            return
        body = answer.json()
        if not body["happened"]:
            return  # it was already so
        last = body["happened"][-1]
        self.acknowledged.append(Acknowledged(body["id"], body["sequence"], body["version"], last))
        if last in ENDS:
            self.ended.add(body["id"])
