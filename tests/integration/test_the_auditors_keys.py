"""The keys of a person who audits read everything and write nothing, held on real servers."""

import json
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from minio.commonconfig import CopySource, Tags
from minio.deleteobjects import DeleteObject
from minio.objectlockconfig import DAYS, ObjectLockConfig
from minio.retention import Retention
from minio.versioningconfig import SUSPENDED, VersioningConfig
from nats.aio.client import Client

from deploy.cli.auditing.reaching import connected
from deploy.cli.options import Wishes
from deploy.cli.session import Session
from deploy.local.objects import DOCUMENTS, EVIDENCE, LOG, QUARANTINE
from deploy.local.stack import Addresses
from shared.bus import SERVICES
from shared.history import connect, read_all
from shared.history.names import CHECKPOINT_SUBJECT, CHECKPOINTS, PREFIX, STREAM
from tests.integration.test_local_servers import FACT, jetstream, objects_as, put, refused
from tests.servers import Running, nats_client, until

AUDITOR = "auditor"
SAID = {service: f"inda.v1.{service}.season.1" for service in SERVICES if service != "audit"}
CONSUMER = "submission-views"
CHANGES = (
    *(
        f"{prefix}.STREAM.{verb}.{stream}"
        for prefix in (PREFIX, "$JS.API")
        for stream in (STREAM, CHECKPOINTS, "OTHER")
        for verb in (
            *("CREATE", "UPDATE", "DELETE", "PURGE", "MSG.DELETE"),
            *("RESTORE", "SNAPSHOT", "PEER.REMOVE", "LEADER.STEPDOWN"),
        )
    ),
    *(
        f"{prefix}.CONSUMER.{verb}.{STREAM}.{CONSUMER}"
        for prefix in (PREFIX, "$JS.API")
        for verb in ("CREATE", "DELETE", "MSG.NEXT", "PAUSE", "INFO")
    ),
    f"$JS.API.CONSUMER.CREATE.{CHECKPOINTS}.mine",
    f"$JS.ACK.{STREAM}.{CONSUMER}.1.1.1.1.0",
    f"$JS.API.STREAM.MSG.GET.{STREAM}",
)
READS = {
    f"{PREFIX}.STREAM.INFO.{STREAM}": b"",
    f"{PREFIX}.STREAM.MSG.GET.{STREAM}": b'{"seq":1}',
    f"{PREFIX}.DIRECT.GET.{STREAM}": b'{"seq":1}',
    f"{PREFIX}.DIRECT.GET.{STREAM}.{SAID['submission']}": b"",
    f"{PREFIX}.STREAM.INFO.{CHECKPOINTS}": b"",
    f"{PREFIX}.STREAM.MSG.GET.{CHECKPOINTS}": b'{"seq":1}',
    f"{PREFIX}.DIRECT.GET.{CHECKPOINTS}": b'{"seq":1}',
}
"""All that an auditor may ask, and how to get an answer."""


@pytest.fixture
async def history(fresh_stream: Running) -> Addresses:
    """A fact of every service, two checkpoints, and one fact that waits for its acknowledgement."""
    at = fresh_stream.addresses
    for service, subject in SAID.items():
        async with nats_client(at, service) as client:
            await jetstream(client).publish(subject, FACT, stream=STREAM)
    async with nats_client(at, "audit") as client:
        for note in (b"first", b"second"):
            await jetstream(client).publish(CHECKPOINT_SUBJECT, note, stream=CHECKPOINTS)
    async with nats_client(at, "submission") as client:
        pull = await jetstream(client).pull_subscribe_bind(CONSUMER, STREAM)
        assert len(await pull.fetch(1, timeout=5)) == 1
    return at


async def state(at: Addresses) -> tuple[object, ...]:
    """Everything that a write would change: settings, messages, consumers."""
    async with nats_client(at, "admin") as admin:
        js = admin.jetstream()
        streams = [await js.stream_info(name) for name in (STREAM, CHECKPOINTS)]
        waiting = await js.consumer_info(STREAM, CONSUMER)
        names = sorted(each.config.name or "" for each in await js.streams_info())
    return (
        *((each.config, each.state) for each in streams),
        (waiting.ack_floor, waiting.num_ack_pending, waiting.delivered),
        names,
    )


