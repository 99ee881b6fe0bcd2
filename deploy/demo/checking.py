"""What an inspectorate does at the end: it fetches the log and the archive, and checks both."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from deploy.drive.people import Unexpected
from deploy.local.processes import executable
from deploy.local.run import Stack
from shared.transparency.notes import Checkpoint, parted

PATIENCE_SECONDS = 60.0
DIFFERS = 1


@dataclass(frozen=True, slots=True)
class Checked:
    """The last checkpoint, what `inda audit fsck` found in the stack and in the folder, and the
    replay of the folder alone. `root` is in hexadecimal.
    """

    size: int
    root: str
    stack: Mapping[str, Any]
    folder: Mapping[str, Any]
    replay: Mapping[str, Any]

    @property
    def is_sound(self) -> bool:
        found = (*self.stack["parts"], *self.folder["parts"])
        return all(each["first_difference"] is None for each in found)


async def check(started: Stack, events: int) -> Checked:
    """Waits for a checkpoint over all events, then checks as people do it: by the command line."""
    point = await _checkpoint(started, events)
    where = ("--context", str(started.folder / "context.json"))
    await _inda("fetch", str(started.folder), *where)
    key = ("--vkey", str(started.folder / "log" / "vkey"))
    stack = await _inda("fsck", "--only", "stream,log,archive,documents", *key, *where)
    folder = await _inda("fsck", "--folder", str(started.folder), "--only", "log,archive", *key)
    replay = await _inda("replay", "--folder", str(started.folder), *key)
    return Checked(point.size, point.root.hex(), stack, folder, replay)


async def _checkpoint(started: Stack, events: int) -> Checkpoint:
    async with httpx.AsyncClient(base_url=started.urls["audit"]) as audit:
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = await audit.get("/log/checkpoint")
            if answer.is_success:
                point = Checkpoint.of(parted(answer.text)[0])
                if point.size >= events:
                    return point
            if time.monotonic() > end:
                raise Unexpected(f"No checkpoint over {events} events came in time.")
            await asyncio.sleep(0.2)


async def _inda(*words: str) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        executable("inda"), "--json", "audit", *words, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    if process.returncode not in (0, DIFFERS):
        raise Unexpected(f"inda audit {words[0]} ended with exit status {process.returncode}")
    return json.loads(told) if told.strip() else {}
