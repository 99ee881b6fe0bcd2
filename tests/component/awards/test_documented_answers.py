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

from deploy.local.stack import Addresses
from services.awards.app import create_app
from services.awards.settings import Settings
from shared.history import HistoryLog
from tests.apps import Issuer, key, settings_for
from tests.builders.awards import PATH
from tests.component.awards.acts import UNDECIDED, Company, play
from tests.component.awards.course import BRIDA
from tests.component.awards.world import Clock, People
from tests.component.cli.world import serving
from tests.documented import (
    Witness,
    all_failures,
    described,
    operations,
    replaced,
    spoilt_failures,
)

EXAMPLES = 5
"""Of either kind, beside the thousands of requests that are spoilt one by one."""

NEVER_WELL = {
    "GET /competitions/{competition_id}/objections/{objection_id}/documents/{sha256}",
    "POST /faults/{key}/retry",
    "GET /verify/results/{competition_id}",
    "GET /competitions/{competition_id}/results/proofs/{sequence}",
    "GET /documents/{document_id}/proofs/{sequence}",
}
"""There is no fault, nothing is kept behind the scorecards, nothing is published, and no log is
signed here: other tests have that."""

KNOWN: Mapping[str, Any] = {
    "innovation_id": "inov-1",
    "category": "skpd",
    "code": "administrasi",
    "order": ["inov-1", "inov-2"],
    "indicator": "SID-16",
    "version": 1,
    "fund_id": "apbd",
    "payee_id": "warga-1",
    "table_id": "2024-r1",
    "recipient_id": "dinkes",
    "season_id": "2026",
    "name": "funds",
    "key": "apbd",
}
ALL = ("committee", "leader", "treasurer", "auditor", "pemda_admin")


@dataclass(frozen=True)
class Scene:
    """Somebody before a competition; before one that goes on, what they do is only tried."""

    headers: Mapping[str, str]
    competition_id: str

    @property
    def is_dry(self) -> bool:
        return self.competition_id == UNDECIDED


@dataclass(frozen=True)
class House:
    """The application after a story, and what there is now by the names of parameters."""

    url: str
    client: httpx.Client
    witness: Witness
    scenes: tuple[Scene, ...]
    known: Mapping[str, Any]

    def answered(self, case: Case, scene: Scene | None) -> Any:
        """Sends the case: by whoever stands in the scene, of what there is there, or as it is."""
        seen = scene or self.scenes[0]
        headers = {**seen.headers, **key()}
        if scene is not None:
            self._dress(case, scene, headers)
        return case.call(base_url=self.url, headers=headers)

    def _dress(self, case: Case, scene: Scene, headers: dict[str, str]) -> None:
        known = {**self.known, "competition_id": scene.competition_id}
        case.path_parameters = replaced(case.path_parameters or {}, known)
        case.query = replaced(case.query or {}, known)
        case.query.pop("cursor", None)
        if scene.is_dry:
            case.query["dry_run"] = True
        (case.headers or {}).pop("if-match", None)
        if "{competition_id}" in case.path and case.method != "GET":
            url = f"{self.url}/competitions/{scene.competition_id}"
            headers["If-Match"] = self.client.get(url, headers=dict(headers)).headers["ETag"]
        meta = case.meta
        if meta is not None and meta.generation.mode is GenerationMode.POSITIVE:
            case.body = replaced(case.body, known)


@pytest.fixture
async def house(
    fresh_servers: Addresses,
    issuer: Issuer,
    scoring: HistoryLog,
    awards: HistoryLog,
    clock: Clock,
) -> AsyncGenerator[House]:
    settings = settings_for(Settings, "awards", fresh_servers, issuer)
    async with AsyncExitStack() as open_:
        url = open_.enter_context(serving(lambda: create_app(settings, now=clock)))
        witness = Witness(described(url))
        hooks = {"response": [witness.hear]}
        api = httpx.AsyncClient(base_url=url, event_hooks=hooks, trust_env=False)
        await open_.enter_async_context(api)
        people = People(api, issuer)
        told = await play(Company.of(people), scoring, awards, clock)
        office = people("person-office", *ALL, path=BRIDA)
        head = people("person-head", "skpd_head", path=PATH)
        scenes = [
            Scene(who.headers, competition)
            for who in (office, head)
            for competition in ("kia-2026", UNDECIDED)
        ]
        client = open_.enter_context(httpx.Client(trust_env=False))
        yield House(url, client, witness, tuple(scenes), {**KNOWN, **told})


@pytest.mark.timeout(300)
async def test_every_operation_answers_as_documented_also_where_one_thing_is_wrong(
    house: House,
) -> None:
    assert not house.witness.failures(), "\n\n".join(house.witness.failures())
    goods = house.witness.well_answered()
    named = {each.label for each in operations(house.witness.schema)}
    assert named - set(goods) == NEVER_WELL
    told = await asyncio.to_thread(spoilt_failures, goods.values(), house.client)
    # A hundred thousand letters are no fault of a file, where they are one of any other text.
    found = [each for each in told if "content_base64" not in each.partition(":")[0]]
    assert not found, "\n\n".join(found)


@pytest.mark.timeout(300)
async def test_no_answer_is_undocumented_and_none_is_a_server_error(house: House) -> None:
    choices = st.sampled_from((None, *house.scenes))

    failed = await asyncio.to_thread(
        all_failures, house.witness.schema, choices, house.answered, EXAMPLES
    )
    assert not failed, "\n\n".join(failed)
