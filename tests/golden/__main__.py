"""Writes the golden histories of a release: python -m tests.golden 0.2.0"""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from services.audit.archive import lines_of
from shared.history.envelope import Message
from tests.golden.histories import DIGESTS, HERE, STORIES, folded

RELEASE = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


class Written(Exception):
    """The folder is there already, and is never touched again."""


async def stories() -> dict[str, list[Message]]:
    return {name: (await story()).messages for name, story in STORIES.items()}


def write(folder: Path, told: Mapping[str, Sequence[Message]]) -> None:
    """Raises `Written` for a folder that exists."""
    if folder.exists():
        raise Written(f"{folder} is there already; golden histories are never edited.")
    folder.mkdir(parents=True)
    digests: dict[str, object] = {}
    for name, messages in told.items():
        content = lines_of(messages)
        (folder / f"{name}.ndjson").write_bytes(content)
        digests[name] = {"sha256": sha256(content).hexdigest(), **folded(messages)}
    text = json.dumps(digests, indent=2, ensure_ascii=False)
    (folder / DIGESTS).write_text(f"{text}\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("release", help="such as 0.2.0")
    release = parser.parse_args().release
    if not RELEASE.fullmatch(release):
        sys.exit(f"{release} is no release, such as 0.2.0.")
    try:
        write(HERE / release, asyncio.run(stories()))
    except Written as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
