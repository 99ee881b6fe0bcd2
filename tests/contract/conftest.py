"""Fixtures for contracts with the object storage."""

from collections.abc import AsyncIterator

import httpx
import pytest
from minio import Minio

from tests.contract.desk import Clock, Desk, Server, documents_for
from tests.servers import Running


@pytest.fixture(scope="session")
def server(s3_server: Running) -> Server:
    endpoint, keys = s3_server.addresses.s3_endpoint, s3_server.addresses.s3_keys
    key = keys["admin"]
    admin = Minio(endpoint, key.access, key.secret, secure=False, region="us-east-1")
    if not admin.bucket_exists("unlocked"):
        admin.make_bucket("unlocked")
    return Server(endpoint, keys, admin)


@pytest.fixture
async def desk(server: Server) -> AsyncIterator[Desk]:
    clock = Clock()
    documents = documents_for(server, clock)
    async with httpx.AsyncClient() as browser:
        yield Desk(documents, browser, server.admin, clock)
    documents.close()
