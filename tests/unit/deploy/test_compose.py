"""The containers are the local stack: the same commands, settings, ports and health paths."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from deploy.cli.context import read_context
from deploy.compose.enter import settings_in
from deploy.compose.healthy import answers
from deploy.compose.prepare import SECRET_SETTINGS, prepare
from deploy.local.applications import STOP_SECONDS, base_urls, issuer_program, service_programs
from deploy.local.keys import load_or_make
from deploy.local.objects import objects_program
from deploy.local.ports import LOOPBACK, Ports, free_ports, usual_ports
from deploy.local.processes import Program, executable
from deploy.local.stack import Addresses
from shared.bus import SERVICES
from shared.settings import ServiceSettings
from shared.transparency import SigningKey
from tests.unit.deploy.composed import COMPOSE_FILE, PRODUCTION, ROOT, development, services

OPTIONAL = {
    *("INDA_ENVIRONMENT", "INDA_AUDIENCE", "INDA_S3_PUBLIC_ENDPOINT", "INDA_S3_SECURE"),
    "INDA_CLAMAV_HOST",
    *("INDA_RECEIPT_ISSUER", "INDA_RECEIPT_OLD_KEYS_FILE"),
    *("INDA_SMTP_HOST", "INDA_SMTP_PORT", "INDA_SMTP_SECURITY", "INDA_MAIL_FROM"),
    *("INDA_SMTP_USER", "INDA_SMTP_PASSWORD"),
    "INDA_LOG_OLD_KEY_FILE",
    *("INDA_LOG_WITNESSES", "INDA_LOG_WITNESS_QUORUM", "INDA_LOG_TIMESTAMP_URL"),
    *("INDA_LOG_TIMESTAMP_CERTIFICATES_FILE", "INDA_LOG_TIMESTAMP_SECONDS"),
}
LOCAL_ONLY = {"INDA_CLOCK_AHEAD_FILE"}
"""For training seasons; production refuses to start with it."""
WITH_SETTINGS = sorted(path.parent.name for path in ROOT.glob("services/*/settings.py"))
SERVER_READERS = {"nats", "mongo", "objects"}
SETUP = {"stream", "users", "buckets"}


def programs(folder: Path, ports: Ports) -> dict[str, Program]:
    """The services and the issuer as `make run` starts them."""
    made = load_or_make(folder)
    urls = dict.fromkeys(SERVICES, "mongodb://")
    at = Addresses("nats://", made.nats_seeds, 1, (), urls, "s3", made.s3_keys)
    started = [issuer_program(folder, ports), *service_programs(folder, at, ports)]
    return {program.name: program for program in started}


def handed(home: Path) -> dict[str, set[str]]:
    """Who may read which of the files that `prepare` makes."""
    prepare(home, lambda path, user: None)
    return {each.name: {file.name for file in each.iterdir()} for each in home.iterdir()}


def settings_of(service: str, home: Path, environment: dict[str, str]) -> dict[str, str]:
    """All that a container of this service is told, once `secrets` has run."""
    prepare(home, lambda path, user: None)
    secret = settings_in((home / service / "environment").read_text())
    return {**secret, **services(environment)[service]["environment"]}


def test_the_compose_file_follows_its_schema() -> None:
    told = subprocess.run(
        [
            *(executable("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"),
            str(COMPOSE_FILE),
        ],
        capture_output=True,
        text=True,
    )
    assert (told.returncode, told.stdout.strip()) == (0, "ok -- validation done")


@pytest.mark.parametrize("name", [*SERVICES, "issuer"])
def test_a_container_runs_the_command_of_the_local_stack(name: str, tmp_path: Path) -> None:
    spelled = {sys.executable: "python", LOOPBACK: "0.0.0.0"}
    local = programs(tmp_path, usual_ports())[name].argv
    assert services()[name]["command"] == [spelled.get(word, word) for word in local]


@pytest.mark.parametrize("name", [*SERVICES, "issuer"])
def test_a_container_has_the_settings_of_the_local_stack(name: str, tmp_path: Path) -> None:
    local = {each for each in programs(tmp_path, usual_ports())[name].env if each[:5] == "INDA_"}
    composed = set(services()[name]["environment"])
    secret = {each for each in local if each in SECRET_SETTINGS}
    port = {"INDA_PORT"}
    assert (composed | secret) - OPTIONAL == (local - LOCAL_ONLY) | port
    assert not composed & SECRET_SETTINGS


@pytest.mark.parametrize("environment", [dict(PRODUCTION), development()])
@pytest.mark.parametrize("service", WITH_SETTINGS)
def test_a_service_accepts_the_settings_of_its_container(
    service: str,
    environment: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = settings_of(service, tmp_path, environment)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    kind: type[ServiceSettings] = import_module(f"services.{service}.settings").Settings
    loaded = kind.load()
    required = {
        f"INDA_{n.upper()}" for n, field in kind.model_fields.items() if field.is_required()
    }
    assert required <= set(told)
    assert (loaded.service, loaded.port) == (service, usual_ports().services[service])
    assert loaded.environment == environment.get("INDA_ENVIRONMENT", "production")


def test_without_an_identity_provider_nothing_starts() -> None:
    with pytest.raises(KeyError, match="INDA_JWKS_URL: set it"):
        services({})


def test_the_auditor_finds_the_services_by_name() -> None:
    told = services()["audit"]["environment"]["INDA_SERVICE_URLS"]
    local = base_urls(usual_ports())
    named = (f"{name}={local[name].replace(LOOPBACK, name)}" for name in SERVICES[:-1])
    assert told == ",".join(named)


def test_ports_are_those_of_the_local_stack_and_reached_from_this_machine_only() -> None:
    ports = usual_ports()
    numbers = {**ports.services, "issuer": ports.issuer, "objects": ports.s3.s3}
    published = {name: each["ports"] for name, each in services().items() if "ports" in each}
    assert published == {name: [f"{LOOPBACK}:{port}:{port}"] for name, port in numbers.items()}


@asynccontextmanager
async def healthy_only_at(path: str, port: int) -> AsyncGenerator[None]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        status = "200 OK" if asked == path else "404 Not Found"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, LOOPBACK, port)
    async with server:
        yield


@pytest.mark.parametrize("name", [*SERVICES, "issuer"])
async def test_a_container_asks_for_the_health_that_the_local_stack_asks_for(
    name: str, tmp_path: Path
) -> None:
    asking = services()[name]["healthcheck"]["test"]
    assert asking[:-1] == ["CMD", "python", "-m", "deploy.compose.healthy"]
    with free_ports() as ports:
        program = programs(tmp_path, ports)[name]
        (port,) = program.ports
        async with healthy_only_at(asking[-1], port):
            assert await program.ready()
            assert await asyncio.to_thread(answers, port, asking[-1])
            assert not await asyncio.to_thread(answers, port, "/elsewhere")
        assert not await asyncio.to_thread(answers, port, asking[-1])


def test_a_container_has_as_long_to_stop_as_a_local_process() -> None:
    composed = services()
    times = {composed[name]["stop_grace_period"] for name in (*SERVICES, "issuer")}
    assert times == {f"{STOP_SECONDS:.0f}s"}


def test_services_wait_for_stream_users_and_buckets() -> None:
    composed = services()
    for name in SERVICES:
        waits = {who: how["condition"] for who, how in composed[name]["depends_on"].items()}
        done = "service_completed_successfully"
        buckets = {"buckets": done} if "documents" in composed[name]["networks"] else {}
        assert waits == {"nats": "service_healthy", "stream": done, "users": done, **buckets}


def test_each_container_sees_its_own_secrets_and_no_others(tmp_path: Path) -> None:
    made = set(handed(tmp_path)) - {"kept"}
    assert made == {*SERVICES, *SERVER_READERS, "admin", "auditor"}
    mounted: dict[str, set[str]] = {}
    for name, each in services().items():
        for volume in each.get("volumes", []):
            if volume.endswith(":/run/inda:ro"):
                mounted.setdefault(volume.split(":")[0].removeprefix("for-"), set()).add(name)
    alone = (*SERVICES, *SERVER_READERS, "auditor")
    assert mounted == {"admin": SETUP, **{who: {who} for who in alone}}
    writes = {each for each in services()["secrets"]["volumes"] if "kept" not in each}
    assert writes == {f"for-{name}:/secrets/{name}" for name in made}


def test_secrets_are_made_once(tmp_path: Path) -> None:
    def all_files() -> dict[Path, bytes]:
        prepare(tmp_path, lambda path, user: None)
        return {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}

    assert all_files() == all_files()


def test_files_are_readable_by_the_user_of_their_container_only(tmp_path: Path) -> None:
    owners: dict[str, int] = {}
    prepare(tmp_path, lambda path, user: owners.update({f"{path.parent.name}/{path.name}": user}))
    assert owners == {
        "nats/nats.conf": 0,
        "objects/keys.json": 0,
        "mongo/keyfile": 999,
        "mongo/root-password": 999,
        "admin/admin.nk": 10001,
        "admin/context.json": 10001,
        "admin/setup.json": 10001,
        "auditor/auditor.nk": 10001,
        "auditor/auditor.s3-access": 10001,
        "auditor/auditor.s3-secret": 10001,
        "auditor/context.json": 10001,
        "auditor/log.vkey": 10001,
        "submission/receipt-key.pem": 10001,
        "verification/webhook-key": 10001,
        "audit/log-key": 10001,
        **{f"{service}/environment": 10001 for service in SERVICES},
    }
    modes = {each.stat().st_mode & 0o777 for each in tmp_path.rglob("*") if each.is_file()}
    assert modes == {0o600}


def test_the_server_accepts_its_configuration(tmp_path: Path) -> None:
    prepare(tmp_path, lambda path, user: None)
    file = tmp_path / "nats" / "nats.conf"
    assert services()["nats"]["command"] == ["nats-server", "--config", "/run/inda/nats.conf"]
    checked = subprocess.run(
        [executable("nats-server"), "-t", "-c", str(file)], capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(file.read_text())
    assert (checked.returncode, told["http"], told["jetstream"]["store_dir"]) == (
        *(0, "127.0.0.1:8222"),
        "/data",
    )


def test_the_object_storage_has_the_options_of_the_local_stack(tmp_path: Path) -> None:
    composed = set(services()["objects"]["command"])
    local = objects_program(tmp_path, usual_ports().s3, load_or_make(tmp_path).s3_keys).argv
    same = ("-s3.iam", "-s3.auto", "-s3.allowed", "-s3.port=", "-master.telemetry", "-logto")
    switched_off = ("-s3.port.iceberg", "-s3.port.lance")
    wanted = {each for each in local if each.startswith((*same, *switched_off))}
    assert len(wanted) == 8
    assert wanted <= composed


def test_the_stream_is_applied_with_the_command_line_and_the_seed_of_the_admin(
    tmp_path: Path,
) -> None:
    prepare(tmp_path, lambda path, user: None)
    context = json.loads((tmp_path / "admin" / "context.json").read_text())
    stream = services()["stream"]
    assert stream["command"] == ["inda", "stream", "apply", "--yes"]
    assert stream["environment"] == {"INDA_CONTEXT": "/run/inda/context.json"}
    assert context["nats"] == {
        "urls": ["nats://nats:4222"],
        "replicas": 1,
        "seeds": {"admin": "/run/inda/admin.nk"},
    }
    assert context["services"]["audit"] == "http://audit:8005"


def test_who_audits_gets_keys_of_their_own_and_the_verifier_key_of_the_log(tmp_path: Path) -> None:
    prepare(tmp_path, lambda path, user: None)
    made, folder = load_or_make(tmp_path / "kept"), tmp_path / "auditor"
    context = read_context(folder / "context.json")
    nats, storage = context.nats, context.storage
    assert nats is not None
    assert storage is not None
    assert {user: file.read_text() for user, file in nats.seeds.items()} == {
        "auditor": made.nats_seeds["auditor"]
    }
    files = (storage.access_key_file, storage.secret_key_file)
    own = made.s3_keys["auditor"]
    assert tuple(file.read_text() for file in files) == (own.access, own.secret)
    signs = SigningKey.from_text((tmp_path / "audit" / "log-key").read_text())
    assert (folder / "log.vkey").read_text() == f"{signs.verifier.text}\n"
    told = services()["auditor"]["environment"]
    assert told == {"INDA_CONTEXT": "/run/inda/context.json"}


def test_the_development_issuer_and_the_auditor_are_there_only_when_asked_for() -> None:
    profiles = {name: each["profiles"] for name, each in services().items() if "profiles" in each}
    assert profiles == {
        "accounts": ["development"],
        "issuer": ["development"],
        "auditor": ["auditor"],
    }
