"""A byte flipped in the stream's file on one of three nodes: reported, and then repaired."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.local.stack import Addresses
from services.audit.checking.stream.copies import copies_of, nodes_of
from shared.errors import Unavailable
from shared.history import connect
from shared.history.names import STREAM
from shared.history.reader import stream_info
from shared.transparency import leaf_of
from tests.component.audit.logged import Bucket, bucket, message, say
from tests.integration.audit.fscking import SealedWorld, first_of
from tests.integration.audit.restored import signed, with_storage
from tests.integration.audit.world import World, write_context
from tests.integration.test_local_servers import apply_when_elected
from tests.servers import Running, nats_client, until

FACTS, SPOILED = 200, 120
FORGOTTEN_SECONDS = 11.0
"""A node keeps a block that was read in memory for ten seconds, and then looks at its disk."""
NODES = ("nats-1", "nats-2", "nats-3")
Folders = pytest.TempPathFactory


@pytest.fixture
def at(fresh_cluster: Running, s3_server: Running) -> Addresses:
    objects = s3_server.addresses
    return replace(
        fresh_cluster.addresses, s3_endpoint=objects.s3_endpoint, s3_keys=objects.s3_keys
    )


@pytest.fixture
def log_bucket(at: Addresses) -> Iterator[Bucket]:
    yield from bucket(at)


@pytest.fixture
async def sealed(at: Addresses, log_bucket: Bucket, tmp_path: Path) -> SealedWorld:
    """Sealed facts on three nodes; the context names the seed of the admin too."""
    async with nats_client(at, "admin") as admin:
        await apply_when_elected(admin)
    await say(at, FACTS)
    await signed(at, log_bucket)
    context = write_context(tmp_path, at, {}, "nobody")
    with_storage(context, at, log_bucket)
    (tmp_path / "admin.nk").write_text(at.nats_seeds["admin"])
    told = json.loads(context.read_text())
    told["nats"]["seeds"]["admin"] = "admin.nk"
    context.write_text(json.dumps(told))
    return SealedWorld(World(at, {}, {}, context), log_bucket, ())


def block_of(folders: Folders, node: str) -> tuple[Path, int]:
    """The file of a node in which the fact lies, and where its body begins."""
    told = message(SPOILED).body
    newest = max(folders.getbasetemp().glob("cluster*"), key=lambda each: each.stat().st_mtime)
    for file in newest.glob(f"nats-cluster-3/{node}/jetstream/INDA/streams/INDA/msgs/*.blk"):
        place = file.read_bytes().find(told)
        if place >= 0:
            return file, place
    raise AssertionError(f"{node} has no file with fact {SPOILED}")


def flip(file: Path, place: int) -> None:
    with file.open("r+b") as block:
        block.seek(place + 10)
        byte = block.read(1)[0]
        block.seek(place + 10)
        block.write(bytes([byte ^ 1]))


async def restarted(cluster: Running, node: str, number: signal.Signals) -> None:
    """The supervisor starts it again by itself."""
    before = cluster.pids()[node]
    os.kill(before, number)
    await until(lambda: cluster.pids().get(node) not in (None, before), 30)
    await until(lambda: any(f"{node} serves again" in each for each in cluster.reports), 60)


async def copy_of(at: Addresses, node: str) -> list[bytes]:
    """The leaves of all facts as this one node has them."""
    servers = tuple(at.nats_url.split(","))
    admin = await connect(servers, "admin", at.nats_seeds["admin"], admin=True)
    async with AsyncExitStack() as open_:
        open_.push_async_callback(admin.close)
        copies = await copies_of(admin, nodes_of(await stream_info(admin)), open_)
        chosen = next(each for each in copies if each.node == node)
        return [leaf_of(each) async for batch in chosen.messages(FACTS) for each in batch]


async def copy_in_time(at: Addresses, node: str) -> list[bytes]:
    """None of them while the cluster still finds itself."""
    try:
        return await copy_of(at, node)
    except Unavailable:
        return []


async def test_a_spoiled_file_of_one_node_is_reported_and_repaired_when_the_node_dies(
    sealed: SealedWorld, at: Addresses, fresh_cluster: Running, tmp_path_factory: Folders
):
    code, parts = await sealed.fsck("--only", "stream")
    assert (code, first_of(parts["stream"]), parts["stream"]["notes"]) == (0, None, [])
    file, place = block_of(tmp_path_factory, "nats-2")
    flip(file, place)
    async with asyncio.timeout(120):
        found = await sealed.found("stream,log,archive")
        while found["stream"] is None:
            # To look is to keep it in memory: it must be left alone for a while.
            await asyncio.sleep(FORGOTTEN_SECONDS)
            found = await sealed.found("stream,log,archive")
    assert found == {
        "stream": ("stream_gap", "the copy of nats-2", SPOILED),
        "log": None,
        "archive": None,
    }
    await restarted(fresh_cluster, "nats-2", signal.SIGKILL)
    expected = [leaf_of(message(each)) for each in range(1, FACTS + 1)]
    async with asyncio.timeout(60):
        while await copy_in_time(at, "nats-2") != expected:  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.5)
    assert block_of(tmp_path_factory, "nats-2")[1] > 0
    assert await sealed.found("stream") == {"stream": None}


async def test_a_node_that_is_away_is_told_and_the_others_are_checked(
    sealed: SealedWorld, at: Addresses, fresh_cluster: Running
):
    async with nats_client(at, "admin") as admin:
        info = await admin.jetstream().stream_info(STREAM)
    assert info.cluster is not None
    away = next(each for each in NODES if each != info.cluster.leader)
    os.kill(fresh_cluster.pids()[away], signal.SIGSTOP)
    try:
        code, parts = await sealed.fsck("--only", "stream")
    finally:
        os.kill(fresh_cluster.pids()[away], signal.SIGCONT)
    assert (code, first_of(parts["stream"]), parts["stream"]["skipped_because"]) == (
        2,
        None,
        f"The copy of {away} could not be read; the others are as sealed.",
    )


async def test_without_the_admins_seed_the_copies_are_not_told_apart(sealed: SealedWorld):
    context = sealed.world.context
    told = json.loads(context.read_text())
    del told["nats"]["seeds"]["admin"]
    context.write_text(json.dumps(told))
    code, parts = await sealed.fsck("--only", "stream")
    assert (code, first_of(parts["stream"])) == (0, None)
    assert parts["stream"]["notes"] == [
        "The copies of nats-1, nats-2, nats-3 were not told apart: that takes the seed of admin"
        " in the context."
    ]
