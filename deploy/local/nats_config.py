"""The configuration of nats-server: an account for each service, the stream in one of its own.

Users that share an account can forge each other's facts: the server does not hold the reply
subject of a request against the permissions. So each service lives in an account that sees the
stream only through the subjects exported to it, and so do people who only read. The text is
JSON, which nats-server reads.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from shared.bus import SERVICES, durables, subjects_may_publish
from shared.history.names import CHECKPOINT_SUBJECT, CHECKPOINTS, PREFIX, STREAM

OWNER = "INDA"
READERS = ("auditor",)
"""Users for people, not for programs: they ask for facts and checkpoints, and say nothing."""
API = "$JS.API"
MAX_PAYLOAD_BYTES = 1024 * 1024
MAX_MEMORY_BYTES = 64 * 1024 * 1024

Answers = Literal["singleton", "stream"]
Section = dict[str, object]


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificate files of a server, as it sees them."""

    cert_file: str
    key_file: str
    ca_file: str


@dataclass(frozen=True, slots=True)
class Node:
    """One server: addresses are `host:port`, `monitor` should stay on loopback."""

    name: str
    listen: str
    monitor: str
    store: str
    max_file_bytes: int = 10 * 1024**3
    tls: Tls | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """What a node needs to find the others: `routes` are the `host:port` of all nodes."""

    listen: str
    routes: tuple[str, ...]
    password: str
    name: str = "inda"


@dataclass(frozen=True, slots=True)
class Request:
    """A subject a user may send to, and whether one answer comes back or several."""

    subject: str
    answers: Answers = "singleton"

    @property
    def local(self) -> str:
        """Its name inside the account of a user; the API may not be imported as itself."""
        return self.subject.replace(f"{API}.", f"{PREFIX}.", 1)


def requests(user: str) -> tuple[Request, ...]:
    """All that a user may publish: a service its own facts, reads of the stream, its own consumers.

    The service of audit, which has no facts, also says the checkpoints of the log, and nobody
    else. It and the readers, who only read, may read them.
    """
    if user in READERS:
        return (*_reads(), *_reads_log())
    facts = (Request(subject) for subject in subjects_may_publish(user))
    log = (Request(CHECKPOINT_SUBJECT), *_reads_log()) if user == "audit" else ()
    return (*facts, *_reads(), *_pulls(user), *log)


def _reads() -> Iterator[Request]:
    yield Request(f"{API}.STREAM.INFO.{STREAM}")
    yield Request(f"{API}.STREAM.MSG.GET.{STREAM}")
    yield Request(f"{API}.DIRECT.GET.{STREAM}", "stream")
    yield Request(f"{API}.DIRECT.GET.{STREAM}.>")


def _reads_log() -> Iterator[Request]:
    yield Request(f"{API}.STREAM.INFO.{CHECKPOINTS}")
    yield Request(f"{API}.STREAM.MSG.GET.{CHECKPOINTS}")
    yield Request(f"{API}.DIRECT.GET.{CHECKPOINTS}", "stream")


def _pulls(service: str) -> Iterator[Request]:
    for durable in durables(service):
        yield Request(f"{API}.CONSUMER.INFO.{STREAM}.{durable}")
        yield Request(f"{API}.CONSUMER.MSG.NEXT.{STREAM}.{durable}", "stream")
        yield Request(f"$JS.ACK.{STREAM}.{durable}.>")


def render(node: Node, public_keys: Mapping[str, str], cluster: Cluster | None = None) -> str:
    """The text of a nats-server configuration; `public_keys` are those of `keys.NATS_USERS`."""
    config: Section = {
        "server_name": node.name,
        "listen": node.listen,
        "http": node.monitor,
        "max_payload": MAX_PAYLOAD_BYTES,
        "jetstream": {
            "store_dir": node.store,
            "max_file_store": node.max_file_bytes,
            "max_memory_store": MAX_MEMORY_BYTES,
            # the default acknowledges what is not yet on disk, and loses it with the power
            "sync_interval": "always",
        },
        # the newer acknowledgement subject carries the account, and cannot be imported as it is
        "feature_flags": {"js_ack_fc_v2": False},
        "accounts": _accounts(public_keys),
        "system_account": "SYS",
    }
    if node.tls is not None:
        config["tls"] = _tls(node.tls)
    if cluster is not None:
        config["cluster"] = _cluster(cluster, node.tls)
    return json.dumps(config, indent=2) + "\n"


def _accounts(public_keys: Mapping[str, str]) -> Section:
    own = {user.upper(): _own_account(user, public_keys[user]) for user in (*SERVICES, *READERS)}
    system: Section = {"users": [{"nkey": public_keys["system"]}]}
    return {OWNER: _owner_account(public_keys["admin"]), **own, "SYS": system}


def _owner_account(admin_key: str) -> Section:
    return {
        "jetstream": "enabled",
        "users": [_user("admin", admin_key, [f"{API}.>", "$JS.ACK.>"])],
        "exports": list(_exports()),
    }


def _exports() -> Iterator[Section]:
    accounts: dict[Request, list[str]] = {}
    for user in (*SERVICES, *READERS):
        for request in requests(user):
            accounts.setdefault(request, []).append(user.upper())
    for request, named in accounts.items():
        yield {
            "service": request.subject,
            "response_type": request.answers,
            "accounts": named,
        }


def _own_account(user: str, key: str) -> Section:
    allowed = requests(user)
    return {
        "users": [_user(user, key, [request.local for request in allowed])],
        "imports": [
            {
                "service": {"account": OWNER, "subject": request.subject},
                "to": request.local,
            }
            for request in allowed
        ],
    }


def _user(name: str, key: str, publish: list[str]) -> Section:
    return {
        "nkey": key,
        "permissions": {
            "publish": {"allow": publish},
            "subscribe": {"allow": [f"{inbox(name)}.>"]},
        },
    }


def inbox(user: str) -> str:
    """The only place where a user may listen; clients name it as their inbox prefix."""
    return f"_INBOX_{user}"


def _cluster(cluster: Cluster, tls: Tls | None) -> Section:
    login = f"route:{cluster.password}"
    section: Section = {
        "name": cluster.name,
        "listen": cluster.listen,
        "no_advertise": True,
        "authorization": {"user": "route", "password": cluster.password, "timeout": 3},
        "routes": [f"nats://{login}@{address}" for address in cluster.routes],
    }
    return section if tls is None else {**section, "tls": {**_tls(tls), "verify": True}}


def _tls(tls: Tls) -> Section:
    return {"cert_file": tls.cert_file, "key_file": tls.key_file, "ca_file": tls.ca_file}
