"""Servers of other people, on loopback: one that takes webhooks, one that takes mail."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


async def _hung_up(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def answer(status: int, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Told", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


@dataclass(frozen=True)
class Arrived:
    """One request: its first line, its headers with small letters, its body."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers each request with the next of `answers`, and with 200 when none is left.

    While `gate` is closed nobody is answered.
    """

    port: int = 0
    scheme: str = "http"
    answers: list[bytes] = field(default_factory=list[bytes])
    arrived: list[Arrived] = field(default_factory=list[Arrived])
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hooks?from=inda"

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            pairs = [line.split(": ", 1) for line in head[1:] if line]
            headers = {name.lower(): value for name, value in pairs}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.arrived.append(Arrived(head[0], headers, body))
            await self.gate.wait()
            writer.write(self.answers.pop(0) if self.answers else OK)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            await _hung_up(writer)


@asynccontextmanager
async def receiving(*answers: bytes, tls: ssl.SSLContext | None = None) -> AsyncGenerator[Receiver]:
    receiver = Receiver(answers=list(answers), scheme="https" if tls else "http")
    receiver.gate.set()
    server = await asyncio.start_server(receiver.take, "127.0.0.1", 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        receiver.gate.set()
        server.close()
        await server.wait_closed()


@dataclass
class Mailbox:
    """A mail server that takes everything, but for the first `refused` letters."""

    port: int = 0
    refused: int = 0
    letters: list[bytes] = field(default_factory=list[bytes])

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._say(writer, "220 test")
            while line := (await reader.readline()).decode().strip():
                if not await self._heard(line.upper(), reader, writer):
                    break
        except ConnectionError:
            return
        finally:
            await _hung_up(writer)

    async def _heard(
        self, line: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        if line.startswith("QUIT"):
            await self._say(writer, "221 bye")
            return False
        if line.startswith("RCPT") and self.refused:
            self.refused -= 1
            await self._say(writer, f"451 {line} try again")
        elif line.startswith("DATA"):
            await self._say(writer, "354 go on")
            self.letters.append(await reader.readuntil(b"\r\n.\r\n"))
            await self._say(writer, "250 taken")
        else:
            await self._say(writer, "250 ok")
        return True

    @staticmethod
    async def _say(writer: asyncio.StreamWriter, line: str) -> None:
        writer.write(f"{line}\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def taking_mail(*, refused: int = 0) -> AsyncGenerator[Mailbox]:
    mailbox = Mailbox(refused=refused)
    server = await asyncio.start_server(mailbox.take, "127.0.0.1", 0)
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        server.close()
        await server.wait_closed()
