"""Where the containers find each other and their secrets. Pure."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from deploy.local.keys import S3Key
from deploy.local.ports import usual_ports

OWN_SECRETS = Path("/run/inda")
"""Where a container sees its own secrets, and no others."""

NATS_URL = "nats://nats:4222"
NATS_MONITOR = "127.0.0.1:8222"
MONGO = "mongo:27017"
OBJECTS = "objects:8333"
REPLICA_SET = "inda"
ROOT = "root"
SETUP_FILE = "setup.json"


class Setup(BaseModel):
    """What the one-shots that make users and buckets must know; no service sees it."""

    model_config = ConfigDict(frozen=True)

    mongo_root_password: str
    mongo_passwords: Mapping[str, str]
    s3_admin: S3Key


def own_setup() -> Setup:
    """The setup that was handed to this container."""
    return Setup.model_validate_json((OWN_SECRETS / SETUP_FILE).read_text())


def mongo_url(service: str, password: str) -> str:
    """User, database and source of the user are all named after the service."""
    query = f"authSource={service}&replicaSet={REPLICA_SET}"
    return f"mongodb://{service}:{password}@{MONGO}/{service}?{query}"


def service_urls() -> dict[str, str]:
    """Each service answers under its name, on the port that it has in `make run`."""
    return {name: f"http://{name}:{port}" for name, port in usual_ports().services.items()}
