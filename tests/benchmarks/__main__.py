"""`make bench`: every claim beside its bare baseline, in the same run."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from deploy.local.processes import CannotStart
from tests.benchmarks import (
    claim_allocation,
    claim_durable_command,
    claim_queue,
    claim_replay,
    claim_visible,
)
from tests.benchmarks.measure import Bench, Result
from tests.benchmarks.report import sentence, table, write

BENCHES = (
    claim_durable_command.BENCH,
    claim_visible.BENCH,
    *claim_replay.BENCHES,
    *claim_queue.BENCHES,
    *claim_allocation.BENCHES,
)
RESULTS = Path(__file__).with_name("results.json")
console = Console(highlight=False)


async def measured(benches: Sequence[Bench]) -> list[Result]:
    began = time.monotonic()
    results: list[Result] = []
    for bench in benches:
        console.print(f"[bold]{bench.claim.name}[/]: {bench.claim.says}")

        def tell(line: str) -> None:
            console.print(f"[dim]{time.monotonic() - began:6.1f} s[/]  {line}")

        results.append(await bench.measure(tell))
    return results


def main() -> None:
    names = [bench.claim.name for bench in BENCHES]
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", choices=names, action="append", help="this claim alone")
    parser.add_argument("--strict", action="store_true", help="end with 1 if an aim is missed")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where results.json goes")
    told = parser.parse_args()
    wanted = [bench for bench in BENCHES if bench.claim.name in (told.only or names)]
    try:
        results = asyncio.run(measured(wanted))
    except CannotStart as reason:
        sys.exit(f"inda: {reason}")
    except KeyboardInterrupt:
        sys.exit(130)
    write(results, told.results)
    console.print(table(results))
    for result in results:
        console.print(sentence(result))
    console.print(f"written to {told.results}")
    if told.strict and not all(result.is_met for result in results):
        sys.exit(1)


if __name__ == "__main__":
    main()
