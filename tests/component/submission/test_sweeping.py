"""What goes on beside the requests: nobody need ask for what was uploaded, or watch the clock."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from services.submission.api.sweeping import LIFETIME, Janitor
from services.submission.app import create_app
from services.submission.projections import INNOVATIONS
from services.submission.settings import Settings
from shared.documents import Declared, documents_of
from shared.service import utc_now
from shared.settings import MEGABYTE
from shared.views import Database
from tests.apps import Issuer, key, serving, settings_for
from tests.builders.files import locked_pdf, mp4, pdf
from tests.component.submission.conftest import Headers, opened
from tests.component.submission.uploading import Files, begun, declaration, sent
from tests.waiting import holds

Api = httpx.AsyncClient
OFTEN = 0.2


class Replicas:
    """Replicas of the service on the same servers, as many as asked for."""

    def __init__(self, at: Addresses, issuer: Issuer, folder: Path, open_: AsyncExitStack) -> None:
        self._at = at
        self._issuer = issuer
        self._folder = folder
        self._open = open_

    def settings(self, **changes: Any) -> Settings:
        more = {
            "intake_seconds": OFTEN,
            "completion_wait_seconds": 0,
            "clock_ahead_file": self._folder / "ahead",
            **changes,
        }
        return settings_for(Settings, "submission", self._at, self._issuer, **more)

    async def start(self, **changes: Any) -> Api:
        return await self._open.enter_async_context(serving(create_app, self.settings(**changes)))

    def later(self, by: timedelta) -> None:
        (self._folder / "ahead").write_text(str(round(by.total_seconds())))


@pytest.fixture
async def replicas(
    season: str, fresh_servers: Addresses, issuer: Issuer, tmp_path: Path
) -> AsyncGenerator[Replicas]:
    async with AsyncExitStack() as open_:
        yield Replicas(fresh_servers, issuer, tmp_path, open_)


async def happened(files: Files) -> list[tuple[str, str]]:
    items = (await files.get("history")).json()["items"]
    return [(each["happened"], each["by"]) for each in reversed(items)]


async def said(files: Files, fact: str) -> list[str]:
    """By whom this fact was said."""
    return [by for name, by in await happened(files) if name == fact]


async def until_said(files: Files, fact: str, times: int = 1) -> list[str]:
    async def is_said() -> bool:
        return len(await said(files, fact)) >= times

    await holds(is_said)
    return await said(files, fact)


async def test_what_a_client_left_behind_is_taken_in_by_itself_once(
    replicas: Replicas, operator: Headers
) -> None:
    """Two replicas look, the client comes back, and all of them at the same moment."""
    first, second = [await replicas.start() for _ in range(2)]
    files = Files(first, operator, await begun(first, operator, "2026"))
    left = [await files.uploaded(pdf()) for _ in range(6)]
    refused = await files.uploaded(locked_pdf())
    beside = Files(second, operator, files.innovation)
    await asyncio.gather(*(who.intake(each) for who in (files, beside) for each in left[:3]))

    assert await until_said(files, "EvidenceAccepted", 6) == ["operator-1"] * 6
    await until_said(files, "EvidenceRefused")
    # By the time that one more is in, everybody has looked again.
    await files.uploaded(pdf())
    assert await until_said(files, "EvidenceAccepted", 7) == ["operator-1"] * 7
    assert await said(files, "EvidenceRefused") == ["operator-1"]
    # Whoever asks later is told what was found.
    assert (await files.intake(left[5])).json()["outcome"] == "accepted"
    assert (await files.intake(refused)).json()["rule"] == "encrypted"


async def test_parts_that_were_all_sent_are_put_together_by_themselves(
    replicas: Replicas, operator: Headers
) -> None:
    client = await replicas.start(upload_part_bytes=5 * MEGABYTE)
    files = Files(client, operator, await begun(client, operator, "2026"))
    content = mp4(content=bytes(6 * MEGABYTE))
    video = {"media_type": "video/mp4", "evidence_kind": "video_file", "indicators": ["SID-20"]}
    told = await files.declared(content, **video, letter=None)
    for form in told["parts"]["missing"]:
        await sent(form, content[form["offset"] : form["offset"] + form["size_bytes"]])
    assert await until_said(files, "EvidenceAccepted") == ["operator-1"]


@asynccontextmanager
async def scanner(port: int) -> AsyncGenerator[None]:
    """Speaks as clamd does, and finds nothing."""

    async def scanned(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
        while size := int.from_bytes(await reader.readexactly(4)):
            await reader.readexactly(size)
        writer.write(b"stream: OK\0")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(scanned, "127.0.0.1", port)
    async with server:
        yield


async def test_what_the_scanner_could_not_tell_is_held_and_tried_again(
    replicas: Replicas, operator: Headers
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = await replicas.start(clamav_host="127.0.0.1", clamav_port=port)
    files = Files(client, operator, await begun(client, operator, "2026"))
    evidence = await files.uploaded(pdf())
    held = (await files.intake(evidence)).json()
    assert (held["outcome"], held["rule"], held["version"]) == ("held", None, 2)
    assert held["advice"].startswith("Berkas sudah sampai dan menunggu pemindai")
    refused = await files.get(f"evidence/{evidence}/download")
    assert refused.status_code == 404
    assert await happened(files) == [
        ("InnovationDrafted", "operator-1"),
        ("EvidenceDeclared", "operator-1"),
    ]
    async with scanner(port):
        assert await until_said(files, "EvidenceAccepted") == ["operator-1"]


async def test_a_submission_whose_files_came_is_completed_without_its_client(
    replicas: Replicas, admin: Headers, operator: Headers
) -> None:
    client = await replicas.start()
    tomorrow = (utc_now() + timedelta(days=1)).isoformat()
    await opened(client, admin, "mild", deadline=tomorrow, grace_minutes=60)
    files = Files(client, operator, await begun(client, operator, "mild"))
    told = await files.declared(content := pdf())
    submitted = await files.post("submissions")
    assert submitted.status_code == 200, submitted.text
    await sent(told["upload"], content)
    assert await until_said(files, "SubmissionCompleted") == ["operator-1"]
    completion = (await files.get("receipts/1/completion")).json()
    assert (completion["missing"], len(completion["manifest"])) == ([], 1)


async def waiting_in(client: Api, admin: Headers, operator: Headers, grace_minutes: int) -> Files:
    """Handed in for tomorrow, with a file that never comes."""
    season_id = f"grace-{grace_minutes}"
    tomorrow = (utc_now() + timedelta(days=1)).isoformat()
    await opened(client, admin, season_id, deadline=tomorrow, grace_minutes=grace_minutes)
    files = Files(client, operator, await begun(client, operator, season_id))
    await files.declared(pdf())
    assert (await files.post("submissions")).status_code == 200
    return files


async def test_when_the_grace_is_over_every_replica_asks_and_one_fact_comes_of_it(
    replicas: Replicas, admin: Headers, operator: Headers
) -> None:
    client, _, _ = [await replicas.start() for _ in range(3)]
    short, middle, long = [
        await waiting_in(client, admin, operator, grace) for grace in (10, 600, 1200)
    ]
    replicas.later(timedelta(days=1, minutes=100))
    assert await until_said(short, "SubmissionCompleted") == ["system:submission"]
    assert await said(middle, "SubmissionCompleted") == []
    replicas.later(timedelta(days=1, minutes=700))
    assert await until_said(middle, "SubmissionCompleted") == ["system:submission"]
    replicas.later(timedelta(days=2))
    assert await until_said(long, "SubmissionCompleted") == ["system:submission"]
    for files in (short, middle):
        assert await said(files, "SubmissionCompleted") == ["system:submission"]


async def test_the_janitor_clears_away_what_is_old_and_declared_by_nobody(
    api: Api, replicas: Replicas, operator: Headers
) -> None:
    files = Files(api, operator, await begun(api, operator, "2026"))
    waiting = await files.uploaded(pdf())
    withdrawn = await begun(api, operator, "2026")
    lost = await Files(api, operator, withdrawn).uploaded(pdf())
    settings = replicas.settings()
    documents = documents_of(settings, utc_now)
    orphan, content = f"orphan-{utc_now():%H%M%S%f}", pdf()
    told = declaration(content)
    declared = Declared(told["sha256"], told["size_bytes"], told["media_type"])
    form = documents.upload_link(orphan, declared)
    await sent({"url": form.url, "fields": dict(form.fields)}, content)
    answer = await Files(api, operator, withdrawn).post("withdrawal", {"reason": "Salah."})
    database = Database(settings.mongo_url.get_secret_value(), settings.mongo_database)
    view = database.collection(INNOVATIONS.collection)

    async def is_withdrawn() -> bool:
        found = await view.get(withdrawn)
        return found is not None and found["state"] == "withdrawn"

    assert answer.status_code == 200, answer.text
    await holds(is_withdrawn)

    async def here() -> set[str]:
        asked = {each: await documents.lacking(each, declared) for each in (waiting, lost, orphan)}
        return {each for each, lacking in asked.items() if lacking is None}

    try:
        await Janitor(view, documents, utc_now).clear()
        assert await here() == {waiting, lost, orphan}
        await Janitor(view, documents, lambda: utc_now() + 2 * LIFETIME).clear()
        assert await here() == {waiting}
    finally:
        documents.close()
        database.close()
    assert (await files.intake(waiting, **key())).json()["outcome"] == "accepted"
