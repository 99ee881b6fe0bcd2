"""From a command to facts: remember, decide, append; on a no, look at the tail and decide again."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from shared.decider import Decider
from shared.errors import DomainError, Invalid, NotFound, Stale
from shared.events.base import Aggregate, Fact, Recorded
from shared.history.causes import Cause, derived_id
from shared.history.log import Conflict, HistoryLog, Patience, Tail

CommandT = TypeVar("CommandT")
StateT = TypeVar("StateT")
FactT = TypeVar("FactT", bound=Fact)
CONFLICT_PAUSE_SECONDS = 0.05
KEY = re.compile(r"[A-Za-z0-9_-]{1,130}")


@dataclass(frozen=True)
class Outcome(Generic[FactT]):
    """What a command led to. `facts` is empty where it was already so."""

    key: str
    version: int
    sequence: int
    facts: tuple[FactT, ...]


@dataclass(frozen=True)
class Snapshot(Generic[StateT]):
    """The folded state of one aggregate and the commands it already knows, by sequence."""

    state: StateT
    version: int = 0
    sequence: int = 0
    commands: dict[str, tuple[str, tuple[int, ...]]] = field(
        default_factory=dict[str, tuple[str, tuple[int, ...]]]
    )

    @property
    def tail(self) -> Tail:
        return Tail(self.sequence, self.version)


class Handler(Generic[CommandT, StateT, FactT]):
    """Handles the commands of one kind of aggregate.

    A remembered state is enough for a yes: the append proves that it was right. It is never
    enough for a no: a refusal, an "already so" or a stale `If-Match` is answered only after a
    look at the tail.
    """

    def __init__(
        self,
        log: HistoryLog,
        aggregate: Aggregate[FactT],
        decider: Decider[CommandT, StateT, FactT],
        *,
        remember: int = 2000,
    ) -> None:
        self._log = log
        self._aggregate = aggregate
        self._decider = decider
        self._remember = remember
        self._memory: OrderedDict[str, Snapshot[StateT]] = OrderedDict()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def state(self, key: str, *, remembered: bool = False) -> Snapshot[StateT]:
        """The aggregate as of the tail, or as last seen here if `remembered` is enough."""
        known = self._memory.get(key)
        if remembered and known is not None:
            return known
        start = known or self.blank()
        return await self._caught_up(key, start, self._log.patience())

    async def __call__(
        self,
        key: str,
        command: CommandT,
        cause: Cause,
        *,
        new: bool = False,
        dry_run: bool = False,
    ) -> Outcome[FactT]:
        """Decides and appends. `new` says that the aggregate most likely does not exist yet;
        `dry_run` decides on the tail and appends nothing.

        Raises what `decide` raises, `Stale`, `Invalid` for a reused key, or `Unavailable`.
        """
        if dry_run:
            return await self._rehearsed(key, command, cause)
        patience = self._log.patience()
        # Side by side, commands on one aggregate would only conflict: each process queues its own.
        turn = self._turns.setdefault(key, asyncio.Lock())
        await patience.lock(turn)
        try:
            return await self._handled(key, command, cause, patience, new=new)
        finally:
            turn.release()

    async def _handled(
        self, key: str, command: CommandT, cause: Cause, patience: Patience, *, new: bool
    ) -> Outcome[FactT]:
        known = self._memory.get(key)
        certain = known is None and not new
        snapshot = known or self.blank()
        if certain:
            snapshot = await self._caught_up(key, snapshot, patience)
        while True:
            if cause.command_id in snapshot.commands:
                return await self._given_again(key, snapshot, cause)
            try:
                self._check_expected(snapshot, cause)
                facts = self._decider.decide(command, snapshot.state)
            except DomainError:
                if certain:
                    raise
                facts = ()
            if facts:
                outcome = await self._try_append(key, snapshot, facts, cause, patience)
                if outcome is not None:
                    return outcome
            elif certain:
                return Outcome(key, snapshot.version, snapshot.sequence, ())
            snapshot = await self._caught_up(key, snapshot, patience)
            certain = True

    def blank(self) -> Snapshot[StateT]:
        """An aggregate that does not exist yet."""
        return Snapshot(self._decider.initial)

    def decide(self, command: CommandT, state: StateT) -> tuple[tuple[FactT, ...], StateT]:
        """What the command leads to on this state, and the state after it. Stores nothing."""
        facts = tuple(self._decider.decide(command, state))
        return facts, self._decider.replay(facts, state)

    async def _rehearsed(self, key: str, command: CommandT, cause: Cause) -> Outcome[FactT]:
        snapshot = await self.state(key)
        self._check_expected(snapshot, cause)
        facts = tuple(self._decider.decide(command, snapshot.state))
        return Outcome(key, snapshot.version, snapshot.sequence, facts)

    async def _try_append(
        self,
        key: str,
        snapshot: Snapshot[StateT],
        facts: Sequence[FactT],
        cause: Cause,
        patience: Patience,
    ) -> Outcome[FactT] | None:
        """The outcome, or None when somebody else was first."""
        subject = self.subject(key)
        try:
            stored = await self._log.append(subject, facts, snapshot.tail, cause.trace, patience)
        except Conflict:
            await patience.wait("conflict", CONFLICT_PAUSE_SECONDS)
            return None
        after = self.learn(key, snapshot, stored)
        return Outcome(key, after.version, after.sequence, tuple(event.fact for event in stored))

    async def _given_again(
        self, key: str, snapshot: Snapshot[StateT], cause: Cause
    ) -> Outcome[FactT]:
        """The answer that this command was given the first time."""
        digest, sequences = snapshot.commands[cause.command_id]
        if digest != cause.digest:
            raise Invalid(
                "idempotency_key_reused",
                "This Idempotency-Key was already used for another request.",
            )
        stored = [await self._log.fact(sequence) for sequence in sequences]
        facts = [event for event in stored if event is not None]
        return Outcome(
            key, facts[-1].version, facts[-1].sequence, tuple(event.fact for event in facts)
        )

    @staticmethod
    def _check_expected(snapshot: Snapshot[StateT], cause: Cause) -> None:
        if cause.expected_version is None or cause.expected_version == snapshot.version:
            return
        raise Stale(
            "version_changed",
            "Somebody else changed this since you read it. Compare both texts and save again.",
            expected=cause.expected_version,
            current=snapshot.version,
        )

    async def _caught_up(
        self, key: str, snapshot: Snapshot[StateT], patience: Patience
    ) -> Snapshot[StateT]:
        behind = await self._log.facts_in_time(self.subject(key), snapshot.sequence, patience)
        return self.learn(key, snapshot, behind)

    def subject(self, key: str) -> str:
        """Raises `NotFound` for what can be no key: a dot or a wildcard would reach others."""
        if not KEY.fullmatch(key):
            raise NotFound("not_found", "There is no such thing, or none that you may see.")
        return self._aggregate.subject(key)

    def learn(
        self, key: str, snapshot: Snapshot[StateT], events: Sequence[Recorded[Any]]
    ) -> Snapshot[StateT]:
        """The aggregate after facts that are stored right behind what was known of it."""
        if events:
            commands = dict(snapshot.commands)
            for event in events:
                _, before = commands.get(event.command_id, ("", ()))
                commands[event.command_id] = (event.command_digest, (*before, event.sequence))
            snapshot = replace(
                snapshot,
                state=self._decider.replay((event.fact for event in events), snapshot.state),
                version=events[-1].version,
                sequence=events[-1].sequence,
                commands=commands,
            )
        if snapshot.version:
            self._keep(key, snapshot)
        return snapshot

    def _keep(self, key: str, snapshot: Snapshot[StateT]) -> None:
        remembered = self._memory.get(key)
        if remembered is None or remembered.version <= snapshot.version:
            self._memory[key] = snapshot
        self._memory.move_to_end(key)
        while len(self._memory) > self._remember:
            self._memory.popitem(last=False)


__all__ = ["KEY", "Cause", "Handler", "Outcome", "Snapshot", "derived_id"]
