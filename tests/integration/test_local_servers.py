"""The three local servers hold what the design asks of them, each checked on the real server."""

import asyncio
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from minio import Minio
from minio.error import S3Error
from minio.retention import Retention
from nats.aio.client import Client
from nats.js import JetStreamContext
from nats.js.errors import NotFoundError
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.local.objects import DOCUMENTS, EVIDENCE, LOG, QUARANTINE, REGION
from deploy.local.ports import free_ports
from deploy.local.stack import Addresses, Servers
from shared.bus import SERVICES, apply
from shared.history.names import CHECKPOINT_SUBJECT, CHECKPOINTS, PREFIX, STREAM
from tests.servers import Running, nats_client, until

FACT = b"{}"


def jetstream(client: Client) -> JetStreamContext:
    return client.jetstream(prefix=PREFIX, timeout=1)


async def count_of(addresses: Addresses) -> int:
    async with nats_client(addresses, "admin") as admin:
        info = await admin.jetstream().stream_info(STREAM)
    return info.state.messages


async def denied(addresses: Addresses, user: str, subject: str) -> str:
    """What the server says when the user publishes to a subject; TimeoutError when it allows it."""
    denials: list[str] = []
    async with nats_client(addresses, user, denials) as client:
        await client.publish(subject, b"{}")
        await until(lambda: bool(denials))
    return denials[0]


# --- the history ------------------------------------------------------------------------------


@pytest.mark.parametrize("service", [each for each in SERVICES if each != "audit"])
async def test_a_service_says_its_own_facts_and_reads_them(
    fresh_stream: Running, service: str
) -> None:
    subject = f"inda.v1.{service}.thing.1"
    async with nats_client(fresh_stream.addresses, service) as client:
        js = jetstream(client)
        ack = await js.publish(subject, FACT, stream=STREAM)
        stored = await js.get_last_msg(STREAM, subject)
        direct = await js.get_last_msg(STREAM, subject, direct=True)
    assert (ack.seq, stored.data, direct.data) == (1, FACT, FACT)


async def test_a_service_pulls_from_its_own_consumer_only(fresh_stream: Running) -> None:
    addresses = fresh_stream.addresses
    async with nats_client(addresses, "submission") as client:
        await jetstream(client).publish("inda.v1.submission.season.1", FACT, stream=STREAM)
    async with nats_client(addresses, "submission") as client:
        pull = await jetstream(client).pull_subscribe_bind("submission-views", STREAM)
        (message,) = await pull.fetch(1, timeout=5)
        await message.ack_sync(timeout=5)
    other = f"{PREFIX}.CONSUMER.MSG.NEXT.{STREAM}.submission-views"
    assert "permissions violation" in await denied(addresses, "awards", other)


@pytest.mark.parametrize("user", [*SERVICES, "admin"])
async def test_nobody_says_the_facts_of_another(fresh_stream: Running, user: str) -> None:
    foreign = "scoring" if user == "awards" else "awards"
    assert await denied(fresh_stream.addresses, user, f"inda.v1.{foreign}.thing.1")
    assert await count_of(fresh_stream.addresses) == 0


@pytest.mark.parametrize("user", [*SERVICES[:-1], "admin"])
async def test_nobody_but_the_auditor_says_checkpoints_or_reads_them(
    fresh_stream: Running, user: str
) -> None:
    addresses = fresh_stream.addresses
    assert await denied(addresses, user, CHECKPOINT_SUBJECT)
    for verb in ("STREAM.INFO", "STREAM.MSG.GET", "DIRECT.GET"):
        assert await denied(addresses, user, f"{PREFIX}.{verb}.{CHECKPOINTS}")


@pytest.mark.parametrize("verb", ["DELETE", "PURGE", "UPDATE", "MSG.DELETE"])
async def test_the_auditor_does_not_change_what_was_signed(
    fresh_stream: Running, verb: str
) -> None:
    async with nats_client(fresh_stream.addresses, "audit") as client:
        ack = await jetstream(client).publish(CHECKPOINT_SUBJECT, b"note", stream=CHECKPOINTS)
    assert ack.seq == 1
    for prefix in (PREFIX, "$JS.API"):
        assert await denied(
            fresh_stream.addresses, "audit", f"{prefix}.STREAM.{verb}.{CHECKPOINTS}"
        )


@pytest.mark.parametrize(
    "verb",
    [
        f"STREAM.DELETE.{STREAM}",
        f"STREAM.PURGE.{STREAM}",
        f"STREAM.UPDATE.{STREAM}",
        f"STREAM.MSG.DELETE.{STREAM}",
        f"CONSUMER.DELETE.{STREAM}.submission-views",
        "STREAM.CREATE.OTHER",
    ],
)
async def test_no_service_changes_the_stream(fresh_stream: Running, verb: str) -> None:
    for prefix in (PREFIX, "$JS.API"):
        subject = f"{prefix}.{verb}"
        assert f'"{subject.lower()}"' in await denied(fresh_stream.addresses, "submission", subject)
    async with nats_client(fresh_stream.addresses, "admin") as admin:
        assert await apply(admin, 1) == []


