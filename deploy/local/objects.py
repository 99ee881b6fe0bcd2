"""The SeaweedFS process of a local stack, its keys and its buckets."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from minio import Minio
from minio.commonconfig import ENABLED, Filter
from minio.lifecycleconfig import Expiration, LifecycleConfig, Rule
from minio.objectlockconfig import DAYS, ObjectLockConfig

from deploy.local.keys import S3Key
from deploy.local.ports import LOOPBACK, S3Ports
from deploy.local.probes import http_ok
from deploy.local.processes import Program, executable

QUARANTINE, EVIDENCE, DOCUMENTS, LOG = "quarantine", "evidence", "documents", "log"
LockMode = Literal["GOVERNANCE", "COMPLIANCE"]
REGION = "us-east-1"

# `Write` carries no retention; who stores under a lock needs it by name, and to read it back
ACTIONS: Mapping[str, tuple[str, ...]] = {
    "admin": ("Admin", "Read", "Write", "List", "Tagging"),
    "submission": (
        *("Read:quarantine", "Write:quarantine", "List:quarantine"),
        *("Read:evidence", "Write:evidence", "List:evidence"),
        *("GetObjectRetention:evidence", "PutObjectRetention:evidence"),
        "GetBucketObjectLockConfiguration:evidence",
    ),
    "verification": ("Read:evidence", "List:evidence"),
    "awards": (
        *("Read:evidence", "Write:evidence", "List:evidence"),
        *("GetObjectRetention:evidence", "PutObjectRetention:evidence"),
        *("Read:documents", "Write:documents", "List:documents"),
        *("GetObjectRetention:documents", "PutObjectRetention:documents"),
        *("Read:log", "List:log"),
    ),
    "audit": (
        *("Read:log", "Write:log", "List:log"),
        *("GetObjectRetention:log", "PutObjectRetention:log"),
        *("Read:evidence", "List:evidence", "Read:documents", "List:documents"),
        *("GetObjectRetention:evidence", "GetObjectRetention:documents"),
    ),
    # a person: reads what the service of audit reads, and writes nothing
    "auditor": (
        *("Read:log", "List:log"),
        *("Read:evidence", "List:evidence", "Read:documents", "List:documents"),
        *("GetObjectRetention:evidence", "GetObjectRetention:documents"),
    ),
}


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is stored may not be deleted, in days, where the writer does not say.

    The periods are our own choice, not a rule of the instrument.
    """

    quarantine_days: int = 7
    evidence_days: int = 3650
    documents_days: int = 3650
    log_days: int = 3650


def objects_program(
    folder: Path, ports: S3Ports, keys: Mapping[str, S3Key], origins: tuple[str, ...] = ("*",)
) -> Program:
    """Writes the keys and says how to run the server; `origins` may post from a browser.

    Only its S3 port asks for a key; the other ports of SeaweedFS take anyone on this machine.
    """
    home = folder / "objects"
    data = home / "data"
    data.mkdir(parents=True, exist_ok=True)
    config = home / "keys.json"
    config.touch(mode=0o600)
    config.write_text(identities(keys))
    return Program(
        name="objects",
        argv=(
            *(executable("weed"), "-logtostderr=true", "mini", f"-dir={data}"),
            *(f"-ip={LOOPBACK}", f"-ip.bind={LOOPBACK}", f"-s3.config={config}"),
            *("-s3.iam=false", "-s3.autoCreateBucket=false", "-master.telemetry=false"),
            *("-admin.ui=false", "-webdav=false", f"-s3.allowedOrigins={','.join(origins)}"),
            # relative, since the path of a socket may have 107 characters only
            *("-s3.localSocket=s3.sock", "-filer.localSocket=filer.sock"),
            *_port_options(ports),
        ),
        log=home / "objects.log",
        ready=http_ok(ports.s3, "/healthz"),
        ports=ports.all(),
        folder=home,
    )


def _port_options(ports: S3Ports) -> tuple[str, ...]:
    pairs = {
        "s3": (ports.s3, ports.s3_grpc),
        "master": (ports.master, ports.master_grpc),
        "volume": (ports.volume, ports.volume_grpc),
        "filer": (ports.filer, ports.filer_grpc),
        "admin": (ports.admin, ports.admin_grpc),
    }
    http = (f"-{part}.port={ours}" for part, (ours, _) in pairs.items())
    grpc = (f"-{part}.port.grpc={ours}" for part, (_, ours) in pairs.items())
    # these two would else claim fixed ports, and the server panics when they are taken
    return (*http, *grpc, "-s3.port.iceberg=0", "-s3.port.lance=0")


def identities(keys: Mapping[str, S3Key]) -> str:
    """The keys file of SeaweedFS: who may do what, by user."""
    allowed = [
        {
            "name": user,
            "credentials": [{"accessKey": keys[user].access, "secretKey": keys[user].secret}],
            "actions": actions,
        }
        for user, actions in ACTIONS.items()
    ]
    return json.dumps({"identities": allowed}, indent=2)


async def make_buckets(endpoint: str, admin: S3Key, retention: Retention | None = None) -> None:
    """The four buckets with versioning and locks; those that exist are left as they are."""
    client = Minio(endpoint, admin.access, admin.secret, secure=False, region=REGION)
    await asyncio.to_thread(_make_buckets, client, retention or Retention())


def _make_buckets(client: Minio, retention: Retention) -> None:
    if not client.bucket_exists(QUARANTINE):
        client.make_bucket(QUARANTINE)
        client.set_bucket_lifecycle(QUARANTINE, _expiry(retention.quarantine_days))
    # what names people can be erased lawfully by the admin, as a recorded act; the log by nobody
    _make_locked(client, EVIDENCE, "GOVERNANCE", retention.evidence_days)
    _make_locked(client, DOCUMENTS, "GOVERNANCE", retention.documents_days)
    _make_locked(client, LOG, "COMPLIANCE", retention.log_days)


def _make_locked(client: Minio, bucket: str, mode: LockMode, days: int) -> None:
    if client.bucket_exists(bucket):
        return
    client.make_bucket(bucket, object_lock=True)
    client.set_object_lock_config(bucket, ObjectLockConfig(mode, days, DAYS))


def _expiry(days: int) -> LifecycleConfig:
    rule = Rule(
        ENABLED, rule_filter=Filter(prefix=""), rule_id="expire", expiration=Expiration(days=days)
    )
    return LifecycleConfig([rule])
