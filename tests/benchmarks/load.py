"""Clients that keep their connections and spend little on a request.

The two cores are shared with the servers: what a client spends on a request is not measured
against either side, but it slows both.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any


class Failed(Exception):
    """A request of the load was not answered as it should be."""


def request(method: str, path: str, headers: dict[str, str], body: Any) -> bytes:
    """The bytes of an HTTP/1.1 request."""
    content = json.dumps(body, separators=(",", ":")).encode()
    told = {
        "Host": "127.0.0.1",
        "Content-Type": "application/json",
        "Content-Length": str(len(content)),
        **headers,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + content


async def requests_per_second(
    port: int, clients: Sequence[Iterator[bytes]], each: int, expected: bytes
) -> float:
    """Every client sends its next `each` requests, one at a time.

    Raises `Failed` for an answer that is no 2xx or whose body lacks what is expected.
    """
    links = [await asyncio.open_connection("127.0.0.1", port) for _ in clients]
    try:
        began = perf_counter()
        async with asyncio.TaskGroup() as group:
            for link, source in zip(links, clients, strict=True):
                group.create_task(_sent(*link, source, each, expected))
        return each * len(clients) / (perf_counter() - began)
    finally:
        for _, writer in links:
            writer.close()


async def _sent(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    source: Iterator[bytes],
    each: int,
    expected: bytes,
) -> None:
    for _ in range(each):
        writer.write(next(source))
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        if not head.startswith(b"HTTP/1.1 2") or expected not in body:
            raise Failed(f"{head.splitlines()[0].decode()}: {body[:300].decode()}")


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0])
