"""Time stamps over checkpoints, asked for over HTTP, verified, kept once and seldom."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from services.audit.witnessing import (
    Backoff,
    Timestamps,
    TimestampsTold,
    roots_of,
    stamp_of,
    timestamp_path,
)
from services.audit.witnessing.stamps import decoded_stamp
from shared.transparency import Checkpoint, FolderShelf, SigningKey, signed
from tests.outside.authority import Authority, Stamping, authority, refusal, stamping
from tests.outside.tasks import beside
from tests.waiting import found_in_time, holds

NOW = datetime.now(UTC).replace(microsecond=0)
KEY = SigningKey.made("inda.test/log")
SOON = Backoff(first=0.02, longest=0.05)
TRUSTED = authority()


def head(size: int) -> Checkpoint:
    return Checkpoint(KEY.name, size, sha256(str(size).encode()).digest())


def hear(timestamps: Timestamps, size: int) -> None:
    timestamps.hear(head(size), signed(head(size), [KEY]))


@pytest.fixture
def shelf(tmp_path: Path) -> FolderShelf:
    return FolderShelf(tmp_path)


class Clock:
    """Ahead of the authority's by `ahead`."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return NOW + self.ahead


@asynccontextmanager
async def asking(
    shelf: FolderShelf,
    server: Stamping,
    trusted: Authority = TRUSTED,
    now: Callable[[], datetime] = lambda: NOW,
    every: timedelta = timedelta(hours=1),
) -> AsyncGenerator[Timestamps]:
    roots = roots_of(trusted.roots_pem)
    found = Timestamps(shelf, server.url, roots, now, every=every, backoff=SOON)
    async with beside(found.work()):
        yield found


async def stamped(timestamps: Timestamps, size: int) -> None:
    async def is_so() -> bool:
        return timestamps.told().size == size

    await holds(is_so)


async def fault(timestamps: Timestamps) -> str:
    async def look() -> str | None:
        found = timestamps.told().fault
        return None if found is None else found.code

    return await found_in_time(look)


async def test_the_newest_checkpoint_is_stamped_and_the_stamp_kept(shelf: FolderShelf):
    async with (
        stamping(lambda query: TRUSTED.answer(query, NOW)) as server,
        asking(shelf, server) as timestamps,
    ):
        hear(timestamps, 7)
        await stamped(timestamps, 7)
        told = timestamps.told()
    assert told == TimestampsTold(url=server.url, every_seconds=3600, size=7, at=NOW, fault=None)
    kept = shelf.get(timestamp_path(7))
    assert kept is not None
    assert list(shelf.listed("log/")) == ["log/timestamps/000000000007.tsr"]
    assert stamp_of(kept, head(7).body, roots_of(TRUSTED.roots_pem)).at == NOW


async def test_there_is_one_stamp_an_hour_also_after_a_restart(shelf: FolderShelf):
    """The second process knows of the first one's stamp by the shelf alone."""
    clock = Clock()
    async with stamping(lambda query: TRUSTED.answer(query, clock())) as server:
        async with asking(shelf, server, now=clock) as timestamps:
            hear(timestamps, 7)
            await stamped(timestamps, 7)
            hear(timestamps, 8)
        async with asking(shelf, server, now=clock) as again:
            hear(again, 9)
            await stamped(again, 7)
        clock.ahead = timedelta(hours=1)
        async with asking(shelf, server, now=clock) as later:
            hear(later, 10)
            await stamped(later, 10)
        assert len(server.queries) == 2


async def test_the_next_stamp_comes_when_the_time_is_over(shelf: FolderShelf):
    clock = Clock()
    async with (
        stamping(lambda query: TRUSTED.answer(query, clock())) as server,
        asking(shelf, server, now=clock, every=timedelta(seconds=0.2)) as timestamps,
    ):
        hear(timestamps, 7)
        await stamped(timestamps, 7)
        clock.ahead = timedelta(seconds=1)
        hear(timestamps, 8)
        await stamped(timestamps, 8)
    assert list(shelf.listed("log/")) == [timestamp_path(7), timestamp_path(8)]


LAPSED = authority(until=NOW - timedelta(hours=1))
STRANGER = authority()
EARLIER = NOW - timedelta(minutes=10)
Reply = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    ("reply", "trusted", "code"),
    [
        (
            lambda query: TRUSTED.answer(query, NOW, message=sha256(b"x").digest()),
            TRUSTED,
            "timestamp_of_another_text",
        ),
        (lambda query: TRUSTED.answer(query, NOW, nonce=5), TRUSTED, "timestamp_nonce_wrong"),
        (lambda query: STRANGER.answer(query, NOW), TRUSTED, "timestamp_certificate_untrusted"),
        (lambda query: LAPSED.answer(query, NOW), LAPSED, "timestamp_certificate_expired"),
        (lambda query: TRUSTED.answer(query, EARLIER), TRUSTED, "outsider_clock_wrong"),
        (lambda query: refusal(), TRUSTED, "timestamp_refused"),
        (lambda query: b"nothing", TRUSTED, "timestamp_broken"),
        (lambda query: b"x" * 200_000, TRUSTED, "outsider_answer_broken"),
    ],
    ids=["hash", "nonce", "certificate", "expired", "old", "refused", "nonsense", "too-much"],
)
async def test_a_wrong_answer_is_named_and_nothing_is_kept(
    shelf: FolderShelf, reply: Reply, trusted: Authority, code: str
):
    async with (
        stamping(reply) as server,
        asking(shelf, server, trusted) as timestamps,
    ):
        hear(timestamps, 7)
        assert await fault(timestamps) == code
        assert timestamps.told().size is None
    assert list(shelf.listed("log/")) == []


async def test_an_authority_that_recovers_is_asked_again(shelf: FolderShelf):
    answers = [refusal, refusal]

    def reply(query: bytes) -> bytes:
        return answers.pop()() if answers else TRUSTED.answer(query, NOW)

    async with stamping(reply) as server, asking(shelf, server) as timestamps:
        hear(timestamps, 7)
        await stamped(timestamps, 7)
        assert timestamps.told().fault is None
    assert len(server.queries) == 3


async def test_an_answer_that_is_no_time_stamp_by_its_type_is_refused(shelf: FolderShelf):
    async with stamping(lambda query: TRUSTED.answer(query, NOW)) as server:
        server.media_type = "text/html"
        async with asking(shelf, server) as timestamps:
            hear(timestamps, 7)
            assert await fault(timestamps) == "timestamp_refused"


async def test_nobody_answering_shows_in_the_status_alone(shelf: FolderShelf):
    async with stamping(lambda query: b"") as server:
        pass
    async with asking(shelf, server) as timestamps:
        hear(timestamps, 7)
        assert await fault(timestamps) == "outsider_silent"


async def test_a_stamp_that_another_process_kept_first_stays(shelf: FolderShelf):
    """Two processes stamp the same checkpoint at once: one stamp is kept, both go on."""
    async with (
        stamping(lambda query: TRUSTED.answer(query, NOW)) as server,
        asking(shelf, server) as one,
        asking(shelf, server) as other,
    ):
        hear(one, 7)
        hear(other, 7)
        await stamped(one, 7)
        await stamped(other, 7)
        assert (one.told().fault, other.told().fault) == (None, None)
    kept = shelf.get(timestamp_path(7))
    assert kept is not None
    assert decoded_stamp(kept).tst_info.gen_time == NOW