@pytest.mark.parametrize(
    "request_subject",
    [
        f"{PREFIX}.DIRECT.GET.{STREAM}",
        f"{PREFIX}.DIRECT.GET.{STREAM}.inda.v1.submission.season.1",
        f"{PREFIX}.STREAM.INFO.{STREAM}",
        f"{PREFIX}.STREAM.MSG.GET.{STREAM}",
        f"{PREFIX}.CONSUMER.MSG.NEXT.{STREAM}.submission-views",
        "inda.v1.submission.season.2",
    ],
)
async def test_no_fact_is_forged_by_a_reply_subject(
    fresh_stream: Running, request_subject: str
) -> None:
    addresses = fresh_stream.addresses
    forged = "inda.v1.scoring.scorecard.1"
    async with nats_client(addresses, "submission") as client:
        await jetstream(client).publish("inda.v1.submission.season.1", FACT, stream=STREAM)
    async with nats_client(addresses, "submission") as client:
        await client.publish(request_subject, b'{"last_by_subj":"x"}', reply=forged)
        await client.flush()
        # the answer to an own fact comes after whatever the request before it made the server do
        await jetstream(client).publish("inda.v1.submission.season.3", FACT, stream=STREAM)
    async with nats_client(addresses, "admin") as admin:
        with pytest.raises(NotFoundError):
            await admin.jetstream().get_last_msg(STREAM, forged)


async def test_a_service_does_not_listen_to_others(fresh_stream: Running) -> None:
    denials: list[str] = []
    async with nats_client(fresh_stream.addresses, "submission", denials) as client:
        for subject in ("inda.>", "_INBOX_scoring.>", ">", f"{PREFIX}.>"):
            await client.subscribe(subject)
        await client.flush()
        await until(lambda: len(denials) == 4)


