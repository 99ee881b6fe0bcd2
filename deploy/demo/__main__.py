"""The demo from an empty folder to one last line, or a non-zero exit that says what is short."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from deploy.demo.outcome import (
    Outcome,
    fund_table,
    last_line,
    results_json,
    results_tables,
    shortcomings,
)
from deploy.drive.judging import Competition
from deploy.drive.paying import ledger, pay_all
from deploy.drive.people import Unexpected, World
from deploy.drive.sample import accounts_of, progress, world_of
from deploy.drive.season import Tally, play_season, until_scored
from deploy.local.applications import CLOCK_FILE
from deploy.local.issuer import write_accounts
from deploy.local.ports import free_ports
from deploy.local.processes import CannotStart, executable
from deploy.local.run import Stack, stack
from deploy.sample.plan import Script
from deploy.sample.script import whole_season

FILES_PER_INNOVATION = 8
console = Console(highlight=False)


@contextmanager
def working_folder(keep: Path | None) -> Generator[Path]:
    """The folder asked for, or one that is gone afterwards."""
    if keep is not None:
        keep.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(keep.iterdir()):
            raise CannotStart(f"The folder {keep} is not empty; name a new one for the demo.")
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="inda-demo-") as folder:
        yield Path(folder)


async def demonstrate(folder: Path) -> Outcome:
    script = whole_season(FILES_PER_INNOVATION)
    people = accounts_of(script, folder)
    (folder / "issuer").mkdir(mode=0o700, exist_ok=True)
    write_accounts(folder / "issuer", people)
    with free_ports() as ports:
        async with stack(folder, ports) as started:
            world = world_of(started.urls, started.issuer, people)
            try:
                return await _play(world, script, started)
            finally:
                await world.http.aclose()


async def _play(world: World, script: Script, started: Stack) -> Outcome:
    tally = await _season(world, script)
    scored = await until_scored(world, script, tally)
    competition = Competition(world, script, tally.ids)
    await _compete(competition, started.folder, script)
    console.print("paying uang pembinaan: allocated, approved by a second person, paid")
    await pay_all(world, script.competition, datetime.now(UTC))
    funds = await ledger(world, script.competition)
    published = (
        await world.http.get(
            f"{world.urls['awards']}/competitions/{script.competition.competition_id}/results"
        )
    ).json()
    console.print("replaying the whole history and comparing it with what the services serve")
    replay = await _replay(started)
    return Outcome(
        drafted=len(script.innovations),
        submitted=tally.submitted,
        verified=tally.verified,
        scored=scored,
        published=published,
        funds=funds,
        replay=replay,
    )


async def _season(world: World, script: Script) -> Tally:
    with progress(console) as bar:
        bars = {
            name: bar.add_task(name, total=len(script.innovations))
            for name in ("submitted", "verified")
        }

        def step(name: str) -> None:
            if name in bars:
                bar.advance(bars[name])

        return await play_season(world, script, datetime.now(UTC), step)


async def _compete(competition: Competition, folder: Path, script: Script) -> None:
    console.print("judging: three categories, two rounds each, sealed scores")
    await competition.announce()
    await competition.judge()
    await competition.draft_results()
    console.print("hearing objections, then letting the objection window pass")
    await competition.hear_objections()
    days = script.competition.rules.objection_days
    ahead = timedelta(days=days, minutes=1)
    (folder / CLOCK_FILE).write_text(str(int(ahead.total_seconds())))
    await competition.determine_and_publish(datetime.now(UTC) + ahead)


async def _replay(started: Stack) -> dict[str, Any]:
    """As an auditor does it: the command line in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        executable("inda"),
        *("audit", "replay", "--json", "--context", str(started.folder / "context.json")),
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    if process.returncode not in (0, 1):
        raise Unexpected(f"inda audit replay ended with exit status {process.returncode}")
    return json.loads(told)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument(
        "--keep", type=Path, default=None, help="leave data, logs and results there"
    )
    told = parser.parse_args()
    began = time.monotonic()
    try:
        with working_folder(told.keep) as folder:
            outcome = asyncio.run(demonstrate(folder))
            (folder / "results.json").write_text(results_json(outcome))
    except (CannotStart, Unexpected) as reason:
        sys.exit(f"demo: {reason}")
    for table in (*results_tables(outcome), fund_table(outcome)):
        console.print(table)
    console.print(f"[dim]{time.monotonic() - began:.0f} s[/]")
    short = list(shortcomings(outcome))
    for each in short:
        console.print(f"short: {each}")
    print(last_line(outcome))
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
