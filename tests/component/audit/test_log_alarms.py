"""What must stop the signing does, is named, is tried again, and is over when it is mended."""

import json
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from deploy.local.stack import Addresses
from services.audit.sealing import Alarm, Signer, Watch
from shared.bus import stream_settings
from shared.history import Connection
from shared.history.checkpoints import Checkpoints
from shared.history.names import CHECKPOINTS, STREAM
from shared.history.reader import stream_info
from shared.transparency import FolderShelf, SigningKey, opened
from tests.component.audit.logged import (
    KEY,
    OLD_KEY,
    ORIGIN,
    anew,
    auditor,
    files,
    notes,
    say,
    signed_all,
    signer,
)
from tests.servers import nats_client

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
async def audit(fresh_servers: Addresses) -> AsyncGenerator[Connection]:
    async with auditor(fresh_servers) as connection:
        yield connection


@pytest.fixture
def shelf(tmp_path: Path) -> FolderShelf:
    return FolderShelf(tmp_path)


def watch(audit: Connection, shelf: FolderShelf, keys: Sequence[SigningKey] = (KEY,)) -> Watch:
    return Watch(Signer(audit, shelf, keys), lambda: NOW, CollectorRegistry())


async def alarm(watch: Watch) -> tuple[str, str]:
    """Code and place of the alarm that a round leads to; nothing is signed by it."""
    before = await notes_of(watch)
    assert not await watch.round()
    assert (watch.behind, await notes_of(watch)) == (None, before)
    assert watch.alarm is not None
    return watch.alarm.code, watch.alarm.place


async def notes_of(watch: Watch) -> list[str]:
    return await notes(watch.signer._connection)


async def signed_over(at: Addresses, audit: Connection, shelf: FolderShelf, last: int) -> Watch:
    await say(at, last)
    await signed_all(signer(audit, shelf))
    found = watch(audit, shelf)
    await found.round()
    assert (found.alarm, found.behind, found.signer.head.size) == (None, None, last)
    return found


async def claim(at: Addresses, audit: Connection) -> None:
    """The same checkpoints in a new stream, as if they had been signed over the facts there now."""
    found = await notes(audit)
    await anew(at, CHECKPOINTS)
    kept, created = Checkpoints(audit), (await stream_info(audit))["created"]
    for behind, note in enumerate(found):
        await kept.append(note, behind, created)


async def test_a_fact_that_is_missing_in_the_stream(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf
) -> None:
    async with nats_client(fresh_servers, "admin") as admin:
        js = admin.jetstream()
        await js.delete_stream(STREAM)
        unguarded = {**stream_settings(1), "deny_delete": False}
        await js._api_request(f"$JS.API.STREAM.CREATE.{STREAM}", json.dumps(unguarded).encode())
        await say(fresh_servers, 20)
        await js.delete_msg(STREAM, 7)
        fresh = watch(audit, shelf)
        assert await alarm(fresh) == ("sequence_gap", "")
        assert fresh.alarm == Alarm("sequence_gap", "The stream lacks sequence 7.", "", NOW)


async def test_a_stream_that_lost_its_end(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf
) -> None:
    found = await signed_over(fresh_servers, audit, shelf, 20)
    await anew(fresh_servers, STREAM)
    await say(fresh_servers, 15)
    assert await alarm(found) == ("stream_recreated", "")
    await claim(fresh_servers, audit)
    assert await alarm(found) == ("stream_shortened", "")
    await say(fresh_servers, 25)
    await found.round()
    assert (found.alarm, found.signer.head.size) == (None, 25)


async def test_a_stream_made_anew_with_the_same_facts_goes_on(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf
) -> None:
    found = await signed_over(fresh_servers, audit, shelf, 300)
    await anew(fresh_servers, STREAM)
    await say(fresh_servers, 310)
    await found.round()
    assert (found.alarm, found.signer.head.size) == (None, 310)