async def test_an_anonymous_client_is_refused(nats_server: Running) -> None:
    address = urlsplit(nats_server.addresses.nats_url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(b"CONNECT {}\r\nPING\r\n")
    greeting, answer = await reader.readline(), await reader.readline()
    writer.close()
    await writer.wait_closed()
    assert greeting.startswith(b"INFO ")
    assert answer == b"-ERR 'Authorization Violation'\r\n"


async def test_a_cluster_takes_facts_with_three_replicas(nats_cluster: Running) -> None:
    addresses = nats_cluster.addresses
    async with nats_client(addresses, "admin") as admin:
        await apply_when_elected(admin)
        info = await admin.jetstream().stream_info(STREAM)
    async with nats_client(addresses, "awards") as client:
        ack = await jetstream(client).publish("inda.v1.awards.fund.1", FACT, stream=STREAM)
    assert (info.config.num_replicas, ack.stream) == (3, STREAM)
    assert await denied(addresses, "awards", "inda.v1.scoring.panel.1")


async def apply_when_elected(admin: Client) -> None:
    """A cold cluster refuses its first stream for some seconds."""
    async with asyncio.timeout(30):
        while True:
            try:
                await apply(admin, 3)
                return
            except Exception:
                await asyncio.sleep(0.2)


# --- the read models --------------------------------------------------------------------------


def test_a_service_uses_its_own_database_with_transactions(fresh_databases: Running) -> None:
    url = fresh_databases.addresses.mongo_urls["scoring"]
    with MongoClient[dict[str, object]](url) as client:
        collection = client.get_default_database()["cards"]
        with client.start_session() as session, session.start_transaction():
            collection.insert_one({"_id": 1}, session=session)
        assert list(collection.find()) == [{"_id": 1}]


def test_a_service_is_refused_on_the_database_of_another(mongo_server: Running) -> None:
    with MongoClient[dict[str, object]](mongo_server.addresses.mongo_urls["scoring"]) as client:
        for refused in (
            lambda: client["awards"]["funds"].find_one(),
            lambda: client["awards"]["funds"].insert_one({}),
            lambda: client["scoring"].command("createUser", "x", pwd="x", roles=["root"]),
        ):
            with pytest.raises(OperationFailure, match="not authorized"):
                refused()


def test_nobody_reads_a_database_without_logging_in(mongo_server: Running) -> None:
    address = mongo_server.addresses.mongo_urls["scoring"].split("@")[1].split("/")[0]
    with (
        MongoClient[dict[str, object]](f"mongodb://{address}/") as client,
        pytest.raises(OperationFailure, match="requires authentication"),
    ):
        client["scoring"]["cards"].find_one()


# --- the documents ----------------------------------------------------------------------------


def objects_as(addresses: Addresses, user: str) -> Minio:
    key = addresses.s3_keys[user]
    return Minio(addresses.s3_endpoint, key.access, key.secret, secure=False, region=REGION)


def put(client: Minio, bucket: str, key: str, retention: Retention | None = None) -> str:
    stored = client.put_object(bucket, key, io.BytesIO(b"text"), 4, retention=retention)
    return stored.version_id or ""


def refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except S3Error as error:
        return error.code == "AccessDenied"
    return False


def test_locked_buckets_keep_every_version(s3_server: Running) -> None:
    admin = objects_as(s3_server.addresses, "admin")
    # Other tests on this shared server may have made buckets of their own.
    assert {bucket.name for bucket in admin.list_buckets()} >= {
        QUARANTINE,
        EVIDENCE,
        DOCUMENTS,
        LOG,
    }
    locked = ((EVIDENCE, "GOVERNANCE"), (DOCUMENTS, "GOVERNANCE"), (LOG, "COMPLIANCE"))
    for bucket, mode in locked:
        assert admin.get_bucket_versioning(bucket).status == "Enabled"
        assert admin.get_object_lock_config(bucket).mode == mode


@pytest.mark.parametrize(
    ("user", "bucket"), [("submission", EVIDENCE), ("awards", DOCUMENTS), ("audit", LOG)]
)
def test_a_version_under_retention_is_not_deleted(
    s3_server: Running, user: str, bucket: str
) -> None:
    service, admin = (objects_as(s3_server.addresses, each) for each in (user, "admin"))
    version = put(service, bucket, "kept")
    assert refused(lambda: service.remove_object(bucket, "kept", version_id=version))
    assert refused(lambda: admin.remove_object(bucket, "kept", version_id=version))
    retention = service.get_object_retention(bucket, "kept", version_id=version)
    assert retention is not None
    assert retention.retain_until_date > datetime.now(UTC) + timedelta(days=3600)


def test_a_service_may_lengthen_retention_and_not_shorten_it(s3_server: Running) -> None:
    service = objects_as(s3_server.addresses, "submission")
    near, far = (datetime.now(UTC) + timedelta(days=days) for days in (1, 2))
    version = put(service, EVIDENCE, "held", Retention("GOVERNANCE", near))
    longer, shorter = Retention("GOVERNANCE", far), Retention("GOVERNANCE", near)
    service.set_object_retention(EVIDENCE, "held", longer, version_id=version)
    assert refused(
        lambda: service.set_object_retention(EVIDENCE, "held", shorter, version_id=version)
    )


def test_each_key_opens_only_its_own_buckets(s3_server: Running) -> None:
    users = ("submission", "verification", "awards", "audit")
    submission, verification, awards, audit = (
        objects_as(s3_server.addresses, user) for user in users
    )
    put(submission, QUARANTINE, "new")
    put(submission, EVIDENCE, "taken-in")
    assert verification.get_object(EVIDENCE, "taken-in").read() == b"text"
    assert refused(lambda: put(verification, EVIDENCE, "x"))
    assert refused(lambda: verification.stat_object(QUARANTINE, "new")) or refused(
        lambda: verification.get_object(QUARANTINE, "new")
    )
    assert awards.get_object(EVIDENCE, "taken-in").read() == b"text"
    assert put(awards, EVIDENCE, "doubted")
    assert refused(lambda: put(awards, QUARANTINE, "x"))
    assert refused(lambda: put(awards, LOG, "x"))
    assert refused(lambda: put(submission, LOG, "x"))
    assert audit.get_object(EVIDENCE, "taken-in").read() == b"text"
    assert refused(lambda: put(audit, EVIDENCE, "x"))
    assert refused(lambda: put(audit, DOCUMENTS, "x"))
    assert refused(lambda: submission.make_bucket("more"))
    assert refused(lambda: submission.delete_object_lock_config(EVIDENCE))


# --- all together -----------------------------------------------------------------------------


async def test_what_was_stored_is_there_after_a_stop_and_a_start_on_other_ports(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("stack")
    with free_ports() as ports:
        async with Servers(folder, ports, sharing="shared", report=print) as servers:
            await store_everywhere(servers.addresses)
    with free_ports() as ports:
        async with Servers(folder, ports, sharing="shared", report=print) as servers:
            assert await found_everywhere(servers.addresses) == (FACT, [{"_id": 1}], b"text")


async def store_everywhere(addresses: Addresses) -> None:
    async with nats_client(addresses, "admin") as admin:
        await apply(admin, 1)
    async with nats_client(addresses, "awards") as client:
        await jetstream(client).publish("inda.v1.awards.fund.1", FACT, stream=STREAM)
    with MongoClient[dict[str, object]](addresses.mongo_urls["awards"]) as client:
        client["awards"]["funds"].insert_one({"_id": 1})
    put(objects_as(addresses, "submission"), EVIDENCE, "a")


async def found_everywhere(
    addresses: Addresses,
) -> tuple[bytes | None, list[dict[str, object]], bytes]:
    async with nats_client(addresses, "awards") as client:
        fact = await jetstream(client).get_last_msg(STREAM, "inda.v1.awards.fund.1")
    with MongoClient[dict[str, object]](addresses.mongo_urls["awards"]) as client:
        documents = list(client["awards"]["funds"].find())
    answer = objects_as(addresses, "verification").get_object(EVIDENCE, "a")
    return fact.data, documents, answer.read()
