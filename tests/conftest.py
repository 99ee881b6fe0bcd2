"""Fixtures on real servers, started when a test first asks for them and shared by its worker."""

from collections.abc import Generator
from dataclasses import replace

import hypothesis
import pytest
from pymongo import MongoClient

from deploy.local.stack import Addresses
from shared.bus import apply
from tests.apps import Issuer, issuing
from tests.servers import Running, nats_client, running

Folders = pytest.TempPathFactory

# How long an example takes says more about who else uses the machine than about the code.
hypothesis.settings.register_profile("inda", deadline=None)
hypothesis.settings.load_profile("inda")


@pytest.fixture(scope="session")
def nats_server(tmp_path_factory: Folders) -> Generator[Running]:
    """One node, shared: for tests that do not mind what others left in the stream."""
    with running(tmp_path_factory.mktemp("nats"), parts=("nats",)) as server:
        yield server


@pytest.fixture
def fresh_nats(tmp_path_factory: Folders) -> Generator[Running]:
    """One node for this test only, empty: no stream yet."""
    with running(tmp_path_factory.mktemp("nats"), parts=("nats",)) as server:
        yield server


@pytest.fixture
async def fresh_stream(fresh_nats: Running) -> Running:
    """One node for this test only, with the empty stream and its consumers."""
    async with nats_client(fresh_nats.addresses, "admin") as admin:
        await apply(admin, 1)
    return fresh_nats


@pytest.fixture(scope="session")
def nats_cluster(tmp_path_factory: Folders) -> Generator[Running]:
    """Three nodes, shared; `pids()` has nats-1 to nats-3, a killed one is restarted by itself."""
    with running(tmp_path_factory.mktemp("cluster"), nodes=3, parts=("nats",)) as cluster:
        yield cluster


@pytest.fixture
def fresh_cluster(tmp_path_factory: Folders) -> Generator[Running]:
    """Three nodes for this test only, empty."""
    with running(tmp_path_factory.mktemp("cluster"), nodes=3, parts=("nats",)) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def mongo_server(tmp_path_factory: Folders) -> Generator[Running]:
    """One server with a database and a user for each service."""
    with running(tmp_path_factory.mktemp("mongo"), parts=("mongo",)) as server:
        yield server


@pytest.fixture
def fresh_databases(mongo_server: Running) -> Running:
    """The same server with every collection of every service dropped."""
    for url in mongo_server.addresses.mongo_urls.values():
        with MongoClient[dict[str, object]](url) as client:
            database = client.get_default_database()
            for name in database.list_collection_names():
                database.drop_collection(name)
    return mongo_server


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: Folders) -> Generator[Running]:
    """Object storage with the four buckets; what is locked stays, so use keys of your own."""
    with running(tmp_path_factory.mktemp("objects"), parts=("objects",)) as server:
        yield server


@pytest.fixture(scope="session")
def servers(nats_server: Running, mongo_server: Running, s3_server: Running) -> Addresses:
    """Where all three shared servers are."""
    return _together(nats_server, mongo_server, s3_server)


@pytest.fixture
def fresh_servers(fresh_stream: Running, fresh_databases: Running, s3_server: Running) -> Addresses:
    """A history of this test only, empty databases, and the shared object storage."""
    return _together(fresh_stream, fresh_databases, s3_server)


def _together(nats: Running, mongo: Running, objects: Running) -> Addresses:
    return replace(
        nats.addresses,
        mongo_urls=mongo.addresses.mongo_urls,
        s3_endpoint=objects.addresses.s3_endpoint,
        s3_keys=objects.addresses.s3_keys,
    )


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: Folders) -> Generator[Issuer]:
    """Tokens for anybody, with its keys published on loopback."""
    with issuing(tmp_path_factory.mktemp("issuer")) as issuer:
        yield issuer
