"""The services and the development issuer as programs beside the servers."""

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path

from joserfc.jwk import OKPKey

from deploy.local.issuer.keys import write_private
from deploy.local.ports import LOOPBACK, Ports
from deploy.local.probes import http_ok
from deploy.local.processes import Program
from deploy.local.stack import Addresses
from shared.bus import SERVICES
from shared.transparency import SigningKey

CLOCK_FILE = "clock-ahead-seconds"
RECEIPT_KEY = "receipt-key.pem"
WEBHOOK_KEY = "webhook-key"
LOG_KEY = "log-key"
LOG_ORIGIN = "inda.local/log"
LOG_INTERVAL_SECONDS = 2
MAIL_FOLDER = "mail"
STOP_SECONDS = 20.0
REQUESTS_MAY_FINISH_SECONDS = 8


def base_urls(ports: Ports) -> dict[str, str]:
    """Where each service answers."""
    return {name: f"http://{LOOPBACK}:{port}" for name, port in ports.services.items()}


def issuer_url(ports: Ports) -> str:
    return f"http://{LOOPBACK}:{ports.issuer}"


def issuer_program(folder: Path, ports: Ports) -> Program:
    """The development issuer; its accounts and its key lie in `folder/issuer`."""
    home = folder / "issuer"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    env = {"INDA_ISSUER_FOLDER": str(home), "INDA_ISSUER": issuer_url(ports)}
    return _served("issuer", "deploy.local.issuer:create_app", folder, ports.issuer, env, "live")


def service_programs(
    folder: Path, at: Addresses, ports: Ports, *, replicas: Mapping[str, int] | None = None
) -> list[Program]:
    """One process a service; `replicas` adds a second of it on the port given."""
    programs = [_service(name, name, folder, at, ports, ports.services[name]) for name in SERVICES]
    for name, port in (replicas or {}).items():
        programs.append(_service(name, f"{name}-2", folder, at, ports, port))
    return programs


def _service(
    service: str, name: str, folder: Path, at: Addresses, ports: Ports, port: int
) -> Program:
    env = service_environment(service, folder, at, ports)
    app = f"services.{service}.app:create_app"
    return _served(name, app, folder, port, {**env, "INDA_PORT": str(port)}, "ready")


def service_environment(service: str, folder: Path, at: Addresses, ports: Ports) -> dict[str, str]:
    """The settings of a service, as the environment variables that production sets too."""
    env = {
        "INDA_SERVICE": service,
        "INDA_NATS_URLS": at.nats_url,
        "INDA_NATS_SEED": at.nats_seeds[service],
        "INDA_MONGO_URL": at.mongo_urls[service],
        "INDA_MONGO_DATABASE": service,
        "INDA_JWKS_URL": f"{issuer_url(ports)}/jwks.json",
        "INDA_ISSUER": issuer_url(ports),
        "INDA_LOG_FORMAT": "console",
        "INDA_CLOCK_AHEAD_FILE": str(folder / CLOCK_FILE),
    }
    key = at.s3_keys.get(service)
    if key is not None:
        env |= {
            "INDA_S3_ENDPOINT": at.s3_endpoint,
            "INDA_S3_ACCESS_KEY": key.access,
            "INDA_S3_SECRET_KEY": key.secret,
        }
    if service == "submission":
        env["INDA_RECEIPT_KEY_FILE"] = str(receipt_key_file(folder))
    if service == "verification":
        env["INDA_WEBHOOK_KEY_FILE"] = str(webhook_key_file(folder))
        env["INDA_MAIL_FOLDER"] = str(folder / MAIL_FOLDER)
    if service == "scoring":
        env["INDA_SEALING_KEY"] = sealing_key(folder)
    if service == "awards":
        env["INDA_PUBLIC_URL"] = base_urls(ports)["awards"]
        env["INDA_LOG_VKEY"] = log_verifier(folder)
    if service == "audit":
        env["INDA_SERVICE_URLS"] = ",".join(
            f"{name}={url}" for name, url in base_urls(ports).items() if name != "audit"
        )
        env["INDA_LOG_ORIGIN"] = LOG_ORIGIN
        env["INDA_LOG_KEY_FILE"] = str(log_key_file(folder))
        env["INDA_LOG_INTERVAL_SECONDS"] = str(LOG_INTERVAL_SECONDS)
    return env


def sealing_key(folder: Path) -> str:
    """Made once and kept: without it sealed scores can never be opened."""
    path = folder / "sealing-key"
    if not path.exists():
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()


def webhook_key_file(folder: Path) -> Path:
    """Made once and kept: every webhook's secret follows from it."""
    path = folder / WEBHOOK_KEY
    if not path.exists():
        fresh = path.with_name(f"{path.name}.new")
        write_private(fresh, secrets.token_hex(32).encode())
        fresh.replace(path)
    return path


def log_key_file(folder: Path, origin: str = LOG_ORIGIN) -> Path:
    """Made once and kept: the log of the history is signed with it."""
    path = folder / LOG_KEY
    if not path.exists():
        fresh = path.with_name(f"{path.name}.new")
        write_private(fresh, f"{SigningKey.made(origin).text}\n".encode())
        fresh.replace(path)
    return path


def log_verifier(folder: Path) -> str:
    """The public half of the key that the log is signed with."""
    return SigningKey.from_text(log_key_file(folder).read_text()).verifier.text


def receipt_key_file(folder: Path) -> Path:
    """Made once and kept: receipts are signed with it."""
    path = folder / RECEIPT_KEY
    if not path.exists():
        fresh = path.with_name(f"{path.name}.new")
        write_private(fresh, OKPKey.generate_key("Ed25519").as_pem(private=True))
        fresh.replace(path)
    return path


def _served(
    name: str, factory: str, folder: Path, port: int, env: Mapping[str, str], health: str
) -> Program:
    return Program(
        name=name,
        argv=(
            *(sys.executable, "-m", "uvicorn", factory, "--factory"),
            *("--host", LOOPBACK, "--port", str(port)),
            *("--no-access-log", "--log-level", "warning"),
            *("--timeout-graceful-shutdown", str(REQUESTS_MAY_FINISH_SECONDS)),
        ),
        log=folder / "logs" / f"{name}.log",
        ready=http_ok(port, f"/health/{health}"),
        env={"PYTHONUNBUFFERED": "1", **env},
        ports=(port,),
        ready_seconds=60.0,
        stop_seconds=STOP_SECONDS,
    )
