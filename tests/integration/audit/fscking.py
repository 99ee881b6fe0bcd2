"""A sealed history on real servers, and `inda audit fsck` over it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.stack import Addresses
from shared.history.envelope import Message
from tests.component.audit.logged import KEY, Bucket
from tests.integration.audit.restored import signed, with_storage
from tests.integration.audit.world import World, append, write_context

Found = tuple[str, str, int | None]


@dataclass(frozen=True)
class SealedWorld:
    """`messages` are the stream, sealed to its end."""

    world: World
    bucket: Bucket
    messages: Sequence[Message]

    async def fsck(self, *words: str) -> tuple[int, dict[str, Any]]:
        """Exit code, and the parts by name."""
        code, out, error = await self.world.inda("--json", "audit", "fsck", *words)
        assert out, error
        return code, {each["part"]: each for each in json.loads(out)["parts"]}

    async def found(self, only: str) -> dict[str, Found | None]:
        """By part: code, place and sequence of the first difference; every part was looked at."""
        code, parts = await self.fsck("--only", only)
        assert [each["skipped_because"] for each in parts.values()] == [None] * len(parts)
        found = {name: first_of(each) for name, each in parts.items()}
        assert code == int(any(found.values()))
        return found

    def spoil(self, path: str, at: int) -> None:
        """A newer version of a file of the log or the archive, with one bit flipped."""
        content = bytearray(self.bucket.shelf.get(path) or b"")
        content[at] ^= 1
        self.bucket.shelf.put_newest(path, bytes(content))

    def copied(self, folder: Path) -> Path:
        """Log and archive in a folder."""
        for path in self.bucket.shelf.listed(""):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self.bucket.shelf.get(path) or b"")
        return folder


def first_of(part: dict[str, Any]) -> Found | None:
    first = part["first_difference"]
    return None if first is None else (first["code"], first["place"], first["sequence"])


async def sealed_at(
    at: Addresses, bucket: Bucket, messages: Sequence[Message], folder: Path
) -> SealedWorld:
    """Says the facts and seals them; nobody serves anything."""
    await append(at, messages)
    await signed(at, bucket)
    context = write_context(folder, at, {}, "nobody")
    with_storage(context, at, bucket)
    return SealedWorld(World(at, {}, {}, context), bucket, messages)


def vkey(folder: Path) -> Path:
    file = folder / "trusted.vkey"
    file.write_text(f"{KEY.verifier.text}\n")
    return file
