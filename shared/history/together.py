"""Commands on several aggregates that are stored as one, or not at all."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from shared.errors import Invalid
from shared.events.base import Fact
from shared.history.causes import Cause
from shared.history.handler import Handler, Snapshot
from shared.history.log import Append, HistoryLog, Patience, Said, check_batch

CommandT = TypeVar("CommandT")
StateT = TypeVar("StateT")
FactT = TypeVar("FactT", bound=Fact)


@dataclass
class _Standing:
    """An aggregate as it was read, as it is after what was decided here, and what that was."""

    handler: Handler[Any, Any, Any]
    key: str
    read: Snapshot[Any]
    state: Any
    said: list[Said] = field(default_factory=list[Said])

    def append(self, subject: str) -> Append:
        return Append(subject, self.read.tail, tuple(self.said))


class Together:
    """Each command is decided on what the ones before it led to; `store` writes all their facts,
    in the order in which aggregates were first decided on.

    After a `Conflict` nothing is written and all must be decided again, by a new `Together`.
    """

    def __init__(self, log: HistoryLog) -> None:
        self.log = log
        self._standings: dict[str, _Standing] = {}
        self._changed: dict[str, _Standing] = {}

    async def look(
        self, handler: Handler[CommandT, StateT, FactT], key: str, *, new: bool = False
    ) -> StateT:
        """Reads the aggregate as of now, once. `new` says that it most likely does not exist yet,
        and saves the look: a conflict tells if it does.
        """
        subject = handler.subject(key)
        if subject not in self._standings:
            read = handler.blank() if new else await handler.state(key)
            # Another task may have read it meanwhile: all must stand on one and the same reading.
            self._standings.setdefault(subject, _Standing(handler, key, read, read.state))
        return self._standings[subject].state

    def state(self, handler: Handler[CommandT, StateT, FactT], key: str) -> StateT:
        """The aggregate after what was decided here. `look` first."""
        return self._standings[handler.subject(key)].state

    def has_happened(self, handler: Handler[Any, Any, Any], key: str, cause: Cause) -> bool:
        """Whether the history has facts of this command. `look` first.

        Raises `Invalid` when they answer another request under the same id.
        """
        known = self._standings[handler.subject(key)].read.commands.get(cause.command_id)
        if known is None:
            return False
        if known[0] != cause.digest:
            raise Invalid(
                "idempotency_key_reused",
                "This Idempotency-Key was already used for another request.",
            )
        return True

    def decide(
        self, handler: Handler[CommandT, StateT, FactT], key: str, command: CommandT, cause: Cause
    ) -> tuple[FactT, ...]:
        """The facts to be stored. `look` first. Raises what `decide` raises."""
        subject = handler.subject(key)
        standing = self._standings[subject]
        facts, standing.state = handler.decide(command, standing.state)
        if facts:
            standing.said.append(Said(facts, cause.trace))
            self._changed[subject] = standing
        return facts

    @property
    def facts(self) -> int:
        """How many wait to be stored."""
        return sum(len(said.facts) for each in self._changed.values() for said in each.said)

    @property
    def seen(self) -> int:
        """The sequence of the last fact of all that was read here."""
        return max((each.read.sequence for each in self._standings.values()), default=0)

    def check(self) -> None:
        """Raises `Refused` when there is more than can be stored as one."""
        check_batch(self.facts)

    async def store(self, patience: Patience | None = None) -> int:
        """The sequence of the last fact, 0 where nothing was decided. Raises `Conflict`."""
        if not self._changed:
            return 0
        appends = [standing.append(subject) for subject, standing in self._changed.items()]
        stored = await self.log.append_together(appends, patience)
        for standing, events in zip(self._changed.values(), stored, strict=True):
            standing.handler.learn(standing.key, standing.read, events)
        return stored[-1][-1].sequence
