"""What everybody shares who plays a part in one competition of the script."""

from collections.abc import Mapping
from typing import Any

from deploy.drive.people import Person, Reply, World
from deploy.sample.people import COMMITTEE
from deploy.sample.plan import CompetitionPlan, Script


class Contest:
    """One competition; `ids` are the innovations by the codes of the script."""

    def __init__(self, world: World, script: Script, ids: Mapping[str, str]) -> None:
        self.world = world
        self.script = script
        self.plan: CompetitionPlan = script.competition
        self.ids = ids
        self.codes = {innovation: code for code, innovation in ids.items()}
        self.path = f"/competitions/{self.plan.competition_id}"
        self._written = 0

    async def chair(self) -> Person:
        return await self.world.person(COMMITTEE[0].username)

    async def read(self, path: str = "") -> Reply:
        """As the chair sees it, after everything that was written to the competition by us."""
        reply = await (await self.chair()).get(
            "awards", f"{self.path}{path}", min_seq=self._written
        )
        return reply.needed(f"read {self.plan.competition_id}{path}")

    async def version(self) -> int:
        return (await self.read()).version or 0

    async def try_(
        self, person: Person, path: str, body: Any = None, *, turn: str = "", **more: Any
    ) -> Reply:
        """A write to the competition, whatever its answer; `turn` tells apart the same by one."""
        key = f"{self.plan.competition_id}{path.replace('/', '-')}{turn}"
        reply = await person.post("awards", f"{self.path}{path}", body, key=key, **more)
        return self._noted(reply)

    async def must(
        self, person: Person, path: str, body: Any = None, *, turn: str = "", **more: Any
    ) -> Any:
        """The answer of a write. Raises `Unexpected` where it is refused."""
        reply = await self.try_(person, path, body, turn=turn, **more)
        return reply.needed(f"{self.plan.competition_id} {path}").body

    async def put(self, person: Person, path: str, body: Any) -> None:
        """Raises `Unexpected` where it is refused."""
        reply = await person.put("awards", f"{self.path}{path}", body)
        self._noted(reply).needed(f"{self.plan.competition_id} {path}")

    def _noted(self, reply: Reply) -> Reply:
        self._written = max(self._written, reply.sequence)
        return reply
