"""The nats-server processes of a local stack: one node, or a cluster of three."""

from pathlib import Path

from deploy.local.keys import Secrets, public_key
from deploy.local.nats_config import Cluster, Node, render
from deploy.local.ports import LOOPBACK, NatsPorts
from deploy.local.probes import http_ok
from deploy.local.processes import Program, executable


def nats_programs(
    folder: Path, ports: tuple[NatsPorts, ...], secrets: Secrets
) -> tuple[Program, ...]:
    """Writes a configuration for each of `ports` and says how to run it.

    One node and three keep their data apart: a lone node's history does not become a cluster's.
    """
    public_keys = {user: public_key(seed) for user, seed in secrets.nats_seeds.items()}
    home = folder / ("nats" if len(ports) == 1 else f"nats-cluster-{len(ports)}")
    home.mkdir(parents=True, exist_ok=True)
    routes = tuple(f"{LOOPBACK}:{each.route}" for each in ports)
    return tuple(
        _program(home, number, each, routes, secrets.route_password, public_keys)
        for number, each in enumerate(ports, start=1)
    )


def _program(
    home: Path,
    number: int,
    ports: NatsPorts,
    routes: tuple[str, ...],
    password: str,
    public_keys: dict[str, str],
) -> Program:
    alone = len(routes) == 1
    name = "nats" if alone else f"nats-{number}"
    node = Node(
        name=name,
        listen=f"{LOOPBACK}:{ports.client}",
        monitor=f"{LOOPBACK}:{ports.monitor}",
        store=str(home / name),
    )
    cluster = None if alone else Cluster(f"{LOOPBACK}:{ports.route}", routes, password)
    config = home / f"{name}.conf"
    config.touch(mode=0o600)
    config.write_text(render(node, public_keys, cluster))
    taken = (ports.client, ports.monitor) if alone else (ports.client, ports.monitor, ports.route)
    return Program(
        name=name,
        argv=(executable("nats-server"), "--config", str(config)),
        log=home / f"{name}.log",
        ready=http_ok(ports.monitor, "/healthz"),
        ports=taken,
    )


def nats_url(ports: tuple[NatsPorts, ...]) -> str:
    """Comma-separated, as the clients take it."""
    return ",".join(f"nats://{LOOPBACK}:{each.client}" for each in ports)