async def test_a_stream_made_anew_with_another_fact_is_named(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf
) -> None:
    found = await signed_over(fresh_servers, audit, shelf, 300)
    await anew(fresh_servers, STREAM)
    await say(fresh_servers, 269)
    await say(fresh_servers, 310, "as we would like it")
    assert await alarm(found) == ("stream_recreated", "270")
    assert await alarm(found) == ("stream_recreated", "270")


async def test_another_fact_under_the_end_of_the_log(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf
) -> None:
    found = await signed_over(fresh_servers, audit, shelf, 20)
    await anew(fresh_servers, STREAM)
    await say(fresh_servers, 25, "as we would like it")
    await claim(fresh_servers, audit)
    assert await alarm(found) == ("fact_changed", "20")


async def test_a_checkpoint_that_somebody_else_signed(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf
) -> None:
    await signed_over(fresh_servers, audit, shelf, 20)
    stranger = watch(audit, shelf, (SigningKey.made(ORIGIN),))
    code, _ = await alarm(stranger)
    assert code == "checkpoint_signed_by_another_key"


async def test_checkpoints_that_were_lost_are_never_signed_anew(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf
) -> None:
    found = await signed_over(fresh_servers, audit, shelf, 20)
    await say(fresh_servers, 30)
    await signed_all(signer(audit, shelf))
    kept, created = await notes(audit), (await stream_info(audit))["created"]
    await anew(fresh_servers, CHECKPOINTS)
    assert await alarm(found) == ("checkpoints_lost", "")
    await Checkpoints(audit).append(kept[0], 0, created)
    assert await alarm(found) == ("checkpoints_lost", "")
    await Checkpoints(audit).append(kept[1], 1, created)
    await found.round()
    assert (found.alarm, found.signer.head.size) == (None, 30)


async def test_something_else_where_the_log_is_to_be_written(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf
) -> None:
    found = await signed_over(fresh_servers, audit, shelf, 20)
    await say(fresh_servers, 21)
    shelf.put("log/tile/0/000.p/21", b"not ours")
    assert await alarm(found) == ("log_overwritten", "log/tile/0/000.p/21")
    (shelf.root / "log/tile/0/000.p/21").unlink()
    await found.round()
    assert (found.alarm, found.signer.head.size) == (None, 21)


@pytest.mark.parametrize(
    "path", ["log/tile/0/001.p/44", "log/tile/1/000.p/1", "log/tile/entries/001.p/44"]
)
async def test_a_flipped_bit_in_what_the_log_grows_from(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf, path: str
) -> None:
    found = await signed_over(fresh_servers, audit, shelf, 300)
    good = shelf.get(path) or b""
    shelf.put_newest(path, bytes([*good[:20], good[20] ^ 1, *good[21:]]))
    await say(fresh_servers, 301)
    code, _ = await alarm(found)
    assert code == "tile_broken"
    shelf.put_newest(path, good)
    await found.round()
    assert (found.alarm, found.signer.head.size) == (None, 301)


async def test_without_the_stream_the_log_is_behind_and_nothing_is_alarming(
    fresh_servers: Addresses, shelf: FolderShelf
) -> None:
    async with auditor(fresh_servers) as gone:
        found = watch(gone, shelf)
    await found.round()
    assert (found.alarm, found.behind is not None) == (None, True)


async def test_while_a_key_is_changed_both_sign(
    fresh_servers: Addresses, audit: Connection, shelf: FolderShelf
) -> None:
    await say(fresh_servers, 3)
    await signed_all(Signer(audit, shelf, (OLD_KEY,)))
    await say(fresh_servers, 5)
    await signed_all(Signer(audit, shelf, (KEY, OLD_KEY)))
    await say(fresh_servers, 8)
    await signed_all(Signer(audit, shelf, (KEY,)))
    first, second, third = await notes(audit)
    new, old = KEY.verifier, OLD_KEY.verifier
    ids = (new.key_id.hex(), old.key_id.hex())
    assert [opened(each, (new, old)).signers for each in (first, second, third)] == [
        (ids[1],),
        ids,
        (ids[0],),
    ]
    assert files(shelf)["log/vkey"] == f"{new.text}\n{old.text}\n".encode()
