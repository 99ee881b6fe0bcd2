"""clamd's protocol over a real socket: clean only by a plain answer to the whole file."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

import pytest

from shared.documents.clamav import ClamAV
from shared.documents.scanning import Verdict

# The harmless file that every scanner knows, in two pieces so that this one is not found.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLEAN = b"stream: OK\0"
FOUND = b"stream: Eicar-Test-Signature FOUND\0"
Serve = Callable[[socket.socket], None]


@dataclass
class Clamd:
    """What clamd does with INSTREAM: it takes the pieces, looks, and answers once."""

    most_bytes: int = 10_000
    seen: list[bytes] = field(default_factory=list)

    def __call__(self, client: socket.socket) -> None:
        stream = client.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(stream.read(4)):
            content += stream.read(length)
            if len(content) > self.most_bytes:
                client.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.seen.append(content)
        client.sendall(FOUND if EICAR in content else CLEAN)


@contextmanager
def served(serve: Serve) -> Iterator[tuple[str, int]]:
    """A server for one client at a time, until the end of the test."""
    listener = socket.create_server(("127.0.0.1", 0))

    def work() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                with client, suppress(OSError):
                    serve(client)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def verdict(address: tuple[str, int], *chunks: bytes, seconds: float = 10.0) -> Verdict:
    with closing(ClamAV(*address, scan_seconds=seconds).begin()) as scan:
        for chunk in chunks:
            scan.feed(chunk)
        return scan.verdict()


def answering(answer: bytes) -> Serve:
    """Takes everything that a scan sends, then says this."""

    def serve(client: socket.socket) -> None:
        received = b""
        while not received.endswith(bytes(4)):
            received += client.recv(65536)
        client.sendall(answer)

    return serve


def test_a_clean_file_is_clean_and_every_byte_was_seen():
    clamd = Clamd()
    with served(clamd) as address:
        assert verdict(address, b"one ", b"", b"two") == Verdict.CLEAN
        assert verdict(address) == Verdict.CLEAN
    assert clamd.seen == [b"one two", b""]


def test_an_infected_file_is_infected_though_it_comes_in_pieces():
    with served(Clamd()) as address:
        assert verdict(address, b"%PDF-1.7 ", EICAR[:20], EICAR[20:]) == Verdict.INFECTED


def test_two_files_at_once_do_not_disturb_one_another():
    with served(Clamd()) as address, closing(ClamAV(*address).begin()) as unfinished:
        unfinished.feed(b"half")
        unfinished.close()
        assert verdict(address, b"other") == Verdict.CLEAN


def test_without_a_server_a_file_is_held():
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = nobody.getsockname()
    assert verdict(address, b"content") == Verdict.HELD


def test_a_name_that_leads_nowhere_holds_the_file():
    assert verdict(("clamav.invalid", 3310), b"content") == Verdict.HELD


def test_a_file_over_the_limit_of_the_server_is_held():
    with served(Clamd()) as address:
        assert verdict(address, *(b"x" * 1000 for _ in range(500))) == Verdict.HELD


def cut_at_once(client: socket.socket) -> None:
    client.close()


def cut_in_the_middle(client: socket.socket) -> None:
    client.recv(5)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    client.close()


@pytest.mark.parametrize("serve", [cut_at_once, cut_in_the_middle])
def test_a_connection_that_breaks_holds_the_file(serve: Serve):
    with served(serve) as address:
        assert verdict(address, *(b"x" * 100_000 for _ in range(50))) == Verdict.HELD


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"OK\0",
        b"stream: OK",
        b"stream: OK\n",
        b"stream: OK\0stream: OK\0",
        b"stream: OK\0rest",
        b"stream: OK ERROR\0",
        b"stream: not OK\0",
        b"STREAM: OK\0",
        b"other: OK\0",
        b"stream: ok\0",
        b"UNKNOWN COMMAND\0",
        b"stream: Can't allocate memory ERROR\0",
        b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
        b"HTTP/1.1 200 OK\r\n\r\nstream: OK",
        b"\xff\x00\xff",
        b"x" * 100_000,
    ],
)
def test_an_answer_that_is_not_plain_holds_the_file(answer: bytes):
    with served(answering(answer)) as address:
        assert verdict(address, b"content") == Verdict.HELD


def test_an_answer_before_the_file_is_whole_is_not_about_it():
    def hasty(client: socket.socket) -> None:
        client.sendall(CLEAN)
        while client.recv(65536):
            pass

    with served(hasty) as address, closing(ClamAV(*address).begin()) as scan:
        scan.feed(b"content")
        # Loopback delivers in order: when the server has read, what it said before has come.
        while not scan._has_answered():
            pass
        assert scan.verdict() == Verdict.HELD


@pytest.mark.parametrize("answer", [b"", b"stream: "], ids=["silent", "stuck"])
def test_a_server_that_is_slow_holds_the_file(answer: bytes):
    gone = threading.Event()

    def slow(client: socket.socket) -> None:
        answering(answer)(client)
        gone.wait(10)

    with served(slow) as address:
        try:
            assert verdict(address, b"content", seconds=0.3) == Verdict.HELD
        finally:
            gone.set()


def test_a_server_that_reads_nothing_holds_the_file():
    gone = threading.Event()

    def deaf(client: socket.socket) -> None:
        gone.wait(10)

    with served(deaf) as address:
        try:
            chunks = (b"x" * 1_000_000 for _ in range(30))
            assert verdict(address, *chunks, seconds=0.5) == Verdict.HELD
        finally:
            gone.set()
