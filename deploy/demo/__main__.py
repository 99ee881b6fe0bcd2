"""The demo from an empty folder to one last line, or a non-zero exit that says what is short."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from deploy.demo.checking import check
from deploy.demo.outcome import Outcome, last_line, results_json, shortcomings
from deploy.demo.tables import checked_lines, fund_table, paper_lines, results_tables, scenario_line
from deploy.drive.competition import clock_bent_by, fiscal_year_of, play_competition
from deploy.drive.contest import Contest
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
    script = whole_season(FILES_PER_INNOVATION, fiscal_year_of(datetime.now(UTC)))
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
    bend = clock_bent_by(started.folder / CLOCK_FILE)
    played = await play_competition(Contest(world, script, tally.ids), bend, console.print)
    console.print("replaying the whole history and comparing it with what the services serve")
    replay = await _replay(started)
    console.print("fetching the log and the archive, and checking everything against everything")
    checked = await check(started, replay["last_sequence"])
    return Outcome(
        drafted=len(script.innovations),
        submitted=tally.submitted,
        verified=tally.verified,
        scored=scored,
        played=played,
        replay=replay,
        checked=checked,
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


def save_papers(folder: Path, outcome: Outcome) -> None:
    folder.mkdir()
    for each in outcome.played.papers:
        (folder / each.file_name).write_bytes(outcome.played.files[each.document_id])


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
            save_papers(folder / "documents", outcome)
    except (CannotStart, Unexpected) as reason:
        sys.exit(f"demo: {reason}")
    for shown in (*results_tables(outcome), fund_table(outcome)):
        console.print(shown)
    for line in (scenario_line(outcome), *paper_lines(outcome), *checked_lines(outcome)):
        console.print(line, soft_wrap=True)
    console.print(f"[dim]{time.monotonic() - began:.0f} s[/]")
    short = list(shortcomings(outcome))
    for each in short:
        console.print(f"short: {each}")
    print(last_line(outcome))
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
