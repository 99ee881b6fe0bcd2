"""From an archive an empty stack becomes the one that was lost: the same facts, log and results."""

import json
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from services.audit.app import create_app
from services.audit.archive import ArchiveSource, Voucher
from services.audit.reading import Reading, StreamSource, Until
from services.audit.settings import Settings
from shared.errors import Refused
from shared.events.submission import AGENCY
from shared.history.checkpoints import Checkpoints
from tests.apps import Issuer, settings_for
from tests.component.audit.logged import (
    KEY,
    ORIGIN,
    Bucket,
    auditor,
    bucket,
    files,
    notes,
    say,
    signed_all,
    signer,
)
from tests.integration.audit.meddling import Meddling
from tests.integration.audit.restored import (
    beside,
    checked,
    emptied,
    leaves,
    nobody,
    restored,
    seeds,
    signed,
    with_storage,
)
from tests.integration.audit.world import (
    World,
    all_services,
    append,
    connected,
    listening,
    write_context,
)
from tests.servers import Running, running
from tests.unit.audit.archived import archived
from tests.unit.audit.past import Past
from tests.unit.audit.prize_rules import APBD, MAIN
from tests.unit.audit.prized import prized


@pytest.fixture(scope="module")
async def won() -> Past:
    return await prized()


@pytest.fixture
def ours(s3_server: Running) -> Generator[Bucket]:
    yield from bucket(s3_server.addresses)


@pytest.fixture
def theirs(s3_server: Running) -> Generator[Bucket]:
    yield from bucket(s3_server.addresses)


