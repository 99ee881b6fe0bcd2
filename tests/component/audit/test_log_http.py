"""What anybody may fetch of the log without a token, and check without our code."""

from base64 import b64decode
from collections.abc import AsyncGenerator, Iterator
from hashlib import sha256

import httpx
import pytest

from deploy.local.stack import Addresses
from services.audit.app import create_app
from services.audit.settings import Settings
from shared.history.names import CHECKPOINTS
from shared.transparency import (
    Checkpoint,
    TlogProof,
    Verifier,
    leaf_hash,
    leaf_of,
    opened,
    verify,
    verify_consistency,
    verify_inclusion,
)
from shared.transparency.tiles import entries_of
from tests.apps import Issuer, serving, settings_for
from tests.component.audit.logged import KEY, ORIGIN, Bucket, anew, bucket, message, say
from tests.waiting import holds


@pytest.fixture
def own(fresh_servers: Addresses) -> Iterator[Bucket]:
    yield from bucket(fresh_servers)


@pytest.fixture
async def api(
    fresh_servers: Addresses, issuer: Issuer, own: Bucket
) -> AsyncGenerator[httpx.AsyncClient]:
    admin = fresh_servers.s3_keys["admin"]
    settings = settings_for(
        Settings,
        "audit",
        fresh_servers,
        issuer,
        s3_access_key=admin.access,
        s3_secret_key=admin.secret,
        log_bucket=own.name,
        log_retention_days=1,
        log_origin=ORIGIN,
        log_key=KEY.text,
        log_interval_seconds=0.1,
    )
    async with serving(create_app, settings) as client:
        yield client


async def signed_over(api: httpx.AsyncClient, at: Addresses, last: int) -> Checkpoint:
    """The checkpoint over the facts up to `last`, told if they are not there yet."""
    await say(at, last)

    async def is_there() -> bool:
        answer = await api.get("/log/checkpoint")
        return answer.status_code == 200 and head_of(answer.text).size == last

    await holds(is_there)
    return head_of((await api.get("/log/checkpoint")).text)


def head_of(note: str) -> Checkpoint:
    return opened(note, (KEY.verifier,)).checkpoint


def hashes(told: dict[str, list[str]]) -> list[bytes]:
    return [b64decode(each) for each in told["hashes"]]


async def test_an_empty_log_says_that_nothing_was_signed(api: httpx.AsyncClient) -> None:
    for path in ("/log/checkpoint", "/log/vkey", "/log/proofs/1", "/log/inclusion?sequence=1"):
        answer = await api.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "nothing_signed")
    assert (await api.get("/log/checkpoints")).json() == {"items": [], "next_before": None}


async def test_the_files_are_those_that_any_client_of_tiles_expects(
    api: httpx.AsyncClient, fresh_servers: Addresses
) -> None:
    await signed_over(api, fresh_servers, 300)
    note = await api.get("/log/checkpoint")
    assert note.headers["content-type"] == "text/plain; charset=utf-8"
    assert note.headers["cache-control"] == "no-cache"
    assert Verifier.from_text((await api.get("/log/vkey")).text.strip()) == KEY.verifier
    leaves = [leaf_of(message(each)) for each in range(1, 257)]
    entries = await api.get("/log/tile/entries/000")
    assert entries_of(entries.content, "") == tuple(leaves)
    assert entries.headers["content-type"] == "application/octet-stream"
    assert "immutable" in entries.headers["cache-control"]
    tile = await api.get("/log/tile/0/000")
    assert tile.content == b"".join(map(leaf_hash, leaves))
    assert (await api.get("/log/tile/1/000.p/1")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "0/001",
        "0/000.p/256",
        "0/000.p/0",
        "00/000",
        "64/000",
        "0/0",
        "0/x000",
        "entries/../../vkey",
        "../checkpoint",
        "%2e%2e/checkpoint",
    ],
)
async def test_what_is_no_tile_is_not_found(api: httpx.AsyncClient, path: str) -> None:
    answer = await api.get(f"/log/tile/{path}")
    assert answer.status_code == 404


async def test_a_proof_in_a_file_holds_without_any_server(
    api: httpx.AsyncClient, fresh_servers: Addresses
) -> None:
    first = await signed_over(api, fresh_servers, 10)
    second = await signed_over(api, fresh_servers, 25)
    for sequence, size, head in ((7, None, second), (7, 10, first), (25, None, second)):
        query = {} if size is None else {"size": size}
        answer = await api.get(f"/log/proofs/{sequence}", params=query)
        named = answer.headers["content-disposition"]
        assert named == f'attachment; filename="{sequence}.tlog-proof"'
        proof = TlogProof.from_text(answer.text)
        assert verify(proof, leaf_of(message(sequence)), (KEY.verifier,)).checkpoint == head


