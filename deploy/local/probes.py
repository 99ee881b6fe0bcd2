"""Questions to a server that is starting: does it listen, does it answer with 200?"""

import asyncio

from deploy.local.ports import LOOPBACK
from deploy.local.processes import Probe


def http_ok(port: int, path: str) -> Probe:
    """Ready when a GET of the path on loopback is answered with 200."""

    async def ready() -> bool:
        return await _status(port, path) == "200"

    return ready


async def accepts(port: int) -> bool:
    """Whether somebody listens; raises OSError when nobody does."""
    _, writer = await asyncio.open_connection(LOOPBACK, port)
    writer.close()
    await writer.wait_closed()
    return True


async def _status(port: int, path: str) -> str:
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    try:
        writer.write(f"GET {path} HTTP/1.0\r\nHost: {LOOPBACK}\r\n\r\n".encode())
        await writer.drain()
        words = (await reader.readline()).decode("latin-1").split()
    finally:
        writer.close()
    return words[1] if len(words) > 1 and words[0].startswith("HTTP/") else ""
