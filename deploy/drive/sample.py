"""The sample season of `make run`, and the accounts that go with it."""

import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import httpx
from pydantic import TypeAdapter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.drive.people import World
from deploy.local.issuer import Account
from deploy.sample.agencies import tree_of
from deploy.sample.people import accounts
from deploy.sample.plan import Script
from deploy.sample.script import small_season

ACCOUNTS = TypeAdapter(tuple[Account, ...])
CONNECTIONS = 16


def accounts_of(script: Script, folder: Path) -> tuple[Account, ...]:
    """Everybody in the script; passwords are made once and kept with the issuer's accounts."""
    kept = folder / "issuer" / "accounts.json"
    before = ACCOUNTS.validate_json(kept.read_bytes()) if kept.exists() else ()
    known = {each.username: each.password for each in before}
    tree = tree_of(script.agencies)
    operators = dict.fromkeys(plan.agency_code for plan in script.innovations)
    made = accounts(tree, operators, lambda name: known.get(name) or secrets.token_urlsafe(9))
    return tuple(Account.model_validate(asdict(each)) for each in made)


def ready_made_accounts(folder: Path) -> tuple[Account, ...]:
    """The accounts that `make run` prints."""
    return accounts_of(small_season(), folder)


def world_of(urls: dict[str, str], issuer: str, people: tuple[Account, ...]) -> World:
    """A world whose HTTP client the caller closes."""
    client = httpx.AsyncClient(
        timeout=60,
        trust_env=False,
        limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
    )
    return World(urls, issuer, {each.username: each.password for each in people}, client)


def progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


async def load_sample(
    urls: dict[str, str],
    issuer: str,
    people: tuple[Account, ...],
    folder: Path,
    console: Console,
) -> None:
    """Plays the small season once; a folder that has it, or a part of it, is left as it is."""
    begun, done = folder / "sample-begun", folder / "sample-loaded"
    if done.exists():
        return
    if begun.exists():
        console.print("The sample season was not loaded to its end; what is there stays as it is.")
        return
    begun.touch()
    # making PDFs takes a second to import, and every start but the first does without
    from deploy.drive.season import play_season

    script = small_season()
    world = world_of(urls, issuer, people)
    with progress(console) as bar:
        bars = {
            name: bar.add_task(name, total=len(script.innovations))
            for name in ("submitted", "verified")
        }

        def step(name: str) -> None:
            if name in bars:
                bar.advance(bars[name])

        try:
            await play_season(world, script, datetime.now(UTC), step)
        finally:
            await world.http.aclose()
    done.touch()
