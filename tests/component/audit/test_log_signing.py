"""The log on a real stream and real storage: it grows, it is proved, it never forks or skips."""

from collections.abc import AsyncGenerator, Iterator
from itertools import pairwise

import pytest

from deploy.local.stack import Addresses
from services.audit.archive import SEGMENTS, SegmentName
from shared.history import Connection
from shared.transparency import (
    Shelf,
    Tree,
    consistency_proof,
    leaf_of,
    opened,
    verify_consistency,
)
from tests.component.audit.logged import (
    KEY,
    Bucket,
    auditor,
    bucket,
    files,
    message,
    notes,
    say,
    signed_all,
    signer,
)


@pytest.fixture
async def audit(fresh_servers: Addresses) -> AsyncGenerator[Connection]:
    async with auditor(fresh_servers) as connection:
        yield connection


@pytest.fixture
def own(fresh_servers: Addresses) -> Iterator[Bucket]:
    yield from bucket(fresh_servers)


def proved(shelf: Shelf, found: list[str]) -> list[int]:
    """The sizes of the notes, each of which was proved to begin with the one before."""
    points = [opened(note, (KEY.verifier,)).checkpoint for note in found]
    for old, new in pairwise(points):
        proof = consistency_proof(old.size, new.size, Tree(shelf, new.size))
        verify_consistency(old.size, new.size, old.root, new.root, proof)
    return [point.size for point in points]


async def test_a_log_in_the_bucket_grows_with_the_stream(
    fresh_servers: Addresses, audit: Connection, own: Bucket
) -> None:
    signs = signer(audit, own.shelf)
    assert not await signs.once()
    assert files(own.shelf) == {}
    await say(fresh_servers, 300)
    await signed_all(signs)
    assert not await signs.once()
    await say(fresh_servers, 5000)
    await signed_all(signs)
    found = await notes(audit)
    assert proved(own.shelf, found) == [300, 5000]
    kept = files(own.shelf)
    assert kept["log/checkpoint"] == kept["log/checkpoints/000000005000"] == found[1].encode()
    assert kept["log/checkpoints/000000000300"] == found[0].encode()
    assert kept["log/vkey"] == f"{KEY.verifier.text}\n".encode()
    tree = Tree(own.shelf, 5000)
    assert [tree.entry(each) for each in (0, 299, 300, 4999)] == [
        leaf_of(message(each + 1)) for each in (0, 299, 300, 4999)
    ]


async def test_segments_end_at_checkpoints_and_hold_the_facts(
    fresh_servers: Addresses, audit: Connection, own: Bucket
) -> None:
    signs = signer(audit, own.shelf)
    await say(fresh_servers, 10)
    await signed_all(signs)
    await say(fresh_servers, 4200)
    await signed_all(signs)
    names = [SegmentName.from_path(path) for path in own.shelf.listed(SEGMENTS)]
    assert [(each.first, each.last) for each in names] == [(1, 10), (11, 4106), (4107, 4200)]
    found = [fact for each in names for fact in each.opened(own.shelf.get(each.path) or b"")]
    assert found == [message(each) for each in range(1, 4201)]
