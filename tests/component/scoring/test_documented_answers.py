"""Whatever is sent to the API, the answer is one that its documentation names, and never a 5xx."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from services.scoring.app import create_app
from services.scoring.settings import Settings
from tests.apps import Issuer, key
from tests.builders.panels import CITRA, DEWI, POINTS, THIRD_READING
from tests.builders.scoring import (
    ANI,
    BUDI,
    FIRST,
    INNOVATION,
    LEVELS,
    SECOND,
    corrected,
    government_rows,
    verified,
)
from tests.component.cli.world import serving
from tests.component.scoring.judged import points_round
from tests.component.scoring.world import Person, Voice, judge, person
from tests.documented import (
    Witness,
    all_failures,
    described,
    operations,
    replaced,
    spoilt_failures,
)

EXAMPLES = 6
"""Of either kind, beside the thousands of requests that are spoilt one by one."""

NEVER_WELL = {"POST /faults/{key}/retry"}
"""There is no fault that could be tried again."""

OPEN, REVEALED = "panel-1", "panel-2"
CARD, REGION = f"/scorecards/{INNOVATION}", "/regions/2026/hss"
LOWER = verified(LEVELS, {**LEVELS, "SID-01": 2})
ASPECT = {
    "edition": "2026-r1",
    "rows": [row.model_dump(mode="json") for row in government_rows(2)],
}
CHANGES = {
    "government_aspect": {"SPD-01": 3},
    "added": [{"levels": {"SID-01": 3}, "affair": "sosial"}, {"maturity": "90.5"}],
    "changed": [{"innovation_id": INNOVATION, "levels": {"SID-01": 3}}],
    "removed": [],
}
KNOWN: Mapping[str, Any] = {
    "innovation_id": FIRST,
    "innovations": [FIRST],
    "season_id": "2026",
    "region_id": "hss",
    "edition": "2026-r1",
    "judge_id": DEWI.id,
    "criterion": POINTS.code,
    "indicator": "SPD-01",
    "name": "panels",
    "key": OPEN,
}


@dataclass(frozen=True)
class Scene:
    """Somebody before a panel."""

    headers: Mapping[str, str]
    panel_id: str


@dataclass(frozen=True)
class House:
    """The application after a story, and whoever may stand before one of its panels."""

    url: str
    client: httpx.Client
    witness: Witness
    scenes: tuple[Scene, ...]

    def answered(self, case: Case, scene: Scene | None) -> Any:
        """Sends the case: by whoever stands in the scene, of what there is there, or as it is."""
        seen = scene or self.scenes[0]
        headers = {**seen.headers, **key()}
        if scene is not None:
            self._dress(case, scene, headers)
        return case.call(base_url=self.url, headers=headers)

    def _dress(self, case: Case, scene: Scene, headers: dict[str, str]) -> None:
        known = {**KNOWN, "panel_id": scene.panel_id}
        case.path_parameters = replaced(case.path_parameters or {}, known)
        case.query = replaced(case.query or {}, known)
        case.query.pop("cursor", None)
        if case.path.endswith("/reveal"):
            case.query["dry_run"] = True
            url = f"{self.url}/panels/{scene.panel_id}"
            (case.headers or {}).pop("if-match", None)
            headers["If-Match"] = self.client.get(url, headers=dict(headers)).headers["ETag"]
        meta = case.meta
        if meta is not None and meta.generation.mode is GenerationMode.POSITIVE:
            case.body = replaced(case.body, known)


@pytest.fixture
async def house(
    settings: Settings, issuer: Issuer, verification: Voice, awards: Voice
) -> AsyncGenerator[House]:
    async with AsyncExitStack() as open_:
        url = open_.enter_context(serving(lambda: create_app(settings)))
        witness = Witness(described(url))
        hooks = {"response": [witness.hear]}
        api = httpx.AsyncClient(base_url=url, event_hooks=hooks, trust_env=False)
        await open_.enter_async_context(api)
        office = person(api, issuer, "person-admin", "pemda_admin", "committee", "auditor")
        judges = [judge(api, issuer, who) for who in (ANI, BUDI, CITRA)]
        await scored(office, verification)
        await judged(office, judges, awards)
        await inspected(office)
        scenes = [
            Scene(who.headers, panel) for who in (office, judges[0]) for panel in (OPEN, REVEALED)
        ]
        client = open_.enter_context(httpx.Client(trust_env=False))
        yield House(url, client, witness, tuple(scenes))


async def scored(office: Person, verification: Voice) -> None:
    """A scorecard that an objection corrected, in a region with a government aspect."""
    await verification.verify(LOWER)
    await verification.verify(corrected(LOWER, "objection-1", "SID-01", 3))
    await office.see(CARD, number=2)
    for path in ("/scorecards", "/scorecards?season_id=2026&limit=1", f"{CARD}/explanation"):
        await well(office.get(path))
    written = await well(office.put(f"{REGION}/government-aspect", ASPECT))
    await office.see(REGION, written, index="20.50")
    for path in ("history?limit=1", "coach", "government-aspect"):
        await well(office.get(f"{REGION}/{path}"))
    await well(office.api.post(f"{REGION}/simulation", json=CHANGES, headers=office.headers))
    await well(office.get("/regions", season_id="2026"))
    # Where nothing is recorded yet there is no version that If-Match could name.
    await well(office.put("/regions/2026/hst/government-aspect", ASPECT))


async def judged(office: Person, judges: list[Person], awards: Voice) -> None:
    """One panel that is still open, and one that asked for a third reading and was revealed."""
    ani, budi, citra = judges
    for panel in (OPEN, REVEALED):
        await awards.open_round(points_round(panel_id=panel, round=panel, panel_rule=THIRD_READING))
        await office.see(f"/panels/{panel}")
    await seal(ani, OPEN, FIRST, "80")
    seat = {"judge_id": CITRA.id, "innovations": [SECOND], "reason": "Nobody else is free."}
    await well(office.post(f"/panels/{OPEN}/judges", seat))
    gone = {"reason": "No answer in ten days."}
    await well(office.post(f"/panels/{OPEN}/judges/{CITRA.id}/removal", gone))
    tied = {"innovation_id": SECOND, "reason": "My sister leads it."}
    await well(budi.post(f"/panels/{OPEN}/recusals", tied))
    for who, first in ((ani, "90"), (budi, "40")):
        await seal(who, REVEALED, FIRST, first)
        last = await seal(who, REVEALED, SECOND, "70")
    await reveal(office, last)
    await reveal(office, await seal(citra, REVEALED, FIRST, "60"))
    await well(ani.get(f"/panels/{OPEN}/my-scores"))
    await office.see(f"/panels/{REVEALED}", state="revealed")
    await well(office.get("/panels", competition_id="kia-2026", limit=1))


async def seal(who: Person, panel: str, innovation: str, points: str) -> httpx.Response:
    body = {"scores": [{"criterion": POINTS.code, "score": points}]}
    return await well(who.post(f"/panels/{panel}/scores/{innovation}", body))


async def reveal(office: Person, after: httpx.Response) -> None:
    match = {"If-Match": after.headers["ETag"]}
    await well(office.post(f"/panels/{REVEALED}/reveal", **match))


async def inspected(office: Person) -> None:
    views = ("/views", "/views/panels/digests", f"/views/panels/{OPEN}")
    for path in (*views, "/faults", "/health/live", "/health/ready"):
        await well(office.get(path))


async def well(asked: Any) -> httpx.Response:
    answer = await asked
    assert answer.is_success, answer.text
    return answer


@pytest.mark.timeout(300)
async def test_every_operation_answers_as_documented_also_where_one_thing_is_wrong(
    house: House,
) -> None:
    assert not house.witness.failures(), "\n\n".join(house.witness.failures())
    goods = house.witness.well_answered()
    named = {each.label for each in operations(house.witness.schema)}
    assert named - set(goods) == NEVER_WELL
    found = await asyncio.to_thread(spoilt_failures, goods.values(), house.client)
    assert not found, "\n\n".join(found)


@pytest.mark.timeout(300)
async def test_no_answer_is_undocumented_and_none_is_a_server_error(house: House) -> None:
    choices = st.sampled_from((None, *house.scenes))

    failed = await asyncio.to_thread(
        all_failures, house.witness.schema, choices, house.answered, EXAMPLES
    )
    assert not failed, "\n\n".join(failed)
