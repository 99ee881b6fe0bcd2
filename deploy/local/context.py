"""The file by which the command line finds and enters a local stack, for its owner only."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from deploy.local.applications import log_verifier
from deploy.local.objects import DOCUMENTS, EVIDENCE, LOG, REGION
from deploy.local.stack import Addresses

AUDITOR = "auditor"
USERS = (AUDITOR, "admin")


def write_context(folder: Path, urls: Mapping[str, str], issuer: str, at: Addresses) -> None:
    """`context.json`, and beside it the seeds and keys that it names."""
    seeds = folder / "seeds"
    seeds.mkdir(mode=0o700, exist_ok=True)
    for user in USERS:
        _private(seeds / f"{user}.nk", at.nats_seeds[user])
    _private(seeds / "log.vkey", f"{log_verifier(folder)}\n")
    context = {
        "services": dict(urls),
        "issuer": issuer,
        "nats": {
            "urls": at.nats_url.split(","),
            "replicas": at.nats_replicas,
            "seeds": {user: str(seeds / f"{user}.nk") for user in USERS},
        },
        "accounts": str(folder / "issuer" / "accounts.json"),
        "storage": _storage(seeds, at),
        "vkey": str(seeds / "log.vkey"),
    }
    _private(folder / "context.json", json.dumps(context, indent=2))


def _storage(seeds: Path, at: Addresses) -> dict[str, object]:
    """Where the auditor reads log, archive and documents, and the files of the key for it."""
    key = at.s3_keys[AUDITOR]
    access, secret = seeds / f"{AUDITOR}.s3-access", seeds / f"{AUDITOR}.s3-secret"
    _private(access, key.access)
    _private(secret, key.secret)
    return {
        "endpoint": at.s3_endpoint,
        "region": REGION,
        "access_key_file": str(access),
        "secret_key_file": str(secret),
        "buckets": {each: each for each in (LOG, EVIDENCE, DOCUMENTS)},
    }


def _private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
