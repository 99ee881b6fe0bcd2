"""A bad line to a server: it breaks, or stands still, after as many bytes as a test allows."""

import socket
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Condition, Thread

CHUNK_BYTES = 64 * 1024
WAIT_SECONDS = 60.0


class Line:
    """`cuts` are the bytes after which each next connection breaks; after them none does.

    Where `allowed` is a number, so many bytes go up in all, and then it stands still. What was
    under way then never arrives.
    """

    def __init__(self, to: str, cuts: Iterable[int] = (), allowed: int | None = None) -> None:
        host, _, port = to.partition(":")
        self.to = (host, int(port))
        self.cuts = list(cuts)
        self.passed = 0
        self.address = ""
        self._allowed = allowed
        self._changed = Condition()
        self._times = 0

    def allow(self, more: int | None) -> None:
        """So many bytes more, or all that come."""
        with self._changed:
            self._allowed = None if more is None else self.passed + more
            self._times += 1
            self._changed.notify_all()

    def stands(self) -> bool:
        return self._allowed is not None and self.passed >= self._allowed

    def carry(self, here: socket.socket) -> None:
        limit = self.cuts.pop(0) if self.cuts else None
        with socket.create_connection(self.to) as there:
            back = Thread(target=_pump, args=(there, here), daemon=True)
            back.start()
            with suppress(OSError):
                self._carry_up(here, there, limit)
            for each in (there, here):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
            back.join()

    def _carry_up(self, here: socket.socket, there: socket.socket, limit: int | None) -> None:
        passed = 0
        while chunk := here.recv(CHUNK_BYTES):
            passed += len(chunk)
            if limit is not None and passed > limit:
                return
            if not self._let_through(len(chunk)):
                return
            there.sendall(chunk)

    def _let_through(self, count: int) -> bool:
        with self._changed:
            if self.stands():
                before = self._times
                self._changed.wait_for(lambda: self._times > before, WAIT_SECONDS)
                return False
            self.passed += count
            return True


@contextmanager
def bad_line(line: Line) -> Generator[Line]:
    """Listens on a free port; `line.address` is where."""

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            line.carry(self.request)

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    line.address = f"127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.allow(None)
        server.shutdown()
        server.server_close()
        thread.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(CHUNK_BYTES):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
