"""The secrets of one local stack: made once, kept in its data folder for its owner only."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import nkeys
from pydantic import BaseModel, ConfigDict, ValidationError

from deploy.local.nats_config import READERS
from deploy.local.processes import CannotStart
from shared.bus import SERVICES

FILE = "secrets.json"
NATS_USERS = (*SERVICES, *READERS, "admin", "system")
S3_USERS = ("admin", "submission", "verification", "awards", "audit", *READERS)


class S3Key(BaseModel):
    model_config = ConfigDict(frozen=True)

    access: str
    secret: str


class Secrets(BaseModel):
    """NATS seeds and S3 keys by user, MongoDB passwords by service."""

    model_config = ConfigDict(frozen=True)

    nats_seeds: Mapping[str, str]
    route_password: str
    mongo_passwords: Mapping[str, str]
    s3_keys: Mapping[str, S3Key]


def load_or_make(folder: Path) -> Secrets:
    """The secrets of a folder, with new ones for users that came since.

    Raises CannotStart when their file is damaged.
    """
    path = folder / FILE
    kept = _read(path) if path.exists() else None
    complete = _filled(kept, make()) if kept is not None else make()
    if complete != kept:
        _write_private(path, complete.model_dump_json(indent=2))
    return complete


def _read(path: Path) -> Secrets:
    try:
        return Secrets.model_validate_json(path.read_text())
    except ValidationError as error:
        raise CannotStart(f"The file {path} is damaged; restore it or use a new folder.") from error


def _filled(kept: Secrets, fresh: Secrets) -> Secrets:
    return Secrets(
        nats_seeds={**fresh.nats_seeds, **kept.nats_seeds},
        route_password=kept.route_password,
        mongo_passwords={**fresh.mongo_passwords, **kept.mongo_passwords},
        s3_keys={**fresh.s3_keys, **kept.s3_keys},
    )


def make() -> Secrets:
    return Secrets(
        nats_seeds={user: new_seed() for user in NATS_USERS},
        route_password=secrets.token_hex(24),
        mongo_passwords={service: secrets.token_hex(24) for service in SERVICES},
        s3_keys={
            user: S3Key(access=f"inda-{user}", secret=secrets.token_hex(24)) for user in S3_USERS
        },
    )


def new_seed() -> str:
    """The seed of a new NATS user key."""
    return nkeys.encode_seed(secrets.token_bytes(32), nkeys.PREFIX_BYTE_USER).decode()


def public_key(seed: str) -> str:
    pair = nkeys.from_seed(bytearray(seed.encode()))
    return bytes(cast("bytes", pair.public_key)).decode()  # annotated as an object, is bytes


def _write_private(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    fresh.replace(path)
