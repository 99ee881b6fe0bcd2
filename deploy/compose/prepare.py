"""The secrets and configurations of the containers: made once, each handed to its reader only."""

import json
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.compose.places import (
    MONGO,
    NATS_MONITOR,
    NATS_URL,
    OBJECTS,
    OWN_SECRETS,
    SETUP_FILE,
    Setup,
    mongo_url,
    service_urls,
)
from deploy.local.applications import (
    LOG_KEY,
    LOG_ORIGIN,
    RECEIPT_KEY,
    WEBHOOK_KEY,
    log_key_file,
    receipt_key_file,
    service_environment,
    webhook_key_file,
)
from deploy.local.context import AUDITOR
from deploy.local.issuer.keys import write_private
from deploy.local.keys import Secrets, load_or_make, public_key
from deploy.local.nats_config import Node, render
from deploy.local.objects import DOCUMENTS, EVIDENCE, LOG, REGION, identities
from deploy.local.ports import usual_ports
from deploy.local.stack import Addresses
from shared.bus import SERVICES
from shared.transparency import SigningKey

HOME = Path("/secrets")
APPLICATION, MONGO_USER, SERVER = 10001, 999, 0
"""User ids: of our image, of mongod in its image, of the servers that start as root."""

SECRET_SETTINGS = frozenset(
    {
        "INDA_NATS_SEED",
        "INDA_MONGO_URL",
        "INDA_S3_ACCESS_KEY",
        "INDA_S3_SECRET_KEY",
        "INDA_SEALING_KEY",
        "INDA_LOG_VKEY",
    }
)
"""The settings of a service that come from its file, since they are secret or follow from what is
made there; compose says the others.
"""

Own = Callable[[Path, int], None]


def prepare(home: Path, own: Own) -> None:
    """Makes what is missing under `home/kept` and writes every reader's files below `home`.

    The same secrets come out each time. `own` gives a file to a user id.
    """
    kept = home / "kept"
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = load_or_make(kept)
    log_key = log_key_file(kept, _origin())
    root, key_file = _kept(kept / "mongo-root"), _kept(kept / "mongo-keyfile")
    setup = Setup(
        mongo_root_password=root,
        mongo_passwords=made.mongo_passwords,
        s3_admin=made.s3_keys["admin"],
    )
    _hand(home / "nats", {"nats.conf": nats_config(made)}, SERVER, own)
    _hand(home / "objects", {"keys.json": identities(made.s3_keys)}, SERVER, own)
    _hand(home / "mongo", {"keyfile": key_file, "root-password": root}, MONGO_USER, own)
    _hand(home / "admin", _admin_files(made, setup), APPLICATION, own)
    verifier = SigningKey.from_text(log_key.read_text()).verifier
    _hand(home / AUDITOR, _auditor_files(made, verifier.text), APPLICATION, own)
    for service in SERVICES:
        files = {"environment": _lines(secret_settings(service, kept, made))}
        if service == "submission":
            files[RECEIPT_KEY] = receipt_key_file(kept).read_text()
        if service == "verification":
            files[WEBHOOK_KEY] = webhook_key_file(kept).read_text()
        if service == "audit":
            files[LOG_KEY] = log_key.read_text()
        _hand(home / service, files, APPLICATION, own)


def _origin() -> str:
    """The name in which the log is signed: chosen before the first start, and not changed after."""
    return os.environ.get("INDA_LOG_ORIGIN") or LOG_ORIGIN


def nats_config(made: Secrets) -> str:
    node = Node("nats", "0.0.0.0:4222", NATS_MONITOR, "/data")
    return render(node, {user: public_key(seed) for user, seed in made.nats_seeds.items()})


def secret_settings(service: str, kept: Path, made: Secrets) -> dict[str, str]:
    """The part of a service's settings that nobody else may know."""
    every = service_environment(service, kept, _addresses(made), usual_ports())
    return {name: value for name, value in every.items() if name in SECRET_SETTINGS}


def _addresses(made: Secrets) -> Addresses:
    return Addresses(
        nats_url=NATS_URL,
        nats_seeds=made.nats_seeds,
        nats_replicas=1,
        nats_monitors=(),
        mongo_urls={name: mongo_url(name, made.mongo_passwords[name]) for name in SERVICES},
        s3_endpoint=OBJECTS,
        s3_keys=made.s3_keys,
    )


def _admin_files(made: Secrets, setup: Setup) -> dict[str, str]:
    seed = OWN_SECRETS / "admin.nk"
    context = {
        "services": service_urls(),
        "nats": {"urls": [NATS_URL], "replicas": 1, "seeds": {"admin": str(seed)}},
    }
    return {
        seed.name: made.nats_seeds["admin"],
        "context.json": json.dumps(context, indent=2),
        SETUP_FILE: setup.model_dump_json(indent=2),
    }


def _auditor_files(made: Secrets, verifier: str) -> dict[str, str]:
    """What reads history, log and documents, and writes nothing."""
    key = made.s3_keys[AUDITOR]
    context = {
        "services": service_urls(),
        "nats": {"urls": [NATS_URL], "replicas": 1, "seeds": {AUDITOR: f"{AUDITOR}.nk"}},
        "storage": {
            "endpoint": OBJECTS,
            "region": REGION,
            "access_key_file": f"{AUDITOR}.s3-access",
            "secret_key_file": f"{AUDITOR}.s3-secret",
            "buckets": {each: each for each in (LOG, EVIDENCE, DOCUMENTS)},
        },
        "vkey": "log.vkey",
    }
    return {
        f"{AUDITOR}.nk": made.nats_seeds[AUDITOR],
        f"{AUDITOR}.s3-access": key.access,
        f"{AUDITOR}.s3-secret": key.secret,
        "log.vkey": f"{verifier}\n",
        "context.json": json.dumps(context, indent=2),
    }


def _kept(path: Path) -> str:
    """A secret of 48 hexadecimal digits, made once."""
    if not path.exists():
        write_private(path, secrets.token_hex(24).encode())
    return path.read_text()


def _lines(settings: Mapping[str, str]) -> str:
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def _hand(folder: Path, files: Mapping[str, str], user: int, own: Own) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        write_private(folder / name, text.encode())
        own(folder / name, user)


def _give(path: Path, user: int) -> None:
    os.chown(path, user, user)


if __name__ == "__main__":
    prepare(HOME, _give)
    print(f"secrets are in place for {MONGO}, {OBJECTS}, {NATS_URL} and {len(SERVICES)} services")
