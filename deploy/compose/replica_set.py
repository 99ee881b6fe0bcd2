"""Makes mongod a replica set of one, and a user for each service. May be repeated."""

import sys
import time

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.compose.places import MONGO, REPLICA_SET, ROOT, Setup, own_setup
from deploy.local.databases import create_users
from shared.bus import SERVICES

ALREADY_INITIATED = 23
PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 1.0


def make(url: str, setup: Setup) -> None:
    """Raises `PyMongoError` while mongod cannot do it yet."""
    client: MongoClient[dict[str, object]] = MongoClient(url, serverSelectionTimeoutMS=2000)
    with client:
        _initiate(client)
        if not client.admin.command("hello").get("isWritablePrimary"):
            raise PyMongoError("no primary has been elected yet")
    create_users(url, SERVICES, setup.mongo_passwords)


def _initiate(client: MongoClient[dict[str, object]]) -> None:
    members = [{"_id": 0, "host": MONGO}]
    try:
        client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": members})
    except OperationFailure as refusal:
        if refusal.code != ALREADY_INITIATED:
            raise


def main() -> None:
    setup = own_setup()
    # directly: before it is initiated, nobody answers for the set
    url = f"mongodb://{ROOT}:{setup.mongo_root_password}@{MONGO}/?directConnection=true"
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            make(url, setup)
            return
        except PyMongoError as error:
            if time.monotonic() > end:
                sys.exit(f"inda: the replica set cannot be made: {error}")
            time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main()