# --- the history ------------------------------------------------------------------------------


async def test_the_auditor_reads_every_fact_and_every_checkpoint(history: Addresses) -> None:
    connection = await connect(
        tuple(history.nats_url.split(",")), AUDITOR, history.nats_seeds[AUDITOR]
    )
    js = connection.jetstream
    try:
        last = (await js.stream_info(STREAM)).state.last_seq
        batched = [(each.subject, each.body) async for each in read_all(connection, 1, last)]
        for direct in (False, True):
            facts = [await js.get_msg(STREAM, seq, direct=direct) for seq in range(1, last + 1)]
            assert [each.data for each in facts] == [FACT] * len(SAID)
            notes = [await js.get_msg(CHECKPOINTS, seq, direct=direct) for seq in (1, 2)]
            assert [each.data for each in notes] == [b"first", b"second"]
        newest = await js.get_last_msg(STREAM, SAID["awards"], direct=True)
        signed = (await js.stream_info(CHECKPOINTS)).state.messages
    finally:
        await connection.close()
    assert batched == [(subject, FACT) for subject in SAID.values()]
    assert (newest.data, signed) == (FACT, 2)


async def test_the_auditor_says_no_fact_and_no_checkpoint_and_changes_nothing(
    history: Addresses,
) -> None:
    before = await state(history)
    tried = sorted({*SAID.values(), "inda.v1.audit.thing.1", CHECKPOINT_SUBJECT, *CHANGES})
    denials: list[str] = []
    async with nats_client(history, AUDITOR, denials) as client:
        for subject in tried:
            await client.publish(subject, b"{}")
        await client.flush()
        await until(lambda: len(denials) >= len(tried))
    assert sorted(denials) == sorted(
        f'nats: permissions violation for publish to "{subject.lower()}"' for subject in tried
    )
    assert await state(history) == before


@pytest.mark.parametrize("forged", ["inda.v1.scoring.scorecard.1", CHECKPOINT_SUBJECT])
async def test_no_read_of_the_auditor_writes_by_its_reply_subject(
    history: Addresses, forged: str
) -> None:
    before = await state(history)
    async with nats_client(history, AUDITOR) as client:
        for subject, body in READS.items():
            await client.publish(subject, body, reply=forged)
            # Answered on the same way after it: by now the server has done what it was asked.
            answer = await client.request(subject, body, timeout=5)
            assert b'"error"' not in answer.data
            assert "Status" not in (answer.headers or {})
    assert await state(history) == before


async def test_the_auditor_listens_to_their_own_answers_only(history: Addresses) -> None:
    denials: list[str] = []
    async with nats_client(history, AUDITOR, denials) as client:
        for subject in (">", "inda.>", "_INBOX_audit.>", "_INBOX_auditor", f"{PREFIX}.>", "$JS.>"):
            await client.subscribe(subject)
        await client.flush()
        await until(lambda: len(denials) == 6)
        assert await answered(client)


async def answered(client: Client) -> bool:
    return (await jetstream(client).stream_info(STREAM)).config.name == STREAM


@pytest.mark.parametrize("user", [AUDITOR, "audit"])
async def test_the_command_line_reads_with_the_seed_that_its_context_names(
    history: Addresses, user: str, tmp_path: Path
) -> None:
    """`audit` in a context that was made before there was an auditor."""
    (tmp_path / "own.nk").write_text(history.nats_seeds[user])
    nats = {"urls": history.nats_url.split(","), "seeds": {user: "own.nk"}}
    file = tmp_path / "context.json"
    file.write_text(json.dumps({"services": {}, "nats": nats}))
    async with AsyncExitStack() as open_:
        session = Session(Wishes(context=file), None, every_page=False)
        connection = await connected(session, open_)
        assert await answered(connection.client)


# --- the documents and the log ----------------------------------------------------------------

WRITERS = {LOG: "audit", EVIDENCE: "submission", DOCUMENTS: "awards"}


