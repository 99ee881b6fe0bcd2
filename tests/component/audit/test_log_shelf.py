"""The bucket as a shelf: written once, locked for years, in the auditor's own hands only."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from deploy.local.objects import LOG
from deploy.local.stack import Addresses
from services.audit.storing import BucketShelf
from shared.documents.storage import Connection, Storage
from shared.errors import Unavailable
from shared.service import utc_now
from shared.transparency import Overwritten

_names = count(1)
DAY = timedelta(days=1)


@pytest.fixture
def storage(servers: Addresses) -> Iterator[Storage]:
    key = servers.s3_keys["audit"]
    found = Storage(Connection(servers.s3_endpoint, key.access, key.secret))
    yield found
    found.close()


@pytest.fixture
def shelf(storage: Storage) -> BucketShelf:
    return BucketShelf(storage, LOG, DAY, utc_now)


@pytest.fixture
def path() -> str:
    """A folder that no other test writes to: what is locked stays."""
    return f"log/test-{next(_names)}"


def test_what_was_written_is_read_and_nothing_else(shelf: BucketShelf, path: str) -> None:
    assert shelf.get(f"{path}/a") is None
    for name in ("b", "a", "x001/234.p/5"):
        shelf.put(f"{path}/{name}", name.encode())
    assert shelf.get(f"{path}/a") == b"a"
    assert list(shelf.listed(f"{path}/")) == [
        f"{path}/{name}" for name in ("a", "b", "x001/234.p/5")
    ]
    assert list(shelf.listed(f"{path}/x001/234.p/")) == [f"{path}/x001/234.p/5"]


def test_a_file_is_written_once(shelf: BucketShelf, path: str) -> None:
    shelf.put(f"{path}/a", b"first")
    shelf.put(f"{path}/a", b"first")
    with pytest.raises(Overwritten):
        shelf.put(f"{path}/a", b"second")
    assert shelf.get(f"{path}/a") == b"first"


def test_of_many_writers_at_once_one_writes(shelf: BucketShelf, path: str) -> None:
    def write(number: int) -> bool:
        try:
            shelf.put(f"{path}/a", b"by %d" % number)
        except Overwritten:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        wrote = list(pool.map(write, range(8)))
    assert wrote.count(True) == 1
    assert shelf.get(f"{path}/a") == b"by %d" % wrote.index(True)


def test_every_version_is_locked_for_as_long_as_was_said(
    shelf: BucketShelf, storage: Storage, path: str
) -> None:
    shelf.put(f"{path}/a", b"first")
    shelf.put_newest(f"{path}/newest", b"first")
    shelf.put_newest(f"{path}/newest", b"second")
    assert shelf.get(f"{path}/newest") == b"second"
    for name in ("a", "newest"):
        place = storage.found(LOG, f"{path}/{name}")
        assert place is not None
        with pytest.raises(Unavailable):
            storage.remove(place)
        lock = storage.lock_of(LOG, f"{path}/{name}", place.version_id)
        assert lock is not None
        assert lock.mode == "COMPLIANCE"
        assert timedelta(hours=23) < lock.until - datetime.now(UTC) <= DAY


def test_a_storage_that_is_away_is_unavailable() -> None:
    gone = Storage(Connection("127.0.0.1:9", "inda-audit", "secret"))
    with pytest.raises(Unavailable):
        BucketShelf(gone, LOG, DAY, utc_now).get("log/checkpoint")
    gone.close()