@pytest.fixture
def empty_nats(tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    """Where the lost history is to come back."""
    with running(tmp_path_factory.mktemp("empty"), parts=("nats",)) as server:
        yield server


@pytest.fixture
def folder(won: Past, tmp_path: Path) -> Path:
    return archive_of(won, tmp_path)


def archive_of(past: Past, folder: Path) -> Path:
    """An archive under three checkpoints, signed by the key of these tests."""
    archived(folder / "archive", past.messages, (70, 140), KEY)
    return folder / "archive"


def audit_settings(at: Addresses, issuer: Issuer, mine: Bucket) -> Settings:
    """The auditor's service with its log in this bucket."""
    key = at.s3_keys["admin"]
    return settings_for(
        Settings,
        "audit",
        at,
        issuer,
        log_bucket=mine.name,
        log_key=KEY.text,
        log_origin=ORIGIN,
        log_interval_seconds=0.2,
        s3_access_key=key.access,
        s3_secret_key=key.secret,
    )


@asynccontextmanager
async def serving(
    at: Addresses, issuer: Issuer, folder: Path, mine: Bucket
) -> AsyncGenerator[World]:
    """The services on what is there, and a command line that knows this bucket."""
    headers = issuer.headers("auditor-1", "auditor")
    async with all_services(at, issuer) as urls:
        token = headers["Authorization"].removeprefix("Bearer ")
        context = write_context(folder, at, urls, token)
        with_storage(context, at, mine)
        yield World(at, urls, headers, context)


async def shown(world: World) -> Mapping[str, Any]:
    """What anybody and the auditor may read in the end."""
    async with httpx.AsyncClient(base_url=world.urls["awards"], headers=world.headers) as client:
        answers = {
            path: (await client.get(path, params={"min_seq": 193})).raise_for_status().json()
            for path in (f"/competitions/{MAIN}/results", f"/funds/{APBD}")
        }
    code, out, error = await world.inda("--json", "audit", "replay", "--digests")
    assert code == 0, error
    return {**answers, "report": json.loads(out)}


@pytest.mark.timeout(300)
async def test_a_lost_stack_comes_back_from_its_archive(
    fresh_servers: Addresses,
    issuer: Issuer,
    won: Past,
    ours: Bucket,
    theirs: Bucket,
    empty_nats: Running,
    tmp_path: Path,
):
    await append(fresh_servers, won.messages)
    await signed(fresh_servers, ours)
    before = await leaves(fresh_servers)
    mine = tmp_path / "mine"
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    async with serving(fresh_servers, issuer, tmp_path / "a", ours) as world:
        first = await shown(world)
        code, out, error = await world.inda("audit", "fetch", str(mine))
        assert (code, out.strip()) == (0, "fetched: 193 facts (193 new), verified"), error
    emptied(fresh_servers)
    at = beside(empty_nats.addresses, fresh_servers)
    context = write_context(tmp_path / "b", at, {}, "none")
    with_storage(context, at, theirs, "auditor")  # who may not write there
    lost = World(at, {}, {}, context)
    words = ("audit", "restore", str(mine), "--seeds", str(seeds(tmp_path / "seeds", at)))
    code, out, error = await lost.inda(*words)
    told = "restored: 193 facts, of which 0 were there; 3 checkpoints"
    assert (code, out.strip()) == (0, told), error
    assert "The read models follow by themselves" in error
    assert await leaves(at) == before
    kept, put = files(ours.shelf), files(theirs.shelf)
    assert put == {path: kept[path] for path in put}
    # Tiles that were partial once are not needed any more.
    assert all(".p/" in path for path in kept if path not in put)
    code, _, error = await lost.inda(*words)
    assert (code, "All 193 facts and their log are there already." in error) == (1, True)
    async with serving(at, issuer, tmp_path / "b", theirs) as world:
        assert await shown(world) == first
        await signs_on(at, theirs)


async def test_proofs_by_http_are_verified_without_a_server(
    fresh_servers: Addresses, issuer: Issuer, won: Past, ours: Bucket, tmp_path: Path
):
    await restored(checked(archive_of(won, tmp_path)), fresh_servers, ours.shelf)
    settings = audit_settings(fresh_servers, issuer, ours)
    async with listening(create_app(settings)) as url:
        context = write_context(tmp_path, fresh_servers, {"audit": url}, "none")
        with_storage(context, fresh_servers, ours)
        await proved(World(fresh_servers, {}, {}, context), tmp_path)


async def proved(world: World, folder: Path) -> None:
    note, proof, lines = folder / "note", folder / "fact.tlog-proof", folder / "line"
    code, out, error = await world.inda("audit", "checkpoint", "--save", str(note))
    assert (code, out) == (0, note.read_text()), error
    code, _, error = await world.inda("audit", "prove", "150", "--save", str(proof))
    assert code == 0, error
    segments = sorted((folder / "archive/archive/segments").iterdir())
    rows = [row for path in segments for row in path.read_bytes().splitlines(keepends=True)]
    lines.write_bytes(rows[149])
    vkey = ("--vkey", str(world.context.parent / "log.vkey"))
    offline = ("audit", "verify", str(proof), "--event", str(lines), *vkey)
    code, out, error = await world.inda(*offline)
    assert (code, out.strip().endswith("verified: fact 150")) == (0, True), error
    lines.write_bytes(rows[149].replace(b"2026", b"2027", 1))
    code, _, error = await world.inda("--json", *offline)
    assert code == 1, error
    old = folder / "archive/log/checkpoints/000000000070"
    code, out, error = await world.inda("audit", "consistency", str(old))
    told = "consistent: the 193 facts begin with the 70"
    assert (code, out.strip()) == (0, told), error
    old.with_name("swapped").write_bytes(old.read_bytes().replace(b"\n70\n", b"\n71\n"))
    swapped = old.with_name("swapped")
    code, _, error = await world.inda("audit", "consistency", str(swapped))
    swapped.unlink()
    assert (code, "does not hold" in error) == (1, True), error
    code, out, error = await world.inda("--json", "audit", "replay", "--from", "archive")
    assert (code, json.loads(out)["last_sequence"]) == (0, 193), error


async def signs_on(at: Addresses, mine: Bucket) -> None:
    """The signer of the new stack goes on where the old one stopped, without a look back."""
    async with auditor(at) as connection:
        last = await Checkpoints(connection).last()
        assert last is not None
        ours = signer(connection, mine.shelf)
        await say(at, 195)
        await signed_all(ours)
        assert ours.head.size == 195
        assert len(await notes(connection)) >= last.sequence + 1


async def test_what_was_interrupted_goes_on(fresh_nats: Running, folder: Path, theirs: Bucket):
    at, whole = fresh_nats.addresses, checked(folder)

    def stop(what: str, done: int, _: int) -> None:
        if what == "restoring" and done > 50:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await restored(whole, at, theirs.shelf, stop)
    held = len(await leaves(at))
    assert 50 < held < 193
    done = await restored(whole, at, theirs.shelf)
    assert (done.facts, done.before, done.checkpoints) == (193, held, 3)
    assert sorted(await leaves(at)) == list(range(1, 194))
    with pytest.raises(Refused) as found:
        await restored(whole, at, theirs.shelf)
    assert found.value.code == "restored_already"


async def test_a_stream_with_other_facts_is_left_alone(
    fresh_stream: Running, folder: Path, theirs: Bucket
):
    at = fresh_stream.addresses
    await say(at, 3)
    before = await leaves(at)
    with pytest.raises(Refused) as found:
        await restored(checked(folder), at, theirs.shelf)
    assert found.value.code == "history_exists"
    assert (await leaves(at), files(theirs.shelf)) == (before, {})


async def test_who_writes_meanwhile_is_named(fresh_nats: Running, folder: Path):
    at = fresh_nats.addresses
    with pytest.raises(Refused) as found:
        async with Meddling(at, AGENCY.subject("hss")):
            await restored(checked(folder), at)
    assert found.value.code in ("history_written", "history_exists")


async def test_a_spoiled_archive_is_refused_before_anything_is_written(
    fresh_nats: Running, s3_server: Running, folder: Path, theirs: Bucket, tmp_path: Path
):
    path = sorted((folder / "archive/segments").iterdir())[1]
    path.write_bytes(path.read_bytes().replace(b"kia-2026", b"kia-2027", 1))
    (tmp_path / "b").mkdir()
    at = beside(fresh_nats.addresses, s3_server.addresses)
    context = write_context(tmp_path / "b", at, {}, "none")
    with_storage(context, at, theirs)
    lost = World(at, {}, {}, context)
    words = ("--json", "audit", "restore", str(folder))
    code, out, _ = await lost.inda(*words, "--seeds", str(seeds(tmp_path / "seeds", at)))
    assert (code, json.loads(out)["code"]) == (1, "segment_changed")
    assert files(theirs.shelf) == {}


async def test_one_node_three_nodes_and_the_archive_tell_the_same(
    fresh_nats: Running, fresh_cluster: Running, folder: Path, tmp_path: Path
):
    whole = checked(folder)
    source = ArchiveSource(whole.archive, Voucher(whole.shelf, (KEY.verifier,)))
    expected = await Reading(source).read(Until(), nobody)
    for running_ in (fresh_nats, fresh_cluster):
        at = running_.addresses
        await restored(whole, at)
        async with connected(at, "audit") as connection:
            assert await Reading(StreamSource(connection)).read(Until(), nobody) == expected
    # Nothing but the folder: neither a context nor a server.
    nowhere = World(fresh_nats.addresses, {}, {}, tmp_path / "none.json")
    code, out, error = await nowhere.inda("--json", "audit", "replay", "--folder", str(folder))
    assert (code, json.loads(out)["digest"]) == (0, expected.digest), error
    assert "WARNING: the key was taken from log/vkey beside the log itself" in error
    category, rank, innovation, _ = expected.competitions[1].places[0]
    words = ("--folder", str(folder), "--explain", f"rank:{MAIN}/{category}/{rank}")
    code, out, error = await nowhere.inda("audit", "replay", *words)
    assert (code, innovation in out, "ScoresRevealed" in out) == (0, True, True), (out, error)