@pytest.mark.parametrize("bucket", WRITERS)
def test_the_auditor_reads_and_lists_what_is_kept(s3_server: Running, bucket: str) -> None:
    writer, auditor = (objects_as(s3_server.addresses, each) for each in (WRITERS[bucket], AUDITOR))
    version = put(writer, bucket, "auditor/read")
    assert auditor.get_object(bucket, "auditor/read").read() == b"text"
    listed = auditor.list_objects(bucket, "auditor/", recursive=True)
    assert "auditor/read" in {each.object_name for each in listed}
    if bucket != LOG:
        kept = auditor.get_object_retention(bucket, "auditor/read", version_id=version)
        assert kept is not None
        assert kept.retain_until_date > datetime.now(UTC) + timedelta(days=3600)


@pytest.mark.parametrize("bucket", WRITERS)
def test_the_auditor_stores_changes_and_deletes_nothing(s3_server: Running, bucket: str) -> None:
    at = s3_server.addresses
    writer, auditor, admin = (objects_as(at, each) for each in (WRITERS[bucket], AUDITOR, "admin"))
    key, version = "auditor/kept", put(writer, bucket, "auditor/kept")

    def seen() -> tuple[object, ...]:
        versions = admin.list_objects(bucket, "auditor/", recursive=True, include_version=True)
        kept = admin.get_object_retention(bucket, key, version_id=version)
        assert kept is not None
        return (
            sorted((each.object_name, each.version_id, each.is_delete_marker) for each in versions),
            (kept.mode, kept.retain_until_date),
            admin.get_bucket_versioning(bucket).status,
            admin.get_object_lock_config(bucket).duration,
        )

    before = seen()
    mode = "COMPLIANCE" if bucket == LOG else "GOVERNANCE"
    near, far = (datetime.now(UTC) + timedelta(days=days) for days in (1, 9000))
    tag = Tags.new_object_tags()
    tag["a"] = "b"
    lock = ObjectLockConfig("GOVERNANCE", 1, DAYS)
    acts: tuple[Callable[[], object], ...] = (
        lambda: put(auditor, bucket, "auditor/new"),
        lambda: put(auditor, bucket, key),
        lambda: put(auditor, bucket, key, Retention(mode, far)),
        lambda: auditor.copy_object(bucket, "auditor/copy", CopySource(bucket, key)),
        lambda: auditor.remove_object(bucket, key),
        lambda: auditor.remove_object(bucket, key, version_id=version),
        lambda: auditor.set_object_retention(bucket, key, Retention(mode, near), version),
        lambda: auditor.set_object_retention(bucket, key, Retention(mode, far), version),
        lambda: auditor.enable_object_legal_hold(bucket, key, version),
        lambda: auditor.disable_object_legal_hold(bucket, key, version),
        lambda: auditor.set_object_tags(bucket, key, tag),
        lambda: auditor.set_object_lock_config(bucket, lock),
        lambda: auditor.delete_object_lock_config(bucket),
        lambda: auditor.set_bucket_versioning(bucket, VersioningConfig(SUSPENDED)),
        lambda: auditor.delete_bucket_policy(bucket),
        lambda: auditor.delete_bucket_lifecycle(bucket),
        lambda: auditor.remove_bucket(bucket),
        lambda: auditor.make_bucket("auditors"),
    )
    assert [refused(act) for act in acts] == [True] * len(acts)
    several = [DeleteObject(key), DeleteObject(key, version)]
    errors = list(auditor.remove_objects(bucket, several))
    assert [each.code for each in errors] == ["AccessDenied"] * 2
    assert seen() == before


def test_the_auditor_does_not_see_what_was_not_taken_in(s3_server: Running) -> None:
    submission, auditor = (
        objects_as(s3_server.addresses, each) for each in ("submission", AUDITOR)
    )
    put(submission, QUARANTINE, "auditor/new")
    assert refused(lambda: auditor.get_object(QUARANTINE, "auditor/new"))
    assert refused(lambda: list(auditor.list_objects(QUARANTINE)))
    assert refused(lambda: put(auditor, QUARANTINE, "auditor/own"))
