"""A verifier at work: takes the next dossier, saves step by step, and is not always careful."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from time import monotonic

import httpx

from shared.events.verification import (
    DOSSIER,
    AdmissibilityDecided,
    AdmissibilityRechecked,
    IndicatorDecided,
    IndicatorRechecked,
    QualityCheckDrawn,
)
from tests.component.verification.world import findings, refusal
from tests.e2e.office import Office
from tests.e2e.opinions import CLAIMED, SEASONS, Opinion
from tests.e2e.resolving import Body, resolve_one, verdict_on

LEASE_SECONDS = 5
HABITS = (
    *("steady",) * 5,
    *("walks off", "gives back", "sleeps", "sleeps", "is slow"),
)
NOTHING_LEFT = {(404, "queue_empty"), (409, "capacity_reached")}
TAKEN_OVER = {
    (409, "lease_lost"),
    (412, "version_changed"),
    (409, "under_quality_check"),
    (409, "awaits_resolution"),
    (409, "dossier_verified"),
    (409, "dossier_rejected"),
}
Step = tuple[str, str, Body]


class TakenOver(Exception):
    """The lease had ended before the save came."""


@dataclass
class Held:
    """A dossier in hand, as it was found: what is decided already, and in which look."""

    dossier_id: str
    token: str
    version: str
    saved_at: float
    is_second: bool
    admissible: bool | None
    levels: Mapping[str, int]
    rows: Mapping[str, Body]

    @property
    def path(self) -> str:
        return f"/dossiers/{self.dossier_id}"


@dataclass(frozen=True)
class Verifier:
    office: Office
    headers: Mapping[str, str]
    chance: Random

    async def work(self) -> None:
        """Until the office closes."""
        office = self.office
        while not office.closed.is_set():
            held = await self._take()
            if held is not None:
                await self._review(held, next(office.habits))
            elif self._once_in(2) or not await resolve_one(office, self.headers):
                await office.pause(self.chance.uniform(1.5, 6))

    async def _take(self) -> Held | None:
        wanted = self.chance.choice(({}, {}, *({"season_id": each} for each in SEASONS)))
        answer = await self.office.ask(
            "POST", "/dossiers/next", self.office.keyed(self.headers), wanted
        )
        if not answer.is_success:
            assert refusal(answer) in NOTHING_LEFT, answer.text
            return None
        began, taken = monotonic(), answer.json()
        rows = await self._rows(taken["dossier_id"], began)
        if rows is None:
            return None
        found = await self._found(taken["dossier_id"])
        return Held(
            taken["dossier_id"], taken["token"], answer.headers["ETag"], began, *found, rows
        )

    async def _rows(self, dossier_id: str, began: float) -> Mapping[str, Body] | None:
        """The claims as shown; None where the read model is too late for this lease."""
        while monotonic() < began + LEASE_SECONDS:
            answer = await self.office.ask("GET", f"/dossiers/{dossier_id}", self.headers)
            if answer.is_success:
                return {row["indicator"]: row for row in answer.json()["indicators"]}
            self.office.told["not shown yet"] += 1
            await self.office.pause(0.2)
        return None

    async def _found(self, dossier_id: str) -> tuple[bool, bool | None, Mapping[str, int]]:
        """Whether it is the second look, and what stands in this look.

        From the history: who looks a second time is not shown what there is.
        """
        is_second, admissible, levels = False, None, dict[str, int]()
        for event in await self.office.history.facts(DOSSIER.subject(dossier_id)):
            match event.fact:
                case QualityCheckDrawn():
                    is_second, admissible, levels = True, None, {}
                case AdmissibilityDecided() | AdmissibilityRechecked() as fact:
                    admissible = fact.admissibility.admissible
                case IndicatorDecided() | IndicatorRechecked() as fact:
                    levels[fact.verdict.indicator] = fact.verdict.granted_level
                case _:
                    continue
        return is_second, admissible, levels

    # --- the review -----------------------------------------------------------------------

    async def _review(self, held: Held, habit: str) -> None:
        plan = self.office.plans[held.dossier_id]
        opinion = plan.second if held.is_second else plan.first
        is_leaving = habit in ("walks off", "gives back", "sleeps")
        steps = self._steps(held, opinion, is_hasty=is_leaving)
        # Nobody who leaves has come to the end before.
        begun = steps[: self.chance.randrange(len(steps))] if is_leaving else steps
        self.office.told[habit] += 1
        try:
            for step in begun:
                await self._think(held, habit)
                await self._save(held, *step)
            if habit == "gives back":
                await self._saved(held, "POST", "/release", {"note": "Called away."})
        except TakenOver:
            self.office.told["taken over"] += 1
        if habit == "sleeps":
            await self._wake_up_late(held)

    def _steps(self, held: Held, opinion: Opinion, *, is_hasty: bool) -> list[Step]:
        """All that is missing or found otherwise, and at times what is there already."""
        steps: list[Step] = []
        if held.admissible != opinion.admissible or self._once_in(2):
            unmet = () if opinion.admissible else ("renewal",)
            steps.append(("PUT", "/admissibility", {"findings": findings(*unmet)}))
        wanted = {
            indicator: max(level - 1, 0) if is_hasty else level
            for indicator, level in opinion.levels.items()
            if held.levels.get(indicator) != level or self._once_in(2)
        }
        full = [each for each, level in wanted.items() if level == CLAIMED[each]]
        if full and self._once_in(2):
            steps.append(("POST", "/acceptances", {"indicators": full}))
            wanted = {each: level for each, level in wanted.items() if each not in full}
        steps += [
            ("PUT", f"/verdicts/{each}", verdict_on(held.rows[each], level))
            for each, level in wanted.items()
        ]
        return [*steps, ("POST", "/verification", {})]

    async def _think(self, held: Held, habit: str) -> None:
        if habit == "is slow":
            await self.office.pause(self.chance.uniform(0.55, 0.65) * LEASE_SECONDS)
            await self._saved(held, "POST", "/lease/heartbeat", {})
            return
        await self.office.pause(self.chance.uniform(0.02, 0.4))

    async def _save(self, held: Held, method: str, path: str, body: Body) -> None:
        """Now and then twice at once, as with a double click: both are told the same."""
        before = held.version
        answer = await self._saved(held, method, path, body, times=2 if self._once_in(8) else 1)
        assert answer.json()["id"] == held.dossier_id
        assert int(held.version.strip('"')) >= int(before.strip('"'))

    async def _saved(
        self, held: Held, method: str, path: str, body: Body, *, times: int = 1
    ) -> httpx.Response:
        """Raises `TakenOver` for what only a lease that has ended explains."""
        sent = {"token": held.token, **body}
        headers = self.office.keyed({**self.headers, "If-Match": held.version})
        asked = [self.office.ask(method, held.path + path, headers, sent) for _ in range(times)]
        answers = await asyncio.gather(*asked)
        for answer in answers:
            if answer.is_success:
                continue
            assert refusal(answer) in TAKEN_OVER, f"{method} {held.path}{path}: {answer.text}"
            _assert_given_back(answer, body)
        saved = [answer for answer in answers if answer.is_success]
        if not saved:
            raise TakenOver
        assert len({answer.text for answer in saved}) == 1, [answer.text for answer in saved]
        held.version, held.saved_at = saved[0].headers["ETag"], monotonic()
        return saved[0]

    async def _wake_up_late(self, held: Held) -> None:
        """The lease has ended: whatever happened since, the old token saves nothing."""
        await self.office.pause(held.saved_at + LEASE_SECONDS + 0.1 - monotonic())
        body = verdict_on(held.rows["SID-01"], 1)
        while not self.office.closed.is_set():
            events = await self.office.history.facts(DOSSIER.subject(held.dossier_id))
            headers = {**self.headers, "If-Match": f'"{events[-1].version}"'}
            sent = {"token": held.token, **body}
            answer = await self.office.ask("PUT", f"{held.path}/verdicts/SID-01", headers, sent)
            assert refusal(answer) in TAKEN_OVER, answer.text
            _assert_given_back(answer, body)
            if answer.status_code == 409:
                self.office.told[f"late: {answer.json()['code']}"] += 1
                return

    def _once_in(self, times: int) -> bool:
        return self.chance.randrange(times) == 0


def _assert_given_back(answer: httpx.Response, body: Body) -> None:
    """Nothing typed is lost, and the newer state stands beside it."""
    params = answer.json()["params"]
    assert params["typed"].items() >= body.items(), answer.text
    assert params["current"]["version"] > 0, answer.text
