"""A write request that was let in, and the answer it gets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from fastapi import Response
from pydantic import BaseModel, ConfigDict

from shared.history import Cause, Outcome, derived_id
from shared.identity import Access, Caller, Thing


class Answer(BaseModel):
    """The base of all answers."""

    model_config = ConfigDict(frozen=True)


class Body(BaseModel):
    """The base of all requests: a field that nobody knows is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Written(Answer):
    """What a write led to: the aggregate's version and sequence after it, and the facts' types.

    `happened` is empty where it was already so; with `dry_run` nothing was stored.
    """

    id: str
    version: int
    sequence: int
    happened: tuple[str, ...]
    dry_run: bool = False


CommandT = TypeVar("CommandT", contravariant=True)


class Handles(Protocol[CommandT]):
    """What a route needs of a `shared.history.Handler`."""

    async def __call__(
        self, key: str, command: CommandT, cause: Cause, *, new: bool = ..., dry_run: bool = ...
    ) -> Outcome[Any]: ...


@dataclass(frozen=True, slots=True)
class Ask:
    """A write request whose role is allowed: who, when, from which version, and how to answer."""

    access: Access
    at: datetime
    cause: Cause
    dry_run: bool
    response: Response

    @property
    def caller(self) -> Caller:
        return self.access.caller

    @property
    def by(self) -> str:
        return self.access.caller.id

    def require(self, thing: Thing) -> None:
        """NotFound unless this person may touch the thing."""
        self.access.require(thing)

    def new_id(self, *parts: str) -> str:
        """An id that a retry of the same request makes again."""
        return derived_id(self.cause.command_id, *parts)

    async def send(
        self, handle: Handles[CommandT], key: str, command: CommandT, *, new: bool = False
    ) -> Outcome[Any]:
        """Gives the command and sets ETag and Inda-Sequence. Raises what the handler raises."""
        outcome = await handle(key, command, self.cause, new=new, dry_run=self.dry_run)
        show_version(self.response, outcome.version, outcome.sequence)
        return outcome

    def written(self, outcome: Outcome[Any]) -> Written:
        return Written(
            id=outcome.key,
            version=outcome.version,
            sequence=outcome.sequence,
            happened=tuple(type(fact).__name__ for fact in outcome.facts),
            dry_run=self.dry_run,
        )


def show_version(response: Response, version: int, sequence: int) -> None:
    response.headers["ETag"] = f'"{version}"'
    response.headers["Inda-Sequence"] = str(sequence)
