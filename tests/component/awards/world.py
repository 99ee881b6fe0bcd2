"""The voice of scoring, histories of competitions, and a clock that can be moved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from services.awards.domain.competition import Command, Determine, OpenObjectionWindow, decider
from shared.events.awards import COMPETITION, CompetitionEvent, Prize
from shared.events.base import Aggregate, Fact
from shared.events.scoring import PANEL, SCORECARD, InnovationScored, ScoresRevealed
from shared.history import HistoryLog
from shared.history.envelope import Trace
from tests.apps import Issuer
from tests.builders.awards import (
    AT,
    CHAIR,
    DAY,
    DRAFT,
    MATURITY_ONLY,
    announce,
    close_round,
    enrol,
    happened,
    mean,
    open_round,
    scored,
)
from tests.component.scoring.world import Person

TEN_DAYS = 10 * 24 * 3600


@dataclass
class Clock:
    """The real time, and what a test adds to it."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class People:
    """Everybody's tokens last longer than a test moves the clock."""

    api: httpx.AsyncClient
    issuer: Issuer

    def __call__(self, name: str, *roles: str, path: tuple[str, ...] = ()) -> Person:
        token = self.issuer.keys.token(
            sub=name,
            roles=roles,
            agency=path[-1] if path else None,
            agency_path=path,
            lifetime_seconds=TEN_DAYS,
        )
        return Person(self.api, {"Authorization": f"Bearer {token}"})

    def at(self, api: httpx.AsyncClient) -> "People":
        return replace(self, api=api)


async def say(
    history: HistoryLog, aggregate: Aggregate[Any], key: str, facts: Sequence[Fact]
) -> None:
    """Appends as the service whose account the history is in."""
    subject = aggregate.subject(key)
    tail = await history.tail(subject)
    await history.append(subject, facts, tail, Trace(str(uuid4()), "", str(uuid4()), None, None))


async def score(history: HistoryLog, *scorecards: InnovationScored) -> None:
    for each in scorecards:
        await say(history, SCORECARD, each.innovation_id, [each])


async def reveal(history: HistoryLog, panel: str, means: dict[str, str]) -> None:
    fact = ScoresRevealed(
        by="system:scoring",
        at=AT,
        panel_id=panel,
        competition_id="kia-2026",
        category="skpd",
        round="presentasi",
        scores=(),
        means=tuple(mean(innovation, points) for innovation, points in means.items()),
    )
    await say(history, PANEL, panel, [fact])


def determined(competition: str, *prizes: Prize) -> tuple[CompetitionEvent, ...]:
    """A competition that one innovation won, up to its decree."""
    rule = MATURITY_ONLY.model_copy(update={"prizes": prizes})
    commands: tuple[Command, ...] = (
        replace(announce(rule), competition_id=competition),
        enrol(scored(f"inov-of-{competition}")),
        open_round(),
        close_round(),
        DRAFT,
        OpenObjectionWindow(by=CHAIR, at=AT, version=1),
        Determine(
            by=CHAIR, at=AT + 3 * DAY, decree_number="188/12", decree_date=(AT + 3 * DAY).date()
        ),
    )
    return happened(decider, *commands)


async def compete(history: HistoryLog, competition: str, *prizes: Prize) -> None:
    await say(history, COMPETITION, competition, determined(competition, *prizes))
