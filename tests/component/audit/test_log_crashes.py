"""A signer that is killed at any step, and several at once: never a fork, never a skipped fact."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.local.stack import Addresses
from services.audit.archive import SEGMENTS, SegmentName
from shared.history import Connection
from shared.history.names import CHECKPOINTS
from shared.transparency import FolderShelf, Shelf
from tests.component.audit.logged import (
    Bucket,
    anew,
    auditor,
    bucket,
    files,
    notes,
    say,
    signed_all,
    signer,
)
from tests.component.audit.test_log_signing import proved

FACTS = 300
MOST = 130


class Killed(BaseException):
    """The process ended there."""


class Steps:
    """Counts what reaches the outside, and kills at the step `deadly`: before it is done, or when
    it is done and nobody heard of it.
    """

    def __init__(self, deadly: int, *, is_done: bool) -> None:
        self.taken = 0
        self._deadly = deadly
        self._is_done = is_done

    def before(self) -> bool:
        """Whether this is the step after which it ends."""
        self.taken += 1
        if self.taken == self._deadly and not self._is_done:
            raise Killed
        return self.taken == self._deadly


@dataclass
class MortalShelf:
    """A real folder, as far as one gets."""

    folder: FolderShelf
    steps: Steps

    def get(self, path: str) -> bytes | None:
        return self.folder.get(path)

    def put(self, path: str, content: bytes) -> None:
        self._then(lambda: self.folder.put(path, content))

    def put_newest(self, path: str, content: bytes) -> None:
        self._then(lambda: self.folder.put_newest(path, content))

    def listed(self, prefix: str) -> Iterator[str]:
        return self.folder.listed(prefix)

    def _then(self, work: Callable[[], None]) -> None:
        is_last = self.steps.before()
        work()
        if is_last:
            raise Killed


def mortal(connection: Connection, steps: Steps) -> Connection:
    """Requests to the real server are steps too."""
    whole: Callable[..., Awaitable[Any]] = connection.client.request

    async def request(*args: Any, **kwargs: Any) -> Any:
        is_last = steps.before()
        answer = await whole(*args, **kwargs)
        if is_last:
            raise Killed
        return answer

    connection.client.request = request  # type: ignore[method-assign]
    return connection


@pytest.fixture
async def undisturbed(
    fresh_servers: Addresses, tmp_path: Path
) -> tuple[dict[str, bytes | None], int]:
    """What a signer leaves that nobody killed, and how many steps it took."""
    await say(fresh_servers, FACTS)
    steps = Steps(0, is_done=True)
    shelf = FolderShelf(tmp_path / "undisturbed")
    async with auditor(fresh_servers) as connection:
        dying = mortal(connection, steps)
        await signed_all(signer(dying, MortalShelf(shelf, steps), MOST))
        taken = steps.taken
        assert proved(shelf, await notes(dying)) == [130, 260, 300]
    return files(shelf), taken


@pytest.mark.parametrize("is_done", [False, True])
async def test_whoever_is_killed_at_any_step_is_continued_as_if_nothing_had_happened(
    fresh_servers: Addresses,
    undisturbed: tuple[dict[str, bytes | None], int],
    tmp_path: Path,
    is_done: bool,
) -> None:
    expected, steps = undisturbed
    assert steps > 40
    for deadly in range(1, steps + 1):
        await anew(fresh_servers, CHECKPOINTS)
        shelf = FolderShelf(tmp_path / f"killed-at-{deadly}")
        killing = Steps(deadly, is_done=is_done)
        async with auditor(fresh_servers) as connection:
            with pytest.raises(Killed):
                dying = mortal(connection, killing)
                await signed_all(signer(dying, MortalShelf(shelf, killing), MOST))
        async with auditor(fresh_servers) as connection:
            await signed_all(signer(connection, shelf, MOST))
            assert (deadly, files(shelf)) == (deadly, expected)


@pytest.fixture
def own(fresh_servers: Addresses) -> Iterator[Bucket]:
    yield from bucket(fresh_servers)


async def test_of_two_signers_one_wins_each_time_and_the_log_never_forks(
    fresh_servers: Addresses, own: Bucket
) -> None:
    told = 0
    async with auditor(fresh_servers) as one, auditor(fresh_servers) as other:
        both = (signer(one, own.shelf), signer(other, own.shelf))
        for more in range(1, 41):
            told += 1 + more % 9
            await say(fresh_servers, told)
            await asyncio.gather(*(signed_all(each) for each in both))
        found = await notes(one)
    sizes = proved(own.shelf, found)
    assert (sizes, sizes[-1]) == (sorted(set(sizes)), told)
    assert kept_as_signed(own.shelf) == dict(zip(sizes, found, strict=True))
    names = [SegmentName.from_path(path) for path in own.shelf.listed(SEGMENTS)]
    assert [each.last for each in names] == sizes
    assert [each.first for each in names] == [1, *(size + 1 for size in sizes[:-1])]


def kept_as_signed(shelf: Shelf) -> dict[int, str]:
    """The notes in the bucket by size; the latest is the newest."""
    paths = list(shelf.listed("log/checkpoints/"))
    found = {int(path.rsplit("/")[-1]): (shelf.get(path) or b"").decode() for path in paths}
    assert (shelf.get("log/checkpoint") or b"").decode() == found[max(found)]
    return found
