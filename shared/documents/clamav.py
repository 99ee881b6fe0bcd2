"""ClamAV over the network: clamd's INSTREAM command. Whatever is not a plain answer is held."""

import socket
import time
from contextlib import suppress

from shared.documents.scanning import Scan, Verdict

CONNECT_SECONDS = 3.0
SCAN_SECONDS = 45.0
LONGEST_ANSWER = 1024
COMMAND = b"zINSTREAM\0"
LENGTH_BYTES = 4
END = (0).to_bytes(LENGTH_BYTES)
CLEAN = b"stream: OK"
FOUND = b" FOUND"
# Reported like a signature where clamd is told to: the file was not scanned to its end.
NOT_SCANNED = b"Heuristics.Limits.Exceeded"


class ClamAV:
    """A clamd that listens on TCP. `scan_seconds` is for one file, sending and scanning together.

    Its `StreamMaxLength` must be no smaller than the largest upload: larger files stay held.
    """

    def __init__(self, host: str, port: int, scan_seconds: float = SCAN_SECONDS) -> None:
        self._address = (host, port)
        self._seconds = scan_seconds

    def begin(self) -> Scan:
        return _Stream(self._address, self._seconds)


class _Stream:
    """One file on its way to clamd. After the first trouble it is held, whatever comes."""

    def __init__(self, address: tuple[str, int], seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        with suppress(OSError):
            self._socket = socket.create_connection(address, min(CONNECT_SECONDS, seconds))
        self._send(COMMAND)

    def feed(self, chunk: bytes) -> None:
        if chunk:  # an empty chunk would end the stream
            self._send(len(chunk).to_bytes(LENGTH_BYTES) + chunk)

    def verdict(self) -> Verdict:
        if self._has_answered():
            return Verdict.HELD
        self._send(END)
        answer = self._answer()
        if answer == CLEAN:
            return Verdict.CLEAN
        is_found = answer.startswith(b"stream: ") and answer.endswith(FOUND)
        return Verdict.INFECTED if is_found and NOT_SCANNED not in answer else Verdict.HELD

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _send(self, content: bytes) -> None:
        if self._socket is None:
            return
        try:
            self._socket.settimeout(self._left())
            self._socket.sendall(content)
        except OSError:
            self.close()

    def _has_answered(self) -> bool:
        """Whether there is an answer, or an end, before the file was whole: it is not about it."""
        if self._socket is None:
            return True
        try:
            self._socket.setblocking(False)
            self._socket.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def _answer(self) -> bytes:
        """One answer with its end mark and nothing after it; empty for anything else."""
        received = b""
        while self._socket is not None and len(received) <= LONGEST_ANSWER:
            try:
                self._socket.settimeout(self._left())
                more = self._socket.recv(LONGEST_ANSWER)
            except OSError:
                return b""
            received += more
            if received.endswith(b"\0") or not more:
                break
        answer, mark, rest = received.partition(b"\0")
        return answer if mark and not rest else b""

    def _left(self) -> float:
        """Raises TimeoutError, an OSError, when there is no time left."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left
