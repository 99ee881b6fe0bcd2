"""A large file over a bad line: parts that come in any order, and go on from anywhere."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from services.submission.app import create_app
from services.submission.settings import Settings
from shared.service import utc_now
from shared.settings import MEGABYTE
from tests.apps import Issuer, key, serving, settings_for
from tests.builders.files import mp4, pdf
from tests.component.submission.conftest import Headers, opened, shown
from tests.component.submission.test_way_of_an_innovation import drafted
from tests.component.submission.uploading import Files, begun, declaration, sent

VIDEO = {
    "file_name": "inovasi.mp4",
    "media_type": "video/mp4",
    "evidence_kind": "video_file",
    "indicators": ["SID-20"],
    "letter": None,
}
FIVE = 5 * MEGABYTE
Settled = Callable[..., Settings]


@pytest.fixture
def settled(fresh_servers: Addresses, issuer: Issuer, tmp_path: Path) -> Settled:
    """Settings with small parts, and a clock that a test can move."""

    def settings(**changes: Any) -> Settings:
        more = {"upload_part_bytes": FIVE, "clock_ahead_file": tmp_path / "ahead", **changes}
        return settings_for(Settings, "submission", fresh_servers, issuer, **more)

    return settings


def part_of(content: bytes, form: dict[str, Any]) -> bytes:
    return content[form["offset"] : form["offset"] + form["size_bytes"]]


async def test_an_upload_in_parts_outlives_the_line_the_client_and_the_service(
    api: httpx.AsyncClient, season: str, operator: Headers, settled: Settled
) -> None:
    content = mp4(content=bytes(range(256)) * 44_000)
    assert 2 * FIVE < len(content) < 3 * FIVE
    async with serving(create_app, settled()) as before:
        files = Files(before, operator, await drafted(api, operator))
        told = await files.declared(content, **VIDEO)
        evidence, parts = told["evidence_id"], told["parts"]
        assert (told["upload"], parts["part_count"], parts["received"]) == (None, 3, [])
        assert [form["size_bytes"] for form in parts["missing"]] == [
            *(FIVE, FIVE, len(content) - 2 * FIVE),
        ]
        for number in (2, 0):
            form = parts["missing"][number]
            await sent(form, part_of(content, form))
        early = (await files.intake(evidence)).json()
        assert (early["outcome"], early["missing"]) == ("incomplete", [2])
    # The service and the client are others now; only the id is known.
    async with serving(create_app, settled()) as after:
        files = Files(after, operator, files.innovation)
        left = (await files.get(f"evidence/{evidence}/upload")).json()
        assert (left["state"], left["parts"]["received"], left["parts"]["missing_count"]) == (
            *("waiting", [1, 3], 1),
        )
        [form] = left["parts"]["missing"]
        await sent(form, part_of(content, form))
        await sent(form, part_of(content, form))
        whole = (await files.get(f"evidence/{evidence}/upload")).json()
        assert (whole["state"], whole["parts"]["missing"]) == ("received", [])
        taken = await files.intake(evidence)
        assert taken.json()["outcome"] == "accepted", taken.text
        done = (await files.get(f"evidence/{evidence}/upload")).json()
        assert done == {"evidence_id": evidence, "state": "accepted", "upload": None, "parts": None}
        seen = await shown(after, operator, files.innovation, taken)
        assert [item["content"]["sha256"] for item in seen["evidence"]] == [
            sha256(content).hexdigest()
        ]
        async with httpx.AsyncClient() as storage:
            link = (await files.get(f"evidence/{evidence}/download")).json()["url"]
            assert (await storage.get(link)).content == content


async def test_declared_anew_a_large_upload_goes_on_where_it_was(
    api: httpx.AsyncClient, season: str, operator: Headers, settled: Settled
) -> None:
    content = mp4(content=bytes(6 * MEGABYTE))
    async with serving(create_app, settled()) as client:
        files = Files(client, operator, await drafted(api, operator))
        told = await files.declared(content, **VIDEO)
        form = told["parts"]["missing"][0]
        await sent(form, part_of(content, form))
        again = await files.declared(content, **VIDEO)
        assert (again["evidence_id"], again["parts"]["received"]) == (told["evidence_id"], [1])


async def test_a_part_of_another_size_is_not_taken_by_the_storage(
    api: httpx.AsyncClient, season: str, operator: Headers, settled: Settled
) -> None:
    content = mp4(content=bytes(6 * MEGABYTE))
    async with serving(create_app, settled()) as client:
        files = Files(client, operator, await drafted(api, operator))
        [first, _] = (await files.declared(content, **VIDEO))["parts"]["missing"]
        with pytest.raises(AssertionError, match=r"EntityTooLarge|EntityTooSmall"):
            await sent(first, content)


async def test_a_small_file_is_waited_for_received_and_accepted(
    api: httpx.AsyncClient, season: str, operator: Headers, stranger: Headers, issuer: Issuer
) -> None:
    files = Files(api, operator, await drafted(api, operator))
    content = pdf()
    evidence = (await files.declared(content))["evidence_id"]
    waiting = await files.get(f"evidence/{evidence}/upload")
    assert (waiting.json()["state"], waiting.headers["ETag"]) == ("waiting", '"2"')
    assert waiting.headers["Inda-Phase"] == "open"
    await sent(waiting.json()["upload"], content)
    assert (await files.get(f"evidence/{evidence}/upload")).json()["state"] == "received"
    await files.intake(evidence)
    accepted = (await files.get(f"evidence/{evidence}/upload")).json()
    assert (accepted["state"], accepted["upload"]) == ("accepted", None)
    unknown = await files.get("evidence/none/upload")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "evidence_unknown")
    theirs = await Files(api, stranger, files.innovation).get(f"evidence/{evidence}/upload")
    assert (theirs.status_code, theirs.json()["code"]) == (404, "not_found")
    auditor = issuer.headers("auditor-1", "auditor")
    asked = await Files(api, auditor, files.innovation).get(f"evidence/{evidence}/upload")
    assert asked.status_code == 403


async def test_a_rehearsal_of_a_large_declaration_gives_no_forms(
    api: httpx.AsyncClient, season: str, operator: Headers, settled: Settled
) -> None:
    content = mp4(content=bytes(6 * MEGABYTE))
    async with serving(create_app, settled()) as client:
        innovation = await drafted(api, operator)
        tried = await client.post(
            f"/innovations/{innovation}/evidence",
            params={"dry_run": 1},
            json=declaration(content, **VIDEO),
            headers={**operator, **key()},
        )
        assert (tried.status_code, tried.json()["upload"], tried.json()["parts"]) == (
            *(201, None, None),
        )


async def test_after_the_grace_no_forms_are_given_and_nothing_is_taken_in(
    api: httpx.AsyncClient,
    season: str,
    admin: Headers,
    operator: Headers,
    settled: Settled,
    tmp_path: Path,
) -> None:
    content = pdf()
    async with serving(create_app, settled()) as client:
        tomorrow = (utc_now() + timedelta(days=1)).isoformat()
        await opened(client, admin, "soon", grace_minutes=60, deadline=tomorrow)
        files = Files(client, operator, await begun(client, operator, "soon"))
        evidence = await files.uploaded(content)
        submitted = await files.post("submissions")
        assert submitted.status_code == 200, submitted.text
        assert (await files.get(f"evidence/{evidence}/upload")).json()["state"] == "received"
        (tmp_path / "ahead").write_text(str(2 * 86_400))
        for late in (
            await files.get(f"evidence/{evidence}/upload"),
            await files.intake(evidence),
            await files.declare(content),
        ):
            assert (late.status_code, late.json()["code"]) == (409, "grace_passed"), late.text
