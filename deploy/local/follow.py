"""The services' logs in the foreground, a line each, with the name of who wrote it.

Requests that went well stay in the files: they would bury what a person should see.
"""

import asyncio
import re
from pathlib import Path

from rich.console import Console

STYLES = ("cyan", "green", "magenta", "yellow", "blue", "bright_cyan", "bright_green")
BETWEEN_LOOKS_SECONDS = 0.3
QUIET = ("nats-", "mongo-", "objects")
LONGEST_READ = 256 * 1024
WENT_WELL = re.compile(r"\[info\s*\] request\s.*status=[23]")


async def follow(folder: Path, console: Console) -> None:
    """Prints what is added to the services' logs from now on, until cancelled."""
    places = {path: path.stat().st_size for path in _logs(folder)}
    while True:
        for number, path in enumerate(_logs(folder)):
            style = STYLES[number % len(STYLES)]
            places[path] = _print_new(path, places.get(path, 0), style, console)
        await asyncio.sleep(BETWEEN_LOOKS_SECONDS)


def _logs(folder: Path) -> list[Path]:
    """The applications' logs; the servers' own are kept in their files."""
    return [path for path in sorted(folder.glob("*.log")) if not path.name.startswith(QUIET)]


def _print_new(path: Path, place: int, style: str, console: Console) -> int:
    size = path.stat().st_size
    if size <= place:
        # A log that was trimmed begins again.
        return min(place, size)
    with path.open("rb") as file:
        file.seek(max(place, size - LONGEST_READ))
        text = file.read().decode(errors="replace")
    whole, newline, _ = text.rpartition("\n")
    if not newline:
        return place
    for line in whole.splitlines():
        if WENT_WELL.search(line):
            continue
        console.print(f"[{style}]{path.stem:<13}[/]", end="")
        console.print(line, markup=False, soft_wrap=True)
    return size - (len(text.encode()) - len(whole.encode()) - 1)
