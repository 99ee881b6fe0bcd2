"""A large video over a line that breaks, from two machines, past a killed service: kept once."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from deploy.drive.opening import open_season
from deploy.drive.people import Person, World
from deploy.drive.sample import ACCOUNTS, world_of
from deploy.sample.plan import InnovationPlan
from deploy.sample.script import small_season
from shared.events.submission import EvidenceAccepted
from tests.builders.files import mp4_head
from tests.e2e.auditing import history_of
from tests.e2e.line import bad_line
from tests.e2e.program import Program, program
from tests.e2e.test_kill import entrance

MEGABYTE = 1024 * 1024
SIZE = 200 * MEGABYTE
BLOCK = bytes(range(256)) * 4096
CUTS = (300_000, 3 * MEGABYTE, 100, 7 * MEGABYTE, 1)


class Video:
    """Two hundred megabytes that are never in memory at once."""

    def __init__(self, path: Path) -> None:
        digest = sha256()
        head = mp4_head(SIZE - len(mp4_head(0)))
        with path.open("wb") as file:
            left = SIZE
            for block in (head, *(BLOCK for _ in range(SIZE // len(BLOCK) + 1))):
                piece = block[:left]
                file.write(piece)
                digest.update(piece)
                left -= len(piece)
        self.path = path
        self.sha256 = digest.hexdigest()

    def part(self, offset: int, size: int) -> bytes:
        with self.path.open("rb") as file:
            file.seek(offset)
            return file.read(size)


@pytest.mark.timeout(240)
async def test_a_large_video_is_kept_once_whatever_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INDA_MAX_VIDEO_BYTES", str(256 * MEGABYTE))
    video = Video(tmp_path / "video.mp4")
    with program(tmp_path / "inda", "--no-sample") as running:
        running.start()
        await running.until_ready()
        plan = await season_with_one_plan(running)
        async with machine(running) as first:
            upload = await declared(first, plan, video)
            storage = urlsplit((await state_of(first, plan, upload))["parts"]["missing"][0]["url"])
            assert storage.port is not None
            async with bad_line(storage.port, CUTS) as line:
                await send(first, plan, upload, video, line.port, stop_after=8)
                await restart_submission(running)
            assert line.cut == len(CUTS)
        # The client was closed: another one, logged in anew, asks what is missing and goes on.
        async with machine(running) as second:
            assert len((await state_of(second, plan, upload))["parts"]["received"]) >= 8
            await send(second, plan, upload, video, storage.port)
            taken = await take_in_past_a_crash(running, second, plan, upload)
            assert taken["outcome"] == "accepted"
            await assert_kept_once(running, second, plan, upload, video)
        assert await running.stop() == 0


class machine:
    """A client with connections and a login of its own."""

    def __init__(self, running: Program) -> None:
        people = ACCOUNTS.validate_json((running.folder / "issuer/accounts.json").read_bytes())
        self._world = world_of(running.urls, running.issuer, people)

    async def __aenter__(self) -> World:
        await self._world.http.__aenter__()
        return self._world

    async def __aexit__(self, *_: object) -> None:
        await self._world.http.aclose()


async def season_with_one_plan(running: Program) -> InnovationPlan:
    script = small_season(1)
    async with machine(running) as world:
        await open_season(world, script, datetime.now(UTC))
    return replace(script.innovations[0], code="video")


async def declared(world: World, plan: InnovationPlan, video: Video) -> str:
    """The path of the evidence that is about to be uploaded."""
    operator = await world.person(plan.operator)
    draft = {
        "season_id": "2026",
        "agency_id": plan.agency_code,
        "profile": plan.profile.model_dump(mode="json"),
    }
    reply = await operator.post("submission", "/innovations", draft, key="draft-video")
    innovation = f"/innovations/{reply.needed('draft').body['id']}"
    body = {
        "file_name": "video.mp4",
        "sha256": video.sha256,
        "size_bytes": SIZE,
        "media_type": "video/mp4",
        "evidence_kind": "video_file",
        "indicators": ["SID-20"],
    }
    told = await operator.post("submission", f"{innovation}/evidence", body, key="declare-video")
    return f"{innovation}/evidence/{told.needed('declare').body['evidence_id']}"


async def state_of(world: World, plan: InnovationPlan, upload: str) -> Mapping[str, Any]:
    operator = await world.person(plan.operator)
    reply = await operator.get("submission", f"{upload}/upload")
    return reply.needed("state of the upload").body


async def send(
    world: World,
    plan: InnovationPlan,
    upload: str,
    video: Video,
    port: int,
    stop_after: int | None = None,
) -> None:
    """Sends what is missing, and asks again after each break of the line."""
    while True:
        parts = (await state_of(world, plan, upload))["parts"]
        if not parts["missing"] or (stop_after and len(parts["received"]) >= stop_after):
            return
        for form in parts["missing"][:4]:
            url = urlsplit(form["url"])._replace(netloc=f"127.0.0.1:{port}").geturl()
            content = video.part(form["offset"], form["size_bytes"])
            try:
                async with httpx.AsyncClient(timeout=30, trust_env=False) as line:
                    answer = await line.post(url, data=form["fields"], files={"file": content})
            except httpx.TransportError:
                break
            assert answer.status_code < 300, answer.text


async def restart_submission(running: Program) -> None:
    running.processes()["submission"].kill()
    await running.until_says("  submission ended with signal 9 (SIGKILL); restart 1")
    await running.until_says("  submission serves again after")


async def take_in_past_a_crash(
    running: Program, world: World, plan: InnovationPlan, upload: str
) -> Mapping[str, Any]:
    """The service dies while it judges the file; the same question is asked until answered."""
    operator = await world.person(plan.operator)
    asking = asyncio.create_task(intake(operator, upload))
    await asyncio.sleep(0.3)
    running.processes()["submission"].kill()
    return await asking


async def intake(operator: Person, upload: str) -> Mapping[str, Any]:
    reply = await operator.post("submission", f"{upload}/intake", key="take-in-video")
    return reply.needed("intake").body


async def assert_kept_once(
    running: Program, world: World, plan: InnovationPlan, upload: str, video: Video
) -> None:
    operator = await world.person(plan.operator)
    again = await operator.post("submission", f"{upload}/intake", key="take-in-once-more")
    assert again.needed("intake again").body["outcome"] == "accepted"
    history = await history_of(*entrance(running))
    kept = [event.fact for event in history if isinstance(event.fact, EvidenceAccepted)]
    assert [(fact.sha256, fact.size_bytes) for fact in kept] == [(video.sha256, SIZE)]
    link = await operator.get("submission", f"{upload}/download")
    assert await digest_of(world.http, link.needed("download").body["url"]) == video.sha256


async def digest_of(http: httpx.AsyncClient, url: str) -> str:
    digest = sha256()
    async with http.stream("GET", url) as answer:
        assert answer.status_code == 200
        async for chunk in answer.aiter_bytes():
            digest.update(chunk)
    return digest.hexdigest()
