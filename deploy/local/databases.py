"""The SecantusDB processes of a local stack: a MongoDB server per service, or one for all."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local.ports import LOOPBACK, refuse_busy
from deploy.local.probes import accepts
from deploy.local.processes import Probe, Program, executable, kill, launch, until_ready
from shared.bus import SERVICES

Sharing = Literal["each", "shared"]
Client = MongoClient[dict[str, object]]
USER_EXISTS = 51003
PROBE_MS = 1000
CACHE_SIZE = "128M"


@dataclass(frozen=True, slots=True)
class Database:
    """One server process and the services that keep their database in it."""

    name: str
    port: int
    folder: Path
    services: tuple[str, ...]


def databases(folder: Path, ports: Mapping[str, int], sharing: Sharing) -> tuple[Database, ...]:
    """A server is one Python process: apart they are five times faster, together they are small."""
    home = folder / "mongo"
    if sharing == "shared":
        return (Database("mongo", ports[SERVICES[0]], home / "shared", SERVICES),)
    return tuple(
        Database(f"mongo-{service}", ports[service], home / service, (service,))
        for service in SERVICES
    )


def mongo_url(service: str, port: int, password: str) -> str:
    """The user, the database and the source of the user are all named after the service."""
    return f"mongodb://{service}:{password}@{LOOPBACK}:{port}/{service}?authSource={service}"


def database_program(database: Database, passwords: Mapping[str, str]) -> Program:
    """Says how to run it with SCRAM on; ready when every service can log in."""
    urls = tuple(mongo_url(each, database.port, passwords[each]) for each in database.services)
    return _program(database, ("--auth",), _serves(database.port, urls))


def _program(database: Database, options: tuple[str, ...], ready: Probe) -> Program:
    return Program(
        name=database.name,
        argv=(
            executable("secantusd-py"),
            *("--config", str(_config(database))),
            *("--host", LOOPBACK, "--port", str(database.port)),
            *("--storage-path", str(database.folder / "data")),
            # without it the last acknowledged write is lost when the process is killed
            *("--sync-on-commit", "--cache-size", CACHE_SIZE),
            *options,
        ),
        log=database.folder / f"{database.name}.log",
        ready=ready,
        ports=(database.port,),
    )


def _config(database: Database) -> Path:
    """An empty file, so that no settings of the machine's owner slip in."""
    path = database.folder / "secantusd.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return path


async def provision(database: Database, passwords: Mapping[str, str]) -> None:
    """Creates the users of a new server, which needs it to run without SCRAM once.

    May be repeated: the mark that it is done is written last. Raises CannotStart.
    """
    done, users = database.folder / "users-created", " ".join(database.services)
    if done.exists() and done.read_text() == users:
        return
    open_url = f"mongodb://{LOOPBACK}:{database.port}/"
    program = _program(database, (), _serves(database.port, (open_url,)))
    await refuse_busy(program.name, program.ports)
    process = await launch(program)
    try:
        await until_ready(program, process)
        await asyncio.to_thread(create_users, open_url, database.services, passwords)
    finally:
        # each commit is on disk already, and a gentle stop takes three seconds
        await kill(process)
    done.write_text(users)


def create_users(url: str, services: tuple[str, ...], passwords: Mapping[str, str]) -> None:
    """A user for each service in its own database; one that is there gets its password again."""
    with _client(url) as client:
        for service in services:
            _create_user(client, service, passwords[service])


def _create_user(client: Client, service: str, password: str) -> None:
    roles = [{"role": "readWrite", "db": service}]
    try:
        client[service].command("createUser", service, pwd=password, roles=roles)
    except OperationFailure as refusal:
        if refusal.code != USER_EXISTS:
            raise
        client[service].command("updateUser", service, pwd=password, roles=roles)


def _serves(port: int, urls: tuple[str, ...]) -> Probe:
    async def ready() -> bool:
        # the driver takes a second to find out that nobody listens
        return await accepts(port) and await asyncio.to_thread(_all_log_in, urls)

    return ready


def _all_log_in(urls: tuple[str, ...]) -> bool:
    try:
        for url in urls:
            with _client(url) as client:
                client.get_database("admin").command("ping")
    except PyMongoError:
        return False
    return True


def _client(url: str) -> Client:
    return MongoClient(url, serverSelectionTimeoutMS=PROBE_MS, maxPoolSize=1)
