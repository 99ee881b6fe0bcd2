"""Handing in through the API on the real servers: in time, in the grace, by exception, or not."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from deploy.local.stack import Addresses
from services.submission.app import create_app
from services.submission.settings import Settings
from shared.events.verification import DOSSIER, RevisionItem, RevisionRequested
from shared.service import utc_now
from tests import voices
from tests.apps import Issuer, key, serving, settings_for
from tests.builders.files import pdf
from tests.component.submission.conftest import Headers, opened, shown
from tests.component.submission.uploading import PROFILE, Files, begun
from tests.waiting import holds

Api = httpx.AsyncClient
DAY = timedelta(days=1)
Later = Callable[[timedelta], None]


@pytest.fixture
def later(tmp_path: Path) -> Later:
    """Moves the clock of the service so far ahead of the real one."""

    def move(by: timedelta) -> None:
        (tmp_path / "ahead").write_text(str(round(by.total_seconds())))

    return move


@pytest.fixture
async def client(
    season: str, fresh_servers: Addresses, issuer: Issuer, tmp_path: Path
) -> AsyncGenerator[Api]:
    """The service with a clock that a test can move."""
    ahead = tmp_path / "ahead"
    settings = settings_for(Settings, "submission", fresh_servers, issuer, clock_ahead_file=ahead)
    async with serving(create_app, settings) as api:
        yield api


async def soon(client: Api, admin: Headers, season_id: str = "soon", **changes: Any) -> str:
    """A season that ends tomorrow."""
    deadline = (utc_now() + DAY).isoformat()
    await opened(client, admin, season_id, deadline=deadline, **changes)
    return season_id


async def drawn(client: Api, operator: Headers, season_id: str) -> Files:
    return Files(client, operator, await begun(client, operator, season_id))


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_submission_is_answered_once_however_often_it_is_sent(
    client: Api, operator: Headers
) -> None:
    files = await drawn(client, operator, "2026")
    await files.accepted(pdf())
    same = key()
    answers = await asyncio.gather(*(files.post("submissions", **same) for _ in range(5)))
    assert {each.status_code for each in answers} == {200}
    assert len({each.content for each in answers}) == 1
    receipt = answers[0].json()
    assert (receipt["round"], receipt["dry_run"], receipt["submitted_by"]) == (
        1,
        False,
        "operator-1",
    )
    assert answers[0].headers["Inda-Sequence"] == str(receipt["sequence"])
    assert answers[0].headers["Inda-Phase"] == "open"
    other = await files.post("submissions")
    assert refusal(other) == (409, "innovation_locked")
    happened = (await files.get("history")).json()["items"]
    assert [each["happened"] for each in happened].count("InnovationSubmitted") == 1


async def test_after_the_deadline_it_is_refused_but_for_whom_an_exception_was_granted(
    client: Api, admin: Headers, operator: Headers, later: Later
) -> None:
    season = await soon(client, admin)
    files = await drawn(client, operator, season)
    later(2 * DAY)
    assert refusal(await files.post("submissions")) == (409, "deadline_passed")
    exception = {
        "agency_id": "hss",
        "until": (utc_now() + 3 * DAY).isoformat(),
        "reason": "Listrik padam.",
    }
    path = f"/seasons/{season}/late-exceptions"
    granted = await client.post(path, json=exception, headers={**admin, **key()})
    assert granted.status_code == 200, granted.text
    receipt = await files.post("submissions")
    assert (receipt.status_code, receipt.headers["Inda-Phase"]) == (200, "late"), receipt.text


async def test_files_on_their_way_are_waited_for_in_the_grace_only(
    client: Api, admin: Headers, operator: Headers, later: Later
) -> None:
    content = pdf()
    strict = await drawn(client, operator, await soon(client, admin, "strict"))
    await strict.uploaded(content)
    assert refusal(await strict.post("submissions")) == (409, "evidence_pending")
    files = await drawn(client, operator, await soon(client, admin, "mild", grace_minutes=60))
    arrived = await files.accepted(pdf())
    waited = await files.uploaded(content)
    receipt = (await files.post("submissions")).json()
    assert {each["evidence_id"]: each["taken_in"] for each in receipt["manifest"]} == {
        arrived: True,
        waited: False,
    }
    assert receipt["complete_by"] > receipt["submitted_at"]
    later(DAY + timedelta(minutes=30))
    assert (await files.declared(content))["evidence_id"] == waited
    assert refusal(await files.declare(pdf())) == (409, "innovation_locked")
    taken = await files.intake(waited)
    assert (taken.json()["outcome"], taken.headers["Inda-Phase"]) == ("accepted", "grace")
    seen = await shown(client, operator, files.innovation, taken)
    assert (seen["state"], seen["completed"], seen["pending"]) == ("submitted", True, [])


async def test_where_the_head_must_endorse_nothing_is_handed_in_without(
    client: Api, admin: Headers, operator: Headers, head: Headers
) -> None:
    files = await drawn(client, operator, await soon(client, admin, endorsement_required=True))
    assert refusal(await files.post("submissions")) == (409, "endorsement_missing")
    rehearsed = await tried(files)
    assert refusal(rehearsed) == (409, "endorsement_missing")
    seen = (await client.get(files.path, headers=head)).json()
    body = {"content_digest": seen["content_digest"], "capacity": "head"}
    await Files(client, head, files.innovation).post("endorsements", body)
    receipt = await files.post("submissions")
    assert (receipt.status_code, receipt.json()["endorsed_by"]) == (200, "head-1"), receipt.text
    assert receipt.json()["content_digest"] == seen["content_digest"]


async def tried(files: Files) -> httpx.Response:
    return await files.api.post(
        f"{files.path}/submissions", params={"dry_run": 1}, headers={**files.person, **key()}
    )


async def test_a_rehearsal_tells_what_would_be_handed_in_and_is_no_receipt(
    client: Api, operator: Headers
) -> None:
    files = await drawn(client, operator, "2026")
    evidence = await files.accepted(pdf())
    told = (await tried(files)).json()
    assert (told["dry_run"], told["signature"], told["receipt_id"], told["sequence"]) == (
        *(True, None, None, None),
    )
    assert [each["evidence_id"] for each in told["manifest"]] == [evidence]
    assert told["statement"]["id"].startswith("UJI COBA")
    assert (await files.get("receipts/1")).status_code == 404
    gap = {**PROFILE, "purpose": "", "design_narrative": "terlalu pendek"}
    body = {"season_id": "2026", "agency_id": "hss-dinkes", "profile": gap}
    made = await client.post("/innovations", json=body, headers={**operator, **key()})
    refused = await tried(Files(client, operator, made.json()["id"]))
    assert refusal(refused) == (409, "profile_incomplete")
    assert refused.json()["params"]["missing"] == ["purpose", "design_narrative_too_short"]


async def test_a_receipt_of_a_training_season_says_so(
    client: Api, admin: Headers, operator: Headers
) -> None:
    files = await drawn(client, operator, await soon(client, admin, "latihan-1", training=True))
    receipt = (await files.post("submissions")).json()
    assert (receipt["training"], receipt["season_id"]) == (True, "latihan-1")
    assert receipt["statement"]["id"].startswith("LATIHAN")


async def test_a_closed_season_takes_nothing_new_but_gives_its_receipts_again(
    client: Api, admin: Headers, operator: Headers
) -> None:
    season = await soon(client, admin)
    files, other = [await drawn(client, operator, season) for _ in range(2)]
    same = key()
    receipt = await files.post("submissions", **same)
    closed = await client.post(f"/seasons/{season}/closing", headers={**admin, **key()})
    assert closed.status_code == 200, closed.text
    assert refusal(await other.post("submissions")) == (409, "season_closed")
    assert refusal(await tried(other)) == (409, "season_closed")
    again = await files.post("submissions", **same)
    assert (again.status_code, again.content) == (200, receipt.content)


async def test_a_revision_is_handed_in_after_the_season_was_closed(
    client: Api, fresh_servers: Addresses, admin: Headers, operator: Headers, later: Later
) -> None:
    season = await soon(client, admin, grace_minutes=10)
    files = await drawn(client, operator, season)
    await files.post("submissions")
    await client.post(f"/seasons/{season}/closing", headers={**admin, **key()})
    await reopened(fresh_servers, files, due=utc_now() + 5 * DAY)
    later(2 * DAY)
    evidence = await files.uploaded(pdf(), indicators=["SID-01"])
    revised = await files.post("submissions")
    assert (revised.status_code, revised.json()["round"]) == (200, 2), revised.text
    assert (await files.intake(evidence)).json()["outcome"] == "accepted"


async def test_a_revision_is_not_handed_in_after_it_was_due(
    client: Api, fresh_servers: Addresses, operator: Headers, later: Later
) -> None:
    files = await drawn(client, operator, "2026")
    await files.post("submissions")
    await reopened(fresh_servers, files, due=utc_now() + DAY)
    later(2 * DAY)
    assert refusal(await files.post("submissions")) == (409, "deadline_passed")


async def reopened(at: Addresses, files: Files, *, due: Any) -> None:
    """Verification asks for a revision, and the agency sees it."""
    fact = RevisionRequested(
        by="verifier-1",
        at=utc_now(),
        dossier_id=files.innovation,
        innovation_id=files.innovation,
        round=1,
        items=(RevisionItem(indicator="SID-01", message="Lengkapi."),),
        message="Lengkapi.",
        due=due,
    )
    async with voices.speaking_as(voices.Voice, at, "verification") as verification:
        await verification.say(DOSSIER, files.innovation, fact)

    async def is_seen() -> bool:
        seen = await files.api.get(files.path, headers=files.person)
        return seen.json()["state"] == "reopened"

    await holds(is_seen)


async def test_a_receipt_is_given_while_the_read_models_are_away(
    season: str, fresh_servers: Addresses, issuer: Issuer, operator: Headers
) -> None:
    async with leading_to(fresh_servers.mongo_urls["submission"]) as (url, cut):
        settings = settings_for(Settings, "submission", fresh_servers, issuer, mongo_url=url)
        async with serving(create_app, settings) as client:
            files = await drawn(client, operator, season)
            await files.accepted(pdf())
            await cut()
            began = asyncio.get_running_loop().time()
            receipt = await files.post("submissions")
            took = asyncio.get_running_loop().time() - began
            assert receipt.status_code == 200, receipt.text
            assert took < 5
            again = await files.get("receipts/1")
            assert again.content == receipt.content
            away = await client.get("/innovations", headers=operator)
            assert refusal(away) == (503, "views_unavailable")


@asynccontextmanager
async def leading_to(url: str) -> AsyncGenerator[tuple[str, Callable[[], Awaitable[None]]]]:
    """The same database behind an address of its own, and what cuts the way to it."""
    there = urlsplit(url)
    lines: set[asyncio.StreamWriter] = set()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while some := await reader.read(65536):
                writer.write(some)
                await writer.drain()
        writer.close()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(there.hostname, there.port)
        lines.update((writer, far_writer))
        await asyncio.gather(pass_on(reader, far_writer), pass_on(far_reader, writer))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def cut() -> None:
        server.close()
        for line in lines:
            line.transport.abort()

    try:
        here = url.replace(f":{there.port}", f":{port}", 1)
        yield f"{here}{'&' if there.query else '?'}directConnection=true", cut
    finally:
        await cut()
