"""`make run`: the whole stack on this machine, in the foreground, until Ctrl-C."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from deploy.drive.people import Unexpected
from deploy.drive.sample import load_sample, ready_made_accounts
from deploy.local.applications import (
    base_urls,
    issuer_program,
    issuer_url,
    service_programs,
)
from deploy.local.context import write_context
from deploy.local.follow import follow
from deploy.local.issuer import Account, write_accounts
from deploy.local.ports import Ports, ports_from
from deploy.local.processes import CannotStart
from deploy.local.restoring import prepared, restored
from deploy.local.stack import Addresses, Servers
from shared.bus import apply_in_time
from shared.errors import Unavailable
from shared.history import Connection

NARROWEST = 110
console = Console(highlight=False)
if console.width < NARROWEST:
    # Passwords that are cut off help nobody; a narrow terminal may wrap them.
    console = Console(highlight=False, width=NARROWEST)
APPLY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Stack:
    """The running whole: servers, issuer and services."""

    folder: Path
    ports: Ports
    addresses: Addresses
    servers: Servers

    @property
    def urls(self) -> dict[str, str]:
        return base_urls(self.ports)

    @property
    def issuer(self) -> str:
        return issuer_url(self.ports)

    def pids(self) -> dict[str, int]:
        return self.servers.supervisor.pids()


@asynccontextmanager
async def stack(
    folder: Path,
    ports: Ports,
    *,
    replicas: dict[str, int] | None = None,
    say: bool = True,
    restore: Path | None = None,
) -> AsyncGenerator[Stack]:
    """Starts everything and stops it on leaving. Raises `CannotStart` with one sentence.

    A stack that is new may begin with the history in an archive: `restore` is its folder.
    """
    began = time.monotonic()
    lost = None if restore is None else prepared(folder, restore)

    def tell(line: str) -> None:
        if say:
            console.print(f"[dim]{time.monotonic() - began:6.1f} s[/]  {line}")

    tell("starting NATS, the databases and the object storage")
    async with Servers(folder, ports, report=lambda line: tell(f"[yellow]{line}[/]")) as servers:
        await apply_stream(servers.addresses)
        if lost is not None:
            await restored(lost, folder, servers.addresses, tell)
        tell("starting the services")
        addresses = servers.addresses
        programs = service_programs(folder, addresses, ports, replicas=replicas)
        await servers.supervisor.start(issuer_program(folder, ports), *programs)
        started = Stack(folder, ports, addresses, servers)
        write_context(folder, started.urls, started.issuer, addresses)
        tell("everything is ready")
        yield started
        tell("stopping the services, then the servers")


async def apply_stream(addresses: Addresses) -> None:
    """Brings stream and consumers to what this build asks for, waiting for a young cluster."""
    admin = Connection(
        tuple(addresses.nats_url.split(",")), "admin", addresses.nats_seeds["admin"], admin=True
    )
    await admin.open()
    try:
        await apply_in_time(admin.client, addresses.nats_replicas, APPLY_SECONDS)
    except Unavailable as error:
        raise CannotStart(f"The stream cannot be made: {error}") from error
    finally:
        await admin.close()


def addresses_table(started: Stack) -> Table:
    table = Table(title="Inda is ready", title_justify="left")
    for heading in ("what", "where"):
        table.add_column(heading, no_wrap=True)
    for name, url in started.urls.items():
        table.add_row(name, f"{url}/docs")
    table.add_row("log in (development)", f"{started.issuer}/token")
    table.add_row("NATS", started.addresses.nats_url)
    table.add_row("object storage", f"http://{started.addresses.s3_endpoint}")
    return table


def accounts_table(accounts: Sequence[Account]) -> Table:
    table = Table(title="Ready-made accounts, for development only", title_justify="left")
    for heading in ("log in as", "password", "acts as", "agency"):
        table.add_column(heading, no_wrap=True)
    for account in accounts:
        roles = ", ".join(account.roles)
        table.add_row(account.username, account.password, roles, account.agency or "none")
    return table


def cancelled_by_signals() -> None:
    """While it starts, a signal cancels the work, which stops what has started in order."""
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)


async def until_told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


def prepare_accounts(folder: Path) -> tuple[Account, ...]:
    """The ready-made accounts with this folder's passwords, known to the issuer."""
    (folder / "issuer").mkdir(mode=0o700, parents=True, exist_ok=True)
    accounts = ready_made_accounts(folder)
    write_accounts(folder / "issuer", accounts)
    return accounts


async def serve(
    folder: Path, ports: Ports, *, with_sample: bool, restore: Path | None = None
) -> None:
    cancelled_by_signals()
    accounts = prepare_accounts(folder)
    async with stack(folder, ports, restore=restore) as started:
        if with_sample:
            await load_sample(started.urls, started.issuer, accounts, folder, console)
        for table in (addresses_table(started), accounts_table(accounts)):
            console.print(table)
        # Paths may be long: they stand whole, outside of tables and without a break.
        for line in (
            f"The command line: inda --context {folder}/context.json status",
            f"Logs are below and under {folder}/logs; Ctrl-C stops everything.",
        ):
            console.print(line, soft_wrap=True)
        following = asyncio.create_task(follow(folder / "logs", console))
        await until_told_to_stop()
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following


def main() -> None:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(".inda"))
    parser.add_argument("--no-sample", action="store_true", help="start with an empty season")
    parser.add_argument(
        "--restore", type=Path, help="begin a new folder with the archive and log in this one"
    )
    told = parser.parse_args()
    try:
        ports = ports_from(os.environ)
        with_sample = not told.no_sample and told.restore is None
        served = serve(told.folder.absolute(), ports, with_sample=with_sample, restore=told.restore)
        asyncio.run(served)
    except (CannotStart, Unexpected) as reason:
        sys.exit(f"inda: {reason}")
    except asyncio.CancelledError:
        sys.exit("inda: stopped before it was ready.")


if __name__ == "__main__":
    main()