async def test_inclusion_and_consistency_are_told_as_json(
    api: httpx.AsyncClient, fresh_servers: Addresses
) -> None:
    first = await signed_over(api, fresh_servers, 10)
    second = await signed_over(api, fresh_servers, 25)
    told = (await api.get("/log/inclusion", params={"sequence": 3})).json()
    leaf = told["leaf"].encode()
    assert (leaf, told["index"], told["size"]) == (leaf_of(message(3)), 2, 25)
    assert b64decode(told["leaf_hash"]) == leaf_hash(leaf) == sha256(b"\0" + leaf).digest()
    assert head_of(told["checkpoint"]).root == b64decode(told["root"]) == second.root
    verify_inclusion(leaf_hash(leaf), 2, 25, second.root, hashes(told))
    told = (await api.get("/log/consistency", params={"from": 10})).json()
    assert (head_of(told["old_checkpoint"]), head_of(told["new_checkpoint"])) == (first, second)
    verify_consistency(10, 25, first.root, second.root, hashes(told))


async def test_checkpoints_are_listed_newest_first(
    api: httpx.AsyncClient, fresh_servers: Addresses
) -> None:
    sizes = (2, 5, 9, 14, 20)
    for size in sizes:
        await signed_over(api, fresh_servers, size)

    async def listed(**query: int) -> tuple[list[int], int | None]:
        told = (await api.get("/log/checkpoints", params=query)).json()
        return [each["size"] for each in told["items"]], told["next_before"]

    assert await listed() == ([20, 14, 9, 5, 2], None)
    assert await listed(limit=2) == ([20, 14], 14)
    assert await listed(limit=2, before=14) == ([9, 5], 5)
    assert await listed(before=10) == ([9, 5, 2], None)
    assert await listed(before=2) == ([], None)
    assert head_of((await api.get("/log/checkpoints/9")).text).size == 9


async def test_what_cannot_be_proved_is_refused_with_a_reason(
    api: httpx.AsyncClient, fresh_servers: Addresses
) -> None:
    await signed_over(api, fresh_servers, 10)
    await signed_over(api, fresh_servers, 12)
    refusals = {
        "/log/proofs/13": (404, "not_logged_yet"),
        "/log/proofs/11?size=10": (404, "not_logged_yet"),
        "/log/proofs/3?size=11": (404, "size_not_signed"),
        "/log/checkpoints/11": (404, "size_not_signed"),
        "/log/consistency?from=11": (404, "size_not_signed"),
        "/log/consistency?from=12&to=10": (422, "sizes_swapped"),
        "/log/inclusion": (422, "sequence_needed"),
    }
    found = {path: await api.get(path) for path in refusals}
    assert {
        path: (answer.status_code, answer.json()["code"]) for path, answer in found.items()
    } == refusals
    assert found["/log/proofs/13"].json()["params"]["size"] == 12


async def test_auditors_see_how_the_signing_stands_and_an_alarm_makes_nothing_unready(
    api: httpx.AsyncClient, fresh_servers: Addresses, issuer: Issuer
) -> None:
    await signed_over(api, fresh_servers, 10)
    auditor = issuer.headers("inspector", "auditor")
    well = (await api.get("/log/status", headers=auditor)).json()
    assert (well["is_signing"], well["origin"], well["size"]) == (True, ORIGIN, 10)
    assert (well["alarm"], well["behind"]) == (None, None)
    await anew(fresh_servers, CHECKPOINTS)

    async def is_alarmed() -> bool:
        told = (await api.get("/log/status", headers=auditor)).json()
        return told["alarm"] is not None

    await holds(is_alarmed)
    told = (await api.get("/log/status", headers=auditor)).json()["alarm"]
    assert (told["code"], "10 facts" in told["sentence"]) == ("checkpoints_lost", True)
    ready = await api.get("/health/ready")
    assert (ready.status_code, ready.json()["log"]["alarm"]) == (200, "checkpoints_lost")
    metrics = (await api.get("/metrics")).text
    assert 'inda_log_alarm{code="checkpoints_lost"} 1.0' in metrics
    assert "inda_log_size 10.0" in metrics


async def test_no_version_in_the_bucket_can_be_deleted(
    api: httpx.AsyncClient, fresh_servers: Addresses, own: Bucket
) -> None:
    await signed_over(api, fresh_servers, 5)
    await signed_over(api, fresh_servers, 9)
    versions = list(own.admin.list_objects(own.name, recursive=True, include_version=True))
    newest = [each for each in versions if each.object_name == "log/checkpoint"]
    assert len(newest) == 2
    for each in versions:
        kept = own.admin.get_object_retention(own.name, each.object_name or "", each.version_id)
        assert kept is not None
        assert kept.mode == "COMPLIANCE"
