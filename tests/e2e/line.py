"""A bad line: a proxy that hands bytes on and cuts the connection in the middle of an upload."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

CHUNK_BYTES = 64 * 1024


@dataclass
class Line:
    """`cuts` are the bytes after which each next connection breaks; after them none does."""

    port: int
    cuts: list[int]
    cut: int = 0
    open: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])


@asynccontextmanager
async def bad_line(to_port: int, cuts: Iterable[int]) -> AsyncGenerator[Line]:
    """Listens on a free port and leads to `to_port` on this machine."""
    line = Line(0, list(cuts))

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        line.open.add(task)
        try:
            await _carry(line, reader, writer, to_port)
        finally:
            line.open.discard(task)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        for task in tuple(line.open):
            task.cancel()
        await asyncio.gather(*line.open, return_exceptions=True)
        await server.wait_closed()


async def _carry(
    line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, to_port: int
) -> None:
    limit = line.cuts.pop(0) if line.cuts else None
    onward, back = await asyncio.open_connection("127.0.0.1", to_port)
    answers = asyncio.create_task(_pump(onward, writer, None))
    try:
        with suppress(ConnectionError):
            if await _pump(reader, back, limit):
                line.cut += 1
                writer.transport.abort()
                back.transport.abort()
            else:
                await answers
    finally:
        answers.cancel()
        await asyncio.gather(answers, return_exceptions=True)
        writer.close()
        back.close()


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: int | None
) -> bool:
    """Hands on until the end, or until `limit` bytes: True then."""
    passed = 0
    while chunk := await reader.read(CHUNK_BYTES):
        passed += len(chunk)
        if limit is not None and passed > limit:
            return True
        writer.write(chunk)
        await writer.drain()
    writer.close()
    return False
