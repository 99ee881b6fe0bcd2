"""Receipts through the API: the same text for ever, and proof without a server."""

import json
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import OKPKey

from deploy.local.stack import Addresses
from services.submission.app import create_app
from services.submission.settings import Settings
from shared.seals import Broken, public_keys, verified
from shared.service import utc_now
from shared.settings import SettingsError
from tests.apps import Issuer, key, serving, settings_for
from tests.builders.files import locked_pdf, pdf
from tests.component.submission.conftest import Headers, opened
from tests.component.submission.uploading import Files, begun
from tests.waiting import found_in_time

Api = httpx.AsyncClient


@pytest.fixture
async def client(
    season: str, fresh_servers: Addresses, issuer: Issuer, tmp_path: Path
) -> AsyncGenerator[Api]:
    """The service with a clock that a test can move, and that waits for nobody."""
    settings = settings_for(
        Settings,
        "submission",
        fresh_servers,
        issuer,
        clock_ahead_file=tmp_path / "ahead",
        completion_wait_seconds=0,
    )
    async with serving(create_app, settings) as api:
        yield api


async def published(api: Api) -> bytes:
    answer = await api.get("/receipts/keys")
    assert answer.status_code == 200, answer.text
    return answer.content


async def test_a_receipt_is_the_same_text_again_and_holds_offline(
    client: Api, operator: Headers, issuer: Issuer, stranger: Headers
) -> None:
    files = Files(client, operator, await begun(client, operator, "2026"))
    await files.accepted(pdf())
    location = {"latitude": "-2.500000", "longitude": "115.250000"}
    seen = await client.get(files.path, headers=operator)
    change = {**operator, "If-Match": seen.headers["ETag"]}
    await client.patch(f"{files.path}/profile", json=location, headers=change)
    await client.put(f"{files.path}/claims/SID-01", json={"level": 2}, headers=operator)
    given = await files.post("submissions")
    assert given.status_code == 200, given.text
    again = await files.get("receipts/1")
    assert (again.status_code, again.content) == (200, given.content)
    for role in ("auditor", "leader", "pemda_admin"):
        reader = Files(client, issuer.headers("reader", role), files.innovation)
        assert (await reader.get("receipts/1")).content == given.content
    keys = public_keys(await published(client))
    told = verified(given.content, keys)
    assert told == {name: value for name, value in given.json().items() if name != "signature"}
    for change in (
        {"submitted_at": "2026-01-01T00:00:00.000000Z"},
        {"manifest": []},
        {"manifest": [{**told["manifest"][0], "sha256": "0" * 64}]},
        {"dry_run": True},
        {"more": 1},
    ):
        with pytest.raises(Broken):
            verified(json.dumps({**given.json(), **change}).encode(), keys)
    theirs = await Files(client, stranger, files.innovation).get("receipts/1")
    assert (theirs.status_code, theirs.json()["code"]) == (404, "not_found")
    for number, status, code in (
        ("2", 404, "receipt_unknown"),
        ("0", 422, "request_invalid"),
        ("x", 422, "request_invalid"),
        ("1/completion", 404, "completion_not_needed"),
    ):
        none = await files.get(f"receipts/{number}")
        assert (number, none.status_code, none.json()["code"]) == (number, status, code)


async def test_the_keys_are_for_anybody_and_hold_nothing_private(client: Api) -> None:
    [only] = json.loads(await published(client))["keys"]
    assert sorted(only) == ["alg", "crv", "kid", "kty", "use", "x"]
    schema = (await client.get("/openapi.json")).json()["paths"]["/receipts/keys"]["get"]
    assert "security" not in schema
    assert schema["responses"]["200"]["content"]["application/json"]["schema"]


