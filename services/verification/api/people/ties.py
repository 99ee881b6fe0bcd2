"""Whom a person is tied to beside their own agency."""

from dataclasses import dataclass

from services.verification.domain.verifier import Command, State
from shared.events.verification import VerifierEvent, verifier_key
from shared.history import Handler
from shared.identity import Caller
from shared.views import Collection

Verifiers = Handler[Command, State, VerifierEvent]


@dataclass(frozen=True, slots=True)
class Ties:
    """`successions` is the read model of which agencies carry on for which."""

    verifiers: Verifiers
    successions: Collection

    async def of(self, caller: Caller) -> tuple[str, ...]:
        """The agencies that the caller's own carries on for, however many steps back, and those
        to which they have declared a conflict: as of now, for what is remembered could let in
        somebody who has just stepped aside.
        """
        known = await self.verifiers.state(verifier_key(caller.id))
        inherited = await self._predecessors(caller.agency)
        return tuple(sorted({*inherited, *known.state.conflicts}))

    async def _predecessors(self, agency: str | None) -> set[str]:
        if agency is None:
            return set()
        found, newest = {agency}, {agency}
        while newest:
            before = await self.successions.all({"successors": {"$in": sorted(newest)}})
            newest = {each["_id"] for each in before} - found
            found |= newest
        return found - {agency}
