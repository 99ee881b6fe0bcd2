"""The competition: announced, judged, drafted, objected to, determined, published."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from deploy.drive.people import (
    BETWEEN_LOOKS_SECONDS,
    WAIT_SECONDS,
    Person,
    Unexpected,
    World,
)
from deploy.sample.competition import judge_scores
from deploy.sample.people import ADMIN, COMMITTEE, person_id
from deploy.sample.plan import CompetitionPlan, ObjectionPlan, Script
from shared.events.awards import CategoryRule, RoundRule

AT_ONCE = 6


class Competition:
    """Plays one competition; `ids` are the innovations by the codes of the script."""

    def __init__(self, world: World, script: Script, ids: Mapping[str, str]) -> None:
        self._world = world
        self._script = script
        self._plan: CompetitionPlan = script.competition
        self._ids = ids
        self._codes = {innovation: code for code, innovation in ids.items()}
        self._path = f"/competitions/{self._plan.competition_id}"

    async def announce(self) -> None:
        """Funds first, then the rules that name them."""
        chair = await self._chair()
        for fund in self._plan.funds:
            body = {name: getattr(fund, name) for name in fund.__slots__}
            reply = await chair.post("awards", "/funds", body, key=f"fund-{fund.fund_id}")
            reply.needed(f"register the fund {fund.fund_id}")
        body = {
            "competition_id": self._plan.competition_id,
            "name": self._plan.name,
            "season_id": self._script.season.season_id,
            "rules": self._plan.rules.model_dump(mode="json"),
        }
        key = f"announce-{self._plan.competition_id}"
        (await chair.post("awards", "/competitions", body, key=key)).needed("announce")
        await self._until_enrolled()

    async def _until_enrolled(self) -> None:
        """Entries come by themselves; nobody opens a round before the last has."""
        admin = await self._world.person(ADMIN.username)
        season = self._script.season.season_id
        scorecards = await admin.all("scoring", "/scorecards", season_id=season, limit=200)
        invited = sum(self._is_invited(each) for each in scorecards)
        await admin.until(
            f"{invited} entries", "awards", self._path, lambda body: len(body["entries"]) == invited
        )

    def _is_invited(self, scorecard: Any) -> bool:
        plan = self._script.innovation(self._codes[scorecard["innovation_id"]])
        return any(
            plan.final_profile.initiator in rule.initiators
            and Decimal(scorecard["verified_maturity"]) >= rule.minimum_maturity
            for rule in self._plan.rules.categories
        )

    async def judge(self) -> None:
        """Every round of every category, in order."""
        for category in self._plan.rules.categories:
            for rule in category.rounds:
                await self._play(category, rule)

    async def draft_results(self) -> None:
        """A planned disqualification, then version 1."""
        out = self._plan.disqualification
        if out is not None:
            chair = await self._world.person(out.decided_by)
            body = {
                "innovation_id": self._ids[out.innovation_code],
                "ground": out.ground,
                "reason": out.reason,
            }
            await self._must(chair, "/disqualifications", body, version=await self._version())
        await self._must(await self._chair(), "/results", None)

    async def hear_objections(self) -> None:
        """The window opens; a granted objection makes version 2 by itself."""
        await self._must(await self._chair(), "/objection-window", {"version": 1})
        objection = self._plan.objection
        if objection is not None:
            await self._object(objection)

    async def determine_and_publish(self, now: datetime) -> None:
        """After the window: the decree, and the results for everybody."""
        chair = await self._chair()
        body = {
            "decree_number": self._plan.decree_number,
            "decree_date": now.date().isoformat(),
        }
        await self._must(chair, "/determination", body, version=await self._version())
        await self._must(chair, "/publication", None)

    async def _chair(self) -> Person:
        return await self._world.person(COMMITTEE[0].username)

    async def _version(self) -> int:
        chair = await self._chair()
        reply = (await chair.get("awards", self._path)).needed("read the competition")
        return reply.version or 0

    async def _must(
        self, person: Person, path: str, body: Any, *, version: int | None = None
    ) -> Any:
        key = f"{self._plan.competition_id}{path.replace('/', '-')}"
        reply = await person.post("awards", f"{self._path}{path}", body, key=key, version=version)
        return reply.needed(f"{self._plan.competition_id} {path}").body

    async def _play(self, category: CategoryRule, rule: RoundRule) -> None:
        path = f"/categories/{category.code}/rounds/{rule.code}"
        opened = await self._must(await self._chair(), f"{path}/open", None)
        if rule.scored_by == "maturity":
            await self._must(await self._chair(), f"{path}/close", None)
            return
        await self._score(opened["panel_id"], rule)
        await (await self._chair()).until(
            f"the end of {path}",
            "awards",
            self._path,
            lambda body: _is_closed(body, category.code, rule.code),
        )

    async def _score(self, panel_id: str, rule: RoundRule) -> None:
        path = f"/panels/{panel_id}"
        chair = await self._chair()
        panel = await chair.until(f"panel {panel_id}", "scoring", path)
        entries = [each["innovation_id"] for each in panel.body["entries"]]
        by_id = {person_id(name): name for name in self._world.passwords}
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(
            *(self._one_judge(path, by_id[judge], entries, gate) for judge in rule.judges)
        )
        await self._reveal(panel_id, path)

    async def _reveal(self, panel_id: str, path: str) -> None:
        """Some seals may still be on their way to the read model that tells the version."""
        chair = await self._chair()
        end = asyncio.get_running_loop().time() + WAIT_SECONDS
        while asyncio.get_running_loop().time() < end:
            sealed = (await chair.get("scoring", path)).needed("read the panel")
            reply = await chair.post(
                "scoring", f"{path}/reveal", key=f"reveal-{sealed.version}", version=sealed.version
            )
            if reply.status != 412:
                reply.needed(f"reveal {panel_id}")
                return
            await asyncio.sleep(BETWEEN_LOOKS_SECONDS)
        raise Unexpected(f"panel {panel_id} could not be revealed")

    async def _one_judge(
        self, path: str, username: str, entries: list[str], gate: asyncio.Semaphore
    ) -> None:
        judge = await self._world.person(username)
        recusal = self._plan.recusal
        for entry in entries:
            code = self._codes[entry]
            key = f"{username}-{code}-{path.rsplit('/', 1)[1][:8]}"
            if recusal is not None and (recusal.judge, recusal.innovation_code) == (username, code):
                body = {"innovation_id": entry, "reason": recusal.reason}
                reply = await judge.post("scoring", f"{path}/recusals", body, key=key)
                reply.needed(f"recusal of {username}")
                continue
            plan = self._script.innovation(code)
            scores = [
                {"criterion": each.criterion, "score": str(each.score)}
                for each in judge_scores(username, plan)
            ]
            async with gate:
                reply = await judge.post(
                    "scoring", f"{path}/scores/{entry}", {"scores": scores}, key=key
                )
            reply.needed(f"score of {username} for {code}")

    async def _object(self, plan: ObjectionPlan) -> None:
        operator = await self._world.person(plan.filed_by)
        body = {
            "innovation_id": self._ids[plan.innovation_code],
            "indicator": plan.indicator,
            "level_sought": plan.level_sought,
            "reason": plan.reason,
        }
        filed = await self._must(operator, "/objections", body)
        decider = await self._world.person(plan.decided_by)
        decision = {"granted": True, "level": plan.level_granted, "reason": plan.decision}
        path = f"/objections/{filed['objection_id']}/decision"
        await self._must(decider, path, decision, version=filed["version"])
        await (await self._chair()).until(
            "version 2 of the results",
            "awards",
            f"{self._path}/versions",
            lambda body: len(body["versions"]) == 2,
        )


def _is_closed(body: Any, category: str, code: str) -> bool:
    return any(
        each["category"] == category and each["round"] == code and each["closed"] is not None
        for each in body["rounds"]
    )