async def test_after_a_rotation_earlier_receipts_are_still_checked(
    season: str,
    client: Api,
    fresh_servers: Addresses,
    issuer: Issuer,
    operator: Headers,
    tmp_path: Path,
) -> None:
    files = Files(client, operator, await begun(client, operator, season))
    given = await files.post("submissions")
    (tmp_path / "old.json").write_bytes(await published(client))
    (tmp_path / "new.pem").write_bytes(OKPKey.generate_key("Ed25519").as_pem(private=True))
    settings = settings_for(
        Settings,
        "submission",
        fresh_servers,
        issuer,
        receipt_key=None,
        receipt_key_file=tmp_path / "new.pem",
        receipt_old_keys_file=tmp_path / "old.json",
    )
    async with serving(create_app, settings) as rotated:
        keys = public_keys(await published(rotated))
        told = verified(given.content, keys)
        again = await Files(rotated, operator, files.innovation).get("receipts/1")
        assert verified(again.content, keys) == told
        assert again.json()["signature"] != given.json()["signature"]


def test_the_service_does_not_start_without_a_key_that_can_sign(
    servers: Addresses, issuer: Issuer, tmp_path: Path
) -> None:
    def started(**changes: Any) -> None:
        create_app(settings_for(Settings, "submission", servers, issuer, **changes))

    file = tmp_path / "key.pem"
    for changes, error, sentence in (
        ({"receipt_key": None}, ValueError, "Set INDA_RECEIPT_KEY or INDA_RECEIPT_KEY_FILE"),
        ({"receipt_key_file": file}, ValueError, "and not both"),
        ({"receipt_key": "no key at all"}, SettingsError, "Ed25519 private key"),
        ({"receipt_key": None, "receipt_key_file": file}, SettingsError, "cannot be read"),
        ({"receipt_old_keys_file": file}, SettingsError, "cannot be read"),
    ):
        with pytest.raises(error, match=sentence):
            started(**changes)


async def test_how_a_submission_ended_is_told_and_signed(
    client: Api, admin: Headers, operator: Headers, tmp_path: Path
) -> None:
    deadline = (utc_now() + timedelta(days=1)).isoformat()
    await opened(client, admin, "mild", deadline=deadline, grace_minutes=60)
    files = Files(client, operator, await begun(client, operator, "mild"))
    here = await files.accepted(pdf())
    late = await files.uploaded(pdf(), file_name="tiba.pdf")
    never = (await files.declared(pdf(), file_name="hilang.pdf"))["evidence_id"]
    locked = await files.uploaded(locked_pdf(), file_name="terkunci.pdf")
    receipt = (await files.post("submissions")).json()
    waiting = await files.get("receipts/1/completion")
    assert (waiting.status_code, waiting.json()["code"]) == (404, "completion_not_yet")
    await files.intake(late)
    await files.intake(locked)
    (tmp_path / "ahead").write_text(str(2 * 86_400))

    async def completion() -> httpx.Response | None:
        answer = await files.get("receipts/1/completion")
        return answer if answer.status_code == 200 else None

    ended = await found_in_time(completion)
    told = verified(ended.content, public_keys(await published(client)))
    assert (told["receipt_id"], told["round"]) == (receipt["receipt_id"], 1)
    assert told["completed_at"] > receipt["complete_by"]
    assert {each["evidence_id"] for each in told["manifest"]} == {here, late}
    assert {each["evidence_id"]: (each["because"], each["rule"]) for each in told["missing"]} == {
        never: ("never_came", None),
        locked: ("refused", "encrypted"),
    }
    assert "hilang.pdf" in told["statement"]["id"]
    assert (await files.get("receipts/1/completion")).content == ended.content
    assert (await files.get("receipts/1")).json() == receipt
    happened = (await files.get("history")).json()["items"]
    completed = [each for each in happened if each["happened"] == "SubmissionCompleted"]
    assert [each["by"] for each in completed] == ["system:submission"]


async def test_the_last_file_to_come_completes_a_submission(
    client: Api, admin: Headers, operator: Headers
) -> None:
    deadline = (utc_now() + timedelta(days=1)).isoformat()
    await opened(client, admin, "mild", deadline=deadline, grace_minutes=60)
    files = Files(client, operator, await begun(client, operator, "mild"))
    late = await files.uploaded(pdf())
    await files.post("submissions", **key())
    assert (await files.intake(late)).json()["outcome"] == "accepted"
    told = (await files.get("receipts/1/completion")).json()
    assert (told["missing"], [each["taken_in"] for each in told["manifest"]]) == ([], [True])
