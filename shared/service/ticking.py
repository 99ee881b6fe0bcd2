"""Deadlines that nobody is trusted to remember: every replica asks, one fact comes of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from shared.errors import DomainError, Unavailable
from shared.history import Cause, Handler, derived_id
from shared.reactions import To

log = structlog.get_logger("ticker")


@dataclass(frozen=True, slots=True)
class Ticked:
    """A command whose time has come. `deadline` makes its id, so that N replicas make one fact."""

    to: To[Any]
    deadline: datetime


Tick = Callable[[datetime], Awaitable[Sequence[Ticked]]]


async def keep_ticking(
    tick: Tick,
    handlers: Mapping[str, Handler[Any, Any, Any]],
    now: Callable[[], datetime],
    every_seconds: float,
) -> None:
    """Works until cancelled."""
    while True:
        try:
            for due in await tick(now()):
                await _give(due, handlers)
        except Unavailable as error:
            log.warning("tick postponed", reason=str(error))
        except Exception:
            # A ticker that has died would let every deadline pass in silence.
            log.exception("tick failed")
        await asyncio.sleep(every_seconds)


async def _give(due: Ticked, handlers: Mapping[str, Handler[Any, Any, Any]]) -> None:
    cause = Cause(derived_id("tick", due.to.name, due.to.key, due.deadline.isoformat()))
    try:
        await handlers[due.to.aggregate.label](due.to.key, due.to.command, cause)
    except Unavailable:
        raise
    except DomainError as refusal:
        # Somebody was faster than the deadline, or than this replica's read model.
        log.info("tick not needed", tick=due.to.name, code=refusal.code)
