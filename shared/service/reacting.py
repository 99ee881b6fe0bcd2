"""From a fact to our own commands: refusals are recorded once, only what is transient returns."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog

from shared.errors import DomainError, Unavailable
from shared.events.base import Recorded
from shared.history import Cause, Handler
from shared.history.envelope import Message
from shared.projector import Fault, Store, fault_document
from shared.reactions import To
from shared.telemetry import Metrics, continued

log = structlog.get_logger("reactions")

Commands = Callable[[Recorded[Any]], Awaitable[Sequence[To[Any]]]]


class Reactor:
    """Runs the commands that a fact asks for, each under an id that the fact makes."""

    def __init__(
        self,
        commands: Commands,
        handlers: Mapping[str, Handler[Any, Any, Any]],
        faults: Store,
        metrics: Metrics,
    ) -> None:
        self._commands = commands
        self._handlers = handlers
        self._faults = faults
        self._metrics = metrics

    async def __call__(self, event: Recorded[Any]) -> tuple[str, ...]:
        """The keys of the faults it recorded. Raises `Unavailable`; the fact then comes again."""
        with continued(event.traceparent):
            given = [await self._give(event, to) for to in await self._commands(event)]
        return tuple(fault for fault in given if fault is not None)

    async def _give(self, event: Recorded[Any], to: To[Any]) -> str | None:
        handle = self._handlers[to.aggregate.label]
        try:
            outcome = await handle(to.key, to.command, Cause.of(event, to.name, to.key))
        except Unavailable:
            self._metrics.reacted(to.name, "retried")
            raise
        except DomainError as refusal:
            return await self._record(event, to, refusal)
        self._metrics.reacted(to.name, "done" if outcome.facts else "already_so")
        return None

    async def _record(self, event: Recorded[Any], to: To[Any], refusal: DomainError) -> str:
        log.error("reaction refused", reaction=to.name, code=refusal.code, sequence=event.sequence)
        self._metrics.reacted(to.name, "refused")
        reason = f"{refusal.code}: {refusal.sentence}"
        key = f"reaction:{to.name}:{event.id}:{to.key}"
        await self._faults.put(
            fault_document("reaction", Fault(key, event.subject, event.sequence, reason))
        )
        return key

    async def park(self, message: Message, error: Exception) -> None:
        """Keeps a fact that cannot be read or reacted to for a person to look at."""
        reason = f"{type(error).__name__}: {error}"
        key = f"reaction:unreadable:{message.sequence}"
        await self._faults.put(
            fault_document("reaction", Fault(key, message.subject, message.sequence, reason))
        )
