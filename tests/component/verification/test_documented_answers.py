"""Whatever is sent to the API, the answer is one that its documentation names, and never a 5xx."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from deploy.local.stack import Addresses
from services.verification.app import create_app
from services.verification.settings import Settings
from tests.apps import Issuer, key, settings_for
from tests.builders.verification import COLLEAGUE
from tests.component.cli.world import serving
from tests.component.verification.asked import ask_all
from tests.component.verification.scenes import Company, Scene, files, play
from tests.component.verification.world import Voice, refusal
from tests.documented import (
    Witness,
    all_failures,
    described,
    operations,
    replaced,
    spoilt_failures,
)
from tests.receivers import receiving
from tests.spoiling import Good

EXAMPLES = 5
"""Of either kind, beside the thousands of requests that are spoilt one by one."""

NEVER_WELL = {"POST /faults/{key}/retry"}
"""There is no fault that could be tried again."""

ENDING = frozenset(
    (
        *("lease", "release", "handover", "override", "recusals", "next"),
        *("revision-requests", "verification", "resolution"),
    )
)
"""What a dossier is no longer the same after: of those that are known it is only tried."""


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

    def never_leased(self, good: Good) -> httpx.Request:
        """The same of a dossier in review, by who holds it, but with a token that never was."""
        (scene,) = (each for each in self.scenes if each.dossier_id == "held")
        _, dossiers, _, rest = good.path.split("/", 3)
        headers = {name.lower(): value for name, value in scene.headers.items()}
        return good.again(
            url=f"{self.url}/{dossiers}/held/{rest}",
            headers={**headers, "if-match": self._version(scene)},
            content=json.dumps({**good.body, "token": Scene.token}).encode(),
        )

    def _dress(self, case: Case, scene: Scene, headers: dict[str, str]) -> None:
        known = {**self.known, "dossier_id": scene.dossier_id, "token": scene.token}
        case.path_parameters = replaced(case.path_parameters or {}, known)
        case.query = replaced(case.query or {}, known)
        case.query.pop("cursor", None)
        if case.path.rpartition("/")[2] in ENDING or case.method == "DELETE":
            case.query["dry_run"] = True
        (case.headers or {}).pop("if-match", None)
        if "{dossier_id}" in case.path and case.method != "GET":
            headers["If-Match"] = self._version(scene)
        meta = case.meta
        if meta is not None and meta.generation.mode is GenerationMode.POSITIVE:
            case.body = replaced(case.body, known)

    def _version(self, scene: Scene) -> str:
        url = f"{self.url}/dossiers/{scene.dossier_id}"
        answer = self.client.get(url, headers=scene.headers)
        return answer.headers.get("ETag", "*")


@pytest.fixture
async def house(
    fresh_servers: Addresses, issuer: Issuer, submission: Voice, tmp_path: Path
) -> AsyncGenerator[House]:
    mail = {"mail_folder": tmp_path / "mail"}
    settings = settings_for(Settings, "verification", fresh_servers, issuer, **mail)
    async with AsyncExitStack() as open_:
        url = open_.enter_context(serving(lambda: create_app(settings)))
        receiver = await open_.enter_async_context(receiving())
        witness = Witness(described(url))
        hooks = {"response": [witness.hear]}
        api = httpx.AsyncClient(base_url=url, event_hooks=hooks, trust_env=False)
        await open_.enter_async_context(api)
        company = Company(api, issuer, submission, files(fresh_servers))
        await play(company)
        told = await ask_all(company, receiver.url)
        client = open_.enter_context(httpx.Client(trust_env=False))
        yield House(url, client, witness, tuple(company.scenes), {**told, **there_is(company)})


def there_is(company: Company) -> dict[str, Any]:
    """What parameters and fields of a body may be."""
    return {
        "sha256": company.letter,
        "evidence": [company.letter],
        "indicator": "SID-02",
        "indicators": ["SID-02"],
        "basis": None,
        "reason_code": "lower_level_proven",
        "other_id": "open",
        "page": 1,
        "to": COLLEAGUE.by,
        "verifier_id": COLLEAGUE.by,
        "season_id": "2026",
        "agency_id": "rsud",
        "affairs": ["kesehatan"],
        "visited_on": "2026-08-01",
        "due": None,
        "name": "dossiers",
        "key": "held",
    }


@pytest.mark.timeout(300)
async def test_every_operation_answers_as_documented_also_where_one_thing_is_wrong(
    house: House,
) -> None:
    assert not house.witness.failures(), "\n\n".join(house.witness.failures())
    goods = house.witness.well_answered()
    named = {each.label for each in operations(house.witness.schema)}
    assert named - set(goods) == NEVER_WELL
    found = await asyncio.to_thread(spoilt_failures, goods.values(), house.client)
    saved = [house.never_leased(good) for good in goods.values() if "token" in (good.body or {})]
    refused = [refusal(house.client.send(each)) for each in saved]
    assert not found, "\n\n".join(found)
    assert refused == [(409, "lease_lost")] * 8


@pytest.mark.timeout(300)
async def test_no_answer_is_undocumented_and_none_is_a_server_error(house: House) -> None:
    choices = st.sampled_from((None, *house.scenes))

    failed = await asyncio.to_thread(
        all_failures, house.witness.schema, choices, house.answered, EXAMPLES
    )
    assert not failed, "\n\n".join(failed)
